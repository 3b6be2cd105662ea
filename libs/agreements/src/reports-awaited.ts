import { startOfDay, type Day, type Instant } from '#libs/kernel';
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
import type { DelegatedDecisionEvent } from './delegated-decision.events.js';
import { dutyOf, evolveDelegatedDecision, reportDeadlineId, type DelegatedDecision, type Made, type ReportType } from './delegated-decision.js';
import type { NextMeeting } from './needs.js';

/** What a decision about a delegated decision needs, to say by when it is to be reported. */
export interface ReportNeeds {
  readonly ruleOn: (type: ReportType, startOn: Day) => DeadlineRule;
  readonly nextMeeting: NextMeeting;
}

interface Awaited {
  readonly type: ReportType;
  readonly role: string;
  /** The board’s next meeting, where its calendar knows it. */
  readonly dueOn?: Day | undefined;
  readonly metOn?: Day | undefined;
}

/** What is awaited of a decision: that it is reported to the board or minuted, and to the head of administration where it rests on a further delegation (KL 7:8). */
const awaitedOf = (state: Made, nextMeeting: NextMeeting): readonly Awaited[] => {
  const { on, delegation, reporting, reported, reportedToHeadOn, minuted } = state;
  const duty = dutyOf(state);
  const dueOn = reporting === 'next-meeting' ? nextMeeting(on) : undefined;
  return [
    ...(duty === 'report' ? [{ type: 'delegated-report' as const, role: 'board-secretary', dueOn, metOn: reported?.on }] : []),
    ...(duty === 'minute' ? [{ type: 'separate-minutes' as const, role: 'board-secretary', metOn: minuted?.on }] : []),
    ...(delegation.further === undefined ? [] : [{ type: 'head-report' as const, role: state.role, metOn: reportedToHeadOn }]),
  ];
};

/** Facts about a delegated decision together with what follows for its deadlines. */
export const withReports = (
  state: DelegatedDecision,
  facts: readonly DelegatedDecisionEvent[],
  { now, ruleOn, nextMeeting }: ReportNeeds & { readonly now: Instant },
): readonly DelegatedDecisionEvent[] => {
  const then = facts.reduce(evolveDelegatedDecision, state);
  if (then.status === 'none') return facts;
  if (then.status === 'withdrawn') return [...facts, ...Object.values(then.deadlines).flatMap((one) => closeDeadline(one, then.on, 'withdrawn', now))];
  return [...facts, ...awaitedOf(then, nextMeeting).flatMap((one) => follows(then, one, ruleOn, now))];
};

const after = (deadline: Deadline | undefined, events: readonly DeadlineEvent[]): Deadline | undefined =>
  events.reduce<Deadline | undefined>(evolveDeadline, deadline);

const follows = (state: Made, awaited: Awaited, ruleOn: ReportNeeds['ruleOn'], now: Instant): readonly DeadlineEvent[] => {
  const known = state.deadlines[reportDeadlineId(state.decision, awaited.type)];
  const { metOn: came, dueOn } = awaited;
  // What has come already was not missed before that, however late all of it is recorded: it is reckoned as if on its first day.
  const reckonedAt = came === undefined ? now : startOfDay(state.on);
  const plan = (): DeadlinePlan => planOf(state, awaited, ruleOn);
  if (!known) {
    const set = setDeadline(plan(), reckonedAt);
    return came === undefined ? set : [...set, ...metOn(after(undefined, set), came, now)];
  }
  const stays = known.plan.startOn === state.on && (dueOn === undefined || dueOn === known.plan.dueOn || known.status === 'met');
  const moved = stays ? [] : moveDeadline(known, plan(), known.plan.startOn === state.on ? 'meeting-moved' : 'start-corrected', reckonedAt);
  const then = after(known, moved);
  if (came !== undefined) return [...moved, ...metOn(then, came, now)];
  return then?.status === 'met' || then?.status === 'closed' ? [...moved, ...reopenDeadline(then, plan(), 'report-withdrawn', now)] : moved;
};

const planOf = ({ decision, board, unit, on }: Made, { type, role, dueOn }: Awaited, ruleOn: ReportNeeds['ruleOn']): DeadlinePlan => {
  const rule = ruleOn(type, on);
  const concerning = { deadline: reportDeadlineId(decision, type), unit: type === 'head-report' ? unit : board, responsible: role };
  return dueOn === undefined ? planFor(rule, on, concerning) : planUntil(rule, on, dueOn, concerning);
};
