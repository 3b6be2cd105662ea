import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { addDays, atLocalTime, day, derivedId, never, Refusal, type Day, type Decide } from '#libs/kernel';
import { answerTo, askedOn, type Answer, type Resting } from './answer.js';
import { changeResponsibilityRule } from './change-responsibility-rule.js';
import { correctRulesOfAgreement } from './correct-rules-of-agreement.js';
import { endResponsibilityRule } from './end-responsibility-rule.js';
import { endRulesOfAgreement } from './end-rules-of-agreement.js';
import { holdersOf, holdsOn, meet, valuesOn, type Values } from './match.js';
import { narrowResponsibilityRule } from './narrow-responsibility-rule.js';
import { lastOverlap, partiesOf } from './overlaps.js';
import { recordResponsibilityDisputed } from './record-responsibility-disputed.js';
import { RESPONSIBILITY_KINDS, type Outcome, type ResponsibilityKind } from './responsibility.codes.js';
import type { ResponsibilityEvent } from './responsibility.events.js';
import { city, id, ids, needs, system } from './responsibilities.given.js';
import { disputesOf, responsibilityRules, responsibilityRulesId, rulesOf, type ResponsibilityRules } from './responsibility-rules.js';
import type { Designated, Match } from './rule-fields.js';
import { setResponsibilityRule } from './set-responsibility-rule.js';
import { setRulesOfAgreement } from './set-rules-of-agreement.js';
import { settleResponsibilityDispute } from './settle-responsibility-dispute.js';
import { withdrawResponsibilityRule } from './withdraw-responsibility-rule.js';

// Whatever rules, disputes and agreements are recorded in whatever order: what was accepted gives each question exactly one answer.

const FIRST = day('2022-01-01');
const on = (offset: number): Day => addDays(FIRST, offset);
/** Before and after the merger of July 2023. */
const days = fc.integer({ min: 0, max: 900 }).map(on);
const few = <const T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined, freq: 2 });
const without = <T extends object>(fields: T): T => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;

const boards = few(ids.norrmalm, ids.ostermalm, ids.inner, ids.education);
const match: fc.Arbitrary<Match> = fc
  .record({
    provisionForm: maybe(few('in-house-school', 'in-house-district')),
    service: maybe(few('short-term-supervision', 'daily-activities')),
    operatingBoard: maybe(boards),
    grantingBoard: maybe(boards),
  })
  .map((fields) => without(fields) as Match);
const answer: fc.Arbitrary<Designated> = few<Designated>(
  { who: 'named', board: ids.social },
  { who: 'named', board: ids.education },
  { who: 'operating' },
  { who: 'not-applicable' },
);
const kind = few<ResponsibilityKind>('overall', 'operational-follow-up');
const terms = fc
  .record({ kind, match, answer, basis: few('A', 'B'), from: days, length: maybe(fc.integer({ min: 0, max: 500 })) })
  .map(({ length, ...rest }) => ({ ...rest, ...(length !== undefined && { to: addDays(rest.from, length) }) }));

type Step = (state: ResponsibilityRules) => readonly ResponsibilityEvent[];
const asked = {
  now: atLocalTime(day('2022-06-01'), '12:00'),
  today: day('2022-06-01'),
  by: system,
  tenant: 'stockholm',
  id: responsibilityRulesId('stockholm'),
  subject: id('subject'),
  ...needs,
};

/** What is recorded when it is asked; nothing where it is refused. */
const asks =
  <C, N>(decide: Decide<C, ResponsibilityRules, ResponsibilityEvent, N>, command: C): Step =>
  (state) => {
    try {
      return decide(command, state, asked as typeof asked & N);
    } catch (error) {
      if (error instanceof Refusal) return [];
      throw error;
    }
  };
const nth = <T>(all: Iterable<T>, n: number): T | undefined => {
  const list = [...all];
  return list[n % Math.max(1, list.length)];
};
/** Something done to a rule that there is. */
const toRule =
  (n: number, does: (rule: string) => Step): Step =>
  (state) =>
    does(nth(rulesOf(state), n)?.rule ?? id('nobody'))(state);

const n = fc.nat({ max: 50 });
const reason = 'Skäl.';
const setting = fc.tuple(terms, fc.boolean()).map(([said, disputed]) => asks(setResponsibilityRule, { ...said, disputed }));
const changing = fc.tuple(n, terms).map(([at, said]) => toRule(at, (rule) => asks(changeResponsibilityRule, { rule, ...said, reason })));
const ending = fc.tuple(n, days).map(([at, lastDay]) => toRule(at, (rule) => asks(endResponsibilityRule, { rule, lastDay, reason })));
const withdrawing = n.map((at) => toRule(at, (rule) => asks(withdrawResponsibilityRule, { rule, reason })));
const narrowing = fc
  .tuple(n, days, fc.array(match, { minLength: 1, maxLength: 3 }))
  .map(([at, from, matches]) => toRule(at, (rule) => asks(narrowResponsibilityRule, { rule, from, into: matches.map((one) => ({ match: one })), reason })));
const claims = [
  { text: 'Ett', source: '[002]' },
  { answer: { who: 'operating' as const }, source: '[003]' },
];
const disputing = fc.tuple(kind, match, days).map(([of, at, from]) => asks(recordResponsibilityDisputed, { kind: of, match: at, from, claims }));
const settling = fc.tuple(n, n, maybe(days)).map(([at, which, from]): Step => (state) => {
  const dispute = nth(disputesOf(state), at);
  if (!dispute) return [];
  const claim = which % 3 === 0 ? undefined : dispute.claims[which % dispute.claims.length]?.claim;
  const settlement = { dispute: dispute.dispute, ...(claim !== undefined && { claim }), ...(from !== undefined && { from }), grounds: reason };
  return asks(settleResponsibilityDispute, settlement)(state);
});
const agreement = n.map((at) => id(`agreement ${at % 2}`));
const version = few('v1', 'v2');
const clauses = fc
  .array(fc.record({ kind, match, answer, basis: few('Överenskommelsen') }), { maxLength: 3 })
  .map((all) => all.map((one, at) => ({ ...one, clause: String(at) })));
