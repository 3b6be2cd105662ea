import * as fc from 'fast-check';
import { addDays, day, type Day, type Decide } from '#libs/kernel';
import { genomförandeplanRule, type DeadlineRule } from '#libs/timers';
import { approveGenomförandeplan } from './approve-genomforandeplan.js';
import { cancelServiceOrder } from './cancel-service-order.js';
import { correctAwaitedDay } from './correct-awaited-day.js';
import { correctEndedDay } from './correct-ended-day.js';
import { correctGoal } from './correct-goal.js';
import { correctProvider } from './correct-provider.js';
import { correctReceivedDay } from './correct-received-day.js';
import { correctSentDay } from './correct-sent-day.js';
import { endReplacedOrder } from './end-replaced-order.js';
import { endServiceOrder } from './end-service-order.js';
import { noteContact } from './note-contact.js';
import { ARRIVALS, GOAL_OUTCOMES } from './order.codes.js';
import type { OrderEvent } from './order.events.js';
import { goals, ids, organisation, paper, rule as quietRule } from './order.given.js';
import type { Order } from './order.js';
import { receiveGenomförandeplan } from './receive-genomforandeplan.js';
import { returnGenomförandeplan } from './return-genomforandeplan.js';
import { reviewGenomförandeplan } from './review-genomforandeplan.js';
import { sendServiceOrder } from './send-service-order.js';

// Whatever people may ask of an order, sensible or not: what the property test plays.

const rule: DeadlineRule = { ...genomförandeplanRule, id: quietRule.id, version: 1 };
export const needs = { rule, organisation, replaced: undefined };
const orderId = ids.order;

/** One thing that somebody may ask, and whether asking it again at once must say nothing. */
export interface Asked {
  readonly what: string;
  readonly command: Readonly<Record<string, unknown>>;
  readonly decide: Decide<never, Order, OrderEvent, typeof needs>;
  readonly repeats: boolean;
}
/** Made when its turn comes: most people speak of a recent day and of the latest version, some do not. */
export type Asking = (today: Day, latest: number) => Asked;

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

export const FIRST = day('2020-10-01');
const mostly = <T>(likely: fc.Arbitrary<T>, other: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 5, arbitrary: likely }, { weight: 1, arbitrary: other });
const ago = mostly(fc.integer({ min: 0, max: 6 }), fc.integer({ min: -2, max: 40 }));
const justNow = mostly(fc.constant(0), ago);
const version = mostly(fc.constant(0), fc.integer({ min: 1, max: 4 }));
const arrival = mostly(fc.constant(ARRIVALS[0]), fc.constantFrom(...ARRIVALS));
const outcome = fc.constantFrom(...GOAL_OUTCOMES);
const provider = mostly(fc.constantFrom(ids.provider, ids.otherProvider), fc.constant(ids.unit));
const reason = 'mistyped';

export const sending = fc.tuple(ago, provider).map(
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
const correctingAwaited = fc
  .integer({ min: -2, max: 30 })
  .map(asks('correct awaited day', correctAwaitedDay, true)((n, said) => ({ orderId, awaitedOn: said.ago(-n), reason })));
const correctingEnded = ago.map(asks('correct ended day', correctEndedDay, true)((n, said) => ({ orderId, endedOn: said.ago(n), reason })));
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
/** All that may be asked of an order, the daily things oftenest. */
const anything = fc.oneof(
  { weight: 1, arbitrary: sending },
  { weight: 20, arbitrary: receiving },
  { weight: 30, arbitrary: reviewing },
  { weight: 25, arbitrary: returning },
  { weight: 8, arbitrary: approving },
  { weight: 3, arbitrary: correctingSent },
  { weight: 15, arbitrary: correctingReceived },
  { weight: 5, arbitrary: correctingAwaited },
  { weight: 5, arbitrary: correctingEnded },
  { weight: 1, arbitrary: correctingElse },
  { weight: 1, arbitrary: ending },
);
/** Somebody asks something; the timers have run before, or not. */
export const step = fc.record({ asking: anything, afterDays: fc.constantFrom(0, 0, 0, 1, 2, 4), timersRun: fc.boolean() });
