import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { addDays, atLocalTime, day, derivedId, event, Refusal, type Day, type Decide } from '#libs/kernel';
import {
  BoardSucceeded,
  MunicipalityRegistered,
  organisationStream,
  registerOf,
  UnitRegistered,
  type OrganisationEvent,
  type Register,
} from '#libs/organisation';
import { stateAfter } from '#libs/testing';
import { foldAll, happenedIn } from '#libs/views';
import { useCaseOf } from '#libs/commands';
import { AuditsModule } from './audits.module.js';
import { allotObligation } from './allot-obligation.js';
import { arisen, CITED, decided, ids, judgementOf, lastDayRules, theObligation } from './audits.given.js';
import { CorrectJudgement, correctJudgement } from './correct-judgement.js';
import { decideImplemented } from './decide-implemented.js';
import { noteAction } from './note-action.js';
import { noteReplyDay } from './note-reply-day.js';
import { noteReply } from './note-reply.js';
import { JUDGEMENTS } from './obligation.codes.js';
import type { ObligationEvent } from './obligation.events.js';
import { evolveObligation, heldBy, obligation as stream, standingJudgement, type Obligation } from './obligation.js';
import { obligationsView } from './obligations.view.js';
import { RecordJudgement, recordJudgement } from './record-judgement.js';
import { setLastDay } from './set-last-day.js';
import { withdrawImplementation } from './withdraw-implementation.js';
import { withdrawObligation } from './withdraw-obligation.js';

// Whatever people may ask of an obligation, in any order of recording, while boards merge and split: what must hold after every step.

const id = (name: string) => derivedId('model', name);
const FIRST = day('2020-06-01');
const HORIZON = 1_500;
const on = (offset: number): Day => addDays(FIRST, offset);

/** Eight boards: the obligation is at the first; the later ones come to be by successions. */
const BOARDS = Array.from({ length: 8 }, (_, n) => id(`board ${n}`));
const [home] = BOARDS;
const municipality: readonly OrganisationEvent[] = [
  event(MunicipalityRegistered, { name: 'Staden' }),
  ...BOARDS.map((unit, n) => event(UnitRegistered, { unit, name: `Nämnd ${n}`, kind: 'board' as const })),
];
const succeeded = (from: readonly number[], to: readonly number[], day_: Day): OrganisationEvent => {
  const [first] = to;
  return event(BoardSucceeded, {
    from: from.map((n) => BOARDS[n]!),
    to: to.map((n) => BOARDS[n]!),
    on: day_,
    decision: 'Kommunfullmäktige (exempel)',
    ...(to.length > 1 && { default: BOARDS[first!]! }),
    exceptions: [],
    units: [],
  });
};

/** A merger, and later a split of what came of it, each on a day of its own. */
const successions = fc
  .tuple(fc.integer({ min: 1, max: HORIZON / 2 }), fc.integer({ min: 1, max: HORIZON / 2 }))
  .map(([merger, more]) => [succeeded([0, 1], [2], on(merger)), succeeded([2], [3, 4], on(merger + more))] as const);

interface World {
  readonly register: Register;
  readonly today: Day;
  readonly facts: readonly ObligationEvent[];
}
type Step = (world: World) => readonly ObligationEvent[];

const given = ({ today }: World, role: string) => ({
  now: atLocalTime(today, '12:00'),
  today,
  by: { actor: id(role), role, unit: home! },
  tenant: 'staden',
  id: theObligation,
  subject: id('subject'),
});
const stateOf = (facts: readonly ObligationEvent[]): Obligation => facts.reduce(evolveObligation, stream.initial);

/** Who asked for what was recorded, and whose decision it cites. */
const recordedBy = new WeakMap<ObligationEvent, { readonly role: string; readonly board?: string }>();

