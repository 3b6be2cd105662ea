import { test } from '@jest/globals';
import { day } from '#libs/kernel';
import { correctEndedDay } from './correct-ended-day.js';
import {
  clarification,
  endedDayCorrected,
  fifteenDays,
  given,
  ids,
  on,
  orderCancelled,
  orderEnded,
  orderReplaced,
  overdue,
  planApproved,
  planReceived,
  planReviewed,
  receivedDayCorrected,
  returned,
  sent,
} from './order.given.js';

const correct = (endedOn: string, note?: string) => ({
  orderId: ids.order,
  endedOn: day(endedOn),
  reason: 'mistyped' as const,
  ...(note !== undefined && { note }),
});
/** Ended on the 19th, three days after its plan was due. */
const endedLate = [...overdue(), orderEnded('2020-10-19'), fifteenDays().closed('2020-10-19', 'order-ended')];
const endedInTime = [...sent(), orderEnded('2020-10-12'), fifteenDays().closed('2020-10-12', 'order-ended')];

test('a wrong last day is corrected, both stay, and nothing was awaited from the right one on', () => {
  given(endedInTime)
    .when(correctEndedDay, correct('2020-10-14', 'Läste fel.'), on('2020-11-02'))
    .then(endedDayCorrected('2020-10-12', '2020-10-14', 'Läste fel.'), fifteenDays().closed('2020-10-14', 'order-ended', 3));
});

test('an order that ended by the due day was not late: the lateness is withdrawn', () => {
  given(endedLate)
    .when(correctEndedDay, correct('2020-10-16'), on('2020-11-02'))
    .then(endedDayCorrected('2020-10-19', '2020-10-16'), fifteenDays().withdrawn(3), fifteenDays().closed('2020-10-16', 'order-ended', 4));
});

test('one that ended after the due day was late, though nothing had said so', () => {
  given(endedInTime)
    .when(correctEndedDay, correct('2020-10-17'), on('2020-11-02'))
    .then(endedDayCorrected('2020-10-12', '2020-10-17'), fifteenDays().missed(2), fifteenDays().closed('2020-10-17', 'order-ended', 3));
});

test('the day of a cancellation and of a replacement is corrected too', () => {
  given(sent(), orderCancelled('2020-10-12'), fifteenDays().closed('2020-10-12', 'order-cancelled'))
    .when(correctEndedDay, correct('2020-10-13'), on('2020-10-20'))
    .then(endedDayCorrected('2020-10-12', '2020-10-13'), fifteenDays().closed('2020-10-13', 'order-cancelled', 3));
  given(sent(), orderReplaced('2020-10-12'), fifteenDays().closed('2020-10-12', 'order-replaced'))
    .when(correctEndedDay, correct('2020-10-13'), on('2020-10-20'))
    .then(endedDayCorrected('2020-10-12', '2020-10-13'), fifteenDays().closed('2020-10-13', 'order-replaced', 3));
});

test('the wait for a clarified version ends on the right day, too', () => {
  const wait = clarification('2020-10-12', '2020-10-26');
  given(returned(), orderEnded('2020-10-20'), wait.closed('2020-10-20', 'order-ended'))
    .when(correctEndedDay, correct('2020-10-27'), on('2020-11-02'))
    .then(endedDayCorrected('2020-10-20', '2020-10-27'), wait.missed(2), wait.closed('2020-10-27', 'order-ended', 3));
});

test('a plan that came before the end stays what it was', () => {
  given(sent(), planReceived('2020-10-09'), fifteenDays().met('2020-10-09'), orderEnded('2020-12-31'))
    .when(correctEndedDay, correct('2020-12-15'), on('2021-01-04'))
    .then(endedDayCorrected('2020-12-31', '2020-12-15'));
});

test('a wait that an approval had closed stays as it was', () => {
  const approved = [
    ...returned(),
    planReceived('2020-10-10', { version: 2 }),
    planReviewed(2),
    planApproved('2020-10-14', 2),
    clarification('2020-10-12', '2020-10-26').closed('2020-10-14', 'plan-approved'),
  ];
  given(approved, orderEnded('2020-12-31')).when(correctEndedDay, correct('2020-12-15'), on('2021-01-04')).then(endedDayCorrected('2020-12-31', '2020-12-15'));
});

test('a version that had come after the wrong day and before the right one answered the wait', () => {
  const wait = clarification('2020-10-12', '2020-10-26');
  const cameAfterTheEnd = [
    ...returned(),
    planReceived('2020-10-20', { version: 2, round: 1 }),
    wait.met('2020-10-20'),
    orderEnded('2020-10-14'),
    receivedDayCorrected('2020-10-20', '2020-10-10', { version: 2 }),
    wait.moved(wait.set.data, 'answer-corrected', 3),
    wait.closed('2020-10-14', 'order-ended', 4),
    receivedDayCorrected('2020-10-10', '2020-10-21', { version: 2, round: 1 }),
  ];
  given(cameAfterTheEnd)
    .when(correctEndedDay, correct('2020-10-30'), on('2020-11-02'))
    .then(endedDayCorrected('2020-10-14', '2020-10-30'), wait.met('2020-10-21', 5));
});

test('the day it has says nothing new, also after a correction', () => {
  given(endedLate).when(correctEndedDay, correct('2020-10-19'), on('2020-11-02')).thenNothing();
  given(endedLate, endedDayCorrected('2020-10-19', '2020-10-20')).when(correctEndedDay, correct('2020-10-20'), on('2020-11-02')).thenNothing();
});

test('a correction is corrected from what was said last', () => {
  given(endedInTime, endedDayCorrected('2020-10-12', '2020-10-14'), fifteenDays().closed('2020-10-14', 'order-ended', 3))
    .when(correctEndedDay, correct('2020-10-13'), on('2020-11-02'))
    .then(endedDayCorrected('2020-10-14', '2020-10-13'), fifteenDays().closed('2020-10-13', 'order-ended', 4));
});

test('an order that runs is refused as order.not-ended', () => {
  given(sent()).when(correctEndedDay, correct('2020-10-12'), on('2020-11-02')).thenRefused('order.not-ended');
});

test('tomorrow is refused as day.in-the-future', () => {
  given(endedLate).when(correctEndedDay, correct('2020-11-03'), on('2020-11-02')).thenRefused('day.in-the-future');
});

test('a day before the order was sent is refused as day.before-sent; the day itself may be', () => {
  given(endedLate).when(correctEndedDay, correct('2020-09-30'), on('2020-11-02')).thenRefused('day.before-sent');
  given(endedLate).when(correctEndedDay, correct('2020-10-01'), on('2020-11-02')).thenTypes('EndedDayCorrected', 'LatenessWithdrawn', 'DeadlineClosed');
});

test('an order that is not there is refused as order.unknown', () => {
  given().when(correctEndedDay, correct('2020-10-12'), on('2020-11-02')).thenRefused('order.unknown');
});
