import { atLocalTime, day, derivedId, event, type Decide } from '#libs/kernel';
import { organisationStream, registerOf, type Register } from '#libs/organisation';
import { given as givenFacts } from '#libs/testing';
import {
  DeadlineClosed,
  DeadlineMet,
  DeadlineMissed,
  DeadlineMoved,
  DeadlineSet,
  genomförandeplanRule,
  LatenessWithdrawn,
  planFor,
  planUntil,
  type DeadlinePlan,
  type DeadlineRule,
} from '#libs/timers';
import * as events from './order.events.js';
import type { OrderEvent } from './order.events.js';
import { order, planDeadlineId, type Order } from './order.js';

// Facts as the specs tell them. Where nothing else is said: an order sent on Thursday 1 October 2020, whose plan is due on Friday 16.

export const ids = {
  order: 'a3f1e3a0-94d0-4c5e-8f0e-6f6c1b7d2a10',
  otherOrder: 'b4a2f4b1-a5e1-4d6f-9a1f-7a7d2c8e3b21',
  thirdOrder: 'c5b3a5c2-b6f2-4e7a-8b2a-8b8e3d9f4c32',
  unit: '33333333-3333-4333-8333-333333333333',
  otherUnit: '44444444-4444-4444-8444-444444444444',
  provider: '55555555-5555-4555-8555-555555555555',
  otherProvider: '66666666-6666-4666-8666-666666666666',
  officer: '77777777-7777-4777-8777-777777777777',
  subject: '88888888-8888-4888-8888-888888888888',
};
export const goals = [derivedId(ids.order, 'overall', 0), derivedId(ids.order, 'overall', 1), derivedId(ids.order, 'sub', 0)] as const;

/** The fifteen days, with nobody reminded: what reminders follow is told by case E. */
export const rule: DeadlineRule = { ...genomförandeplanRule, ladder: [], id: '0d6f7a4e-95f5-4a52-9f66-0b6d7a1f1c01', version: 1 };
export const organisation: Register = {
  ...registerOf(organisationStream.initial),
  provider: (id) => (id === ids.provider || id === ids.otherProvider ? { name: 'Fritids AB' } : undefined),
};

/** The case officer asks, at that time in Stockholm. */
export const on = (date: string, time = '12:00') => ({
  now: atLocalTime(day(date), time),
  by: { actor: ids.officer, role: 'case-officer', unit: ids.unit },
  id: ids.order,
  subject: ids.subject,
});

/** Facts of one order, and what a decision says after them. */
export const given = (...facts: readonly (OrderEvent | readonly OrderEvent[])[]) => {
  const so = givenFacts(order, ...facts.flat());
  return {
    when: <C, N>(decide: Decide<C, Order, OrderEvent, N>, command: C, asked: ReturnType<typeof on>, ...needs: object extends N ? [N?] : [N]) =>
      so.when(decide, command, asked, ...needs),
  };
};

export const paper = (name: string): string => derivedId('paper', name).replaceAll('-', '').repeat(2);
const noted = (note: string | undefined) => (note === undefined ? {} : { note });

export const orderSent = (sentOn = '2020-10-01', more: { id?: string; provider?: string; replaces?: string } = {}) => {
  const { id = ids.order, provider = ids.provider, replaces } = more;
  const [first, second, sub] = [derivedId(id, 'overall', 0), derivedId(id, 'overall', 1), derivedId(id, 'sub', 0)];
  return event(
    events.ServiceOrderSent,
    {
      orderId: id,
      subject: ids.subject,
      unit: ids.unit,
      provider,
      service: 'short-term-supervision',
      sentOn: day(sentOn),
      goals: [{ goal: first, overall: 'participation' }, { goal: second, overall: 'live-as-others' }, { goal: sub }],
      ...(replaces !== undefined && { replaces }),
    },
    { serviceUser: { name: 'Alva Exempel' }, goals: [{ goal: sub, wording: 'Jag vill kunna laga mellanmål själv.' }] },
  );
};

interface Came {
  readonly version?: number;
  readonly round?: number;
  readonly latest?: number;
  readonly arrivedOn?: string;
  readonly arrival?: 'reached-office' | 'post' | 'letterbox-first-emptying';
}

export const planReceived = (receivedOn: string, { version = 1, round = 0, latest = version, arrivedOn = receivedOn, arrival = 'reached-office' }: Came = {}) =>
  event(
    events.GenomförandeplanReceived,
    { orderId: ids.order, version, round, latest, receivedOn: day(receivedOn), arrivedOn: day(arrivedOn), arrival, sha256: paper(`plan ${version}`) },
    {},
  );

interface Found {
  /** Of the last goal; the others are covered. */
  readonly last?: 'covered' | 'unclear' | 'missing';
  readonly canBeFollowedUp?: boolean;
  readonly note?: string;
}

export const planReviewed = (version = 1, { last = 'covered', canBeFollowedUp = true, note }: Found = {}) =>
  event(
    events.GenomförandeplanReviewed,
    { orderId: ids.order, version, goals: goals.map((goal, index) => ({ goal, outcome: index === 2 ? last : 'covered' })), canBeFollowedUp },
    noted(note),
  );
