import { test } from '@jest/globals';
import { day } from '#libs/kernel';
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
  planReturned,
  planReviewed,
  returned,
  rule,
  sent,
  until,
} from './order.given.js';
import { returnGenomförandeplan } from './return-genomforandeplan.js';

const received = [...sent(), planReceived('2020-10-09'), fifteenDays().met('2020-10-09')];
const unclear = [...received, foundUnclear()];
const back = (returnedOn: string, awaitedOn: string, version = 1, note?: string) => ({
  orderId: ids.order,
  version,
  returnedOn: day(returnedOn),
  awaitedOn: day(awaitedOn),
  ...(note !== undefined && { note }),
});

test('an unclear plan is returned, and a new version is awaited by a new day', () => {
  given(unclear)
    .when(returnGenomförandeplan, back('2020-10-12', '2020-10-26'), on('2020-10-12'), { rule })
    .then(planReturned('2020-10-12', '2020-10-26'), clarification('2020-10-12', '2020-10-26').set);
});

test('so is one that cannot be followed up; what is to be clarified is personal', () => {
  given(received, planReviewed(1, { canBeFollowedUp: false }))
    .when(returnGenomförandeplan, back('2020-10-12', '2020-10-26', 1, 'Hur följs delmålet upp?'), on('2020-10-12'), { rule })
    .then(planReturned('2020-10-12', '2020-10-26', { note: 'Hur följs delmålet upp?' }), clarification('2020-10-12', '2020-10-26').set);
});

test('a return entered after the awaited day is overdue at once', () => {
  const wait = clarification('2020-10-12', '2020-10-26');
  given(unclear)
    .when(returnGenomförandeplan, back('2020-10-12', '2020-10-26'), on('2020-10-27'), { rule })
    .then(planReturned('2020-10-12', '2020-10-26'), wait.set, wait.missed());
});

test('a clarified version may be unclear too: a third is awaited', () => {
  given(returned(), planReceived('2020-10-20', { version: 2, round: 1 }), clarification('2020-10-12', '2020-10-26').met('2020-10-20'), foundUnclear(2))
    .when(returnGenomförandeplan, back('2020-10-21', '2020-11-04', 2), on('2020-10-21'), { rule })
    .then(planReturned('2020-10-21', '2020-11-04', { version: 2, round: 2 }), clarification('2020-10-21', '2020-11-04', 2).set);
});

test('a version that had come before the return, and is found and returned too, moves the day of the wait that goes on', () => {
  const wait = clarification('2020-10-12', '2020-10-26');
  given(returned(), planReceived('2020-10-10', { version: 2 }), foundUnclear(2))
    .when(returnGenomförandeplan, back('2020-10-14', '2020-10-30', 2), on('2020-10-14'), { rule })
    .then(planReturned('2020-10-14', '2020-10-30', { version: 2 }), wait.moved(until('2020-10-12', '2020-10-30'), 'returned-again', 2));
});

test('an approved plan that a later review finds unclear is returned too', () => {
  given(received, planReviewed(), planApproved('2020-10-10'), foundUnclear())
    .when(returnGenomförandeplan, back('2020-11-12', '2020-11-26'), on('2020-11-12'), { rule })
    .then(planReturned('2020-11-12', '2020-11-26'), clarification('2020-11-12', '2020-11-26').set);
});

test('a plan that nobody has reviewed is refused as plan.not-reviewed', () => {
  given(received).when(returnGenomförandeplan, back('2020-10-12', '2020-10-26'), on('2020-10-12'), { rule }).thenRefused('plan.not-reviewed');
});

test('a plan that covers everything is refused as plan.nothing-to-clarify', () => {
  given(received, planReviewed())
    .when(returnGenomförandeplan, back('2020-10-12', '2020-10-26'), on('2020-10-12'), { rule })
    .thenRefused('plan.nothing-to-clarify');
});

test('a plan returned already is refused as plan.returned', () => {
  given(returned()).when(returnGenomförandeplan, back('2020-10-12', '2020-10-26'), on('2020-10-12'), { rule }).thenRefused('plan.returned');
});

test('a version that is not the latest is refused as plan.not-the-latest', () => {
  given(unclear)
    .when(returnGenomförandeplan, back('2020-10-12', '2020-10-26', 2), on('2020-10-12'), { rule })
    .thenRefused('plan.not-the-latest');
});

test('a return before the plan came in is refused as plan.returned-before-received', () => {
  given(unclear).when(returnGenomförandeplan, back('2020-10-08', '2020-10-26'), on('2020-10-12'), { rule }).thenRefused('plan.returned-before-received');
});

test('a letter cannot be returned before it was found, though it counts as the day before', () => {
  given(sent(), planReceived('2020-10-09', { arrivedOn: '2020-10-12', arrival: 'post' }), fifteenDays().met('2020-10-09'), foundUnclear())
    .when(returnGenomförandeplan, back('2020-10-09', '2020-10-26'), on('2020-10-12'), { rule })
    .thenRefused('plan.returned-before-received');
});

test('a return tomorrow is refused as day.in-the-future', () => {
  given(unclear).when(returnGenomförandeplan, back('2020-10-13', '2020-10-26'), on('2020-10-12'), { rule }).thenRefused('day.in-the-future');
});

test('a new version by the day of the return itself is refused as plan.awaited-too-early', () => {
  given(unclear).when(returnGenomförandeplan, back('2020-10-12', '2020-10-12'), on('2020-10-12'), { rule }).thenRefused('plan.awaited-too-early');
});

test('of an order that has ended nothing is returned: order.ended', () => {
  given(unclear, orderEnded('2020-10-11'))
    .when(returnGenomförandeplan, back('2020-10-12', '2020-10-26'), on('2020-10-12'), { rule })
    .thenRefused('order.ended');
});

test('a return of an order that is not there is refused as order.unknown', () => {
  given().when(returnGenomförandeplan, back('2020-10-12', '2020-10-26'), on('2020-10-12'), { rule }).thenRefused('order.unknown');
});
