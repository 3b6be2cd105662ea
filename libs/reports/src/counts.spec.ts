import { expect, test } from '@jest/globals';
import { sumOfCounts, type CountsOfUnit } from '#libs/audits';
import { day } from '#libs/kernel';
import { ById, registerOf, type Organisation } from '#libs/organisation';
import { byHolder } from './counts.js';

const boards = ['Älvsjö', 'Hägersten-Liljeholmen', 'Hägersten-Älvsjö', 'Östermalm'];
const organisation: Organisation = {
  status: 'registered',
  name: 'Stockholms stad',
  units: new Map([...boards, 'Revisorerna'].map((name) => [name, { name, kind: name === 'Revisorerna' ? 'body' : 'district-board' }])),
  successions: [
    {
      id: 'merger',
      from: ['Älvsjö', 'Hägersten-Liljeholmen'],
      to: ['Hägersten-Älvsjö'],
      on: day('2020-07-01'),
      decision: 'KF 2020',
      exceptions: [],
      units: [],
    },
  ],
  patterns: new Map(),
  providers: new Map(),
  roles: ById.none(),
  signIns: ById.none(),
};
const then = (on: string) => ({
  register: registerOf(organisation),
  units: [...(organisation.status === 'registered' ? organisation.units.keys() : [])],
  on: day(on),
  name: String,
});
const of = (unit: string, open: number, implemented = 0): CountsOfUnit => ({
  unit,
  received: open + implemented,
  implemented,
  open,
  pastPromisedDay: 0,
  pastLastDay: 0,
  undated: open,
  settled: 0,
  withdrawn: 0,
});

test('what two boards were given is counted at the one that took over from both', () => {
  const held = byHolder([of('Älvsjö', 1), of('Hägersten-Liljeholmen', 2, 1)], then('2020-07-01'));
  expect(held.get('Hägersten-Älvsjö')).toMatchObject({ received: 4, implemented: 1, open: 3, undated: 3 });
  expect([...held.keys()]).toEqual(['Hägersten-Älvsjö', 'Östermalm']);
});

test('the day before, each has its own', () => {
  const held = byHolder([of('Älvsjö', 1), of('Hägersten-Liljeholmen', 2)], then('2020-06-30'));
  expect([...held].map(([board, { open }]) => [board, open])).toEqual([
    ['Älvsjö', 1],
    ['Hägersten-Liljeholmen', 2],
    ['Östermalm', 0],
  ]);
});

test('a board that was given nothing stands there with nothing; a body outside the boards only where it holds something', () => {
  expect(byHolder([], then('2020-07-01')).get('Östermalm')).toMatchObject({ received: 0 });
  expect(byHolder([], then('2020-07-01')).has('Revisorerna')).toBe(false);
  expect(byHolder([of('Revisorerna', 1)], then('2020-07-01')).get('Revisorerna')).toMatchObject({ open: 1 });
});

test('all together are as many as the rows add up to', () => {
  expect(sumOfCounts([of('Älvsjö', 1), of('Östermalm', 2, 5)])).toMatchObject({ received: 8, implemented: 5, open: 3 });
  expect(sumOfCounts([])).toMatchObject({ received: 0, open: 0 });
});
