import { expect, test } from '@jest/globals';
import { day, derivedId } from '#libs/kernel';
import { dutyLine } from './duties.js';
import type { Boards } from './successions.js';

const id = (name: string) => derivedId('spec', name);
const UNITS = [
  ['Nämnden', 'district-board'],
  ['Förvaltningen', 'administration', 'Nämnden'],
  ['Avdelningen', 'department', 'Förvaltningen'],
  ['Enheten', 'unit', 'Avdelningen'],
  ['Nämndens enhet', 'unit', 'Nämnden'],
  ['Nya nämnden', 'district-board'],
  ['Nya enheten', 'unit', 'Nya nämnden'],
  ['Revisorerna', 'body'],
] as const;
const boards: Boards = {
  units: new Map(UNITS.map(([name, kind, partOf]) => [id(name), { name, kind, ...(partOf !== undefined && { partOf: id(partOf) }) }])),
  successions: [
    { from: [id('Nämnden')], to: [id('Nya nämnden')], on: day('2023-07-01'), exceptions: [], units: [{ from: id('Enheten'), to: id('Nya enheten') }] },
  ],
};
const names = new Map(UNITS.map(([name]) => [id(name), name as string]));
const line = (unit: string, role: string, on = '2020-10-01') => {
  const { own, above } = dutyLine(boards, id(unit), role, day(on));
  return [own, above].map((duties) => duties.map((duty) => `${duty.role} ${names.get(duty.unit) ?? 'nowhere'}`));
};

test('a duty of the unit goes to its head, and so from level to level up to the board’s secretary', () => {
  expect(line('Enheten', 'case-officer')).toEqual([
    ['case-officer Enheten'],
    ['unit-manager Enheten', 'department-head Avdelningen', 'head-of-administration Förvaltningen', 'process-owner Nämnden', 'board-secretary Nämnden'],
  ]);
});

test('the head’s own duty goes to the next head', () => {
  expect(line('Enheten', 'unit-manager')[1]?.[0]).toBe('department-head Avdelningen');
  expect(line('Avdelningen', 'department-head')[1]?.[0]).toBe('head-of-administration Förvaltningen');
  expect(line('Förvaltningen', 'head-of-administration')[1]).toEqual(['process-owner Nämnden', 'board-secretary Nämnden']);
  expect(line('Nämnden', 'process-owner')).toEqual([['process-owner Nämnden'], ['board-secretary Nämnden']]);
  expect(line('Nämnden', 'board-secretary')).toEqual([['board-secretary Nämnden'], ['process-owner Nämnden']]);
});

test('who is something for a whole board is so for each of its units', () => {
  expect(line('Enheten', 'process-owner')[0]).toEqual(['process-owner Enheten', 'process-owner Nämnden']);
  expect(line('Enheten', 'department-head')[0]).toEqual(['department-head Enheten', 'department-head Avdelningen']);
  expect(line('Enheten', 'process-owner')[1]).not.toContain('process-owner Nämnden');
});

test('what is asked of a board’s head of administration is found in the administration below it', () => {
  expect(line('Nämnden', 'head-of-administration')[0]).toEqual(['head-of-administration Nämnden', 'head-of-administration Förvaltningen']);
});

test('a unit right below its board has no other heads above it', () => {
  expect(line('Nämndens enhet', 'case-officer')[1]).toEqual(['unit-manager Nämndens enhet', 'process-owner Nämnden', 'board-secretary Nämnden']);
});

test('from the day of a succession a duty lies with the successor', () => {
  expect(line('Enheten', 'case-officer', '2023-07-01')).toEqual([
    ['case-officer Nya enheten'],
    ['unit-manager Nya enheten', 'process-owner Nya nämnden', 'board-secretary Nya nämnden'],
  ]);
  expect(line('Avdelningen', 'department-head', '2023-07-01')).toEqual([
    ['department-head Nya nämnden'],
    ['process-owner Nya nämnden', 'board-secretary Nya nämnden'],
  ]);
});

test('outside the boards a duty goes nowhere else, nor does one of a unit that nobody registered', () => {
  expect(line('Revisorerna', 'auditor')).toEqual([['auditor Revisorerna'], []]);
  expect(line('nobody', 'case-officer')).toEqual([['case-officer nowhere'], []]);
});
