import { expect, test } from '@jest/globals';
import { day, derivedId, event, instant, type Instant } from '#libs/kernel';
import {
  BoardSucceeded,
  MunicipalityRegistered,
  organisationId,
  organisationStream,
  RoleAssigned,
  RoleEnded,
  UnitRegistered,
  type OrganisationEvent,
  type Role,
} from '#libs/organisation';
import { given, stateAfter } from '#libs/testing';
import { DeadlineClosed, DeadlineMet, DeadlineMissed, DeadlineSet } from './deadline.events.js';
import { planFor, type DeadlineRule } from './deadline-rule.js';
import { defaultRules } from './default-rules.js';
import { duty, dutyId } from './duty.js';
import { DutyUnheld, type DutyEvent } from './duty.events.js';
import { NoteDuty, noteDuty } from './note-duty.js';
import { vacanciesOf } from './vacancies.js';

const id = (name: string): string => derivedId('duty', name);
const by = { actor: 'reactions', role: 'system', unit: id('Älvsjö') };
const rule: DeadlineRule = { ...defaultRules.find(({ type }) => type === 'duty-unheld')!, id: id('rule'), version: 1 };
const JUNE = instant('2020-06-10T10:00:00+02:00');

const registered: readonly OrganisationEvent[] = [
  event(MunicipalityRegistered, { name: 'Stockholms stad' }),
  ...['Älvsjö', 'Hägersten-Liljeholmen', 'Hägersten-Älvsjö'].map((name) => event(UnitRegistered, { unit: id(name), name, kind: 'district-board' })),
  event(UnitRegistered, { unit: id('enheten'), name: 'enheten', kind: 'unit', partOf: id('Älvsjö') }),
];
const assigned = (name: string, unit: string, from: string, to?: string, role: Role = 'process-owner') =>
  event(RoleAssigned, { person: id(name), role, unit: id(unit), from: day(from), ...(to !== undefined && { to: day(to) }), capacity: 'ordinary' });
const ended = (name: string, unit: string, from: string, lastDay: string, role: Role = 'process-owner') =>
  event(RoleEnded, { person: id(name), role, unit: id(unit), from: day(from), lastDay: day(lastDay) });
const merged = event(BoardSucceeded, {
  from: [id('Älvsjö'), id('Hägersten-Liljeholmen')],
  to: [id('Hägersten-Älvsjö')],
  on: day('2020-07-01'),
  decision: 'Kommunfullmäktige (exempel)',
  exceptions: [],
  units: [],
});

const registerAfter = (...facts: readonly OrganisationEvent[]) => {
  const state = stateAfter(organisationStream, [...registered, ...facts], { now: JUNE, by });
  if (state.status !== 'registered') throw new TypeError('It was registered.');
  return state;
};
const vacant = (unit: string, role: Role, ...facts: readonly OrganisationEvent[]) => vacanciesOf(registerAfter(...facts), id(unit), role);

const owner = dutyId('stockholm', id('Älvsjö'), 'process-owner');
const waitOf = (from: string) => derivedId(owner, from);
const noting = (register: readonly OrganisationEvent[], now: Instant, ...facts: DutyEvent[]) => {
  const all = vacant('Älvsjö', 'process-owner', ...register);
  const last = all.at(-1);
  return given(duty, ...facts).when(
    noteDuty,
    Object.assign(new NoteDuty(), { unit: id('Älvsjö'), role: 'process-owner' as const }),
    { now, by, id: owner },
    { vacancies: { all, ...(last && !last.end && { unfilled: { ...last, rule } }) } },
  );
};
const plan = (from: string) => planFor(rule, day(from), { deadline: waitOf(from), unit: id('Älvsjö'), responsible: 'process-owner' });
const unheld = (from: string) => event(DutyUnheld, { deadline: waitOf(from), unit: id('Älvsjö'), role: 'process-owner', unheldFrom: day(from) });
const awaited = (from: string): DutyEvent[] => [unheld(from), event(DeadlineSet, { ...plan(from), generation: 1 })];
const left = [assigned('A', 'Älvsjö', '2018-01-01'), ended('A', 'Älvsjö', '2018-01-01', '2020-05-31')];

