import type { Day } from '#libs/kernel';
import { awaitedOn } from './awaited.js';
import type { OrderEvent } from './order.events.js';
import { planDeadline, type Ended, type Goal, type Running } from './order.js';

/** An event of an order with its personal parts opened; a part that was erased is `{erased: true}`. */
export type OpenedEvent = OrderEvent & { readonly opened: Readonly<Record<string, unknown>> };

/** One plan with what was said of it. */
export interface PlanOnPage {
  readonly version: number;
  readonly receivedOn: Day;
  readonly arrivedOn: Day;
  readonly arrival: string;
  readonly sha256: string;
  readonly reference?: unknown;
  readonly reviews: readonly unknown[];
  readonly returned?: Readonly<Record<string, unknown>> | undefined;
  readonly approvedOn?: Day;
}

const onlyPlans = (events: readonly OpenedEvent[]): readonly PlanOnPage[] => {
  const plans = new Map<number, PlanOnPage>();
  let lastReturned = 0;
  const change = (version: number, with_: (plan: PlanOnPage) => Partial<PlanOnPage>) => {
    const plan = plans.get(version);
    if (plan) plans.set(version, { ...plan, ...with_(plan) });
  };
  for (const { type, data, opened } of events) {
    if (type === 'GenomförandeplanReceived') {
      const { version, receivedOn, arrivedOn, arrival, sha256 } = data;
      plans.set(version, { version, receivedOn, arrivedOn, arrival, sha256, ...opened, reviews: [] });
    } else if (type === 'ReceivedDayCorrected') {
      const { version, receivedOn, arrivedOn, arrival } = data;
      change(version, () => ({ receivedOn, arrivedOn, arrival }));
    } else if (type === 'GenomförandeplanReviewed') {
      const { version, goals, canBeFollowedUp } = data;
      change(version, ({ reviews }) => ({ reviews: [...reviews, { goals, canBeFollowedUp, ...opened }] }));
    } else if (type === 'GenomförandeplanReturned') {
      const { version, returnedOn, awaitedOn: until } = data;
      lastReturned = version;
      change(version, () => ({ returned: { returnedOn, awaitedOn: until, ...opened } }));
    } else if (type === 'AwaitedDayCorrected') {
      change(lastReturned, ({ returned }) => ({ returned: returned && { ...returned, awaitedOn: data.to } }));
    } else if (type === 'GenomförandeplanApproved') {
      change(data.version, () => ({ approvedOn: data.approvedOn }));
    }
  }
  return [...plans.values()];
};

/** The wording of each sub-goal as it was last recorded. */
const wordings = (events: readonly OpenedEvent[]): ReadonlyMap<string, unknown> => {
  const said = new Map<string, unknown>();
  for (const { type, data, opened } of events) {
    if (type === 'ServiceOrderSent' && Array.isArray(opened.goals)) {
      for (const { goal, wording } of opened.goals as readonly { goal: string; wording: string }[]) said.set(goal, wording);
    } else if (type === 'GoalCorrected' && opened.wording !== undefined) {
      said.set(data.goal, opened.wording);
    }
  }
  return said;
};

const goalOnPage = ({ goal, overall }: Goal, said: ReadonlyMap<string, unknown>, erased: boolean) =>
  overall === undefined ? { goal, wording: said.get(goal) ?? (erased ? { erased: true } : undefined) } : { goal, overall };

/** Everything that the order's page shows, of one order as it stood. Names of units and providers are added by the query. */
export const orderPage = (order: Running | Ended, events: readonly OpenedEvent[], today: Day) => {
  const sent = events.find((event) => event.type === 'ServiceOrderSent');
  const deadline = planDeadline(order, order.round);
  const said = wordings(events);
  const erased = sent?.opened.goals !== undefined && !Array.isArray(sent.opened.goals);
  return {
    orderId: order.orderId,
    status: order.status,
    ...(order.status === 'ended' && { how: order.how, endedOn: order.endedOn, ...(order.replacedBy !== undefined && { replacedBy: order.replacedBy }) }),
    ...(sent?.type === 'ServiceOrderSent' && { service: sent.data.service, ...(sent.data.replaces !== undefined && { replaces: sent.data.replaces }) }),
    sentOn: order.sentOn,
    serviceUser: sent?.opened.serviceUser,
    goals: order.goals.map((goal) => goalOnPage(goal, said, erased)),
    plans: onlyPlans(events),
    contacts: events.flatMap(({ type, data, opened }) =>
      type === 'ContactNoted' ? [{ contact: data.contact, contactedOn: data.contactedOn, ...opened }] : [],
    ),
    ...(deadline && { awaited: awaitedOn(deadline, today) }),
  };
};
