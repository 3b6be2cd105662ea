import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { addDays, day, derivedId, Refusal, stockholmDay, type Day } from '#libs/kernel';
import { stateAfter } from '#libs/testing';
import { holdingsOn } from './holdings.js';
import type { OrganisationEvent } from './organisation.events.js';
import { organisationStream, type RegisteredOrganisation } from './organisation.js';
import { asked, municipality, unit } from './organisation.samples.js';
import { succeedBoards, type SucceedBoards } from './succeed-boards.js';
import { beganOn, boardOf, existsOn, holderOn, predecessorsOf } from './successions.js';

const BOARDS = 9;
const FIRST = day('2020-01-01');
const id = (name: string) => derivedId('spec', name);
/** Nine boards; in each an administration with a unit in it, and a unit of its own. */
const boardIds = Array.from({ length: BOARDS }, (_, n) => id(`board ${n}`));
const unitsOf = (board: string) => [derivedId(board, 'administration'), derivedId(board, 'inner'), derivedId(board, 'outer')] as const;
const facts: readonly OrganisationEvent[] = [
  municipality(),
  ...boardIds.flatMap((board, n) => {
    const [administration, inner, outer] = unitsOf(board);
    return [
      unit(board, `Nämnd ${n}`, 'board'),
      unit(administration, 'Förvaltningen', 'administration', board),
      unit(inner, 'Enheten', 'unit', administration),
      unit(outer, 'Andra enheten', 'unit', board),
    ];
  }),
  unit(id('auditors'), 'Revisorerna', 'body'),
];
const everything = [...boardIds.flatMap((board) => [board, ...unitsOf(board)]), id('auditors')];

const recorded = (successions: readonly SucceedBoards[]): RegisteredOrganisation => {
  const told = successions.reduce<readonly OrganisationEvent[]>((so, command) => {
    const given = { ...asked, today: stockholmDay(asked.now), tenant: 'stockholm' };
    return [...so, ...succeedBoards(command, stateAfter(organisationStream, so, asked), given)];
  }, facts);
  const state = stateAfter(organisationStream, told, asked);
  if (state.status === 'none') throw new Error('The municipality is not registered.');
  return state;
};

interface Choice {
  readonly days: number;
  readonly ends: readonly number[];
  readonly takeOver: readonly { readonly which: number; readonly isNew: boolean }[];
  readonly excepted: readonly { readonly which: number; readonly to: number }[];
  readonly mapped: readonly { readonly which: number; readonly to: number }[];
}
const number = fc.nat({ max: 99 });
const choice: fc.Arbitrary<Choice> = fc.record({
  days: fc.integer({ min: 1, max: 400 }),
  ends: fc.array(number, { minLength: 1, maxLength: 3 }),
  takeOver: fc.array(fc.record({ which: number, isNew: fc.boolean() }), { minLength: 1, maxLength: 3 }),
  excepted: fc.array(fc.record({ which: number, to: number }), { maxLength: 3 }),
  mapped: fc.array(fc.record({ which: number, to: number }), { maxLength: 3 }),
});
const at = <T>(list: readonly T[], n: number): T | undefined => list[n % list.length];
const distinct = <T>(list: readonly (T | undefined)[]): T[] => [...new Set(list.filter((one) => one !== undefined))];

/** A history of boards that can have happened, in the order in which it did: whatever is chosen, only boards that are there end. */
const historyOf = (choices: readonly Choice[]): readonly SucceedBoards[] => {
  let [there, toCome] = [boardIds.slice(0, 4), boardIds.slice(4)];
  let on = FIRST;
  return choices.flatMap(({ days, ends, takeOver, excepted, mapped }) => {
    on = addDays(on, days);
    const from = distinct(ends.map((n) => at(there, n)));
    const staying = there.filter((board) => !from.includes(board));
    const to = distinct(takeOver.map(({ which, isNew }) => at(isNew && toCome.length > 0 ? toCome : staying, which)));
    const [rest] = to;
    if (from.length === 0 || rest === undefined) return [];
    const existing = to.filter((board) => staying.includes(board));
    there = [...staying, ...to.filter((board) => !staying.includes(board))];
    toCome = toCome.filter((board) => !to.includes(board));
    const ending = from.flatMap((board) => [...unitsOf(board)]);
    const units = [...new Map(mapped.map(({ which, to: n }) => [at(ending, which) ?? '', at(to.flatMap(unitsOf), n) ?? '']))].map(([one, other]) => ({
      from: one,
      to: other,
    }));
    const exceptions = [...new Map(excepted.map(({ which, to: n }) => [at([...ending, ...from], which) ?? '', at(to, n) ?? '']))]
      .map(([one, board]) => ({ unit: one, to: board }))
      .filter((exception) => units.every((one) => one.from !== exception.unit));
    return [{ from, to, on, decision: 'Kommunfullmäktige (exempel)', ...(to.length > 1 && { default: rest }), existing, exceptions, units }];
  });
};

