import { daysBetween, explain, stockholmDay, type Day, type Instant, type Text } from '#libs/kernel';
import { isLate, nextReminder, type Deadline } from '#libs/timers';

/** What an order waits for: by which day, why that day, and how it stands on the day of looking. */
export interface Awaited {
  readonly deadline: string;
  readonly dueOn: Day;
  /** Why it is that day: *day 15 is Saturday 6 June 2026, also the National Day*. */
  readonly why: Text;
  readonly status: Deadline['status'];
  /** Whether it is or was late: recorded so, or past its day with nothing recorded yet. */
  readonly late: boolean;
  /** Whole days past the due day, until it came or until today. */
  readonly daysLate: number;
  readonly missedAt?: Instant;
  readonly metOn?: Day;
  readonly nextReminderOn?: Day;
}

const CHOSEN: Text = { sv: 'dagen är satt av handläggaren', en: 'the day was set by the case officer' };

/** How a wait stands on a day. */
export const awaitedOn = (deadline: Deadline, today: Day): Awaited => {
  const { plan, status } = deadline;
  const metOn = deadline.status === 'met' ? deadline.metOn : undefined;
  const late = isLate(deadline) || (status === 'open' && today > plan.dueOn);
  const reminder = status === 'open' || status === 'missed' ? nextReminder(deadline) : undefined;
  return {
    deadline: plan.deadline,
    dueOn: plan.dueOn,
    why: plan.steps.length > 0 ? explain(plan.steps) : CHOSEN,
    status,
    late,
    daysLate: late ? daysBetween(plan.dueOn, metOn ?? (deadline.status === 'closed' ? deadline.closedOn : today)) : 0,
    ...(late && { missedAt: plan.missedAt }),
    ...(metOn !== undefined && { metOn }),
    ...(reminder && { nextReminderOn: stockholmDay(reminder.at) }),
  };
};
