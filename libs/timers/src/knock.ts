import { never, type Instant } from '#libs/kernel';
import { missed } from './deadline-decisions.js';
import type { Deadline } from './deadline.js';
import type { DeadlineEvent } from './deadline.events.js';
import { dueReminders, issued, nextReminder, suppressed } from './reminders.js';

/** The rung that is no reminder: the end of the due day. */
export const MISSED = 'missed';

/** What a deadline is next to be knocked for. */
export interface NextKnock {
  readonly rung: string;
  readonly occurrence: number;
  readonly at: Instant;
}

/** The earliest thing to be done for a deadline that has not been done: the end of its day, or a reminder. Undefined where nothing is to come. */
export const nextKnock = (deadline: Deadline): NextKnock | undefined => {
  switch (deadline.status) {
    case 'open': {
      const { missedAt: at } = deadline.plan;
      const reminder = nextReminder(deadline);
      return reminder && reminder.at < at
        ? { rung: reminder.rung.rung, occurrence: reminder.occurrence, at: reminder.at }
        : { rung: MISSED, occurrence: 0, at };
    }
    case 'missed': {
      const reminder = nextReminder(deadline);
      return reminder && { rung: reminder.rung.rung, occurrence: reminder.occurrence, at: reminder.at };
    }
    case 'met':
    case 'closed':
      return undefined;
    default:
      return never(deadline);
  }
};

/** What a knock says it came for. */
export interface KnockedFor {
  readonly generation: number;
  readonly rung: string;
  readonly occurrence: number;
}

/**
 * What is to be recorded when a timer knocks. A timer may knock too early, late, twice or for nothing: the deadline's own facts decide.
 * A knock whose own moment has come records everything that is due: the missed day with its true moment, the latest reminder for
 * each role, and the skipped ones as one fact. One whose own moment has not come says nothing, even where something else is due:
 * it will come again under the same command id, and must not find that id used.
 */
export const knock = ({ generation, rung, occurrence }: KnockedFor, deadline: Deadline | undefined, now: Instant): readonly DeadlineEvent[] => {
  if (deadline === undefined || deadline.generation !== generation || deadline.status === 'met' || deadline.status === 'closed') return [];
  const isMissedNow = deadline.status === 'open' && deadline.plan.missedAt <= now;
  const due = dueReminders(deadline, now);
  const hasCome = rung === MISSED ? isMissedNow : due.some((one) => one.rung.rung === rung && one.occurrence === occurrence);
  if (!hasCome) return [];
  const latest = new Map(due.map((one) => [one.rung.role, one]));
  const skipped = due.filter((one) => latest.get(one.rung.role) !== one);
  return [
    ...(isMissedNow ? [missed(deadline)] : []),
    ...suppressed(deadline, skipped, 'superseded'),
    ...[...latest.values()].map((one) => issued(deadline, one)),
  ];
};