test('a role that nobody ever held is not missed, nor one that is held', () => {
  expect(vacant('Älvsjö', 'process-owner')).toEqual([]);
  expect(vacant('Älvsjö', 'process-owner', assigned('A', 'Älvsjö', '2030-01-01'))).toEqual([]);
  expect(vacant('Älvsjö', 'process-owner', assigned('A', 'Älvsjö', '2018-01-01'))).toEqual([]);
});

test('it is unheld from the day after the last one, also where that lies ahead', () => {
  expect(vacant('Älvsjö', 'process-owner', ...left)).toEqual([{ from: '2020-06-01' }]);
  expect(vacant('Älvsjö', 'process-owner', assigned('A', 'Älvsjö', '2018-01-01', '2035-12-31'))).toEqual([{ from: '2036-01-01' }]);
});

test('whoever follows without a day between leaves none; a later one ends the time without', () => {
  expect(vacant('Älvsjö', 'process-owner', ...left, assigned('B', 'Älvsjö', '2020-06-01'))).toEqual([]);
  expect(vacant('Älvsjö', 'process-owner', ...left, assigned('B', 'Älvsjö', '2020-07-01', '2020-12-31'))).toEqual([
    { from: '2020-06-01', end: { on: '2020-07-01', how: 'held' } },
    { from: '2021-01-01' },
  ]);
});

test('of two holders one may go', () => {
  expect(vacant('Älvsjö', 'process-owner', assigned('B', 'Älvsjö', '2019-01-01'), ...left)).toEqual([]);
});

test('a unit’s own role that its board has is held; the level above does not hold it', () => {
  const owned = [assigned('U', 'enheten', '2018-01-01', '2020-05-31')];
  expect(vacant('enheten', 'process-owner', ...owned, assigned('A', 'Älvsjö', '2018-01-01'))).toEqual([]);
  const managed = [assigned('M', 'enheten', '2018-01-01', '2020-05-31', 'unit-manager'), assigned('A', 'Älvsjö', '2018-01-01')];
  expect(vacant('enheten', 'unit-manager', ...managed)).toEqual([{ from: '2020-06-01' }]);
});

test('with its board a role ends; it is its successor’s that is unheld where nobody has it there', () => {
  const held = assigned('A', 'Älvsjö', '2018-01-01');
  expect(vacant('Älvsjö', 'process-owner', held, merged)).toEqual([]);
  expect(vacant('Hägersten-Älvsjö', 'process-owner', held, merged)).toEqual([{ from: '2020-07-01' }]);
  expect(vacant('Hägersten-Älvsjö', 'process-owner', held, merged, assigned('B', 'Hägersten-Älvsjö', '2020-07-01'))).toEqual([]);
  expect(vacant('Älvsjö', 'process-owner', ...left, merged)).toEqual([{ from: '2020-06-01', end: { on: '2020-07-01', how: 'unit-ended' } }]);
});

test('with a unit that no unit succeeds its roles end; where one does, they are that unit’s', () => {
  const managed = assigned('M', 'enheten', '2018-01-01', undefined, 'unit-manager');
  expect(vacant('Hägersten-Älvsjö', 'unit-manager', managed, merged)).toEqual([]);
  const anew = event(UnitRegistered, { unit: id('nya enheten'), name: 'nya enheten', kind: 'unit', partOf: id('Hägersten-Älvsjö') });
  const mapped = { ...merged, data: { ...merged.data, units: [{ from: id('enheten'), to: id('nya enheten') }] } };
  expect(vacant('nya enheten', 'unit-manager', managed, anew, mapped)).toEqual([{ from: '2020-07-01' }]);
});

