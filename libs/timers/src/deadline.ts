import { never, type Day } from '#libs/kernel';
import type { DeadlineEvent } from './deadline.events.js';
import type { DeadlinePlan } from './deadline-plan.js';

interface Reckoned {
  readonly plan: DeadlinePlan;
  readonly generation: number;
  /** How many reminders of each rung have been issued or suppressed, in the order of the ladder. */
  readonly handled: readonly number[];
}

export type Open = Reckoned & { readonly status: 'open' };
/** Its day has passed and that is recorded; something is still awaited. */
type Missed = Reckoned & { readonly status: 'missed' };
/** What was awaited came, on the last of the days that were recorded. `late`: its lateness stands. */
export type Met = Reckoned & { readonly status: 'met'; readonly metOn: Day; readonly late: boolean };
/** Nothing is awaited any more, though nothing came. `late`: its lateness stands. */
export type Closed = Reckoned & { readonly status: 'closed'; readonly closedOn: Day; readonly reason: string; readonly late: boolean };

/** One wait for one thing by one day, as it stands in its owner's stream. */
export type Deadline = Open | Missed | Met | Closed;

/** The deadlines of one owner, by id. */
export type Deadlines = Readonly<Record<string, Deadline>>;

/** Whether it stands recorded that the day passed without an answer. */
export const isLate = (deadline: Deadline): boolean => {
  switch (deadline.status) {
    case 'open':
      return false;
    case 'missed':
      return true;
    case 'met':
    case 'closed':
      return deadline.late;
    default:
      return never(deadline);
  }
};

/** A wait at its beginning. */
export const reckoned = ({
  deadline,
  type,
  unit,
  startOn,
  dueOn,
  missedAt,
  steps,
  rule,
  ladder,
  summary,
  generation,
}: DeadlinePlan & { readonly generation: number }): Open => ({
  status: 'open',
  plan: { deadline, type, unit, startOn, dueOn, missedAt, steps, rule, ladder, ...(summary && { summary }) },
  generation,
  handled: ladder.map(() => 0),
});

/** The deadline after the event. A deadline begins with its setting; whatever else stands first concerns none. */
export const evolveDeadline = (deadline: Deadline | undefined, event: DeadlineEvent): Deadline | undefined => {
  if (event.type === 'DeadlineSet' || event.type === 'DeadlineMoved') {
    return reckoned(event.data);
  }
  if (deadline === undefined) return undefined;
  const { plan, handled } = deadline;
  const { generation } = event.data;
  switch (event.type) {
    case 'DeadlineMissed':
      return { status: 'missed', plan, generation, handled };
    case 'LatenessWithdrawn':
      return { status: 'open', plan, generation, handled };
    case 'DeadlineMet':
      return { status: 'met', plan, generation, handled, metOn: event.data.metOn, late: isLate(deadline) };
    case 'DeadlineClosed':
      return { status: 'closed', plan, generation, handled, closedOn: event.data.closedOn, reason: event.data.reason, late: isLate(deadline) };
    case 'ReminderIssued':
      return { ...deadline, handled: handledUpTo(deadline, event.data.rung, event.data.occurrence) };
    case 'RemindersSuppressed':
      return event.data.reminders.reduce<Deadline>((so, { rung, last }) => ({ ...so, handled: handledUpTo(so, rung, last) }), deadline);
    default:
      return never(event);
  }
};

const handledUpTo = ({ plan, handled }: Deadline, rung: string, occurrence: number): readonly number[] =>
  handled.map((count, place) => (plan.ladder[place]?.rung === rung ? Math.max(count, occurrence + 1) : count));

/** The deadlines of an owner after the event: what a domain's `evolve` calls in one `case`. */
export const evolveDeadlines = (deadlines: Deadlines, event: DeadlineEvent): Deadlines => {
  const next = evolveDeadline(deadlines[event.data.deadline], event);
  return next ? { ...deadlines, [event.data.deadline]: next } : deadlines;
};
