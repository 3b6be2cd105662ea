import { expect, test } from '@jest/globals';
import { day } from '#libs/kernel';
import { genomförandeplanRule } from '#libs/timers';
import { correctAwaitedDay } from './correct-awaited-day.js';
import {
  awaitedDayCorrected,
  clarification,
  fifteenDays,
  foundUnclear,
  given,
  ids,
  on,
  orderEnded,
  planReceived,
  planReturned,
  returned,
  rule,
  sent,
  until,
} from './order.given.js';
import type { OrderEvent } from './order.events.js';

const correct = (awaitedOn: string, note?: string) => ({
  orderId: ids.order,
  awaitedOn: day(awaitedOn),
  reason: 'mistyped' as const,
  ...(note !== undefined && { note }),
});
/** Returned on the 12th, awaited by Monday the 26th. */
const wait = clarification('2020-10-12', '2020-10-26');
const moved = (to: string, generation = 2) => wait.moved(until('2020-10-12', to), 'awaited-day-corrected', generation);

test('a wrong awaited day is corrected, both stay, and the wait goes on until the right one', () => {
  given(returned())
    .when(correctAwaitedDay, correct('2020-10-28', 'Skrev fel.'), on('2020-10-13'), { rule })
    .then(awaitedDayCorrected('2020-10-26', '2020-10-28', 'Skrev fel.'), moved('2020-10-28'));
});

test('reminders follow the right day, by the rule', () => {
  const [, move] = given(returned()).when(correctAwaitedDay, correct('2020-10-30'), on('2020-10-13'), {
    rule: { ...genomförandeplanRule, id: rule.id, version: 1 },
  }).events as [OrderEvent, ReturnType<typeof moved>];
  expect(move.data.ladder.map(({ on: reminded }) => reminded)).toEqual(['2020-10-23', '2020-10-29', '2020-11-02', '2020-11-04']);
});

test('a lateness is withdrawn where by the right day nothing is late yet', () => {
  given(returned(), wait.missed())
    .when(correctAwaitedDay, correct('2020-10-28'), on('2020-10-27'), { rule })
    .then(awaitedDayCorrected('2020-10-26', '2020-10-28'), wait.withdrawn(), moved('2020-10-28', 3));
});

test('an earlier day can make it overdue at once', () => {
  given(returned())
    .when(correctAwaitedDay, correct('2020-10-16'), on('2020-10-20'), { rule })
    .then(awaitedDayCorrected('2020-10-26', '2020-10-16'), moved('2020-10-16'), clarification('2020-10-12', '2020-10-16').missed(2));
});

test('a version that was late by the wrong day was on time by the right one', () => {
  const right = clarification('2020-10-12', '2020-10-28');
  given(returned(), wait.missed(), planReceived('2020-10-28', { version: 2, round: 1 }), wait.met('2020-10-28'))
    .when(correctAwaitedDay, correct('2020-10-28'), on('2020-10-29'), { rule })
    .then(awaitedDayCorrected('2020-10-26', '2020-10-28'), wait.withdrawn(3), moved('2020-10-28', 4), right.met('2020-10-28', 5));
});

test('also of an order that has ended: whether it had waited in vain follows', () => {
  const right = clarification('2020-10-12', '2020-10-16');
  given(returned(), orderEnded('2020-10-20'), wait.closed('2020-10-20', 'order-ended'))
    .when(correctAwaitedDay, correct('2020-10-16'), on('2020-10-21'), { rule })
    .then(awaitedDayCorrected('2020-10-26', '2020-10-16'), moved('2020-10-16', 3), right.missed(3), right.closed('2020-10-20', 'order-ended', 4));
});

test('the day it has says nothing new, also after a correction', () => {
  given(returned()).when(correctAwaitedDay, correct('2020-10-26'), on('2020-10-13'), { rule }).thenNothing();
  given(returned(), awaitedDayCorrected('2020-10-26', '2020-10-28'), moved('2020-10-28'))
    .when(correctAwaitedDay, correct('2020-10-28'), on('2020-10-13'), { rule })
    .thenNothing();
});

test('of several returns the last one’s day is corrected', () => {
  const second = clarification('2020-10-21', '2020-11-04', 2);
  const twice = [
    ...returned(),
    planReceived('2020-10-20', { version: 2, round: 1 }),
    wait.met('2020-10-20'),
    foundUnclear(2),
    planReturned('2020-10-21', '2020-11-04', { version: 2, round: 2 }),
    second.set,
  ];
  given(twice)
    .when(correctAwaitedDay, correct('2020-11-06'), on('2020-10-22'), { rule })
    .then(awaitedDayCorrected('2020-11-04', '2020-11-06', undefined, 2), second.moved(until('2020-10-21', '2020-11-06', 2), 'awaited-day-corrected', 2));
});

test('the day of the return itself is refused as plan.awaited-too-early', () => {
  given(returned()).when(correctAwaitedDay, correct('2020-10-12'), on('2020-10-13'), { rule }).thenRefused('plan.awaited-too-early');
  given(returned()).when(correctAwaitedDay, correct('2020-10-13'), on('2020-10-13'), { rule }).thenTypes('AwaitedDayCorrected', 'DeadlineMoved');
});

test('where another version was returned while the wait went on, it is that return’s day that counts', () => {
  const again = [
    ...returned(),
    planReceived('2020-10-10', { version: 2 }),
    foundUnclear(2),
    planReturned('2020-10-14', '2020-10-30', { version: 2 }),
    wait.moved(until('2020-10-12', '2020-10-30'), 'returned-again', 2),
  ];
  given(again).when(correctAwaitedDay, correct('2020-10-14'), on('2020-10-15'), { rule }).thenRefused('plan.awaited-too-early');
  given(again)
    .when(correctAwaitedDay, correct('2020-10-15'), on('2020-10-15'), { rule })
    .then(awaitedDayCorrected('2020-10-30', '2020-10-15'), moved('2020-10-15', 3));
});

test('the day of the fifteen is nobody’s to choose: where no plan was returned it is refused as plan.nothing-returned', () => {
  given(sent()).when(correctAwaitedDay, correct('2020-10-20'), on('2020-10-13'), { rule }).thenRefused('plan.nothing-returned');
  given(sent(), planReceived('2020-10-09'), fifteenDays().met('2020-10-09'))
    .when(correctAwaitedDay, correct('2020-10-20'), on('2020-10-13'), { rule })
    .thenRefused('plan.nothing-returned');
});

test('an order that is not there is refused as order.unknown', () => {
  given().when(correctAwaitedDay, correct('2020-10-28'), on('2020-10-13'), { rule }).thenRefused('order.unknown');
});
