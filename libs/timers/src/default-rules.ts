import type { Day } from '#libs/kernel';
import { RESPONSIBLE, rungCode, type RungRule, type RuleTerms } from './deadline-rule.js';
import { startOf } from './deadline-types.js';

const named = (rung: Omit<RungRule, 'rung'>): RungRule => ({ rung: rungCode(rung), ...rung });

/**
 * The rule for a genomförandeplan, until a tenant sets another: within fifteen calendar days from the order being sent [001].
 * Sent 2020-10-01: due 16 October; reminders Friday 9, Thursday 15, Monday 19 to the officer, Wednesday 21 and then weekly to the manager.
 */
export const genomförandeplanRule: RuleTerms = {
  type: 'genomforandeplan',
  validFrom: '2000-01-01' as Day,
  start: 'order-sent',
  length: { days: 15, unit: 'calendar-days' },
  roll: 'none',
  time: '08:00',
  ladder: [
    named({ role: 'case-officer', offset: -5, unit: 'calendar-days' }),
    named({ role: 'case-officer', offset: -1, unit: 'calendar-days' }),
    named({ role: 'case-officer', offset: 1, unit: 'working-days' }),
    named({ role: 'unit-manager', offset: 3, unit: 'working-days', repeat: { everyDays: 7, limit: 12 }, escalation: true }),
  ],
};

/** A month, and ten years of them. */
const monthly = { everyDays: 30, limit: 120 };

/** Days before the last one on which whoever answers for the thing is reminded. */
const before = (...days: readonly number[]): RungRule[] => days.map((number) => named({ role: RESPONSIBLE, offset: -number, unit: 'calendar-days' }));

/** The working day after it, then above: the process owner after five, the head of administration after ten and then monthly. */
const after: readonly RungRule[] = [
  named({ role: RESPONSIBLE, offset: 1, unit: 'working-days' }),
  named({ role: 'process-owner', offset: 5, unit: 'working-days', escalation: true }),
  named({ role: 'head-of-administration', offset: 10, unit: 'working-days', repeat: monthly, escalation: true }),
];
const usual = [...before(14, 3), ...after];
/** Where a fortnight or less is all there is, the first reminder would come on the day it begins. */
const short = [...before(3), ...after];
/** It asks for a day, and goes on asking. */
const asking = [...before(3), ...after.map((rung) => (rung.role === RESPONSIBLE ? { ...rung, repeat: monthly } : rung))];

interface Variable {
  readonly type: string;
  readonly length: RuleTerms['length'];
  readonly ladder: readonly RungRule[];
}

const rule = ({ type, length, ladder }: Variable): RuleTerms => ({
  type,
  validFrom: '2000-01-01' as Day,
  start: startOf(type),
  length,
  roll: 'none',
  time: '08:00',
  ladder,
  summary: true,
});
const calendarDays = (days: number) => ({ days, unit: 'calendar-days' as const });
const workingDays = (days: number) => ({ days, unit: 'working-days' as const });
/** Nothing is reckoned: somebody says the day, such as the referral, the promise or the auditors. */
const chosen = calendarDays(0);

/**
 * What a new municipality begins with; an administrator sets others in their place. The law has minutes approved within fourteen
 * days and that announced by the second day after (kommunallagen 5 kap. 69 §, 6 kap. 35 § and 8 kap. 12 §); what else is counted
 * is the product's proposal.
 */
export const defaultRules: readonly RuleTerms[] = [
  genomförandeplanRule,
  rule({ type: 'reply', length: chosen, ladder: usual }),
  rule({ type: 'extension-answer', length: workingDays(10), ladder: short }),
  rule({ type: 'action-day', length: chosen, ladder: usual }),
  rule({ type: 'action-occasion', length: chosen, ladder: usual }),
  rule({ type: 'undated-action', length: workingDays(20), ladder: asking }),
  rule({ type: 'last-day', length: chosen, ladder: usual }),
  rule({ type: 'duty-unheld', length: workingDays(20), ladder: usual }),
  rule({ type: 'minutes', length: calendarDays(14), ladder: short }),
  rule({ type: 'announcement', length: calendarDays(2), ladder: [...before(1), ...after] }),
  rule({ type: 'dispatch', length: workingDays(5), ladder: short }),
  // KL 6:39 says the board's next meeting: its day where the calendar knows it, and this where it does not.
  rule({ type: 'urgent-report', length: calendarDays(60), ladder: usual }),
  rule({ type: 'document-request', length: chosen, ladder: usual }),
  // A year, where the agreement itself states no other time between its reviews.
  rule({ type: 'agreement-review', length: calendarDays(365), ladder: usual }),
  // New decisions of several boards take months.
  rule({ type: 'agreement-lapse', length: chosen, ladder: [...before(180, 90, 30), ...after] }),
  rule({ type: 'agreement-notice', length: chosen, ladder: [...before(90, 30), ...after] }),
  // The board's next meeting, where its calendar knows it; this where it does not, and for lists.
  rule({ type: 'delegated-report', length: calendarDays(60), ladder: usual }),
  rule({ type: 'head-report', length: workingDays(10), ladder: short }),
  rule({ type: 'separate-minutes', length: calendarDays(14), ladder: short }),
  // Until somebody is designated whoever had it goes on being asked.
  rule({ type: 'responsibility-uncovered', length: chosen, ladder: [...before(14), ...asking] }),
];