/** A goal is unclear: it is to be returned. */
export const foundUnclear = (version = 1) => planReviewed(version, { last: 'unclear' });

export const planReturned = (
  returnedOn: string,
  awaitedOn: string,
  { version = 1, round = 1, note }: { version?: number; round?: number; note?: string } = {},
) => event(events.GenomförandeplanReturned, { orderId: ids.order, version, round, returnedOn: day(returnedOn), awaitedOn: day(awaitedOn) }, noted(note));
export const planApproved = (approvedOn: string, version = 1) =>
  event(events.GenomförandeplanApproved, { orderId: ids.order, version, approvedOn: day(approvedOn) });

export const sentDayCorrected = (from: string, to: string, note?: string) =>
  event(events.SentDayCorrected, { orderId: ids.order, from: day(from), to: day(to), reason: 'mistyped' }, noted(note));
export const receivedDayCorrected = (from: string, receivedOn: string, came: Came = {}) => {
  const { version = 1, round = 0, latest = version, arrivedOn = receivedOn, arrival = 'reached-office' } = came;
  return event(
    events.ReceivedDayCorrected,
    { orderId: ids.order, version, round, latest, from: day(from), receivedOn: day(receivedOn), arrivedOn: day(arrivedOn), arrival, reason: 'mistyped' },
    {},
  );
};

export const awaitedDayCorrected = (from: string, to: string, note?: string, round = 1) =>
  event(events.AwaitedDayCorrected, { orderId: ids.order, round, from: day(from), to: day(to), reason: 'mistyped' }, noted(note));
export const endedDayCorrected = (from: string, to: string, note?: string) =>
  event(events.EndedDayCorrected, { orderId: ids.order, from: day(from), to: day(to), reason: 'mistyped' }, noted(note));

export const orderReplaced = (endedOn: string, by = ids.otherOrder) => event(events.ServiceOrderReplaced, { orderId: ids.order, by, endedOn: day(endedOn) });
export const orderCancelled = (endedOn: string) =>
  event(events.ServiceOrderCancelled, { orderId: ids.order, endedOn: day(endedOn), reason: 'sent-by-mistake' }, {});
export const orderEnded = (endedOn: string) => event(events.ServiceOrderEnded, { orderId: ids.order, endedOn: day(endedOn), reason: 'service-ended' }, {});

/** What happens to one wait for a plan. */
const wait = (round: number, plan: DeadlinePlan) => {
  const about = (generation: number, { deadline, type, dueOn, missedAt }: DeadlinePlan = plan) => ({ deadline, type, generation, dueOn, missedAt });
  const due = (generation: number) => {
    const { missedAt: _, ...rest } = about(generation);
    return rest;
  };
  return {
    round,
    set: event(DeadlineSet, { ...plan, generation: 1 }),
    /** The same wait with another plan, from then on. */
    moved: (to: DeadlinePlan, reason: string, generation: number) => event(DeadlineMoved, { ...to, reason, generation }),
    missed: (generation = 1) => event(DeadlineMissed, about(generation)),
    withdrawn: (generation = 2) => event(LatenessWithdrawn, about(generation)),
    met: (metOn: string, generation = 2) => event(DeadlineMet, { ...due(generation), metOn: day(metOn) }),
    closed: (closedOn: string, reason: string, generation = 2) => event(DeadlineClosed, { ...due(generation), closedOn: day(closedOn), reason }),
  };
};

/** The plan of the fifteen days from that day. */
export const fifteenDaysFrom = (sentOn: string, id = ids.order): DeadlinePlan =>
  planFor(rule, day(sentOn), { deadline: planDeadlineId(id, 0), unit: ids.unit });
/** The plan of a wait that a return began. */
export const until = (startOn: string, awaitedOn: string, round = 1): DeadlinePlan =>
  planUntil(rule, day(startOn), day(awaitedOn), { deadline: planDeadlineId(ids.order, round), unit: ids.unit });
export const fifteenDays = (sentOn = '2020-10-01') => wait(0, fifteenDaysFrom(sentOn));
export const clarification = (startOn: string, awaitedOn: string, round = 1) => wait(round, until(startOn, awaitedOn, round));

/** An order sent, its fifteen days running. */
export const sent = (sentOn = '2020-10-01'): readonly OrderEvent[] => [orderSent(sentOn), fifteenDays(sentOn).set];
/** The same, and the day passed with nothing come. */
export const overdue = (): readonly OrderEvent[] => [...sent(), fifteenDays().missed()];
/** Its first plan came on the 9th, was found unclear and returned on the 12th; the next is awaited by Monday 26. */
export const returned = (): readonly OrderEvent[] => [
  ...sent(),
  planReceived('2020-10-09'),
  fifteenDays().met('2020-10-09'),
  foundUnclear(),
  planReturned('2020-10-12', '2020-10-26'),
  clarification('2020-10-12', '2020-10-26').set,
];