/** What is recorded when it is asked; nothing where it is refused. */
const asks = <C, N>(decide: Decide<C, Obligation, ObligationEvent, N>, command: C, role: string, world: World, needs: N): readonly ObligationEvent[] => {
  try {
    const facts = decide(command, stateOf(world.facts), { ...given(world, role), ...needs });
    const { decision } = needs as { readonly decision?: { readonly board: string } };
    for (const fact of facts) recordedBy.set(fact, { role, ...(decision && { board: decision.board }) });
    return facts;
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
};

const ago = fc.integer({ min: 0, max: 400 });
const board = fc.nat({ max: BOARDS.length - 1 }).map((n) => BOARDS[n]!);
const judge = fc.constantFrom('auditor', 'audit-officer');
const outcome = fc.constantFrom(...JUDGEMENTS);
const point = fc.nat({ max: 3 });
const reference = fc.option(fc.constant('Beslut § 7'), { nil: undefined });
const cited = (n: number) => ({ meeting: CITED.meeting, point: id(`point ${n}`) });
const finding = (found: (typeof JUDGEMENTS)[number], decidedOn: Day, decisionReference: string | undefined) => ({
  outcome: found,
  decidedOn,
  ...(decisionReference !== undefined && { decisionReference }),
  source: { kind: 'annual-report' as const, reference: 'Årsrapport' },
  grounds: 'Grund.',
});

const implementing = fc.tuple(ago, board, point, fc.boolean()).map(([days, of, n, right]): Step => (world) => {
  const decidedOn = addDays(world.today, -days);
  const state = stateOf(world.facts);
  const by = right && state.status !== 'none' ? heldBy(state, decidedOn, world.register) : of;
  const decision = decided(decidedOn, { ...cited(n), board: by });
  return asks(decideImplemented, { obligation: theObligation, decision: cited(n) }, 'process-owner', world, { decision, organisation: world.register });
});
const takingBack = fc.constant<Step>((world) => asks(withdrawImplementation, { obligation: theObligation, reason: 'Fel.' }, 'process-owner', world, {}));
const judging = fc
  .tuple(ago, judge, outcome, reference, fc.option(fc.integer({ min: -5, max: 300 }), { nil: undefined }))
  .map(([days, who, found, said, more]): Step => (world) => {
    const decidedOn = addDays(world.today, -days);
    const lastOn = more === undefined ? {} : { lastOn: addDays(decidedOn, more) };
    return asks(recordJudgement, { obligation: theObligation, ...finding(found, decidedOn, said), ...lastOn }, who, world, { lastDayRules });
  });
const correcting = fc.tuple(fc.nat({ max: 3 }), ago, outcome, reference).map(
  ([place, days, found, said]): Step =>
    (world) =>
      asks(
        correctJudgement,
        { obligation: theObligation, judgement: judgementOf(place), reason: 'Fel.', ...finding(found, addDays(world.today, -days), said) },
        'audit-officer',
        world,
        {},
      ),
);
const settingDay = fc.tuple(fc.integer({ min: -10, max: 400 }), ago).map(
  ([more, days]): Step =>
    (world) =>
      asks(setLastDay, { obligation: theObligation, on: addDays(world.today, more), decidedOn: addDays(world.today, -days) }, 'auditor', world, {
        decision: undefined,
        organisation: world.register,
        lastDayRules,
      }),
);
const allotting = fc.tuple(board, fc.integer({ min: -200, max: 200 })).map(
  ([to, more]): Step =>
    (world) =>
      asks(allotObligation, { obligation: theObligation, to, on: addDays(world.today, more), decision: 'Beslut' }, 'administrator', world, {
        organisation: world.register,
      }),
);
const noting = fc
  .tuple(
    fc.constantFrom('promised' as const, 'done' as const, 'dropped' as const, 'proposed' as const),
    fc.option(fc.integer({ min: -200, max: 200 }), { nil: undefined }),
    fc.boolean(),
  )
  .map(([status, more, isReply]): Step => (world) => {
    const dueOn = more === undefined ? {} : { dueOn: addDays(world.today, more) };
    if (isReply) return asks(noteReplyDay, { obligation: theObligation, ...dueOn }, 'system', world, {});
    const promisedOn = more === undefined ? {} : { promisedOn: addDays(world.today, more), firstPromisedOn: addDays(world.today, more) };
    return asks(noteAction, { obligation: theObligation, action: ids.action, kind: 'promised', status, ...promisedOn }, 'system', world, {});
  });
const replying = ago.map(
  (days): Step =>
    (world) =>
      asks(noteReply, { obligation: theObligation, reply: ids.reply, givenOn: addDays(world.today, -days) }, 'system', world, {}),
);
const ending = fc.constant<Step>((world) => asks(withdrawObligation, { obligation: theObligation, reason: 'Upphört.' }, 'system', world, {}));

const step = fc.oneof(
  { weight: 4, arbitrary: implementing },
  { weight: 1, arbitrary: takingBack },
  { weight: 4, arbitrary: judging },
  { weight: 2, arbitrary: correcting },
  { weight: 2, arbitrary: settingDay },
  { weight: 2, arbitrary: allotting },
  { weight: 3, arbitrary: noting },
  { weight: 1, arbitrary: replying },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 9 }).chain((n) => (n === 0 ? ending : replying)) },
);
/** Each step some days after the one before; successions become known at two of them, in their order, early or late. */
const story = fc.record({
  steps: fc.array(fc.tuple(step, fc.integer({ min: 0, max: 120 })), { minLength: 1, maxLength: 25 }),
  successions,
  known: fc.tuple(fc.nat({ max: 25 }), fc.nat({ max: 25 })),
});

