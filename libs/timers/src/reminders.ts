import { addDays, atLocalTime, derivedId, event, rollForward, type Instant } from '#libs/kernel';
import type { Deadline } from './deadline.js';
import { ReminderIssued, RemindersSuppressed, type SUPPRESSIONS } from './deadline.events.js';
import type { Rung } from './deadline-plan.js';

/** One reminder of a rung: `occurrence` 0 is the first. */
export interface Reminder {
  readonly rung: Rung;
  readonly occurrence: number;
  readonly at: Instant;
}

/** The moment of a rung's n-th reminder, counted from the first and moved on to a working day; undefined where its limit is reached. */
const momentOf = ({ on, at, repeat }: Rung, occurrence: number): Instant | undefined => {
  if (occurrence === 0) return at;
  if (!repeat || occurrence >= repeat.limit) return undefined;
  return atLocalTime(rollForward(addDays(on, occurrence * repeat.everyDays)), repeat.time);
};

/** What of each rung is to come next, in the order of the ladder; a rung that has had all its reminders is left out. */
const nextOfEach = ({ plan, handled }: Deadline): Reminder[] =>
  plan.ladder.flatMap((rung, place) => {
    const occurrence = handled[place] ?? 0;
    const at = momentOf(rung, occurrence);
    return at === undefined ? [] : [{ rung, occurrence, at }];
  });

/** Earliest first; at the same moment by the order of the ladder. */
const inTime = (reminders: readonly Reminder[]): Reminder[] => reminders.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));

/** The earliest reminder that has been neither issued nor suppressed. */
export const nextReminder = (deadline: Deadline): Reminder | undefined => inTime(nextOfEach(deadline))[0];

/** All reminders whose moment has come and that have been neither issued nor suppressed, earliest first. */
export const dueReminders = (deadline: Deadline, now: Instant): Reminder[] =>
  inTime(
    nextOfEach(deadline).flatMap(({ rung, occurrence: first }) => {
      const due: Reminder[] = [];
      for (let occurrence = first; ; occurrence++) {
        const at = momentOf(rung, occurrence);
        if (at === undefined || at > now) return due;
        due.push({ rung, occurrence, at });
      }
    }),
  );

/** A reminder is issued once for ever: whatever asks for it, its id is the same. */
const reminderId = (deadline: string, generation: number, rung: string, occurrence: number): string => derivedId(deadline, generation, rung, occurrence);

export const issued = ({ plan, generation }: Deadline, { rung, occurrence, at }: Reminder) =>
  event(ReminderIssued, {
    deadline: plan.deadline,
    type: plan.type,
    generation,
    reminder: reminderId(plan.deadline, generation, rung.rung, occurrence),
    rung: rung.rung,
    occurrence,
    role: rung.role,
    unit: plan.unit,
    dueOn: plan.dueOn,
    dueAt: at,
    ...(rung.escalation && { escalation: true as const }),
  });

/** One event for all reminders that are not issued, earliest first; none where there are none. */
export const suppressed = ({ plan, generation }: Deadline, reminders: readonly Reminder[], reason: (typeof SUPPRESSIONS)[number]) => {
  const [first, last] = [reminders[0], reminders.at(-1)];
  if (!first || !last) return [];
  const ranges = plan.ladder.flatMap(({ rung, role }) => {
    const occurrences = reminders.filter((one) => one.rung.rung === rung).map(({ occurrence }) => occurrence);
    return occurrences.length === 0 ? [] : [{ rung, role, first: Math.min(...occurrences), last: Math.max(...occurrences) }];
  });
  return [event(RemindersSuppressed, { deadline: plan.deadline, type: plan.type, generation, reason, fromAt: first.at, toAt: last.at, reminders: ranges })];
};
