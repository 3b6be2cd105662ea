import { expect, test } from '@jest/globals';
import { day, type Instant } from '#libs/kernel';
import { planFor, planUntil, RESPONSIBLE, type DeadlineRule } from './deadline-rule.js';
import { genomförandeplanRule } from './default-rules.js';
import { reckoned } from './deadline.js';
import { dueReminders } from './reminders.js';

const rule: DeadlineRule = { ...genomförandeplanRule, id: '0d6f7a4e-95f5-4a52-9f66-0b6d7a1f1c01', version: 1 };
const of = { deadline: '1e3c1fd2-3b0a-4a57-8a5e-0d2f6f0c9a01', unit: '5b1f3f0e-6a5f-4c1c-9a55-3c1f8f3d9a02' };
const whole = (days: number, unit: 'calendar-days' | 'working-days') => ({ ...rule, length: { days, unit } });

test('an order sent on 1 October 2020 has its plan due on 16 October, and is late from midnight in Stockholm', () => {
  const plan = planFor(rule, day('2020-10-01'), of);
  expect(plan).toMatchObject({ ...of, type: 'genomforandeplan', startOn: '2020-10-01', dueOn: '2020-10-16', missedAt: '2020-10-16T22:00:00.000Z' });
  expect(plan.rule).toEqual({ id: rule.id, version: 1 });
  expect(plan.steps).toEqual([{ code: 'counted', day: '2020-10-16', number: 15, unit: 'calendar-days', named: [] }]);
});

test('its reminders fall on Friday 9, Thursday 15, Monday 19 and Wednesday 21, at eight in the morning', () => {
  const { ladder } = planFor(rule, day('2020-10-01'), of);
  expect(ladder.map(({ role, on, at }) => [role, on, at])).toEqual([
    ['case-officer', '2020-10-09', '2020-10-09T06:00:00.000Z'],
    ['case-officer', '2020-10-15', '2020-10-15T06:00:00.000Z'],
    ['case-officer', '2020-10-19', '2020-10-19T06:00:00.000Z'],
    ['unit-manager', '2020-10-21', '2020-10-21T06:00:00.000Z'],
  ]);
});

test('the manager is reminded weekly, at eight also after the night that ends summer time, on working days alone, twelve times in all', () => {
  const reminders = dueReminders(reckoned({ ...planFor(rule, day('2020-10-01'), of), generation: 1 }), '2026-01-01T00:00:00.000Z' as Instant);
  expect(reminders.filter(({ rung }) => rung.role === 'unit-manager').map(({ at }) => at)).toEqual([
    '2020-10-21T06:00:00.000Z',
    '2020-10-28T07:00:00.000Z',
    '2020-11-04T07:00:00.000Z',
    '2020-11-11T07:00:00.000Z',
    '2020-11-18T07:00:00.000Z',
    '2020-11-25T07:00:00.000Z',
    '2020-12-02T07:00:00.000Z',
    '2020-12-09T07:00:00.000Z',
    '2020-12-16T07:00:00.000Z',
    '2020-12-23T07:00:00.000Z',
    '2020-12-30T07:00:00.000Z',
    '2021-01-07T07:00:00.000Z', // 6 January is Epiphany
  ]);
});

test('a last day on which no office works stays, unless the rule moves it on', () => {
  const sent = day('2026-05-22'); // day 15 is Saturday 6 June, the National Day
  expect(planFor(rule, sent, of).dueOn).toBe('2026-06-06');
  const moved = planFor({ ...rule, roll: 'forward' }, sent, of);
  expect(moved.dueOn).toBe('2026-06-08');
  expect(moved.missedAt).toBe('2026-06-08T22:00:00.000Z');
  expect(moved.steps).toHaveLength(2);
});

test('a length in working days passes over holidays', () => {
  expect(planFor(whole(3, 'working-days'), day('2026-12-22'), of).dueOn).toBe('2026-12-29');
});

test('a reminder of the due day itself falls back to the working day before it', () => {
  const onTheDay = { ...rule, ladder: [{ rung: 'today', role: 'case-officer', offset: 0, unit: 'calendar-days' as const }] };
  expect(planUntil(onTheDay, day('2026-05-22'), day('2026-06-06'), of).ladder[0]?.on).toBe('2026-06-05');
});

test('a day that a person chose has the reminders of the rule and no computed steps', () => {
  const plan = planUntil(rule, day('2020-10-19'), day('2020-10-30'), of);
  expect(plan).toMatchObject({ startOn: '2020-10-19', dueOn: '2020-10-30', steps: [] });
  expect(plan.missedAt).toBe('2020-10-30T23:00:00.000Z');
  expect(plan.ladder.map(({ on }) => on)).toEqual(['2020-10-23', '2020-10-29', '2020-11-02', '2020-11-04']);
});

const forResponsible: DeadlineRule = {
  ...rule,
  ladder: [{ rung: 'responsible-3-calendar-days-before', role: RESPONSIBLE, offset: -3, unit: 'calendar-days' }, ...rule.ladder],
};

test('whoever answers for the thing is named when the deadline is planned', () => {
  expect(planFor(forResponsible, day('2020-10-01'), { ...of, responsible: 'unit-manager' }).ladder[0]).toMatchObject({
    rung: 'responsible-3-calendar-days-before',
    role: 'unit-manager',
    on: '2020-10-13',
  });
  expect(planUntil(forResponsible, day('2020-10-01'), day('2020-10-20'), { ...of, responsible: 'registrar' }).ladder[0]).toMatchObject({ role: 'registrar' });
});

test('where nobody says who answers for it the process owner does', () => {
  expect(planFor(forResponsible, day('2020-10-01'), of).ladder[0]).toMatchObject({ role: 'process-owner' });
});

test('a role that the rule names is reminded whoever answers for the thing', () => {
  expect(planFor(rule, day('2020-10-01'), { ...of, responsible: 'registrar' }).ladder).toEqual(planFor(rule, day('2020-10-01'), of).ladder);
});