const shuffled = fc
  .array(choice, { minLength: 1, maxLength: 5 })
  .map(historyOf)
  .chain((history) => fc.tuple(fc.constant(history), fc.shuffledSubarray([...history], { minLength: history.length, maxLength: history.length })));
const daysAround = (history: readonly SucceedBoards[]): readonly Day[] => [FIRST, ...history.flatMap(({ on }) => [addDays(on, -1), on])];

/** Holding told a second way: step by step as it happened, each holder moved where its succession says. */
const heldAfter = (history: readonly SucceedBoards[], on: Day): ReadonlyMap<string, string> => {
  const holders = new Map(everything.map((one) => [one, one]));
  for (const { from, to, default: rest, exceptions = [], units = [], ...succession } of history.filter((one) => one.on <= on)) {
    const moves = new Map<string, string>();
    for (const board of from) {
      const [administration, inner, outer] = unitsOf(board);
      const goesTo = (one: string, above: string) =>
        units.find((mapped) => mapped.from === one)?.to ?? exceptions.find((said) => said.unit === one)?.to ?? above;
      const ofBoard = goesTo(board, rest ?? to[0] ?? succession.decision);
      const ofAdministration = goesTo(administration, ofBoard);
      for (const [one, other] of [
        [board, ofBoard],
        [administration, ofAdministration],
        [inner, goesTo(inner, ofAdministration)],
        [outer, goesTo(outer, ofBoard)],
      ] as const)
        moves.set(one, other);
    }
    for (const [one, holder] of holders) holders.set(one, moves.get(holder) ?? holder);
  }
  return holders;
};

test('in any order of recording, every board and unit has on each day exactly one holder: the one that history gave it', () => {
  fc.assert(
    fc.property(shuffled, ([history, order]) => {
      const organisation = recorded(order);
      expect(organisation.successions).toHaveLength(history.length);
      for (const on of daysAround(history)) {
        const told = new Map(everything.map((one) => [one, holderOn(organisation, one, on)]));
        expect(told).toEqual(heldAfter(history, on));
        const holders = new Set(told.values());
        for (const [one, holder] of told) {
          expect(existsOn(organisation, one, on) ? holder : one).toBe(one);
          expect(holderOn(organisation, holder, on)).toBe(holder);
        }
        const listed = [...holders].flatMap((holder) => predecessorsOf(organisation, holder, on));
        expect(listed.toSorted()).toEqual(everything.toSorted());
      }
    }),
  );
});

test('of what a board holds its people reach everything, and nobody else’s people anything', () => {
  fc.assert(
    fc.property(shuffled, ([history, order]) => {
      const organisation = recorded(order);
      for (const on of daysAround(history)) {
        for (const one of everything) {
          const holder = holderOn(organisation, one, on);
          const reaching = everything.filter((asker) => holdingsOn(organisation, asker, on).unit.includes(one));
          expect(reaching).toEqual([holder]);
          const board = boardOf(organisation, holder);
          const colleagues = everything.filter((asker) => holdingsOn(organisation, asker, on).board.includes(one));
          expect(new Set(colleagues.map((asker) => boardOf(organisation, asker) ?? asker))).toEqual(new Set([board ?? holder]));
        }
      }
    }),
  );
});

test('whatever successions are told, those that contradict the others are refused, and what is left is one history', () => {
  const anything = fc.array(
    fc.record({
      from: fc.uniqueArray(number, { minLength: 1, maxLength: 2 }),
      to: fc.uniqueArray(number, { minLength: 1, maxLength: 2 }),
      days: fc.nat({ max: 5 }),
      old: fc.boolean(),
    }),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(anything, (told) => {
      const accepted = told.reduce<readonly SucceedBoards[]>((so, { from, to, days, old }) => {
        const [ending, taking] = [distinct(from.map((n) => at(boardIds, n))), distinct(to.map((n) => at(boardIds, n)))];
        const command: SucceedBoards = {
          from: ending,
          to: taking,
          on: addDays(FIRST, days),
          decision: 'Kommunfullmäktige (exempel)',
          ...(taking[0] !== undefined && { default: taking[0] }),
          ...(old && { existing: taking }),
        };
        try {
          recorded([...so, command]);
          return [...so, command];
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          return so;
        }
      }, []);
      const organisation = recorded(accepted);
      for (const on of [0, 1, 2, 3, 4, 5, 6].map((days) => addDays(FIRST, days))) {
        for (const one of everything) {
          const holder = holderOn(organisation, one, on);
          expect(holderOn(organisation, holder, on)).toBe(holder);
          // Who is there holds its own; what has ended is held by one that is there; what is yet to come is still its own.
          const there = (which: string) => existsOn(organisation, which, on);
          const toCome = on < (beganOn(organisation, one) ?? on);
          expect([one, there(one) || toCome ? holder === one : holder !== one && there(holder)]).toEqual([one, true]);
        }
      }
    }),
  );
});