const play = ({ steps, successions: [merger, split], known: [first, second] }: typeof story extends fc.Arbitrary<infer S> ? S : never) => {
  let world: World = { register: registerOf(stateAfter(organisationStream, municipality, asker)), today: on(400), facts: [arisenHere] };
  const worlds: World[] = [world];
  for (const [place, [one, more]] of steps.entries()) {
    const late = Math.max(first, second);
    const recorded = [...municipality, ...(place >= Math.min(first, second) ? [merger] : []), ...(place >= late ? [split] : [])];
    const register = registerOf(stateAfter(organisationStream, recorded, asker));
    const before: World = { register, today: addDays(world.today, more), facts: world.facts };
    world = { ...before, facts: [...before.facts, ...one(before)] };
    worlds.push(world);
  }
  return worlds;
};
const asker = { now: atLocalTime(FIRST, '12:00'), by: { actor: id('somebody'), role: 'administrator', unit: home! } };
const arisenHere: ObligationEvent = (() => {
  const fact = arisen({ handedOverOn: FIRST });
  return { ...fact, data: { ...fact.data, board: home! } };
})();

test('in any order of recording, succession and split, an obligation has exactly one holder on every day: a board that is there', () => {
  fc.assert(
    fc.property(story, (told) => {
      for (const { register, facts } of play(told)) {
        const state = stateOf(facts);
        if (state.status === 'none') throw new Error('It never arose.');
        for (let offset = 0; offset <= HORIZON; offset += 73) {
          const holder = heldBy(state, on(offset), register);
          expect([register.isBoard(holder), register.successorOf(holder, on(offset))]).toEqual([true, undefined]);
        }
      }
    }),
    { numRuns: 150 },
  );
});

const isJudgement = ({ type }: ObligationEvent): boolean => type === 'ObligationJudged' || type === 'JudgementCorrected';

test('no obligation is judged but by the elected auditors, or by their office citing their decision', () => {
  fc.assert(
    fc.property(story, (told) => {
      const judgements = play(told).at(-1)!.facts.filter(isJudgement);
      const undecided = judgements.filter((fact) => {
        const { role: who } = recordedBy.get(fact)!;
        return who !== 'auditor' && !(who === 'audit-officer' && (fact.data as { decisionReference?: string }).decisionReference !== undefined);
      });
      expect(undecided).toEqual([]);
    }),
    { numRuns: 150 },
  );
  for (const command of [RecordJudgement, CorrectJudgement]) {
    expect(useCaseOf(command)?.may.map(({ role: who }) => who)).toEqual(['auditor', 'audit-officer']);
  }
  expect(AuditsModule).toBeDefined(); // whose lines these are
});

