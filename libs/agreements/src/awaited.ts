import { addDays, addMonths, derivedId, isAfter, isBefore, startOfDay, type Day, type Instant } from '#libs/kernel';
import {
  closeDeadline,
  evolveDeadline,
  metOn,
  moveDeadline,
  planFor,
  planUntil,
  reopenDeadline,
  setDeadline,
  type Deadline,
  type DeadlineEvent,
  type DeadlinePlan,
  type DeadlineRule,
} from '#libs/timers';
import { versionOf, type Registered } from './agreement.js';
import type { Period } from './agreement.shapes.js';

/** The kinds of deadlines that follow from an agreement. */
export type AwaitedType = 'agreement-review' | 'agreement-lapse' | 'agreement-notice';
/** The rule of a type of deadline that holds for what starts on a day. It refuses where there is none. */
export type RuleOn = (type: AwaitedType, startOn: Day) => DeadlineRule;

/** Whom the reminders go to where the rule says whoever is responsible, at the board that proposed the agreement. */
const RESPONSIBLE = 'process-owner';

/** One thing that is awaited of an agreement, as the facts have it. */
interface Awaited {
  readonly deadline: string;
  readonly type: AwaitedType;
  readonly startOn: Day;
  /** The day that the agreement itself states; reckoned by the rule where it states none. */
  readonly dueOn?: Day | undefined;
  /** The day on which what is awaited came. */
  readonly metOn?: Day | undefined;
  /** Nothing is awaited after all, from that day. */
  readonly over?: { readonly on: Day; readonly reason: string } | undefined;
}

const reviewDeadlineId = (agreement: string, after: Day | 'first'): string => derivedId(agreement, 'agreement-review', after);
const lapseDeadlineId = (agreement: string, version: string): string => derivedId(agreement, 'agreement-lapse', version);
const noticeDeadlineId = (agreement: string, point: string): string => derivedId(agreement, 'agreement-notice', point);

/** The periods without a gap that the last one ends: for how long something of the agreement has been in force. */
const lastRun = (periods: readonly Period[]): readonly Period[] => {
  const gap = periods.findLastIndex(({ on }, place) => {
    const before = periods[place - 1]?.lastDay;
    return place > 0 && (before === undefined || addDays(before, 1) !== on);
  });
  return periods.slice(Math.max(0, gap));
};

/** A review is awaited a while after its coming into force and after each review before, for as long as it is in force. */
const reviewsOf = (state: Registered, ruleOn: RuleOn): readonly Awaited[] => {
  const run = lastRun(state.periods);
  const [first] = run;
  if (!first) return [];
  const last = run.at(-1)!;
  const months = versionOf(state, last.version)?.terms.reviewMonths;
  const held = state.reviews.map(({ on }) => on).filter((on) => !isBefore(on, first.on));
  const starts = [first.on, ...held.toSorted()];
  return starts.map((startOn, place): Awaited => {
    const came = starts[place + 1];
    const dueOn = months === undefined ? undefined : addMonths(startOn, months);
    const wait: Awaited = { deadline: reviewDeadlineId(state.agreement, place === 0 ? 'first' : startOn), type: 'agreement-review', startOn, dueOn };
    if (came !== undefined) return { ...wait, metOn: came };
    const { lastDay } = last;
    const endsBefore = lastDay !== undefined && isAfter(planOf(state, wait, ruleOn).dueOn, lastDay);
    return endsBefore ? { ...wait, over: { on: lastDay, reason: 'agreement-ends' } } : wait;
  });
};

const settledAfter = ({ afterwards }: Registered, from: Day): Day | undefined =>
  afterwards
    .map(({ on }) => on)
    .filter((on) => !isBefore(on, from))
    .toSorted()[0];

