import { isBefore, never, type Day, type Instant } from '#libs/kernel';
import {
  closeDeadline,
  metOn,
  moveDeadline,
  planFor,
  planUntil,
  reopenDeadline,
  setDeadline,
  type Concerning,
  type DeadlineEvent,
  type DeadlineRule,
} from '#libs/timers';
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
const awaitDate = (action: Planned, startOn: Day, rule: DeadlineRule, now: Instant): readonly DeadlineEvent[] =>
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
const firstOccasion = (action: Pick<Planned, 'frequency' | 'promise'>): Day | undefined => {
  const periods = periodsOf(action);
  return periods && periodOf(periods, periods.startsOn);
};

/** Last day of the next period for which no occasion has been held. */
export const followingOccasion = (action: Pick<Planned, 'frequency' | 'promise' | 'occasions'>, occasion: Day): Day | undefined => {
  const periods = periodsOf(action);
  if (!periods) return undefined;
  let next = periodAfter(periods, occasion);
  while (action.occasions.some((held) => held.occasion === next)) next = periodAfter(periods, next);
  return next;
};

/** The occasion of a period was held: the first of them is what was awaited, in whatever order they are recorded. */
export const occasionMet = (action: Planned, occasion: Day, heldOn: Day, now: Instant): readonly DeadlineEvent[] => {
  const earlier = action.occasions.some((held) => held.occasion === occasion && held.heldOn <= heldOn);
  return earlier ? [] : metOn(action.deadlines[occasionDeadlineId(action.action, occasion)], heldOn, now);
};

/** Occasions of periods that ended before another one's and before the day are awaited no more; that they were missed stays. */
export const passedOccasions = (action: Planned, occasion: Day, on: Day, now: Instant): readonly DeadlineEvent[] =>
  awaitedOccasions(action)
    .filter(({ plan: { dueOn } }) => isBefore(dueOn, occasion) && isBefore(dueOn, on))
    .flatMap((wait) => closeDeadline(wait, on, 'occasion-passed', now));

/** By another frequency another occasion is awaited: that of the period that ends on the day. */
export const occasionsBy = (action: Planned, from: Day, occasion: Day, rule: DeadlineRule, now: Instant): readonly DeadlineEvent[] => {
  const known = action.deadlines[occasionDeadlineId(action.action, occasion)];
  const others = awaitedOccasions(action).filter(({ plan }) => plan.dueOn !== occasion);
  return [
    ...others.flatMap((wait) => closeDeadline(wait, from, 'frequency-read-anew', now)),
    ...(known?.status === 'closed' ? reopenDeadline(known, known.plan, 'frequency-read-anew', now) : awaitOccasion(action, from, occasion, rule, now)),
  ];
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

/** It was not done after all: what was awaited still is, a day where there is none. */
export const goesOn = (action: Planned, reason: string, now: Instant): readonly DeadlineEvent[] => {
  const wait = isUndated(action) ? undatedDeadline(action) : dayDeadline(action);
  return wait?.status === 'met' || wait?.status === 'closed' ? reopenDeadline(wait, wait.plan, reason, now) : [];
};

/** Whoever is responsible now is reminded of what is awaited, by the day that it had. */
export const remindedAnew = (action: Planned, rules: ReadonlyMap<string, DeadlineRule>, now: Instant): readonly DeadlineEvent[] =>
  Object.values(action.deadlines).flatMap((wait) => {
    const { deadline, startOn, dueOn, steps } = wait.plan;
    const rule = rules.get(deadline);
    return rule && isAwaited(wait)
      ? moveDeadline(wait, { ...planUntil(rule, startOn, dueOn, concerning(action, deadline)), steps }, 'responsible-changed', now)
      : [];
  });

/** Nothing is awaited of it any more from that day. */
export const awaitsNothingMore = (action: Planned, on: Day, reason: string, now: Instant): readonly DeadlineEvent[] => [
  ...closing(dayDeadline(action), on, reason, now),
  ...closing(undatedDeadline(action), on, reason, now),
  ...awaitedOccasions(action).flatMap((wait) => closeDeadline(wait, on, reason, now)),
];

const closing = (wait: Planned['deadlines'][string] | undefined, on: Day, reason: string, now: Instant): readonly DeadlineEvent[] =>
  isAwaited(wait) ? closeDeadline(wait, on, reason, now) : [];
