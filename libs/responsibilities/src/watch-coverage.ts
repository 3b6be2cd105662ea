import type { Need } from '#libs/commands';
import { Id } from '#libs/fields';
import { stockholmDay, type Decide, type Instant } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import {
  closeDeadline,
  deadlineRule,
  evolveDeadline,
  metOn,
  moveDeadline,
  planUntil,
  reopenDeadline,
  setDeadline,
  type Deadline,
  type DeadlineEvent,
  type DeadlinePlan,
  type DeadlineRule,
} from '#libs/timers';
import { afterwardsOf } from './coverage.js';
import { deadlinesOf, uncoveredDeadlineId, type CoverageWatch } from './coverage-watch.js';
import { holdersOf } from './match.js';
import { ruleOf, type ResponsibilityRule, type ResponsibilityRules } from './responsibility-rules.js';

/**
 * A rule has ended, or others may answer for what it held for, or do so no longer: where nothing does, a new rule is awaited by the first day
 * without it, and the process owner of the board that had it is reminded (domain §3.1.6: then none is designated again, and that is an alarm).
 */
export class WatchCoverage {
  @Id('The rule.') rule!: string;
}

/** The type of deadline. */
const TYPE = 'responsibility-uncovered';

/** The tenant's rule for the reminder, of the day on which it is set. */
export const ruleOfCoverage: Need<WatchCoverage, DeadlineRule> = (reads, command, context) =>
  deadlineRule<WatchCoverage>(TYPE, () => stockholmDay(context.now))(reads, command, context);

interface Needs {
  readonly responsibilities: ResponsibilityRules;
  readonly organisation: Register;
  readonly rule: DeadlineRule;
}

export const watchCoverage: Decide<WatchCoverage, CoverageWatch, DeadlineEvent, Needs> = (
  { rule: id },
  state,
  { now, today, responsibilities, organisation: register, rule: reminder },
) => {
  const rule = ruleOf(responsibilities, id);
  const wait = deadlinesOf(state)[uncoveredDeadlineId(id)];
  const afterwards = rule && afterwardsOf(rule, responsibilities, holdersOf(register));
  if (!rule || !afterwards) return wait ? closeDeadline(wait, today, 'rule-goes-on', now) : [];
  const { without, coveredFrom } = afterwards;
  if (!wait && coveredFrom === without) return [];
  const about = { deadline: uncoveredDeadlineId(id), unit: toldOf(rule, register), responsible: 'process-owner' };
  const plan = planUntil(reminder, wait?.plan.startOn ?? today, without, about);
  const awaited = wait ? moved(wait, plan, coveredFrom === undefined, now) : setDeadline(plan, now);
  if (coveredFrom === undefined) return awaited;
  const then = awaited.reduce<Deadline | undefined>(evolveDeadline, wait);
  return [...awaited, ...metOn(then, coveredFrom, now)];
};

/** The wait as it is by the plan; it goes on where it was over and nothing answers any more. */
const moved = (wait: Deadline, plan: DeadlinePlan, uncovered: boolean, now: Instant): readonly DeadlineEvent[] =>
  uncovered && (wait.status === 'met' || wait.status === 'closed')
    ? reopenDeadline(wait, plan, 'covered-no-longer', now)
    : moveDeadline(wait, plan, 'rule-ends-another-day', now);

/** Whose process owner is told: the board that had it, or where the rule names none, that of whoever recorded it. */
const toldOf = ({ answer, match, recordedIn }: ResponsibilityRule, register: Register): string => {
  const { who } = answer;
  const had = who === 'named' || who === 'not-applicable' ? answer.board : match[`${who}Board`];
  return had ?? register.boardOf(recordedIn) ?? recordedIn;
};