/** Before a version lapses, what follows is to be settled: another version that comes into force, or something else. */
const lapsesOf = (state: Registered): readonly Awaited[] =>
  state.periods.flatMap(({ version, on, lastDay, because }, place): readonly Awaited[] => {
    const dueOn = versionOf(state, version)?.terms.lastDay;
    if (dueOn === undefined) return [];
    const next = state.periods[place + 1];
    const follows = next && lastDay !== undefined && next.on === addDays(lastDay, 1) ? next.on : undefined;
    const came = follows ?? settledAfter(state, on);
    const cut = came === undefined && because !== 'lapsed' && lastDay !== undefined ? { over: { on: lastDay, reason: 'agreement-ends' } } : {};
    return [
      { deadline: lapseDeadlineId(state.agreement, version), type: 'agreement-lapse', startOn: on, dueOn, ...(came !== undefined && { metOn: came }), ...cut },
    ];
  });

/** While notice runs, what follows is to be settled. */
const noticesOf = (state: Registered): readonly Awaited[] =>
  state.terminations.map(({ decision, on, lastDay, void: ended }): Awaited => {
    const came = settledAfter(state, on);
    return {
      deadline: noticeDeadlineId(state.agreement, decision.point),
      type: 'agreement-notice',
      startOn: on,
      dueOn: lastDay,
      ...(came !== undefined && { metOn: came }),
      ...(ended && { over: { on, reason: `termination-${ended}` } }),
    };
  });

/**
 * What follows for the deadlines of an agreement from the facts as they stand now: those that begin are set, those whose start was corrected
 * are reckoned anew, those whose thing has come are met, those of which nothing is awaited any more are closed. One that stays says nothing.
 */
export const awaitedAfter = (state: Registered, ruleOn: RuleOn, now: Instant): readonly DeadlineEvent[] => {
  const awaited = [...reviewsOf(state, ruleOn), ...latestEach(lapsesOf(state)), ...noticesOf(state)];
  const forgotten = Object.values(state.deadlines).filter(({ plan }) => !awaited.some(({ deadline }) => deadline === plan.deadline));
  return [
    ...awaited.flatMap((one) => follows(state, one, ruleOn, now)),
    ...forgotten.flatMap((one) => (one.status === 'open' || one.status === 'missed' ? closeDeadline(one, one.plan.startOn, 'not-in-force', now) : [])),
  ];
};

/** A version that has been in force more than once lapses once. */
const latestEach = (awaited: readonly Awaited[]): readonly Awaited[] => [...new Map(awaited.map((one) => [one.deadline, one])).values()];

const after = (deadline: Deadline | undefined, events: readonly DeadlineEvent[]): Deadline | undefined =>
  events.reduce<Deadline | undefined>(evolveDeadline, deadline);

const follows = (state: Registered, awaited: Awaited, ruleOn: RuleOn, now: Instant): readonly DeadlineEvent[] => {
  const { deadline, startOn, dueOn, metOn: came, over } = awaited;
  const known = state.deadlines[deadline];
  if (over) return closeDeadline(known, over.on, over.reason, now);
  // What has come already was not missed before that, however late all of it is recorded: it is reckoned as if on its first day.
  const reckonedAt = came === undefined ? now : startOfDay(startOn);
  if (!known) {
    const set = setDeadline(planOf(state, awaited, ruleOn), reckonedAt);
    return came === undefined ? set : [...set, ...metOn(after(undefined, set), came, now)];
  }
  const stays = known.plan.startOn === startOn && (dueOn === undefined || dueOn === known.plan.dueOn);
  const moved = stays ? [] : moveDeadline(known, planOf(state, awaited, ruleOn), 'agreement-changed', reckonedAt);
  const then = after(known, moved);
  if (came !== undefined) return [...moved, ...metOn(then, came, now)];
  return then && then.status !== 'open' && then.status !== 'missed' ? [...moved, ...reopenDeadline(then, then.plan, 'agreement-changed', now)] : moved;
};

const planOf = ({ proposedBy }: Registered, { deadline, type, startOn, dueOn }: Awaited, ruleOn: RuleOn): DeadlinePlan => {
  const concerning = { deadline, unit: proposedBy, responsible: RESPONSIBLE };
  const rule = ruleOn(type, startOn);
  return dueOn === undefined ? planFor(rule, startOn, concerning) : planUntil(rule, startOn, dueOn, concerning);
};
