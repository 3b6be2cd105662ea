import Holidays from 'date-holidays';

/**
 * Which reminders of one wait fall due, and when, by the rule for a genomförandeplan: drawn up at once from a calendar of its own, which
 * shares nothing with the product's.
 */
export interface DueReminder {
  readonly rung: string;
  readonly occurrence: number;
  /** RFC 3339, UTC, milliseconds. */
  readonly at: string;
}

const PLAN_DAYS = 15;
const WEEKS_MAX = 12;
const calendar = new Holidays('SE', { types: ['public', 'bank'] });
const freeDays = new Map<number, ReadonlySet<string>>();

const isFree = (day: Temporal.PlainDate): boolean => {
  const known = freeDays.get(day.year) ?? new Set(calendar.getHolidays(day.year).map(({ date }) => date.slice(0, 10)));
  freeDays.set(day.year, known);
  return day.dayOfWeek > 5 || known.has(day.toString());
};
const moved = (day: Temporal.PlainDate, days: 1 | -1): Temporal.PlainDate => (isFree(day) ? moved(day.add({ days }), days) : day);
const working = (day: Temporal.PlainDate, count: number): Temporal.PlainDate => (count === 0 ? day : working(moved(day.add({ days: 1 }), 1), count - 1));
const atEight = (day: Temporal.PlainDate): string =>
  day.toZonedDateTime({ timeZone: 'Europe/Stockholm', plainTime: '08:00' }).toInstant().toString({ fractionalSecondDigits: 3 });

/** The last day for a plan of an order that was sent on the day. */
export const planDueOn = (sentOn: string): string => Temporal.PlainDate.from(sentOn).add({ days: PLAN_DAYS }).toString();

/** The first moment after a last day. */
export const missedAt = (dueOn: string): string =>
  Temporal.PlainDate.from(dueOn).add({ days: 1 }).toZonedDateTime('Europe/Stockholm').toInstant().toString({ fractionalSecondDigits: 3 });

const once = (rung: string, day: Temporal.PlainDate): DueReminder => ({ rung, occurrence: 0, at: atEight(day) });

/** All reminders of a wait until that day, whether or not their time comes. */
export const remindersOf = (dueOn: string): readonly DueReminder[] => {
  const due = Temporal.PlainDate.from(dueOn);
  const escalation = working(due, 3);
  return [
    once('case-officer-5-calendar-days-before', moved(due.subtract({ days: 5 }), -1)),
    once('case-officer-1-calendar-days-before', moved(due.subtract({ days: 1 }), -1)),
    once('case-officer-1-working-days-after', working(due, 1)),
    ...Array.from({ length: WEEKS_MAX }, (_, week) => ({
      rung: 'unit-manager-3-working-days-after',
      occurrence: week,
      at: atEight(moved(escalation.add({ weeks: week }), 1)),
    })),
  ];
};
