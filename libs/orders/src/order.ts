import { derivedId, isAfter, never, type Day, type Instant, type Stream } from '#libs/kernel';
import { closeDeadline, deadlineEvents, evolveDeadlines, metOn, type Deadline, type DeadlineEvent, type Deadlines } from '#libs/timers';
import type { OVERALL_GOALS } from './order.codes.js';
import * as events from './order.events.js';
import type { OrderEvent } from './order.events.js';

/** A goal of the order: the city's by its code, an individual sub-goal by its id alone. */
export interface Goal {
  readonly goal: string;
  readonly overall?: (typeof OVERALL_GOALS)[number];
}

/** One genomförandeplan that came in. */
export interface Plan {
  readonly version: number;
  readonly receivedOn: Day;
  readonly sha256: string;
  /** Which wait it answered: 0 the fifteen days, 1 the first clarification, … */
  readonly round: number;
}

/** What every order that was ever sent has. */
export interface Placed {
  readonly orderId: string;
  readonly subject: string;
  readonly unit: string;
  readonly provider: string;
  readonly sentOn: Day;
  readonly goals: readonly Goal[];
  readonly plans: readonly Plan[];
  /** How often a plan has been returned for clarification. */
  readonly round: number;
  /** Last day of what is awaited, where a plan was returned; the first wait's is counted by its rule. */
  readonly deadlines: Deadlines;
}

export type Running =
  | (Placed & { readonly status: 'awaiting-plan' })
  | (Placed & { readonly status: 'received' })
  | (Placed & { readonly status: 'reviewed'; readonly complete: boolean })
  | (Placed & { readonly status: 'approved' });
export type Ended = Placed & {
  readonly status: 'ended';
  readonly how: 'replaced' | 'cancelled' | 'ended';
  readonly endedOn: Day;
  readonly replacedBy?: string;
};

/** A service order, from nobody having sent it until it has ended. */
export type Order = { readonly status: 'none' } | Running | Ended;

/** The deadline of one wait for a plan: 0 the fifteen days, 1 the first clarification, … */
export const planDeadlineId = (orderId: string, round: number): string => derivedId(orderId, 'genomforandeplan', round);

/** The deadline of the wait that a plan answered, or that goes on. */
export const planDeadline = (order: Placed, round: number): Deadline | undefined => order.deadlines[planDeadlineId(order.orderId, round)];

/** The plan that counts: the one recorded last. */
export const latestPlan = (order: Placed): Plan | undefined => order.plans.at(-1);

const received = <O extends Running | Ended>(order: O, plan: Omit<Plan, 'round'>): O | (Placed & { readonly status: 'received' }) => {
  const plans = [...order.plans, { ...plan, round: order.round }];
  return order.status === 'ended' ? { ...order, plans } : { ...placed(order), plans, status: 'received' };
};

const placed = ({ orderId, subject, unit, provider, sentOn, goals, plans, round, deadlines }: Placed): Placed => ({
  orderId,
  subject,
  unit,
  provider,
  sentOn,
  goals,
  plans,
  round,
  deadlines,
});

const evolve = (order: Order, event: OrderEvent): Order => {
  if (event.type === 'ServiceOrderSent') {
    const { orderId, subject, unit, provider, sentOn, goals } = event.data;
    return { status: 'awaiting-plan', orderId, subject, unit, provider, sentOn, goals, plans: [], round: 0, deadlines: {} };
  }
  if (order.status === 'none') return order; // an order begins with its sending; nothing else can stand first
  switch (event.type) {
    case 'GenomförandeplanReceived':
      return received(order, event.data);
    case 'GenomförandeplanReviewed':
      return { ...placed(order), status: 'reviewed', complete: event.data.canBeFollowedUp && event.data.goals.every(({ outcome }) => outcome === 'covered') };
    case 'GenomförandeplanReturned':
      return { ...placed(order), status: 'awaiting-plan', round: order.round + 1 };
    case 'GenomförandeplanApproved':
      return { ...placed(order), status: 'approved' };
    case 'ContactNoted':
      return order;
    case 'SentDayCorrected':
      return { ...order, sentOn: event.data.to };
    case 'ReceivedDayCorrected':
      return { ...order, plans: order.plans.map((plan) => (plan.version === event.data.version ? { ...plan, receivedOn: event.data.receivedOn } : plan)) };
    case 'OrderProviderCorrected':
      return { ...order, provider: event.data.to };
    case 'GoalCorrected': {
      const { goal, overall } = event.data;
      return { ...order, goals: order.goals.map((known) => (known.goal === goal && overall !== undefined ? { goal, overall } : known)) };
    }
    case 'ServiceOrderReplaced':
      return { ...placed(order), status: 'ended', how: 'replaced', endedOn: event.data.endedOn, replacedBy: event.data.by };
    case 'ServiceOrderCancelled':
      return { ...placed(order), status: 'ended', how: 'cancelled', endedOn: event.data.endedOn };
    case 'ServiceOrderEnded':
      return { ...placed(order), status: 'ended', how: 'ended', endedOn: event.data.endedOn };
    case 'DeadlineSet':
    case 'DeadlineMoved':
    case 'DeadlineMet':
    case 'DeadlineMissed':
    case 'LatenessWithdrawn':
    case 'DeadlineClosed':
    case 'ReminderIssued':
    case 'RemindersSuppressed':
      return { ...order, deadlines: evolveDeadlines(order.deadlines, event) };
    default:
      return never(event);
  }
};

/**
 * A plan of that round came in on that day. The first to come is the one that ends the wait, in whatever order they are recorded.
 * @param others the days of the round's other plans
 */
export const answered = (order: Running | Ended, round: number, receivedOn: Day, others: readonly Plan[], now: Instant): readonly DeadlineEvent[] => {
  const days = others.filter((plan) => plan.round === round).map((plan) => plan.receivedOn);
  return metOn(
    planDeadline(order, round),
    days.reduce((first, day) => (isAfter(first, day) ? day : first), receivedOn),
    now,
  );
};

/**
 * Nothing is awaited of an order that has ended. Where its last day lies before the due day, a lateness
 * that was recorded meanwhile is withdrawn: nothing was late while the order ran.
 */
export const awaitsNothingMore = (order: Running, endedOn: Day, reason: string, now: Instant): readonly DeadlineEvent[] =>
  closeDeadline(planDeadline(order, order.round), endedOn, reason, now);

/** The stream of one service order: `order-<uuid>`. */
export const order: Stream<Order, OrderEvent> = {
  name: 'order',
  events: [...Object.values(events), ...deadlineEvents],
  initial: { status: 'none' },
  evolve,
  subject: (state) => (state.status === 'none' ? undefined : state.subject),
};

/** The unit that handles an order. */
export const unitOf = (state: Order): string | undefined => (state.status === 'none' ? undefined : state.unit);
/** The deadlines of an order. */
export const deadlinesOf = (state: Order): Deadlines => (state.status === 'none' ? {} : state.deadlines);
