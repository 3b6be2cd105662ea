import { derivedId, isAfter, startOfDay, type Day, type Instant } from '#libs/kernel';
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
import { countsFrom, undispatched, type Meeting, type Opened, type Paragraph } from './meeting.js';

/** The kinds of deadlines that follow from a board's meetings. */
export type AwaitedType = 'minutes' | 'announcement' | 'dispatch' | 'urgent-report';

/** The rule of a type of deadline that holds for what starts on a day. It refuses where there is none. */
export type RuleOn = (type: AwaitedType, startOn: Day) => DeadlineRule;

/** What a decision on a meeting needs, in order to say what is awaited after it. */
export interface AwaitedNeeds {
  readonly ruleOn: RuleOn;
  /** The day of the board's next meeting after an urgent decision, where its calendar knows one. */
  readonly nextMeetingOn?: Day | undefined;
}

/** One thing that is awaited, as the facts have it. */
interface Awaited {
  readonly type: AwaitedType;
  /** Which of its type: the number of the approval that it follows, 0 where it follows none. */
  readonly nth: number;
  readonly startOn: Day;
  /** The day that is chosen and not reckoned. */
  readonly dueOn?: Day | undefined;
  /** The day on which what is awaited came. */
  readonly metOn?: Day | undefined;
  /** Nothing is awaited after all. */
  readonly over?: 'meeting-cancelled' | 'nothing-to-announce' | 'nothing-to-dispatch' | undefined;
}

export const awaitedId = (meeting: string, type: AwaitedType, nth = 0): string => derivedId(meeting, type, nth);

/** The latest of the days; undefined where one is missing. */
const latest = (days: readonly (Day | undefined)[]): Day | undefined =>
  days.reduce((a, b) => (a === undefined || b === undefined ? undefined : isAfter(a, b) ? a : b));

/** The day by which a paragraph had been dispatched to everybody whom it was to be. */
const dispatchedOn = (paragraph: Paragraph): Day | undefined => {
  const { dispatchTo = [], dispatches } = paragraph;
  if (undispatched(paragraph).length > 0) return undefined;
  const reachedOn = ({ body, name }: { readonly body?: string; readonly name?: string }) =>
    dispatches.flatMap(({ to, on }) => (to.some((one) => one.body === body && one.name === name) ? [on] : [])).toSorted()[0];
  return latest(dispatchTo.map(reachedOn));
};

/** The approval from which a paragraph first counts, by its number; 0 for an urgent decision, which none approves. */
const firstApproval = (meeting: Opened, { paragraph, points }: Paragraph): number | undefined => {
  if (meeting.kind === 'urgent') return 0;
  const from = points.flatMap(({ point }) => countsFrom(meeting, paragraph, point) ?? []).toSorted()[0];
  return meeting.approvals.find(
    ({ on, covers, ids }) => on === from && (covers === 'all' || ids.includes(paragraph) || points.some(({ point }) => ids.includes(point))),
  )?.approval;
};

/** What is dispatched after one approval is awaited together. */
const dispatchAfter = (meeting: Opened, nth: number, startOn: Day): Awaited => {
  const to = meeting.paragraphs.filter((one) => (one.dispatchTo ?? []).length > 0 && firstApproval(meeting, one) === nth);
  return { type: 'dispatch', nth, startOn, ...(to.length === 0 ? { over: 'nothing-to-dispatch' } : { metOn: latest(to.map(dispatchedOn)) }) };
};

/** Everything that is awaited of a meeting's minutes, or of an urgent decision. */
const awaitedOf = (state: Exclude<Meeting, { status: 'none' }>, nextMeetingOn: Day | undefined): readonly Awaited[] => {
  const { on, kind, approvals, reported } = state;
  if (kind === 'urgent') return [{ type: 'urgent-report', nth: 0, startOn: on, dueOn: nextMeetingOn, metOn: reported?.on }, dispatchAfter(state, 0, on)];
  const whole = approvals.flatMap((one) => (one.covers === 'all' ? [one.on] : [])).toSorted()[0];
  return [
    { type: 'minutes', nth: 0, startOn: on, metOn: whole, ...(state.status === 'cancelled' && { over: 'meeting-cancelled' }) },
    ...approvals.flatMap((one): Awaited[] => [
      {
        type: 'announcement',
        nth: one.approval,
        startOn: one.on,
        metOn: one.announcedOn,
        ...(one.covers !== 'all' && one.ids.length === 0 && { over: 'nothing-to-announce' }),
      },
      dispatchAfter(state, one.approval, one.on),
    ]),
  ];
};

/**
 * What follows for the deadlines of a meeting from the facts as they stand now: those that begin are set, those whose start was
 * corrected are reckoned anew, those whose thing has come are met, those whose thing is taken back go on. A deadline that stays says nothing.
 */
export const awaitedAfter = (state: Meeting, { ruleOn, nextMeetingOn }: AwaitedNeeds, now: Instant): readonly DeadlineEvent[] =>
  state.status === 'none' ? [] : awaitedOf(state, nextMeetingOn).flatMap((awaited) => follows(state, awaited, ruleOn, now));

const follows = (state: Opened, awaited: Awaited, ruleOn: RuleOn, now: Instant): readonly DeadlineEvent[] => {
  const { type, nth, startOn, over, metOn: came } = awaited;
  const known = state.deadlines[awaitedId(state.meeting, type, nth)];
  // What has come already was not missed before that, however late all of it is recorded: it is reckoned as if on its first day.
  const onItsFirstDay = startOfDay(startOn);
  if (!known) {
    if (over !== undefined) return [];
    const plan = planOf(state, awaited, ruleOn);
    if (came === undefined) return setDeadline(plan, now);
    const set = setDeadline(plan, onItsFirstDay);
    return [...set, ...metOn(after(undefined, set), came, now)];
  }
  if (over !== undefined) return closeDeadline(known, startOn, over, now);
  const moved = reckonedAnew(state, known, awaited, ruleOn, came === undefined ? now : onItsFirstDay);
  const then = after(known, moved);
  if (came !== undefined) return [...moved, ...metOn(then, came, now)];
  return then && then.status !== 'open' && then.status !== 'missed' ? [...moved, ...reopenDeadline(then, then.plan, 'answer-corrected', now)] : moved;
};

const after = (deadline: Deadline | undefined, events: readonly DeadlineEvent[]): Deadline | undefined =>
  events.reduce<Deadline | undefined>(evolveDeadline, deadline);

/** A change of rules never moves a day: only another start does, or another day that was chosen. */
const reckonedAnew = (state: Opened, known: Deadline, awaited: Awaited, ruleOn: RuleOn, now: Instant): readonly DeadlineEvent[] => {
  const { startOn, dueOn } = awaited;
  const stays = known.plan.startOn === startOn && (awaited.type !== 'urgent-report' || dueOn === undefined || dueOn === known.plan.dueOn);
  if (stays) return [];
  return moveDeadline(known, planOf(state, awaited, ruleOn), known.plan.startOn === startOn ? 'meeting-moved' : 'start-corrected', now);
};

const planOf = ({ meeting, board }: Opened, { type, nth, startOn, dueOn }: Awaited, ruleOn: RuleOn): DeadlinePlan => {
  const rule = ruleOn(type, startOn);
  const concerning = { deadline: awaitedId(meeting, type, nth), unit: board, responsible: 'board-secretary' };
  return dueOn === undefined ? planFor(rule, startOn, concerning) : planUntil(rule, startOn, dueOn, concerning);
};
