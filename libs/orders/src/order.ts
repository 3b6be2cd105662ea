import { derivedId, never, type Day, type Stream } from '#libs/kernel';
import { deadlineEvents, evolveDeadlines, type Deadline, type Deadlines } from '#libs/timers';
import type { ARRIVALS, OVERALL_GOALS } from './order.codes.js';
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
  readonly arrivedOn: Day;
  readonly arrival: (typeof ARRIVALS)[number];
  readonly sha256: string;
  /** Which wait it answered: 0 the fifteen days, 1 the first clarification, … */
  readonly round: number;
  /** The day on which it was first returned or approved: by then it was there. */
  readonly decidedOn?: Day;
}

/** What every order that was ever sent has. */
export interface Placed {
  readonly orderId: string;
  readonly subject: string;
  readonly unit: string;
  readonly provider: string;
  readonly sentOn: Day;
  readonly goals: readonly Goal[];
  /** In the order they were recorded. */
  readonly plans: readonly Plan[];
  /** The version that counts, the one that came last; 0 before any. */
  readonly latest: number;
  /** The wait that began last: 0 the fifteen days, 1 the first clarification, … */
  readonly round: number;
  /** The day a plan was last returned; undefined before any was. */
  readonly returnedOn: Day | undefined;
  readonly deadlines: Deadlines;
}

export type Running =
  | (Placed & { readonly status: 'awaiting-plan' })
  | (Placed & { readonly status: 'received' })
  | (Placed & { readonly status: 'reviewed'; readonly complete: boolean })
  | (Placed & { readonly status: 'approved'; readonly approvedOn: Day });
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

/** The plan that counts: the one that came last. */
export const latestPlan = (order: Placed): Plan | undefined => order.plans.find(({ version }) => version === order.latest);

/** A plan that was not the latest before is to be looked at; an older paper found later leaves the order where it is. */
const withPlans = (order: Running | Ended, plans: readonly Plan[], latest: number): Order =>
  order.status === 'ended' || latest === order.latest ? { ...order, plans, latest } : { ...placed(order), plans, latest, status: 'received' };

const decided = ({ plans }: Placed, version: number, on: Day): readonly Plan[] =>
  plans.map((plan) => (plan.version === version ? { decidedOn: on, ...plan } : plan));

const placed = ({ orderId, subject, unit, provider, sentOn, goals, plans, latest, round, returnedOn, deadlines }: Placed): Placed => ({
  orderId,
  subject,
  unit,
  provider,
  sentOn,
  goals,
  plans,
  latest,
  round,
  returnedOn,
  deadlines,
});

const evolve = (order: Order, event: OrderEvent): Order => {
  if (event.type === 'ServiceOrderSent') {
    const { orderId, subject, unit, provider, sentOn, goals } = event.data;
    const nothingYet = { plans: [], latest: 0, round: 0, returnedOn: undefined, deadlines: {} };
    return { status: 'awaiting-plan', orderId, subject, unit, provider, sentOn, goals, ...nothingYet };
  }
  if (order.status === 'none') return order; // an order begins with its sending; nothing else can stand first
  switch (event.type) {
    case 'GenomförandeplanReceived': {
      const { version, round, latest, receivedOn, arrivedOn, arrival, sha256 } = event.data;
      return withPlans(order, [...order.plans, { version, round, receivedOn, arrivedOn, arrival, sha256 }], latest);
    }
    case 'GenomförandeplanReviewed':
      return { ...placed(order), status: 'reviewed', complete: event.data.canBeFollowedUp && event.data.goals.every(({ outcome }) => outcome === 'covered') };
    case 'GenomförandeplanReturned': {
      const { version, round, returnedOn } = event.data;
      return { ...placed(order), plans: decided(order, version, returnedOn), status: 'awaiting-plan', round, returnedOn };
    }
    case 'GenomförandeplanApproved': {
      const { version, approvedOn } = event.data;
      return { ...placed(order), plans: decided(order, version, approvedOn), status: 'approved', approvedOn };
    }
    case 'ContactNoted':
    case 'AwaitedDayCorrected': // the wait follows by its own fact
      return order;
    case 'SentDayCorrected':
      return { ...order, sentOn: event.data.to };
    case 'ReceivedDayCorrected': {
      const { version, round, latest, receivedOn, arrivedOn, arrival } = event.data;
      const plans = order.plans.map((plan) => (plan.version === version ? { ...plan, round, receivedOn, arrivedOn, arrival } : plan));
      return withPlans(order, plans, latest);
    }
    case 'OrderProviderCorrected':
      return { ...order, provider: event.data.to };
    case 'GoalCorrected': {
      const { goal, overall } = event.data;
      return { ...order, goals: order.goals.map((known) => (known.goal === goal && overall !== undefined ? { goal, overall } : known)) };
    }
    case 'EndedDayCorrected':
      return order.status === 'ended' ? { ...order, endedOn: event.data.to } : order;
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
