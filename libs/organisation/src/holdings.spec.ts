import { expect, test } from '@jest/globals';
import { day, derivedId, event } from '#libs/kernel';
import { stateAfter } from '#libs/testing';
import { holdingsOn } from './holdings.js';
import { BoardSucceeded } from './organisation.events.js';
import { organisationStream } from './organisation.js';
import { asked, municipality, unit } from './organisation.samples.js';

const id = (name: string) => derivedId('spec', name);
const names = new Map<string, string>();
const made = (name: string, ...rest: [Parameters<typeof unit>[2], string?]) => {
  names.set(id(name), name);
  const [kind, within] = rest;
  return unit(id(name), name, kind, within === undefined ? undefined : id(within));
};
/** On 1 July 2023 the old board is split: its LSS goes to South and is succeeded by a unit there, its children's unit to South without one; the rest to North. */
const register = stateAfter(
  organisationStream,
  [
    municipality(),
    made('Old', 'district-board'),
    made('Old LSS', 'unit', 'Old'),
    made('Old children', 'unit', 'Old'),
    made('Old care', 'unit', 'Old'),
    made('North', 'district-board'),
    made('North LSS', 'unit', 'North'),
    made('South', 'district-board'),
    made('South LSS', 'unit', 'South'),
    made('Auditors', 'body'),
    event(BoardSucceeded, {
      from: [id('Old')],
      to: [id('North'), id('South')],
      on: day('2023-07-01'),
      decision: 'Kommunfullmäktige (exempel)',
      default: id('North'),
      exceptions: [{ unit: id('Old children'), to: id('South') }],
      units: [{ from: id('Old LSS'), to: id('South LSS') }],
    }),
  ],
  asked,
);
const holdings = (name: string, on: string) => {
  const { unit: ofUnit, board } = holdingsOn(register, id(name), day(on));
  return [ofUnit, board].map((ids) => ids.map((one) => names.get(one)));
};

test('before the day everybody handles what is theirs, and each unit of a board reaches the board’s', () => {
  expect(holdings('Old LSS', '2023-06-30')).toEqual([['Old LSS'], ['Old', 'Old LSS', 'Old children', 'Old care']]);
  expect(holdings('Old', '2023-06-30')).toEqual([['Old'], ['Old', 'Old LSS', 'Old children', 'Old care']]);
});

test('from the day a successor’s unit handles what the old unit had, and its board what an exception gave it', () => {
  expect(holdings('South LSS', '2023-07-01')).toEqual([
    ['Old LSS', 'South LSS'],
    ['Old LSS', 'Old children', 'South', 'South LSS'],
  ]);
});

test('the default successor has the rest, the units that ended with their board included', () => {
  expect(holdings('North', '2023-07-01')).toEqual([
    ['Old', 'Old care', 'North'],
    ['Old', 'Old care', 'North', 'North LSS'],
  ]);
  expect(holdings('North LSS', '2023-07-01')[0]).toEqual(['North LSS']);
});

test('the old board’s people and its units’ handle nothing any more', () => {
  for (const name of ['Old', 'Old LSS', 'Old care']) expect(holdings(name, '2023-07-01')).toEqual([[], []]);
});

test('a body outside the boards handles only what is its own; what is not registered, nothing', () => {
  expect(holdings('Auditors', '2023-07-01')).toEqual([['Auditors'], ['Auditors']]);
  expect(holdings('nobody', '2023-07-01')).toEqual([[], []]);
  expect(holdingsOn(organisationStream.initial, id('Old'), day('2023-07-01'))).toEqual({ unit: [], board: [] });
});
