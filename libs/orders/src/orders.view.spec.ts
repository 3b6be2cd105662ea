import { expect, test } from '@jest/globals';
import { day, derivedId, event, instant } from '#libs/kernel';
import { ReminderIssued, RemindersSuppressed } from '#libs/timers';
import { checkGoldenRows, foldAll, happenedIn } from '#libs/views';
import { ContactNoted, GoalCorrected, OrderProviderCorrected, type OrderEvent } from './order.events.js';
import {
  awaitedDayCorrected,
  clarification,
  endedDayCorrected,
  fifteenDays,
  fifteenDaysFrom,
  foundUnclear,
  goals,
  ids,
  orderCancelled,
  orderEnded,
  orderReplaced,
  orderSent,
  overdue,
  planApproved,
  planReceived,
  planReturned,
  planReviewed,
  receivedDayCorrected,
  returned,
  sent,
  sentDayCorrected,
  until,
} from './order.given.js';
import { planDeadlineId } from './order.js';
import { ordersView } from './orders.view.js';

type Facts = readonly (OrderEvent | readonly OrderEvent[])[];
const rowsAfter = (...facts: Facts) => foldAll(ordersView, happenedIn(`order-${ids.order}`, ...facts.flat()));
const rowAfter = (...facts: Facts) => rowsAfter(...facts).at(-1);
const wait = clarification('2020-10-12', '2020-10-26');
const received = [...sent(), planReceived('2020-10-09'), fifteenDays().met('2020-10-09')];

const noted = event(ContactNoted, { orderId: ids.order, contact: 'provider', contactedOn: day('2020-10-05') }, { note: 'Ringde.' });
const goalCorrected = event(GoalCorrected, { orderId: ids.order, goal: goals[2], reason: 'mistyped' }, { wording: 'Jag vill laga mat.' });
const providerCorrected = event(OrderProviderCorrected, { orderId: ids.order, from: ids.provider, to: ids.otherProvider, reason: 'confused-with-another' }, {});
const { deadline, type, dueOn } = fifteenDaysFrom('2020-10-01');
const at = instant('2020-10-09T06:00:00.000Z');
const reminded = event(ReminderIssued, {
  deadline,
  type,
  generation: 1,
  reminder: derivedId('reminder'),
  rung: 'before',
  occurrence: 0,
  role: 'case-officer',
  unit: ids.unit,
  dueOn,
  dueAt: at,
});
const suppressed = event(RemindersSuppressed, {
  deadline,
  type,
  generation: 1,
  reason: 'superseded',
  fromAt: at,
  toAt: at,
  reminders: [{ rung: 'before', role: 'case-officer', first: 0, last: 0 }],
});

test('an order is one row from its sending on, and nothing personal is in it', () => {
  expect(rowsAfter(orderSent())).toEqual([
    {
      tenant: 'stockholm',
      key: ids.order,
      since: 1,
      until: null,
      broken: null,
      unit: ids.unit,
      provider: ids.provider,
      service: 'short-term-supervision',
      sentOn: '2020-10-01',
      status: 'awaiting-plan',
      plan: 0,
      deadline: null,
      dueOn: null,
      wait: 'awaited',
      late: false,
      overOn: null,
    },
  ]);
});

test('its fifteen days stand in the row as soon as they are set', () => {
  expect(rowAfter(sent())).toMatchObject({ deadline: planDeadlineId(ids.order, 0), dueOn: '2020-10-16', wait: 'awaited', late: false, overOn: null });
});

test('past the day it is late, until that is withdrawn', () => {
  expect(rowAfter(overdue())).toMatchObject({ status: 'awaiting-plan', wait: 'awaited', late: true });
  expect(rowAfter(overdue(), fifteenDays().withdrawn())).toMatchObject({ wait: 'awaited', late: false });
});

test('a plan that comes is to be looked at, and the wait is over on the day it came; whether it was late stays', () => {
  expect(rowAfter(received)).toMatchObject({ status: 'received', plan: 1, wait: 'met', late: false, overOn: '2020-10-09' });
  expect(rowAfter(overdue(), planReceived('2020-10-19'), fifteenDays().met('2020-10-19'))).toMatchObject({ wait: 'met', late: true, overOn: '2020-10-19' });
});

test('a plan is reviewed, and approved', () => {
  expect(rowAfter(received, planReviewed())).toMatchObject({ status: 'reviewed', plan: 1 });
  expect(rowAfter(received, planReviewed(), planApproved('2020-10-12'))).toMatchObject({ status: 'approved', plan: 1 });
});

test('a plan that is returned is awaited again: the row tells of the new wait alone', () => {
  const clarified = {
    status: 'awaiting-plan',
    plan: 1,
    deadline: planDeadlineId(ids.order, 1),
    dueOn: '2020-10-26',
    wait: 'awaited',
    late: false,
    overOn: null,
  };
  expect(rowAfter(returned())).toMatchObject(clarified);
  const late = [...overdue(), planReceived('2020-10-19'), fifteenDays().met('2020-10-19'), foundUnclear(), planReturned('2020-10-20', '2020-11-03')];
  expect(rowAfter(late)).toMatchObject({ status: 'awaiting-plan', wait: 'met', late: true });
  expect(rowAfter(late, clarification('2020-10-20', '2020-11-03').set)).toMatchObject({ wait: 'awaited', late: false, dueOn: '2020-11-03', overOn: null });
});

test.each([
  ['missed', fifteenDays().missed(2)],
  ['withdrawn', fifteenDays().withdrawn(3)],
  ['met on another day', fifteenDays().met('2020-10-12', 3)],
  ['closed', fifteenDays().closed('2020-10-12', 'plan-approved', 3)],
  ['moved', fifteenDays().moved(fifteenDaysFrom('2020-10-05'), 'start-corrected', 3)],
])('an earlier wait that is %s afterwards changes nothing in it', (_how, fact) => {
  expect(rowsAfter(returned(), fact)).toEqual(rowsAfter(returned()));
});

