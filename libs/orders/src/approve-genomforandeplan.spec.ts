import { test } from '@jest/globals';
import { day } from '#libs/kernel';
import { approveGenomförandeplan } from './approve-genomforandeplan.js';
import {
  clarification,
  fifteenDays,
  foundUnclear,
  given,
  ids,
  on,
  orderEnded,
  planApproved,
  planReceived,
  planReviewed,
  returned,
  sent,
} from './order.given.js';

const received = [...sent(), planReceived('2020-10-09'), fifteenDays().met('2020-10-09')];
const reviewed = [...received, planReviewed()];
const approve = (approvedOn: string, version = 1) => ({ orderId: ids.order, version, approvedOn: day(approvedOn) });

test('a plan that covers every goal and can be followed up is approved', () => {
  given(reviewed).when(approveGenomförandeplan, approve('2020-10-12'), on('2020-10-12')).then(planApproved('2020-10-12'));
});

test('it may be approved the day it came in', () => {
  given(reviewed).when(approveGenomförandeplan, approve('2020-10-09'), on('2020-10-12')).then(planApproved('2020-10-09'));
});

test('the same plan approved again says nothing new', () => {
  given(reviewed, planApproved('2020-10-12')).when(approveGenomförandeplan, approve('2020-10-12'), on('2020-10-13')).thenNothing();
});

test('a clarified version is approved', () => {
  given(returned(), planReceived('2020-10-20', { version: 2, round: 1 }), clarification('2020-10-12', '2020-10-26').met('2020-10-20'), planReviewed(2))
    .when(approveGenomförandeplan, approve('2020-10-21', 2), on('2020-10-21'))
    .then(planApproved('2020-10-21', 2));
});

test('a version that had come before the return, and is found and approved, ends the wait for another', () => {
  given(returned(), planReceived('2020-10-10', { version: 2 }), planReviewed(2))
    .when(approveGenomförandeplan, approve('2020-10-14', 2), on('2020-10-14'))
    .then(planApproved('2020-10-14', 2), clarification('2020-10-12', '2020-10-26').closed('2020-10-14', 'plan-approved'));
});

test('approving what never came is refused as plan.not-received', () => {
  given(sent()).when(approveGenomförandeplan, approve('2020-10-12'), on('2020-10-12')).thenRefused('plan.not-received');
});

test('approving what nobody has reviewed is refused as plan.not-reviewed', () => {
  given(received).when(approveGenomförandeplan, approve('2020-10-12'), on('2020-10-12')).thenRefused('plan.not-reviewed');
});

test('a review of the version before does not count for the new one', () => {
  given(reviewed, planReceived('2020-10-12', { version: 2 }))
    .when(approveGenomförandeplan, approve('2020-10-12', 2), on('2020-10-12'))
    .thenRefused('plan.not-reviewed');
});

test.each([
  ['has a goal unclear', { last: 'unclear' as const }],
  ['leaves a goal out', { last: 'missing' as const }],
  ['cannot be followed up', { canBeFollowedUp: false }],
])('approving a plan that %s is refused as plan.needs-clarification', (_what, found) => {
  given(received, planReviewed(1, found)).when(approveGenomförandeplan, approve('2020-10-12'), on('2020-10-12')).thenRefused('plan.needs-clarification');
});

test('the last review counts', () => {
  given(reviewed, foundUnclear()).when(approveGenomförandeplan, approve('2020-10-12'), on('2020-10-12')).thenRefused('plan.needs-clarification');
  given(received, foundUnclear(), planReviewed()).when(approveGenomförandeplan, approve('2020-10-12'), on('2020-10-12')).then(planApproved('2020-10-12'));
});

test('approving a version that was returned is refused as plan.returned', () => {
  given(returned()).when(approveGenomförandeplan, approve('2020-10-13'), on('2020-10-13')).thenRefused('plan.returned');
});

test('approving an earlier version is refused as plan.not-the-latest', () => {
  given(reviewed, planReceived('2020-10-12', { version: 2 }))
    .when(approveGenomförandeplan, approve('2020-10-12'), on('2020-10-12'))
    .thenRefused('plan.not-the-latest');
});

test('approving before the plan came in is refused as plan.approved-before-received', () => {
  given(reviewed).when(approveGenomförandeplan, approve('2020-10-08'), on('2020-10-12')).thenRefused('plan.approved-before-received');
});

test('approving tomorrow is refused as day.in-the-future', () => {
  given(reviewed).when(approveGenomförandeplan, approve('2020-10-13'), on('2020-10-12')).thenRefused('day.in-the-future');
});

test('of an order that has ended nothing is approved: order.ended', () => {
  given(reviewed, orderEnded('2020-10-11')).when(approveGenomförandeplan, approve('2020-10-12'), on('2020-10-12')).thenRefused('order.ended');
});

test('approving for an order that is not there is refused as order.unknown', () => {
  given().when(approveGenomförandeplan, approve('2020-10-12'), on('2020-10-12')).thenRefused('order.unknown');
});
