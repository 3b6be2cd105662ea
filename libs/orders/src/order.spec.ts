import fc from 'fast-check';
import { expect, test } from '@jest/globals';
import {
  addDays,
  atLocalTime,
  day,
  event,
  EventRegistry,
  MAX_EVENTS,
  Refusal,
  stockholmDay,
  type Day,
  type Decide,
  type Given,
  type Instant,
} from '#libs/kernel';
import { stateAfter } from '#libs/testing';
import { genomförandeplanRule, isLate, knock, nextKnock, type DeadlineRule } from '#libs/timers';
import { approveGenomförandeplan } from './approve-genomforandeplan.js';
import { cancelServiceOrder } from './cancel-service-order.js';
import { correctGoal } from './correct-goal.js';
import { correctProvider } from './correct-provider.js';
import { correctReceivedDay } from './correct-received-day.js';
import { correctSentDay } from './correct-sent-day.js';
import { endReplacedOrder } from './end-replaced-order.js';
import { endServiceOrder } from './end-service-order.js';
import { noteContact } from './note-contact.js';
import { ARRIVALS, GOAL_OUTCOMES } from './order.codes.js';
import { ContactNoted, type OrderEvent } from './order.events.js';
import { goals, ids, on, orderSent, organisation, paper, rule as quietRule } from './order.given.js';
import { deadlinesOf, order, planDeadline, type Order, type Placed } from './order.js';
import { receiveGenomförandeplan } from './receive-genomforandeplan.js';
import { returnGenomförandeplan } from './return-genomforandeplan.js';
import { reviewGenomförandeplan } from './review-genomforandeplan.js';
import { sendServiceOrder } from './send-service-order.js';

const rule: DeadlineRule = { ...genomförandeplanRule, id: quietRule.id, version: 1 };
const needs = { rule, organisation, replaced: undefined };
const orderId = ids.order;

/** One thing that somebody may ask, and whether asking it again at once must say nothing. */
interface Asked {
  readonly what: string;
  readonly command: Readonly<Record<string, unknown>>;
  readonly decide: Decide<never, Order, OrderEvent, typeof needs>;
  readonly repeats: boolean;
}
/** Made when its turn comes: most people speak of a recent day and of the latest version, some do not. */
type Asking = (today: Day, latest: number) => Asked;

const asks =
  <C extends object>(what: string, decide: Decide<C, Order, OrderEvent, typeof needs>, repeats: boolean) =>
  <P>(made: (picked: P, said: Said) => C) =>
  (picked: P): Asking =>
  (today, latest) => ({
    what,
    decide,
    repeats,
    command: made(picked, { ago: (n) => addDays(today, -n), version: (n) => (n === 0 ? latest : n) }) as Asked['command'],
  });
interface Said {
  readonly ago: (days: number) => Day;
  readonly version: (picked: number) => number;
}

const FIRST = day('2020-10-01');
const mostly = <T>(likely: fc.Arbitrary<T>, other: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 5, arbitrary: likely }, { weight: 1, arbitrary: other });
const ago = mostly(fc.integer({ min: 0, max: 6 }), fc.integer({ min: -2, max: 40 }));
const justNow = mostly(fc.constant(0), ago);
const version = mostly(fc.constant(0), fc.integer({ min: 1, max: 4 }));
const arrival = mostly(fc.constant(ARRIVALS[0]), fc.constantFrom(...ARRIVALS));
const outcome = fc.constantFrom(...GOAL_OUTCOMES);
const provider = mostly(fc.constantFrom(ids.provider, ids.otherProvider), fc.constant(ids.unit));
const reason = 'mistyped';

const sending = fc.tuple(ago, provider).map(
  asks(
    'send',
    sendServiceOrder,
    false,
  )(([n, to], said) => ({
    sentOn: said.ago(n),
    provider: to,
    service: 'short-term-supervision',
    overallGoals: ['participation', 'live-as-others'],
    subGoals: [{ wording: 'Jag vill kunna laga mellanmål själv.' }],
    serviceUser: { name: 'Alva Exempel' },
  })),
);
const receiving = fc.tuple(ago, arrival, fc.integer({ min: 1, max: 9 })).map(
  asks(
    'receive',
    receiveGenomförandeplan,
    true,
  )(([n, how, name], said) => ({
    orderId,
    arrivedOn: said.ago(n),
    arrival: how,
    document: { sha256: paper(`plan ${name}`) },
  })),
);
const reviewing = fc
  .tuple(
    version,
    fc.oneof(fc.constant(['covered', 'covered', 'covered'] as const), fc.tuple(outcome, outcome, outcome)),
    mostly(fc.constant(true), fc.boolean()),
  )
  .map(
    asks(
      'review',
      reviewGenomförandeplan,
      false,
    )(([of, outcomes, canBeFollowedUp], said) => ({
      orderId,
      version: said.version(of),
      goals: goals.map((goal, index) => ({ goal, outcome: outcomes[index] ?? 'covered' })),
      canBeFollowedUp,
    })),
  );
