import { event, isAfter, never, type Day, type Instant } from '#libs/kernel';
import { isLate, reckoned, type Closed, type Deadline, type Met } from './deadline.js';
import { DeadlineClosed, DeadlineMet, DeadlineMissed, DeadlineMoved, DeadlineSet, LatenessWithdrawn, type DeadlineEvent } from './deadline.events.js';
import type { DeadlinePlan } from './deadline-plan.js';
import { dueReminders, suppressed } from './reminders.js';

/** A new wait begins. Where its day has passed, as of an order entered late, it is overdue at once; reminders whose time has passed are not issued afterwards. */
export const setDeadline = (plan: DeadlinePlan, now: Instant): readonly DeadlineEvent[] =>
  begun(event(DeadlineSet, { ...plan, generation: 1, ...lateBy(plan, now) }), now);

/**
 * The deadline is reckoned anew: its start was corrected, it was extended, its day was changed. What came stays what came: a deadline
 * that is met or closed remains so. A recorded lateness is withdrawn where by the new day there is none. The same plan says nothing new.
 * @param reason code of the domain: `start-corrected`
 */
export const moveDeadline = (deadline: Deadline | undefined, plan: DeadlinePlan, reason: string, now: Instant): readonly DeadlineEvent[] => {
  if (deadline === undefined || isSame(deadline.plan, plan)) return [];
  const late = isLateBy(deadline, plan, now);
  const withdrawal = isLate(deadline) && !late ? [lateNoMore(deadline)] : [];
  const generation = deadline.generation + withdrawal.length + 1;
  const move = event(DeadlineMoved, { ...plan, reason, generation });
  switch (deadline.status) {
    case 'open':
    case 'missed':
      return [...needless(deadline, 'moved', now), ...withdrawal, ...begun(event(DeadlineMoved, { ...move.data, ...lateBy(plan, now, deadline) }), now)];
    case 'met':
    case 'closed':
      return [...withdrawal, move, ...ended(reckoned(move.data), late, deadline)];
    default:
      return never(deadline);
  }
};

/**
 * What came was not what was awaited, or closing was a mistake: the wait goes on, until the plan's day.
 * That something came late stays recorded; it was late for what was awaited then.
 */
export const reopenDeadline = (deadline: Deadline | undefined, plan: DeadlinePlan, reason: string, now: Instant): readonly DeadlineEvent[] => {
  if (deadline === undefined || deadline.status === 'open' || deadline.status === 'missed') return moveDeadline(deadline, plan, reason, now);
  const withdrawal = deadline.status === 'closed' && deadline.late && !hasPassed(plan, now) ? [lateNoMore(deadline)] : [];
  const generation = deadline.generation + withdrawal.length + 1;
  return [...withdrawal, ...begun(event(DeadlineMoved, { ...plan, reason, generation, ...lateBy(plan, now, deadline) }), now)];
};

/**
 * What was awaited came on that day. Lateness follows the day, whenever it is recorded: it is withdrawn where the day was in time
 * and recorded where it was not. A corrected day gives new facts, on a closed deadline too; the same day says nothing new.
 */
export const metOn = (deadline: Deadline | undefined, on: Day, now: Instant): readonly DeadlineEvent[] => {
  if (deadline === undefined || (deadline.status === 'met' && deadline.metOn === on)) return [];
  return [...needless(deadline, 'met', now), ...ended(deadline, isAfter(on, deadline.plan.dueOn), { status: 'met', metOn: on })];
};

/**
 * Nothing is awaited any more from that day, though nothing came. Where it is not after the due day nothing was late, and a lateness
 * recorded meanwhile is withdrawn. A deadline that is met stays met; the same day and reason say nothing new.
 * @param reason code of the domain: `order-ended`
 */
export const closeDeadline = (deadline: Deadline | undefined, on: Day, reason: string, now: Instant): readonly DeadlineEvent[] => {
  if (deadline === undefined || deadline.status === 'met') return [];
  if (deadline.status === 'closed' && deadline.closedOn === on && deadline.reason === reason) return [];
  const closing = { status: 'closed', closedOn: on, reason } as const;
  return [...needless(deadline, 'closed', now), ...ended(deadline, isLateBy(closing, deadline.plan, now), closing)];
};

type End = Pick<Met, 'status' | 'metOn'> | Pick<Closed, 'status' | 'closedOn' | 'reason'>;

const hasPassed = ({ missedAt }: DeadlinePlan, now: Instant): boolean => missedAt <= now;

/** A day that had passed when it was entered, and had not been called late before: where the rule says so, a summary tells of it. */
const lateBy = (plan: DeadlinePlan, now: Instant, before?: Deadline): { readonly enteredLate?: true } =>
  plan.summary && hasPassed(plan, now) && !(before && isLate(before)) ? { enteredLate: true } : {};

/** Whether by this plan there is a lateness: something came after the due day, or nothing came and the day has passed. */
const isLateBy = (deadline: End | { readonly status: 'open' | 'missed' }, plan: DeadlinePlan, now: Instant): boolean => {
  switch (deadline.status) {
    case 'open':
    case 'missed':
      return hasPassed(plan, now);
    case 'met':
      return isAfter(deadline.metOn, plan.dueOn);
    case 'closed': // a last day may lie ahead, and what has not passed is not late
      return isAfter(deadline.closedOn, plan.dueOn) && hasPassed(plan, now);
    default:
      return never(deadline);
  }
};

/** The end of the due day, with its true moment, whenever that is recorded. */
export const missed = ({ plan: { deadline, type, dueOn, missedAt }, generation }: Deadline) =>
  event(DeadlineMissed, { deadline, type, generation, dueOn, missedAt });

const lateNoMore = ({ plan: { deadline, type, dueOn, missedAt }, generation }: Deadline) =>
  event(LatenessWithdrawn, { deadline, type, generation: generation + 1, dueOn, missedAt });

const begun = (fact: Extract<DeadlineEvent, { type: 'DeadlineSet' | 'DeadlineMoved' }>, now: Instant): DeadlineEvent[] => {
  const deadline = reckoned(fact.data);
  return [fact, ...(hasPassed(deadline.plan, now) ? [missed(deadline)] : []), ...suppressed(deadline, dueReminders(deadline, now), 'past-when-set')];
};

/** Reminders that a stopped timer left behind, and that nobody needs now. */
const needless = (deadline: Deadline, why: 'moved' | 'met' | 'closed', now: Instant): DeadlineEvent[] =>
  deadline.status === 'open' || deadline.status === 'missed' ? suppressed(deadline, dueReminders(deadline, now), why) : [];

const ended = (deadline: Deadline, late: boolean, end: End): DeadlineEvent[] => {
  const lateness = late === isLate(deadline) ? [] : late ? [missed(deadline)] : [lateNoMore(deadline)];
  const { deadline: id, type, dueOn } = deadline.plan;
  const about = { deadline: id, type, dueOn, generation: (lateness[0]?.data.generation ?? deadline.generation) + 1 };
  const last =
    end.status === 'met' ? event(DeadlineMet, { ...about, metOn: end.metOn }) : event(DeadlineClosed, { ...about, closedOn: end.closedOn, reason: end.reason });
  return [...lateness, last];
};

/** The ladder follows from rule, due day and whoever answers for the thing. */
const isSame = (a: DeadlinePlan, b: DeadlinePlan): boolean =>
  a.startOn === b.startOn &&
  a.dueOn === b.dueOn &&
  a.unit === b.unit &&
  a.rule.id === b.rule.id &&
  a.rule.version === b.rule.version &&
  a.ladder.every(({ role }, place) => role === b.ladder[place]?.role);
