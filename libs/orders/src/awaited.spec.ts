import { expect, test } from '@jest/globals';
import { day, derivedId, event } from '#libs/kernel';
import { stateAfter } from '#libs/testing';
import { DeadlineSet, genomförandeplanRule, planFor, ReminderIssued } from '#libs/timers';
import { awaitedOn } from './awaited.js';
import type { OrderEvent } from './order.events.js';
import { fifteenDays, ids, on, orderEnded, orderSent, overdue, planReceived, returned, rule, sent } from './order.given.js';
import { order, planDeadline, planDeadlineId } from './order.js';

type Facts = readonly OrderEvent[];

/** What an order awaits after these facts, looked at on that day. */
const awaited = (facts: Facts, today: string) => {
  const state = stateAfter(order, facts, on('2020-10-01'));
  const wait = state.status === 'none' ? undefined : planDeadline(state, state.round);
  return wait && awaitedOn(wait, day(today));
};
const received = [...sent(), planReceived('2020-10-09'), fifteenDays().met('2020-10-09')];
const ended = (facts: Facts, endedOn: string): Facts => [...facts, orderEnded(endedOn), fifteenDays().closed(endedOn, 'order-ended')];

/** The fifteen days with the reminders of the rule, two before the day and two after it. */
const plan = planFor({ ...genomförandeplanRule, id: rule.id, version: 1 }, day('2020-10-01'), { deadline: planDeadlineId(ids.order, 0), unit: ids.unit });
const reminding: Facts = [orderSent(), event(DeadlineSet, { ...plan, generation: 1 })];
/** The first reminder of that rung was issued. */
const reminded = (place: number): OrderEvent => {
  const rung = plan.ladder[place];
  if (!rung) throw new RangeError(`The ladder has no rung ${place}.`);
  const { deadline, type, unit, dueOn } = plan;
  const about = { deadline, type, generation: 1, reminder: derivedId('reminder', place) };
  return event(ReminderIssued, { ...about, rung: rung.rung, occurrence: 0, role: rung.role, unit, dueOn, dueAt: rung.at });
};

test('an order waits for its plan until day 15, and says why that day', () => {
  expect(awaited(sent(), '2020-10-02')).toEqual({
    deadline: planDeadlineId(ids.order, 0),
    dueOn: '2020-10-16',
    why: { sv: 'dag 15 är fredag 16 oktober 2020', en: 'day 15 is Friday 16 October 2020' },
    status: 'open',
    late: false,
    daysLate: 0,
  });
});

test('on its last day it is not late; the day after it is, also where nothing has recorded that yet', () => {
  expect(awaited(sent(), '2020-10-16')).toMatchObject({ status: 'open', late: false, daysLate: 0 });
  expect(awaited(sent(), '2020-10-17')).toMatchObject({ status: 'open', late: true, daysLate: 1, missedAt: '2020-10-16T22:00:00.000Z' });
});

test('missed, it is late by more days each day', () => {
  expect(awaited(overdue(), '2020-10-17')).toMatchObject({ status: 'missed', late: true, daysLate: 1, missedAt: '2020-10-16T22:00:00.000Z' });
  expect(awaited(overdue(), '2020-11-16')).toMatchObject({ daysLate: 31 });
});

test('met in time it was not late, whenever one looks', () => {
  const met = awaited(received, '2020-11-16');
  expect(met).toMatchObject({ status: 'met', metOn: '2020-10-09', late: false, daysLate: 0 });
  expect(met).not.toHaveProperty('missedAt');
});

test('met late it was late until the day the plan came', () => {
  const late = [...overdue(), planReceived('2020-10-19'), fifteenDays().met('2020-10-19')];
  expect(awaited(late, '2020-11-16')).toMatchObject({ status: 'met', metOn: '2020-10-19', late: true, daysLate: 3, missedAt: '2020-10-16T22:00:00.000Z' });
});

test('a lateness that was withdrawn is none', () => {
  const inTime = [...overdue(), planReceived('2020-10-14'), fifteenDays().withdrawn(), fifteenDays().met('2020-10-14', 3)];
  expect(awaited(inTime, '2020-10-20')).toMatchObject({ status: 'met', metOn: '2020-10-14', late: false, daysLate: 0 });
});

test('closed by the end of the order it was late until then, or not at all', () => {
  expect(awaited(ended(overdue(), '2020-10-19'), '2020-11-16')).toMatchObject({ status: 'closed', late: true, daysLate: 3 });
  expect(awaited(ended(sent(), '2020-10-12'), '2020-11-16')).toMatchObject({ status: 'closed', late: false, daysLate: 0 });
});

test('it says on which day somebody is reminded next', () => {
  expect(awaited(reminding, '2020-10-02')).toMatchObject({ nextReminderOn: '2020-10-09' });
  expect(awaited([...reminding, reminded(0)], '2020-10-09')).toMatchObject({ nextReminderOn: '2020-10-15' });
});

test('of reminders that go weekly it says on which day the next one goes, not the first', () => {
  const manager = [...reminding, reminded(0), reminded(1), fifteenDays().missed(), reminded(2)];
  expect(awaited(manager, '2020-10-20')).toMatchObject({ nextReminderOn: '2020-10-21' });
  expect(awaited([...manager, reminded(3)], '2020-10-21')).toMatchObject({ nextReminderOn: '2020-10-28' });
});

test('where nothing is awaited any more, nobody is to be reminded', () => {
  const met = awaited([...reminding, planReceived('2020-10-05'), fifteenDays().met('2020-10-05')], '2020-10-05');
  expect(met).not.toHaveProperty('nextReminderOn');
});

test('of a plan that was returned it says that the day was set by the case officer', () => {
  expect(awaited(returned(), '2020-10-13')).toMatchObject({
    deadline: planDeadlineId(ids.order, 1),
    dueOn: '2020-10-26',
    why: { sv: 'dagen är satt av handläggaren', en: 'the day was set by the case officer' },
  });
});
