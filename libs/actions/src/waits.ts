import { never, type Day, type Instant } from '#libs/kernel';
import { closeDeadline, metOn, moveDeadline, planFor, planUntil, setDeadline, type Concerning, type DeadlineEvent, type DeadlineRule } from '#libs/timers';
import {
  awaitedOccasions,
  dayDeadline,
  dayDeadlineId,
  isAwaited,
  isUndated,
  occasionDeadlineId,
  periodsOf,
  undatedDeadline,
  undatedDeadlineId,
  type Planned,
} from './action.js';
import { periodAfter, periodOf } from './months.js';

/** What a promised action waits for, by which type of deadline. */
export type WaitType = 'action-day' | 'undated-action' | 'action-occasion';

const concerning = ({ unit, role }: Pick<Planned, 'unit' | 'role'>, deadline: string): Concerning => ({ deadline, unit, responsible: role });

/** What an action waits for once it is promised; nothing where it is stated to be done. */
export const waitOf = (action: Pick<Planned, 'kind' | 'promisedOn' | 'frequency'>): WaitType | undefined => {
  if (isUndated(action)) return 'undated-action';
  switch (action.kind) {
    case 'already-done':
      return undefined;
    case 'ongoing':
      return 'action-occasion';
    case 'promised':
      return 'action-day';
    default:
      return never(action.kind);
  }
};

/** The wait for the promised day begins. */
export const awaitDay = (action: Planned, startOn: Day, dueOn: Day, rule: DeadlineRule, now: Instant): readonly DeadlineEvent[] =>
  setDeadline(planUntil(rule, startOn, dueOn, concerning(action, dayDeadlineId(action.action))), now);

/** The wait for a day to be set begins, unless it has. */
export const awaitDate = (action: Planned, startOn: Day, rule: DeadlineRule, now: Instant): readonly DeadlineEvent[] =>
  undatedDeadline(action) ? [] : setDeadline(planFor(rule, startOn, concerning(action, undatedDeadlineId(action.action))), now);

/** The wait for the occasion of a period begins, unless it has, or the occasion was held. */
export const awaitOccasion = (action: Planned, startOn: Day, occasion: Day, rule: DeadlineRule, now: Instant): readonly DeadlineEvent[] => {
  const deadline = occasionDeadlineId(action.action, occasion);
  const held = action.occasions.some((one) => one.occasion === occasion);
  return held || action.deadlines[deadline] ? [] : setDeadline(planUntil(rule, startOn, occasion, concerning(action, deadline)), now);
};

/** What begins to be awaited on the day an action is promised. */
export const beginsToWait = (action: Planned, on: Day, rule: DeadlineRule | undefined, now: Instant): readonly DeadlineEvent[] => {
  if (rule === undefined) return [];
  if (isUndated(action)) return awaitDate(action, on, rule, now);
  if (action.promisedOn !== undefined) return awaitDay(action, on, action.promisedOn, rule, now);
  const first = firstOccasion(action);
  return first === undefined ? [] : awaitOccasion(action, on, first, rule, now);
};

/** Last day of the first period of an ongoing action. */
export const firstOccasion = (action: Pick<Planned, 'frequency' | 'promise'>): Day | undefined => {
  const periods = periodsOf(action);
  return periods && periodOf(periods, periods.startsOn);
};

/** Last day of the period after another. */
export const nextOccasion = (action: Pick<Planned, 'frequency' | 'promise'>, occasion: Day): Day | undefined => {
  const periods = periodsOf(action);
  return periods && periodAfter(periods, occasion);
};

/** The promised day is another one; what was awaited by it goes on, or is late by it, or is late no more. */
export const dayMoved = (action: Planned, to: Day, reason: string, rule: DeadlineRule, now: Instant): readonly DeadlineEvent[] => {
  const wait = dayDeadline(action);
  return wait ? moveDeadline(wait, planUntil(rule, wait.plan.startOn, to, concerning(action, wait.plan.deadline)), reason, now) : [];
};

/** A day has been set, or a frequency: none is asked for any more. */
export const dated = (action: Planned, on: Day, now: Instant): readonly DeadlineEvent[] => {
  const wait = undatedDeadline(action);
  return isAwaited(wait) ? metOn(wait, on, now) : [];
};

/** It was done on the day: that is what was awaited, and no day is asked for any more. */
export const wasDone = (action: Planned, on: Day, now: Instant): readonly DeadlineEvent[] => [
  ...metOn(dayDeadline(action), on, now),
  ...closing(undatedDeadline(action), on, 'action-done', now),
];

/** Nothing is awaited of it any more from that day. */
export const awaitsNothingMore = (action: Planned, on: Day, reason: string, now: Instant): readonly DeadlineEvent[] => [
  ...closing(dayDeadline(action), on, reason, now),
  ...closing(undatedDeadline(action), on, reason, now),
  ...awaitedOccasions(action).flatMap((wait) => closeDeadline(wait, on, reason, now)),
];

const closing = (wait: Planned['deadlines'][string] | undefined, on: Day, reason: string, now: Instant): readonly DeadlineEvent[] =>
  isAwaited(wait) ? closeDeadline(wait, on, reason, now) : [];