test('a new holder of a role that nobody holds is awaited within twenty working days; the role itself, and so the level above, is reminded', () => {
  const { events } = noting(left, instant('2020-06-01T09:00:00+02:00'));
  expect(events).toEqual(awaited('2020-06-01'));
  expect(plan('2020-06-01')).toMatchObject({ dueOn: '2020-06-30', ladder: [{ role: 'process-owner' }, {}, {}, {}, { role: 'head-of-administration' }] });
});

test('a role whose last day lies ahead is awaited from then', () => {
  noting([assigned('A', 'Älvsjö', '2018-01-01', '2020-09-30')], JUNE).then(...awaited('2020-10-01'));
});

test('the same again says nothing new', () => {
  noting(left, JUNE, ...awaited('2020-06-01')).thenNothing();
  noting([], JUNE).thenNothing();
});

const about = (from: string) => ({ deadline: waitOf(from), type: 'duty-unheld', generation: 2, dueOn: plan(from).dueOn });

test('a new holder comes on the first day of the role, or is there already when appointed ahead', () => {
  noting([...left, assigned('B', 'Älvsjö', '2020-06-08')], JUNE, ...awaited('2020-06-01')).then(
    event(DeadlineMet, { ...about('2020-06-01'), metOn: day('2020-06-08') }),
  );
  noting([...left, assigned('B', 'Älvsjö', '2020-08-01')], JUNE, ...awaited('2020-06-01')).then(
    event(DeadlineMet, { ...about('2020-06-01'), metOn: day('2020-06-10') }),
  );
});

test('a new holder for a time leaves the next one awaited', () => {
  noting([...left, assigned('B', 'Älvsjö', '2020-06-08', '2020-12-31')], JUNE, ...awaited('2020-06-01')).then(
    event(DeadlineMet, { ...about('2020-06-01'), metOn: day('2020-06-08') }),
    ...awaited('2021-01-01'),
  );
});

test('where the role was never without a holder after all, nothing is awaited', () => {
  noting([...left, assigned('B', 'Älvsjö', '2020-06-01')], JUNE, ...awaited('2020-06-01')).then(
    event(DeadlineClosed, { ...about('2020-06-01'), closedOn: day('2020-06-01'), reason: 'never-unheld' }),
  );
});

test('another last day begins the wait anew', () => {
  noting([assigned('A', 'Älvsjö', '2018-01-01'), ended('A', 'Älvsjö', '2018-01-01', '2020-06-30')], JUNE, ...awaited('2020-06-01')).then(
    event(DeadlineClosed, { ...about('2020-06-01'), closedOn: day('2020-06-01'), reason: 'never-unheld' }),
    ...awaited('2020-07-01'),
  );
});

test('nobody is awaited any more in a board that ends', () => {
  noting([...left, merged], JUNE, ...awaited('2020-06-01')).then(
    event(DeadlineClosed, { ...about('2020-06-01'), closedOn: day('2020-07-01'), reason: 'unit-ended' }),
  );
});

test('a holder whose appointment is ended before it began leaves the old wait going on', () => {
  const met: DutyEvent = event(DeadlineMet, { ...about('2020-06-01'), metOn: day('2020-06-10') });
  const { events } = noting(left, JUNE, ...awaited('2020-06-01'), met);
  expect(events.map(({ type }) => type)).toEqual(['DutyUnheld', 'DeadlineMoved']);
});

test('what is recorded long afterwards is overdue at once, and told of in a summary', () => {
  const { events } = noting(left, instant('2021-02-01T09:00:00+01:00'));
  expect(events).toContainEqual(event(DeadlineSet, { ...plan('2020-06-01'), generation: 1, enteredLate: true }));
  expect(events).toContainEqual(expect.objectContaining({ type: DeadlineMissed.type }));
});

test('each role in each unit of a municipality has a stream of its own', () => {
  expect(
    new Set([owner, dutyId('malmo', id('Älvsjö'), 'process-owner'), dutyId('stockholm', id('Älvsjö'), 'registrar'), organisationId('stockholm')]).size,
  ).toBe(4);
});
