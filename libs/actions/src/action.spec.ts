import * as fc from 'fast-check';
import { expect, test } from '@jest/globals';
import { addDays, atLocalTime, day, derivedId, EventRegistry, MAX_EVENTS, Refusal, type By, type Day } from '#libs/kernel';
import { stateAfter } from '#libs/testing';
import {
  decided,
  decision,
  departmentHead,
  evidence,
  head,
  ids,
  manager,
  officer,
  on,
  organisation,
  owner,
  paper,
  promised,
  rules,
  theDay,
  undated,
  dayRule,
  proposed,
} from './action.given.js';
import { LEVELS } from './action.codes.js';
import type { ActionEvent } from './action.events.js';
import { action, dayDeadline, deadlinesOf, unitOf, type Action } from './action.js';
import { actionPage } from './action-page.js';
import { approveMove } from './approve-move.js';
import { confirmDone } from './confirm-done.js';
import { markDone } from './mark-done.js';
import { moveActionDay } from './move-action-day.js';
import { readTimeAnew } from './read-time-anew.js';
import { refuseMove } from './refuse-move.js';
import { rejectDone } from './reject-done.js';
import { requestMove } from './request-move.js';
import { setFirstDay } from './set-first-day.js';

/** Whether a day lies no more than so many calendar months after another: said by numbers, not by the calendar that the product asks. */
const within = (first: Day, to: Day, months: number): boolean => {
  const [year, month, date] = first.split('-').map(Number) as [number, number, number];
  const [toYear, toMonth, toDate] = to.split('-').map(Number) as [number, number, number];
  const apart = toYear * 12 + toMonth - (year * 12 + month);
  const leap = toYear % 4 === 0 && (toYear % 100 !== 0 || toYear % 400 === 0);
  const length = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][toMonth - 1]!;
  return apart < months || (apart === months && toDate <= Math.min(date, length));
};
const rank = (first: Day, to: Day): number => (within(first, to, 3) ? 0 : within(first, to, 6) ? 1 : within(first, to, 12) ? 2 : 3);

/** Who acts on which level for this action; the process owner and the wrong unit’s manager on none. */
const people: readonly (readonly [by: By, rank: number])[] = [
  [officer, 0],
  [manager, 1],
  [departmentHead, 1],
  [head, 2],
  [owner, -1],
  [{ ...manager, unit: ids.neighbourUnit }, -1],
];

const registry = new EventRegistry(action.events);
const stateOf = (facts: readonly ActionEvent[], by: By = officer): Action => stateAfter(action, facts, on('2020-09-24', by));

type What = 'move' | 'request' | 'approve' | 'refuse' | 'read' | 'set' | 'done' | 'confirm' | 'reject';
interface Step {
  readonly what: What;
  readonly who: number;
  /** Days from today to the day that is asked for. */
  readonly ahead: number;
  readonly passes: number;
  readonly cites: boolean;
}
const step: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom<What>('move', 'move', 'move', 'request', 'approve', 'approve', 'refuse', 'read', 'set', 'done', 'confirm', 'reject'),
  who: fc.nat({ max: people.length - 1 }),
  ahead: fc.oneof(fc.integer({ min: -20, max: 120 }), fc.integer({ min: -20, max: 600 })),
  passes: fc.integer({ min: 0, max: 40 }),
  cites: fc.boolean(),
});

const asked = ({ what, ahead, cites }: Step, by: By, today: Day, state: Action): readonly ActionEvent[] => {
  const to = addDays(today, ahead);
  const about = { action: ids.action, reason: 'Skälet.' };
  const circumstances = { now: atLocalTime(today, '09:00'), today, by, tenant: 'stockholm', id: ids.action, subject: derivedId('subject') };
  const move = state.status !== 'none' && state.asked ? state.asked.move : ids.point;
  const needs = { ...circumstances, rule: dayRule, rules, organisation, evidence, decided: cites ? decided(today) : undefined };
  const citing = cites ? { decision } : {};
  switch (what) {
    case 'move':
      return moveActionDay({ ...about, to, ...citing }, state, needs);
    case 'request':
      return requestMove({ ...about, to }, state, needs);
    case 'approve':
      return approveMove({ action: ids.action, move, ...citing }, state, needs);
    case 'refuse':
      return refuseMove({ ...about, move, ...citing }, state, needs);
    case 'read':
      return readTimeAnew({ ...about, to, timeAsWritten: 'innan sommaren' }, state, needs);
    case 'set':
      return setFirstDay({ action: ids.action, on: to }, state, needs);
    case 'done':
      return markDone({ action: ids.action, doneOn: today, documents: [paper('report')] }, state, {
        ...needs,
        rules: () => ({ ...rules(today), confirmDone: cites }),
      });
    case 'confirm':
      return confirmDone({ action: ids.action }, state, circumstances);
    case 'reject':
      return rejectDone(about, state, circumstances);
    default:
      throw new Error('No such step.');
  }
};

