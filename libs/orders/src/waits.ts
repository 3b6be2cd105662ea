import { isAfter, isBefore, type Day, type Instant } from '#libs/kernel';
import { closeDeadline, evolveDeadline, metOn, reopenDeadline, type Deadline, type DeadlineEvent } from '#libs/timers';
import { planDeadline, type Ended, type Placed, type Plan, type Running } from './order.js';

/** The wait that goes on: no plan has answered it, and none has been approved instead. */
export const openWait = (order: Placed): Deadline | undefined => {
  const wait = planDeadline(order, order.round);
  return wait?.status === 'open' || wait?.status === 'missed' ? wait : undefined;
};

/**
 * Which wait a plan answers that lay at the office on the day: the last one that had begun by then, whenever it is recorded.
 * @param recorded the plan as it was recorded, where it was. What came on the very day of a return may have come before it or after:
 * that stays as it was recorded. And a plan that was itself returned or approved was no answer to a later wait.
 */
export const waitOn = (order: Placed, arrivedOn: Day, recorded?: Plan): number => {
  const was = recorded?.round ?? order.round;
  for (let round = recorded?.decidedOn === undefined ? order.round : was; round > 0; round--) {
    const begun = planDeadline(order, round)?.plan.startOn;
    if (begun !== undefined && (round > was ? isAfter(arrivedOn, begun) : !isBefore(arrivedOn, begun))) return round;
  }
  return 0;
};

/** The version that counts: of the last wait that was answered, the one received last; of the same day, the one recorded last. */
export const lastToCome = (plans: readonly Plan[]): number => plans.reduce((last, plan) => (comesAfter(plan, last) ? plan : last)).version;

const comesAfter = (plan: Plan, other: Plan): boolean => (plan.round === other.round ? !isBefore(plan.receivedOn, other.receivedOn) : plan.round > other.round);

/**
 * What the plans make of a wait. The first to come ended it, in whatever order they were recorded; one that came when nothing was
 * awaited any more changes nothing. Where a correction leaves none it goes on, or would have gone on until the order was approved or ended.
 * @param plans all plans of the order, as they stand after what is being recorded
 */
export const settled = (order: Running | Ended, round: number, plans: readonly Plan[], now: Instant): readonly DeadlineEvent[] => {
  const wait = planDeadline(order, round);
  const first = firstToAnswer(round, plans);
  if (first !== undefined) return wait?.status === 'closed' && isAfter(first, wait.closedOn) ? [] : metOn(wait, first, now);
  if (wait?.status !== 'met') return [];
  const reopened = reopenDeadline(wait, wait.plan, 'answer-corrected', now);
  const goesOn = reopened.reduce<Deadline | undefined>(evolveDeadline, wait);
  return [...reopened, ...untilNothingMoreIsAwaited(order, round, goesOn, now)];
};

const firstToAnswer = (round: number, plans: readonly Plan[]): Day | undefined =>
  plans.flatMap((plan) => (plan.round === round ? [plan.receivedOn] : [])).toSorted()[0];

const untilNothingMoreIsAwaited = (order: Running | Ended, round: number, wait: Deadline | undefined, now: Instant): readonly DeadlineEvent[] => {
  const next = planDeadline(order, round + 1);
  if (next) return closeDeadline(wait, next.plan.startOn, 'awaited-anew', now); // what came was returned, whatever it answered
  if (order.status === 'ended') return closeDeadline(wait, order.endedOn, endOf(order), now);
  return order.status === 'approved' ? closeDeadline(wait, order.approvedOn, 'plan-approved', now) : [];
};

/**
 * Nothing is awaited any more from that day: the order has ended, or a plan that was there already was approved. Where the day
 * does not lie after the due day, a lateness that was recorded meanwhile is withdrawn: nothing was late while it was awaited.
 */
export const awaitsNothingMore = (order: Running, from: Day, reason: string, now: Instant): readonly DeadlineEvent[] =>
  closeDeadline(openWait(order), from, reason, now);

/**
 * The order ended on another day than was recorded. Each wait that its end closed is closed by that day instead, or answered, where
 * a plan had come by then. A wait that was over before the end stays as it is.
 */
export const endedInstead = (order: Ended, on: Day, now: Instant): readonly DeadlineEvent[] =>
  Array.from({ length: order.round + 1 }, (_, round) => round).flatMap((round) => {
    const wait = planDeadline(order, round);
    if (wait?.status !== 'closed' || wait.reason !== endOf(order)) return [];
    const first = firstToAnswer(round, order.plans);
    return first === undefined || isAfter(first, on) ? closeDeadline(wait, on, endOf(order), now) : metOn(wait, first, now);
  });

const endOf = ({ how }: Ended): string => `order-${how}`;
