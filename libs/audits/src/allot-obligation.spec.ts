import { expect, test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import { allotObligation } from './allot-obligation.js';
import { arisen, as, boards, givenObligation, lastDaySet, lastDayWait, organisation, theObligation, units } from './audits.given.js';
import { ObligationAllotted, type ObligationEvent } from './obligation.events.js';
import { boardOfObligation, heldBy, obligation as stream } from './obligation.js';

const administrator = as('administrator', boards.socialnamnden);
const decision = 'Kommunfullmäktige 2021-11-22 § 14';
const allot = (to: string, on: string) => ({ obligation: theObligation, to, on: day(on), decision });
const allotted = (to: string, on: string) => event(ObligationAllotted, allot(to, on));
const needs = { organisation };
const stateAfter = (...facts: readonly ObligationEvent[]) => {
  const state = facts.reduce((so, fact) => stream.evolve(so, fact, {} as never), stream.initial);
  if (state.status === 'none') throw new Error('It never arose.');
  return state;
};

test('from the day on, the other board answers for it', () => {
  givenObligation(arisen())
    .when(allotObligation, allot(boards.socialnamnden, '2022-01-01'), administrator('2022-01-01'), needs)
    .then(allotted(boards.socialnamnden, '2022-01-01'));
  const state = stateAfter(arisen(), allotted(boards.socialnamnden, '2022-01-01'));
  expect(['2021-12-31', '2022-01-01', '2024-01-01'].map((on) => heldBy(state, day(on), organisation))).toEqual([
    boards.ostermalm,
    boards.socialnamnden,
    boards.socialnamnden,
  ]);
});

test('what is allotted goes the way of the board it was allotted to, and history keeps the old name', () => {
  const state = stateAfter(arisen(), allotted(boards.norrmalm, '2022-01-01'));
  expect(heldBy(state, day('2023-07-01'), organisation)).toBe(boards.norraInnerstaden);
  expect(state.board).toBe(boards.ostermalm);
});

test('whichever was recorded last, the latest day counts', () => {
  const state = stateAfter(arisen(), allotted(boards.socialnamnden, '2022-06-01'), allotted(boards.norrmalm, '2022-01-01'));
  expect(['2022-03-01', '2022-06-01'].map((on) => heldBy(state, day(on), organisation))).toEqual([boards.norrmalm, boards.socialnamnden]);
  expect(boardOfObligation(state)).toBe(boards.socialnamnden);
});

test('the new board is reminded of its last day', () => {
  const wait = lastDayWait('2021-06-01', '2022-12-31');
  const moved = { ...wait.plan, unit: boards.socialnamnden };
  givenObligation(arisen(), lastDaySet('2022-12-31'), wait.set)
    .when(allotObligation, allot(boards.socialnamnden, '2022-01-01'), administrator('2022-01-01'), needs)
    .then(allotted(boards.socialnamnden, '2022-01-01'), wait.moved(moved, 'obligation-allotted'));
});

test('to the board that answers for it already says nothing new', () => {
  givenObligation(arisen()).when(allotObligation, allot(boards.ostermalm, '2022-01-01'), administrator('2022-01-01'), needs).thenNothing();
});

test.each([
  ['a board that is no more', boards.alvsjo, '2021-01-01', 'board.ended'],
  ['a board that is not there yet', boards.norraInnerstaden, '2022-01-01', 'board.not-yet'],
  ['what is no board', units.ostermalmRegistry, '2022-01-01', 'board.unknown'],
])('to %s it is refused', (_what, to, on, code) => {
  givenObligation(arisen()).when(allotObligation, allot(to, on), administrator('2022-01-01'), needs).thenRefused(code);
});

test('from a day that has not come it is refused as day.in-the-future', () => {
  givenObligation(arisen())
    .when(allotObligation, allot(boards.socialnamnden, '2022-01-02'), administrator('2022-01-01'), needs)
    .thenRefused('day.in-the-future');
});

test('what is not there is refused as obligation.unknown', () => {
  givenObligation().when(allotObligation, allot(boards.socialnamnden, '2022-01-01'), administrator('2022-01-01'), needs).thenRefused('obligation.unknown');
});