test('none is held implemented but by the decision of the board that held it on the day', () => {
  fc.assert(
    fc.property(story, (told) => {
      const worlds = play(told);
      const decisions = worlds.flatMap(({ register, facts }, place) => {
        const before = worlds[place - 1];
        const state = before && stateOf(before.facts);
        if (!state || state.status === 'none') return [];
        return facts
          .slice(before.facts.length)
          .flatMap((fact) => (fact.type === 'ObligationImplemented' ? [[recordedBy.get(fact)?.board, heldBy(state, fact.data.on, register)]] : []));
      });
      expect(decisions.map(([by]) => by)).toEqual(decisions.map(([, holder]) => holder));
    }),
    { numRuns: 150 },
  );
});

test('received is implemented and open, at every step; the list says of each what its stream says', () => {
  fc.assert(
    fc.property(story, (told) => {
      const facts = play(told).at(-1)!.facts;
      const rows = foldAll(obligationsView, happenedIn(`obligation-${theObligation}`, ...facts));
      for (const row of rows) {
        const state = stateOf(facts.slice(0, row.until === null ? facts.length : row.until - 1));
        if (state.status === 'none') throw new Error('It never arose.');
        const stands = standingJudgement(state.judgements);
        expect(row).toMatchObject({
          broken: null,
          status: state.status,
          judged: stands?.outcome ?? null,
          lastDayAsked: state.status !== 'withdrawn' && state.asksLastDay,
          ...(state.status !== 'withdrawn' && { implementedOn: state.status === 'implemented' ? state.implementation.on : null }),
          setLastOn: state.lastDay?.on ?? null,
        });
        const [received, implemented, open] = [row.status !== 'withdrawn', row.status === 'implemented', row.status === 'open'].map(Number);
        expect(received).toBe(implemented! + open!);
      }
    }),
    { numRuns: 150 },
  );
});

test('whichever comes last by its day decides, in whatever order the board’s decision and the judgements are recorded', () => {
  const judgement = fc.record({ found: outcome, days: fc.integer({ min: 1, max: 300 }) });
  fc.assert(
    fc.property(fc.array(judgement, { maxLength: 4 }), fc.integer({ min: 1, max: 300 }), fc.nat({ max: 4 }), (judgements, implementedAgo, place) => {
      const days = new Set(judgements.map(({ days: n }) => n));
      fc.pre(days.size === judgements.length && !days.has(implementedAgo));
      const today = on(400);
      const register = registerOf(stateAfter(organisationStream, municipality, asker));
      let world: World = { register, today, facts: [arisenHere] };
      const record = (events: readonly ObligationEvent[]) => (world = { ...world, facts: [...world.facts, ...events] });
      const implement = () => {
        const decision = decided(addDays(today, -implementedAgo), { board: home! });
        record(asks(decideImplemented, { obligation: theObligation, decision: CITED }, 'process-owner', world, { decision, organisation: register }));
      };
      for (const [n, { found, days: before }] of judgements.entries()) {
        if (n === place) implement();
        record(asks(recordJudgement, { obligation: theObligation, ...finding(found, addDays(today, -before), undefined) }, 'auditor', world, { lastDayRules }));
      }
      if (place >= judgements.length) implement();
      const last = judgements.toSorted((a, b) => a.days - b.days)[0];
      const overruled = last !== undefined && last.days < implementedAgo && (last.found === 'not-met' || last.found === 'met-in-part');
      expect(stateOf(world.facts).status).toBe(overruled ? 'open' : 'implemented');
    }),
    { numRuns: 300 },
  );
});
