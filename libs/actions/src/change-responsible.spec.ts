import { expect, test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import { after, dayRule, given, ids, on, organisation, owner, promised, proposed, system, theDay, done } from './action.given.js';
import { ResponsibleChanged } from './action.events.js';
import { dayDeadlineId } from './action.js';
import { promiseAction } from './promise-action.js';
import { changeResponsible, type ChangeResponsible } from './change-responsible.js';

/** The rule reminds whoever answers for it. */
const reminding = { ...dayRule, ladder: [{ rung: 'responsible-3-calendar-days-before', role: 'responsible', offset: -3, unit: 'calendar-days' as const }] };
const rules = new Map([[dayDeadlineId(ids.action), reminding]]);
const needs = { organisation, rules };
const change = (more: Partial<ChangeResponsible> = {}): ChangeResponsible => ({ action: ids.action, unit: ids.neighbourUnit, role: 'unit-manager', ...more });
const changed = (more: { reason?: string; unit?: string; role?: 'unit-manager' | 'case-officer' } = {}) =>
  event(ResponsibleChanged, {
    action: ids.action,
    unit: more.unit ?? ids.neighbourUnit,
    role: more.role ?? 'unit-manager',
    from: { unit: ids.unit, role: 'case-officer' },
    ...(more.reason !== undefined && { reason: more.reason }),
  });

test('another unit and role is responsible, and is reminded instead, by the same day', () => {
  const decidedEvents = given(promised()).when(changeResponsible, change({ reason: 'Ny organisation.' }), on('2020-11-02', owner), needs).events;
  expect(decidedEvents.map(({ type }) => type)).toEqual(['ResponsibleChanged', 'DeadlineMoved']);
  expect(decidedEvents[0]).toEqual(changed({ reason: 'Ny organisation.' }));
  expect(decidedEvents[1]).toMatchObject({
    data: {
      unit: ids.neighbourUnit,
      dueOn: '2020-12-31',
      startOn: '2020-09-24',
      reason: 'responsible-changed',
      ladder: [{ role: 'unit-manager', on: '2020-12-28' }],
    },
  });
  expect(after(promised(), changed())).toMatchObject({ unit: ids.neighbourUnit, role: 'unit-manager' });
});

test('another role in the same unit is reminded too', () => {
  const remindsTheOfficer = given(proposed()).when(promiseAction, { action: ids.action, on: day('2020-09-24') }, on('2020-09-24', system), {
    rule: reminding,
    decided: undefined,
  }).events;
  given(proposed(), remindsTheOfficer)
    .when(changeResponsible, change({ unit: ids.unit }), on('2020-11-02', owner), needs)
    .thenTypes('ResponsibleChanged', 'DeadlineMoved');
});

test('of what is only proposed nobody is reminded', () => {
  given(proposed())
    .when(changeResponsible, change(), on('2020-09-10', owner), { ...needs, rules: new Map() })
    .then(changed());
});

test('the same again says nothing new', () => {
  given(promised())
    .when(changeResponsible, change({ unit: ids.unit, role: 'case-officer' }), on('2020-11-02', owner), needs)
    .thenNothing();
});

test('another board’s unit, an unknown one, an action that is over or not there: refused', () => {
  given(promised())
    .when(changeResponsible, change({ unit: ids.otherUnit }), on('2020-11-02', owner), needs)
    .thenRefused('action.other-boards-unit');
  given(promised())
    .when(changeResponsible, change({ unit: ids.action }), on('2020-11-02', owner), needs)
    .thenRefused('unit.unknown');
  given(promised(), done('2020-11-01'), theDay().met('2020-11-01'))
    .when(changeResponsible, change(), on('2020-11-02', owner), needs)
    .thenRefused('action.over');
  given().when(changeResponsible, change(), on('2020-11-02', owner), needs).thenRefused('action.unknown');
});

test('from the day of a succession the successor’s unit can be made responsible', () => {
  given(promised())
    .when(changeResponsible, change({ unit: ids.successorUnit }), on('2023-07-03', owner), needs)
    .thenTypes('ResponsibleChanged', 'DeadlineMoved', 'DeadlineMissed', 'RemindersSuppressed');
});
