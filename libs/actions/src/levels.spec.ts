import { expect, test } from '@jest/globals';
import { day } from '#libs/kernel';
import { departmentHead, head, ids, manager, officer, organisation, owner, who } from './action.given.js';
import { levelName, levelNeeded, levelOf, reaches } from './levels.js';
import { DEFAULT_RULE } from './action-rules.js';
import { LEVELS } from './action.codes.js';

const needed = (first: string, to: string) => levelNeeded(day(first), day(to), DEFAULT_RULE.limits);
const ours = { unit: ids.unit, role: 'case-officer' } as const;
const before = day('2020-10-01');

test.each([
  ['2020-12-31', '2021-03-31', 'responsible'],
  ['2020-12-31', '2021-04-01', 'unit-head'],
  ['2020-12-31', '2021-06-30', 'unit-head'],
  ['2020-12-31', '2021-07-01', 'administration-head'],
  ['2020-12-31', '2021-12-31', 'administration-head'],
  ['2020-12-31', '2022-01-01', 'board'],
  ['2021-01-31', '2021-04-30', 'responsible'],
  ['2021-01-31', '2021-05-01', 'unit-head'],
  ['2020-11-30', '2021-02-28', 'responsible'],
  ['2020-11-30', '2021-03-01', 'unit-head'],
  ['2024-02-29', '2025-02-28', 'administration-head'],
  ['2024-02-29', '2025-03-01', 'board'],
  ['2020-12-31', '2020-10-01', 'responsible'],
])('first promised by %s, to %s: %s', (first, to, level) => {
  expect(needed(first, to)).toBe(level);
});

test('each acts on the level of the role, within the line of the unit', () => {
  expect(levelOf(officer, ours, before, organisation)).toBe('responsible');
  expect(levelOf(manager, ours, before, organisation)).toBe('unit-head');
  expect(levelOf(departmentHead, ours, before, organisation)).toBe('unit-head');
  expect(levelOf(head, ours, before, organisation)).toBe('administration-head');
});

test('nobody else acts on any: another unit’s manager, another board’s head, the same role elsewhere, the process owner', () => {
  for (const by of [who('unit-manager', ids.neighbourUnit), who('head-of-administration', ids.otherBoard), who('case-officer', ids.neighbourUnit), owner]) {
    expect(levelOf(by, ours, before, organisation)).toBeUndefined();
  }
});

test('the responsible role is that of whoever holds it above the unit, too', () => {
  expect(levelOf(who('case-officer', ids.administration), ours, before, organisation)).toBe('responsible');
});

test('the responsible role may be a head itself, and then acts as one', () => {
  expect(levelOf(manager, { unit: ids.unit, role: 'unit-manager' }, before, organisation)).toBe('unit-head');
  expect(levelOf(owner, { unit: ids.administration, role: 'process-owner' }, before, organisation)).toBe('responsible');
});

test('from the day of a succession those of the successor’s unit act, and those of the old one no more', () => {
  const on = day('2023-07-01');
  expect(levelOf(who('case-officer', ids.successorUnit), ours, on, organisation)).toBe('responsible');
  expect(levelOf(who('unit-manager', ids.successorUnit), ours, on, organisation)).toBe('unit-head');
  expect(levelOf(who('head-of-administration', ids.successor), ours, on, organisation)).toBe('administration-head');
  expect(levelOf(manager, ours, on, organisation)).toBeUndefined();
});

test('a level reaches itself and what is below it; nobody’s reaches nothing', () => {
  expect(reaches('unit-head', 'responsible')).toBe(true);
  expect(reaches('unit-head', 'unit-head')).toBe(true);
  expect(reaches('unit-head', 'board')).toBe(false);
  expect(reaches(undefined, 'responsible')).toBe(false);
});

test('each level has a name in both languages', () => {
  expect(LEVELS.map((level) => levelName(level).sv)).toEqual(['den ansvariga rollen', 'enhetens chef', 'förvaltningschefen', 'nämnden']);
  expect(new Set(LEVELS.map((level) => levelName(level).en)).size).toBe(4);
});