test('a plan found later that came before the one that counts leaves the order where it is', () => {
  const reviewed = [...received, planReviewed()];
  expect(rowsAfter(reviewed, planReceived('2020-10-08', { version: 2, latest: 1 }))).toEqual(rowsAfter(reviewed));
  expect(rowAfter(reviewed, planReceived('2020-10-10', { version: 2 }))).toMatchObject({ status: 'received', plan: 2 });
});

test('a corrected day of reception can make another plan the one that counts, which is then to be looked at', () => {
  const two = [...received, planReceived('2020-10-10', { version: 2 }), planReviewed(2)];
  expect(rowAfter(two, receivedDayCorrected('2020-10-10', '2020-10-08', { version: 2, latest: 1 }))).toMatchObject({ status: 'received', plan: 1 });
  expect(rowsAfter(two, receivedDayCorrected('2020-10-10', '2020-10-12', { version: 2 }))).toEqual(rowsAfter(two));
});

test('a wait that goes on until another day is open until then, whatever was recorded of it before', () => {
  const move = wait.moved(until('2020-10-12', '2020-10-30'), 'returned-again', 2);
  expect(rowAfter(returned(), wait.missed(), move)).toMatchObject({ dueOn: '2020-10-30', wait: 'awaited', late: false, overOn: null });
  expect(rowAfter(returned(), wait.met('2020-10-20'), move)).toMatchObject({ dueOn: '2020-10-30', wait: 'awaited', late: false, overOn: null });
});

test('a corrected day of sending, a corrected provider', () => {
  expect(rowAfter(sent(), sentDayCorrected('2020-10-01', '2020-10-05'))).toMatchObject({ sentOn: '2020-10-05', dueOn: '2020-10-16' });
  expect(rowAfter(sent(), providerCorrected)).toMatchObject({ provider: ids.otherProvider });
});

test.each([
  ['ended', orderEnded('2020-10-19')],
  ['cancelled', orderCancelled('2020-10-19')],
  ['replaced', orderReplaced('2020-10-19')],
])('an order that is %s has ended; nothing is awaited from that day, and what was late was late', (how, end) => {
  const row = rowAfter(overdue(), end, fifteenDays().closed('2020-10-19', `order-${how}`));
  expect(row).toMatchObject({ status: 'ended', wait: 'closed', late: true, overOn: '2020-10-19' });
});

test('what came while it ran and is entered after its end leaves it ended', () => {
  expect(rowAfter(sent(), orderEnded('2020-10-12'), planReceived('2020-10-09'))).toMatchObject({ status: 'ended', plan: 1 });
});

test.each([
  ['a contact', noted],
  ['a corrected goal', goalCorrected],
  ['a reminder', reminded],
  ['a reminder that was not issued', suppressed],
  ['a corrected awaited day, which its deadline follows', awaitedDayCorrected('2020-10-26', '2020-10-28')],
  ['a corrected last day, which its deadline follows', endedDayCorrected('2020-10-12', '2020-10-14')],
])('%s changes nothing in it', (_what, fact) => {
  expect(rowsAfter(sent(), fact)).toEqual(rowsAfter(sent()));
});

test('deadlines of other things are none of its business', () => {
  expect(foldAll(ordersView, happenedIn(`matter-${ids.otherOrder}`, fifteenDays().set, fifteenDays().missed()))).toEqual([]);
});

test('a fact about an order that was never sent puts the row into quarantine, so that it cannot be overlooked', () => {
  expect(rowsAfter(planReceived('2020-10-09'))).toMatchObject([{ key: ids.order, broken: derivedId('fact', 0) }]);
  expect(rowsAfter(fifteenDays().set, orderSent())).toMatchObject([{ key: ids.order, until: null, broken: derivedId('fact', 0) }]);
});

test('the same facts give the same rows as long as the version is the same', async () => {
  const facts = [
    ...overdue(),
    noted,
    reminded,
    suppressed,
    sentDayCorrected('2020-10-01', '2020-10-05'),
    fifteenDays().withdrawn(),
    fifteenDays().moved(fifteenDaysFrom('2020-10-05'), 'start-corrected', 3),
    providerCorrected,
    goalCorrected,
    planReceived('2020-10-09'),
    fifteenDays('2020-10-05').met('2020-10-09', 4),
    receivedDayCorrected('2020-10-09', '2020-10-10'),
    foundUnclear(),
    planReturned('2020-10-12', '2020-10-26'),
    wait.set,
    awaitedDayCorrected('2020-10-26', '2020-10-28'),
    wait.moved(until('2020-10-12', '2020-10-28'), 'awaited-day-corrected', 2),
    wait.missed(2),
    planReceived('2020-10-29', { version: 2, round: 1 }),
    wait.met('2020-10-29', 3),
    planReviewed(2),
    planApproved('2020-10-30', 2),
    orderEnded('2021-06-10'),
    endedDayCorrected('2021-06-10', '2021-06-11'),
  ];
  const closed = [...sent(), orderCancelled('2020-10-05'), fifteenDays().closed('2020-10-05', 'order-cancelled')];
  const replaced = [...sent(), orderReplaced('2020-10-05')];
  await checkGoldenRows(
    ordersView,
    [...happenedIn(`order-${ids.order}`, ...facts), ...happenedIn(`order-${ids.otherOrder}`, ...closed), ...happenedIn(`order-${ids.thirdOrder}`, ...replaced)],
    new URL('./orders.golden.json', import.meta.url),
  );
});