const agreeing = fc
  .tuple(agreement, version, clauses, days)
  .map(([of, named, rules, validFrom]) => asks(setRulesOfAgreement, { agreement: of, version: named, rules, validFrom }));
const lapsing = fc.tuple(agreement, days).map(([of, lastDay]) => asks(endRulesOfAgreement, { agreement: of, lastDay }));
const correcting = fc
  .tuple(agreement, version, clauses, days, fc.nat({ max: 200 }))
  .map(([of, named, rules, from, length]) =>
    asks(correctRulesOfAgreement, { agreement: of, periods: [{ version: named, from, lastDay: addDays(from, length), rules }] }),
  );

const step = fc.oneof(
  { weight: 6, arbitrary: setting },
  { weight: 2, arbitrary: changing },
  { weight: 2, arbitrary: ending },
  withdrawing,
  narrowing,
  disputing,
  { weight: 2, arbitrary: settling },
  { weight: 2, arbitrary: agreeing },
  lapsing,
  correcting,
);

const recorded = (rev: number) => ({ id: derivedId('model fact', rev), rev, at: asked.now, by: asked.by });
const taken = (steps: readonly Step[]): ResponsibilityRules => {
  let rev = 0;
  return steps.reduce<ResponsibilityRules>(
    (state, one) => one(state).reduce<ResponsibilityRules>((so, fact) => responsibilityRules.evolve(so, fact, recorded(rev++)), state),
    responsibilityRules.initial,
  );
};
const story = fc.array(step, { minLength: 3, maxLength: 25 }).map(taken);

const restsOn = (found: Answer): readonly string[] => {
  switch (found.outcome) {
    case 'designated':
    case 'not-applicable':
      return found.bases.map(({ rule }) => rule);
    case 'disputed':
      return found.claims.flatMap(({ basis }) => basis?.rule ?? []);
    case 'none-designated':
      return [];
    default:
      return never(found);
  }
};
const mayBe = (rules: number, free: boolean): readonly Outcome[] => {
  if (free) return ['disputed'];
  if (rules === 0) return ['none-designated'];
  return rules === 1 ? ['designated', 'not-applicable'] : ['designated', 'not-applicable', 'disputed'];
};

const question: fc.Arbitrary<Values> = match.map((fields) => fields as Values);

test('each question has exactly one answer, and it is what the accepted rules say', () => {
  fc.assert(
    fc.property(story, question, days, (state, values, date) => {
      const asking = askedOn(values, date, city);
      const here = (rule: Pick<Resting, 'match'>) => {
        const own = valuesOn(rule.match, date, city.holders);
        return meet(own, asking) && Object.keys(own).every((field) => field in asking);
      };
      for (const of of RESPONSIBILITY_KINDS) {
        const holding = [...rulesOf(state)].filter((rule) => rule.kind === of && !rule.withdrawn && holdsOn(rule, date) && here(rule));
        const free = [...disputesOf(state)].some(
          (one) =>
            one.kind === of &&
            here(one) &&
            holdsOn(one, date) &&
            (one.settledFrom === undefined || date < one.settledFrom) &&
            partiesOf(one).length < one.claims.length,
        );
        const found = answerTo(of, asking, date, rulesOf(state), disputesOf(state), city);
        // Every rule that holds is among what the answer rests on, or among the claims.
        expect([of, restsOn(found).toSorted()]).toEqual([of, holding.map(({ rule }) => rule).toSorted()]);
        // Somebody is designated, or nobody, only where nothing else is claimed; nothing is disputed without two rules or a claim of its own.
        expect([of, mayBe(holding.length, free)]).toEqual([of, expect.arrayContaining([found.outcome])]);
      }
    }),
    { numRuns: 400 },
  );
});

test('no two accepted rules of a kind answer for the same, unless that is recorded as disputed and not settled', () => {
  const holders = holdersOf(needs.organisation);
  fc.assert(
    fc.property(story, (state) => {
      const standing = [...rulesOf(state)].filter(({ withdrawn }) => !withdrawn);
      const disputes = [...disputesOf(state)];
      for (const [at, a] of standing.entries()) {
        for (const b of standing.slice(at + 1)) {
          const last = lastOverlap(a, b, holders);
          if (last === undefined) continue;
          const known = disputes.some((one) => {
            const parties = partiesOf(one);
            return parties.includes(a.rule) && parties.includes(b.rule) && (one.settledFrom === undefined || one.settledFrom > last);
          });
          expect([a.rule, b.rule, known]).toEqual([a.rule, b.rule, true]);
        }
      }
    }),
    { numRuns: 400 },
  );
});

test('what an answer says does not depend on the order of the rules', () => {
  fc.assert(
    fc.property(story, question, days, kind, (state, values, date, of) => {
      const asking = askedOn(values, date, city);
      const rules = [...rulesOf(state)];
      const disputes = [...disputesOf(state)];
      expect(answerTo(of, asking, date, rules.toReversed(), disputes, city)).toEqual(answerTo(of, asking, date, rules, disputes, city));
    }),
    { numRuns: 100 },
  );
});
