import type { Need } from '#libs/commands';
import type { Day, Instant } from '#libs/kernel';
import {
  closeDeadline,
  deadlineRules,
  deadlineRulesId,
  evolveDeadline,
  moveDeadline,
  planUntil,
  reopenDeadline,
  ruleFor,
  setDeadline,
  type DeadlineEvent,
  type DeadlineRule,
} from '#libs/timers';
import type { ObligationEvent } from './obligation.events.js';
import { lastDayDeadline, lastDayDeadlineId, boardOfObligation, standingJudgement, type Obligation } from './obligation.js';

/** The rules of one type of deadline, for a decision that finds out itself on which day the wait starts. */
export type RuleOn = (startOn: Day) => DeadlineRule;

/** @throws Refusal `deadline-rule.missing`, when asked for a day on which no rule holds */
export const rulesOf =
  (type: string): Need<unknown, RuleOn> =>
  async (reads, _command, { tenant }) => {
    const { state, lastId } = await reads.fold(deadlineRules, deadlineRulesId(tenant));
    return { value: (startOn) => ruleFor(state, type, startOn), basis: lastId === undefined ? [] : [lastId] };
  };

/** Who is reminded of an obligation before anybody else. */
export const RESPONSIBLE_FOR_OBLIGATIONS = 'process-owner';

/** A last day that is being set, and from when it runs. */
export interface DaySet {
  readonly startOn: Day;
  readonly ruleOn: RuleOn;
}

/**
 * What becomes of the wait for the last day that board or auditors set. It runs while the obligation is open and the auditors have not
 * found it met or no longer relevant; else nobody is reminded of it.
 * @param state the obligation as it is after what is being recorded
 */
export const lastDayFollows = (state: Obligation, now: Instant, set?: DaySet): readonly ObligationEvent[] => {
  if (state.status === 'none') return [];
  const waits = set ? waitSet(state, now, set) : [];
  const deadline = waits.reduce(evolveDeadline, lastDayDeadline(state));
  const over = overBy(state);
  if (over) return [...waits, ...closeDeadline(deadline, over.on, over.reason, now)];
  return deadline?.status === 'closed' ? reopenDeadline(deadline, deadline.plan, 'obligation-open-again', now) : waits;
};

const waitSet = (state: Exclude<Obligation, { status: 'none' }>, now: Instant, { startOn, ruleOn }: DaySet): readonly DeadlineEvent[] => {
  if (!state.lastDay) return [];
  const unit = boardOfObligation(state) ?? state.board;
  const concerning = { deadline: lastDayDeadlineId(state.obligation), unit, responsible: RESPONSIBLE_FOR_OBLIGATIONS };
  const plan = planUntil(ruleOn(startOn), startOn, state.lastDay.on, concerning);
  const deadline = lastDayDeadline(state);
  return deadline ? reopenDeadline(deadline, plan, 'last-day-set', now) : setDeadline(plan, now);
};

/** The same wait, whose board is another from now on. */
export const lastDayAllotted = (state: Obligation, unit: string, now: Instant): readonly ObligationEvent[] => {
  const deadline = state.status === 'none' ? undefined : lastDayDeadline(state);
  return deadline?.status === 'open' || deadline?.status === 'missed' ? moveDeadline(deadline, { ...deadline.plan, unit }, 'obligation-allotted', now) : [];
};

const overBy = (state: Exclude<Obligation, { status: 'none' }>): { readonly on: Day; readonly reason: string } | undefined => {
  if (state.status === 'withdrawn') return { on: state.withdrawnOn, reason: 'obligation-withdrawn' };
  if (state.status === 'implemented') return { on: state.implementation.on, reason: 'obligation-implemented' };
  const stands = standingJudgement(state.judgements);
  return stands?.outcome === 'met' || stands?.outcome === 'no-longer-relevant' ? { on: stands.decidedOn, reason: `judged-${stands.outcome}` } : undefined;
};