const returning = fc.tuple(version, justNow, fc.integer({ min: -1, max: 30 })).map(
  asks(
    'return',
    returnGenomförandeplan,
    false,
  )(([of, n, more], said) => ({
    orderId,
    version: said.version(of),
    returnedOn: said.ago(n),
    awaitedOn: said.ago(n - more),
  })),
);
const approving = fc
  .tuple(version, justNow)
  .map(asks('approve', approveGenomförandeplan, true)(([of, n], said) => ({ orderId, version: said.version(of), approvedOn: said.ago(n) })));
const correctingSent = ago.map(asks('correct sent day', correctSentDay, true)((n, said) => ({ orderId, sentOn: said.ago(n), reason })));
const correctingReceived = fc.tuple(fc.integer({ min: 0, max: 4 }), ago, arrival).map(
  asks(
    'correct received day',
    correctReceivedDay,
    true,
  )(([of, n, how], said) => ({
    orderId,
    version: said.version(of),
    arrivedOn: said.ago(n),
    arrival: how,
    reason,
  })),
);
const correctingElse = fc.oneof(
  provider.map(asks('correct provider', correctProvider, true)((to) => ({ orderId, provider: to, reason }))),
  fc
    .tuple(fc.constantFrom(...goals), fc.constantFrom('integrity' as const, 'participation' as const))
    .map(asks('correct goal', correctGoal, true)(([goal, overall]) => ({ orderId, goal, overall, reason }))),
  ago.map(asks('note contact', noteContact, false)((n, said) => ({ orderId, contact: 'provider', contactedOn: said.ago(n), note: 'Ringde.' }))),
);
const ending = fc.oneof(
  ago.map(asks('end', endServiceOrder, true)((n, said) => ({ orderId, endedOn: said.ago(n), reason: 'service-ended' }))),
  ago.map(asks('cancel', cancelServiceOrder, true)((n, said) => ({ orderId, cancelledOn: said.ago(n), reason: 'sent-by-mistake' }))),
  fc
    .tuple(ago, fc.constantFrom(ids.otherOrder, ids.thirdOrder))
    .map(asks('replace', endReplacedOrder, true)(([n, replacedBy], said) => ({ orderId, endedOn: said.ago(n), replacedBy }))),
);
const anything = fc.oneof(
  { weight: 1, arbitrary: sending },
  { weight: 20, arbitrary: receiving },
  { weight: 30, arbitrary: reviewing },
  { weight: 25, arbitrary: returning },
  { weight: 8, arbitrary: approving },
  { weight: 3, arbitrary: correctingSent },
  { weight: 15, arbitrary: correctingReceived },
  { weight: 1, arbitrary: correctingElse },
  { weight: 1, arbitrary: ending },
);
const step = fc.record({ asking: anything, afterDays: fc.constantFrom(0, 0, 0, 1, 2, 4), timersRun: fc.boolean() });

/** What an order comes to, said in another way than the product does it: from what was accepted, not from events. */
class Model {
  sentOn: Day | undefined;
  firstReturnOn: Day | undefined;
  readonly plans: { readonly sha256: string; receivedOn: Day; inFifteenDays: boolean }[] = [];

