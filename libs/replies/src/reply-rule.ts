import type { Need } from '#libs/commands';
import { isBefore, type Day } from '#libs/kernel';
import { deadlineRules, deadlineRulesId, planUntil, ruleFor, rulesOf, type DeadlinePlan, type DeadlineRule } from '#libs/timers';
import { replyDeadline, replyDeadlineId, type Known } from './reply.js';

/** Whom the reminders about a reply go to, where the rule says whoever is responsible: the one who follows the board's promises. */
export const RESPONSIBLE = 'process-owner';

/** The rule of replies that holds for what starts on a day. It refuses where there is none. */
export type RuleOn = (startOn: Day) => DeadlineRule;

/** The rules of replies, for decisions that know the day themselves. */
export const replyRule: Need<unknown, RuleOn> = async (reads, _command, { tenant }) => {
  const { state } = await reads.fold(deadlineRules, deadlineRulesId(tenant));
  const basis = rulesOf(state).flatMap(({ type, id }) => (type === 'reply' ? [id] : []));
  return { value: (startOn) => ruleFor(state, 'reply', startOn), basis };
};

/**
 * The deadline of a reply that is due on a day. Day 0 is the day the report was handed over; where that is unknown, the day on which it was
 * recorded. Once set, a deadline keeps its day 0, and with it the rule of that day.
 */
export const replyPlanUntil = (state: Known, dueOn: Day, ruleOn: RuleOn, today: Day): DeadlinePlan => {
  const begun = replyDeadline(state)?.plan.startOn ?? state.referredOn ?? today;
  const startOn = isBefore(dueOn, begun) ? dueOn : begun;
  return planUntil(ruleOn(startOn), startOn, dueOn, { deadline: replyDeadlineId(state.reply), unit: state.board, responsible: RESPONSIBLE });
};