/** What is said, or nothing where it is refused: anything else that a decision throws is a fault of ours. */
const answerTo = (one: Step, by: By, today: Day, state: Action): readonly ActionEvent[] => {
  try {
    return asked(one, by, today, state);
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal);
    return [];
  }
};

const assertSound = (facts: readonly ActionEvent[], today: Day): void => {
  const state = stateOf(facts);
  const stored = facts.map(({ type, data }) => JSON.parse(JSON.stringify({ type, data })) as ActionEvent);
  expect(stateOf(stored)).toEqual(state);
  if (state.status === 'none') return;
  const moves = facts.flatMap((fact) => (fact.type === 'ActionDayMoved' ? [fact.data] : []));
  const shown = actionPage(
    state,
    facts.map((fact) => ({ ...fact, at: atLocalTime(today, '09:00'), by: officer })),
    today,
  );
  // Every move and every reading stays visible, and so does the first day.
  expect(state.moves).toBe(moves.length);
  const days = facts.filter(({ type }) => type === 'ActionDayMoved' || type === 'TimeReadAnew' || type === 'FirstDaySet');
  expect(shown.days.filter(({ what }) => what === 'moved' || what === 'read-anew' || what === 'first-day-set')).toHaveLength(days.length);
  const firsts = facts.flatMap((fact) =>
    fact.type === 'TimeReadAnew' ? [fact.data.to] : fact.type === 'FirstDaySet' ? [fact.data.on] : fact.type === 'ActionProposed' ? [fact.data.promisedOn] : [],
  );
  expect(state.firstPromisedOn).toBe(firsts.at(-1));
  if (state.firstPromisedOn === undefined || state.promisedOn === undefined) return;
  // Nothing lies further from the first day than somebody of the right level approved.
  const approved = Math.max(0, ...moves.map(({ approvedBy }) => LEVELS.indexOf(approvedBy)));
  expect(rank(state.firstPromisedOn, state.promisedOn)).toBeLessThanOrEqual(approved);
  // What is awaited is the day that holds, as long as it is promised.
  const wait = dayDeadline(state);
  if (state.status === 'promised') expect([wait?.plan.dueOn, wait?.status === 'open' || wait?.status === 'missed']).toEqual([state.promisedOn, true]);
  if (state.status === 'done') expect(wait?.status).toBe('met');
};

/** Moves that whoever made them may not let reach that far, or that lie before they were decided. */
const unapproved = (said: readonly ActionEvent[], state: Action, level: number): readonly ActionEvent[] =>
  said.filter(
    (fact) =>
      fact.type === 'ActionDayMoved' &&
      state.status !== 'none' &&
      (state.firstPromisedOn === undefined || level < rank(state.firstPromisedOn, fact.data.to) || fact.data.to < fact.data.decidedOn),
  );

test('no series of moves, requests and readings reaches past a limit without its approval; the first day and all moves are kept', () => {
  const beginnings = [promised(), undated(), promised({ by: '2021-01-31', timeAsWritten: 'i januari' })];
  fc.assert(
    fc.property(fc.nat({ max: 2 }), fc.array(step, { minLength: 5, maxLength: 30 }), (nth, steps) => {
      let facts: readonly ActionEvent[] = beginnings[nth]!;
      let today = day('2020-10-01');
      for (const one of steps) {
        today = addDays(today, one.passes);
        const [by, level] = people[one.who]!;
        const state = stateOf(facts);
        const said = answerTo(one, by, today, state);
        expect(said.length).toBeLessThanOrEqual(MAX_EVENTS);
        for (const { type, data } of said) expect(registry.find(type)?.check().Errors(data)).toEqual([]);
        expect(unapproved(said, state, one.cites ? 3 : level)).toEqual([]);
        facts = [...facts, ...said];
        assertSound(facts, today);
      }
    }),
    { numRuns: 300 },
  );
});

test('nothing can stand before the proposal of an action', () => {
  const facts = [theDay().set];
  expect(stateOf(facts)).toEqual({ status: 'none' });
  expect([unitOf(stateOf(facts)), deadlinesOf(stateOf(facts))]).toEqual([undefined, {}]);
});

test('an action belongs to the unit that is responsible, and its waits are its deadlines', () => {
  const state = stateOf(promised());
  expect(unitOf(state)).toBe(ids.unit);
  expect(Object.keys(deadlinesOf(state))).toEqual([theDay().plan.deadline]);
  expect(deadlinesOf(stateOf([proposed()]))).toEqual({});
});