  accept({ what, command }: Asked): void {
    if (what === 'send' || what === 'correct sent day') this.sentOn = command.sentOn as Day;
    if (what === 'return') this.firstReturnOn ??= command.returnedOn as Day;
    if (what === 'receive')
      this.plans.push({ sha256: (command.document as { sha256: string }).sha256, ...this.#reception(command, this.firstReturnOn === undefined) });
    const plan = what === 'correct received day' ? this.plans[(command.version as number) - 1] : undefined;
    if (plan) Object.assign(plan, this.#reception(command, plan.inFifteenDays));
  }

  /** By förvaltningslagen 22 §; there is no public holiday on a weekday in these months. */
  #reception(command: Asked['command'], wasBefore: boolean) {
    const { arrivedOn, arrival: how } = command as { arrivedOn: Day; arrival: string };
    const date = Temporal.PlainDate.from(arrivedOn);
    const back = how === 'reached-office' ? 0 : date.dayOfWeek === 1 ? 3 : date.dayOfWeek === 7 ? 2 : 1;
    const beforeReturn = this.firstReturnOn === undefined || arrivedOn < this.firstReturnOn || (arrivedOn === this.firstReturnOn && wasBefore);
    return { receivedOn: day(date.subtract({ days: back }).toString()), inFifteenDays: beforeReturn };
  }

  /** Whether the first plan of the fifteen days came after them; undefined where none came. */
  get late(): boolean | undefined {
    const first = this.plans.flatMap(({ receivedOn, inFifteenDays }) => (inFifteenDays ? [receivedOn] : [])).toSorted()[0];
    if (first === undefined || this.sentOn === undefined) return undefined;
    return first > Temporal.PlainDate.from(this.sentOn).add({ days: 15 }).toString();
  }
}

const registry = new EventRegistry(order.events);
const stateOf = (facts: readonly OrderEvent[]): Order => stateAfter(order, facts, on('2020-10-01'));
const circumstances = (now: Instant): Given & typeof needs => ({ ...on('2020-10-01'), now, today: stockholmDay(now), tenant: 'stockholm', ...needs });

/** What is said, or nothing where it is refused: anything else that a decision throws is a fault of ours. */
const answerTo = ({ decide, command }: Asked, state: Order, now: Instant): readonly OrderEvent[] | undefined => {
  try {
    return decide(command as never, state, circumstances(now));
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal);
    return undefined;
  }
};

const knocked = (facts: readonly OrderEvent[], now: Instant): OrderEvent[] => {
  const told = [...facts];
  for (let quiet = false; !quiet;) {
    const due = Object.values(deadlinesOf(stateOf(told))).flatMap((wait) => {
      const next = nextKnock(wait);
      return next && next.at <= now ? knock({ generation: wait.generation, ...next }, wait, now) : [];
    });
    told.push(...due);
    quiet = due.length === 0;
  }
  return told;
};

const assertSound = (facts: readonly OrderEvent[], model: Model, today: Day): void => {
  const state = stateOf(facts);
  // What is stored is JSON without the personal parts: the fold of that is the same, each time.
  const stored = facts.map(({ type, data }) => JSON.parse(JSON.stringify({ type, data })) as OrderEvent);
  expect(stateOf(stored)).toEqual(state);
  if (state.status === 'none') return;
  expect(state.plans.map(({ version: number }) => number)).toEqual(model.plans.map((_, index) => index + 1));
  expect(state.plans.map((plan) => plan.sha256)).toEqual([...new Set(model.plans.map((plan) => plan.sha256))]);
  expect(state.plans.map(({ receivedOn, round }) => [receivedOn, round === 0])).toEqual(model.plans.map((plan) => [plan.receivedOn, plan.inFifteenDays]));
  const late = isLate(firstWait(state));
  if (model.late !== undefined) expect(late).toBe(model.late);
  else if (late) expect(firstWait(state).plan.dueOn < today).toBe(true);
  const open = Object.values(state.deadlines).filter(({ status }) => status === 'open' || status === 'missed');
  if (state.status === 'awaiting-plan') expect(open).toEqual([planDeadline(state, state.round)]);
  if (state.status === 'approved' || state.status === 'ended') expect(open).toEqual([]);
};

const firstWait = (state: Placed) => {
  const wait = planDeadline(state, 0);
  if (!wait) throw new Error('An order was sent and nothing is awaited.');
  return wait;
};

test('whatever is asked in whatever order: nothing but refusals, facts as declared, the same fold each time, and the lateness of the first plan', () => {
  const story = fc.tuple(sending, fc.array(step, { minLength: 10, maxLength: 40 }));
  fc.assert(
    fc.property(story, ([first, rest]) => {
      let facts: readonly OrderEvent[] = [];
      let now = atLocalTime(FIRST, '09:00');
      const model = new Model();
      for (const { asking, afterDays, timersRun } of [{ asking: first, afterDays: 0, timersRun: false }, ...rest]) {
        now = atLocalTime(addDays(stockholmDay(now), afterDays), '09:00');
        if (timersRun) facts = knocked(facts, now);
        const state = stateOf(facts);
        const asked = asking(stockholmDay(now), state.status === 'none' ? 1 : state.latest);
        const said = answerTo(asked, state, now);
        if (said === undefined || said.length === 0) continue;
        expect(said.length).toBeLessThanOrEqual(MAX_EVENTS);
        for (const { type, data } of said) expect(registry.find(type)?.check().Errors(data)).toEqual([]);
        facts = [...facts, ...said];
        model.accept(asked);
        assertSound(facts, model, stockholmDay(now));
        if (asked.repeats) expect(answerTo(asked, stateOf(facts), now)).toEqual([]);
      }
    }),
    { numRuns: 200 },
  );
});

test('nothing can stand before the sending of an order', () => {
  const noted = event(ContactNoted, { orderId, contact: 'provider', contactedOn: FIRST }, { note: 'Ringde.' });
  expect(stateOf([noted])).toEqual({ status: 'none' });
});

test('its personal parts are sealed for the pseudonym that its first event names', () => {
  expect(order.subject?.({ status: 'none' })).toBeUndefined();
  expect(order.subject?.(stateOf([orderSent()]))).toBe(ids.subject);
});
