declare const kind: unique symbol;

/**
 * A calendar day, `YYYY-MM-DD`, of the years 1900 to 2199: what deadlines are reckoned in. It has no time and no zone.
 * The brand keeps a day and an `Instant` apart: as strings, `'2026-02-16T08:00:00.000Z' > '2026-02-16'` is true.
 */
export type Day = string & { readonly [kind]: 'day' };

/** The whole range of days, and so the most that one step in days can be. */
const MOST_DAYS = 109_572;

/** Whether the text is a real day: `2021-02-29` is not. */
export const isDay = (text: unknown): text is Day => {
  const [, year, month, date] = (typeof text === 'string' && /^((?:19|20|21)\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.exec(text)) || [];
  // Every month has 28 days, and asking is a hundred times dearer than comparing.
  return date !== undefined && (Number(date) <= 28 || Number(date) <= new Temporal.PlainYearMonth(Number(year), Number(month)).daysInMonth);
};

/**
 * The text as a day.
 * @throws RangeError when it is not a real day of the years 1900 to 2199
 */
export const day = (text: string): Day => {
  if (!isDay(text)) throw new RangeError(`${JSON.stringify(text)} is not a day: write a day of the calendar from 1900 to 2199 as YYYY-MM-DD.`);
  return text;
};

const plain = (text: Day): Temporal.PlainDate => Temporal.PlainDate.from(text);

/**
 * The day `n` calendar days later, or earlier where `n` is negative.
 * @throws RangeError when `n` is not a whole number, or leads out of the years 1900 to 2199
 */
export const addDays = (from: Day, n: number): Day => {
  if (!Number.isInteger(n)) throw new RangeError(`Days are counted in whole numbers, not ${n}.`);
  if (Math.abs(n) > MOST_DAYS) throw new RangeError(`${n} days from ${from} lies outside the years 1900 to 2199.`);
  return day(plain(from).add({ days: n }).toString());
};

/**
 * The same date so many calendar months later; where that month is too short, its last day: 31 January and three months is
 * 30 April, 29 February and twelve months is 28 February.
 * @throws RangeError when it leads out of the years 1900 to 2199
 */
export const addMonths = (from: Day, months: number): Day => day(plain(from).add({ months }).toString());

/** How many calendar days `to` lies after `from`; negative where it lies before. */
export const daysBetween = (from: Day, to: Day): number => plain(from).until(plain(to)).days;

/** Whether `a` is a later day than `b`. */
export const isAfter = (a: Day, b: Day): boolean => a > b;

/** Whether `a` is an earlier day than `b`. */
export const isBefore = (a: Day, b: Day): boolean => a < b;

/** Day of the week by ISO 8601: Monday is 1, Sunday is 7. */
export const weekday = (of: Day): number => plain(of).dayOfWeek;
