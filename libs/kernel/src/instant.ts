import { isDay, type Day } from './day.js';

declare const kind: unique symbol;

/**
 * A moment, as RFC 3339 in UTC with milliseconds: `2026-11-22T05:27:59.311Z`. All are written alike, so that their order as
 * text is their order in time. Every instant lies on a `Day` in Stockholm, so that {@link stockholmDay} never fails.
 */
export type Instant = string & { readonly [kind]: 'instant' };

/** The zone of the law's days and hours, and of the people who read them. */
const ZONE = 'Europe/Stockholm';
/** Midnight in Stockholm as 1900 begins, and as 2200 does. */
const FIRST = '1899-12-31T23:00:00.000Z';
const END = '2199-12-31T23:00:00.000Z';

const CANONICAL = /^(\d{4}-\d\d-\d\d)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:[Zz]|[+-]\d\d:\d\d)$/;

const canonical = (moment: Temporal.Instant): string => moment.toString({ fractionalSecondDigits: 3 });

/** Undefined where Temporal knows no such moment (30 February, an hour 24) or it lies out of range: the caller says so in a sentence. */
const attempt = (make: () => Temporal.Instant): Instant | undefined => {
  try {
    const text = canonical(make());
    return isInstant(text) ? text : undefined;
  } catch {
    return undefined;
  }
};

/** Whether the text is an instant as the log keeps them: UTC, three decimals, `Z`. */
export const isInstant = (text: unknown): text is Instant => {
  const [, date] = (typeof text === 'string' && CANONICAL.exec(text)) || [];
  // The last hour of 1899 in UTC belongs to the first day of 1900 in Stockholm.
  return date !== undefined && (isDay(date) || date === '1899-12-31') && (text as string) >= FIRST && (text as string) < END;
};

/**
 * The text as an instant: any offset of RFC 3339 becomes UTC; what is finer than a millisecond is cut off.
 * Seconds may be left out, as people do (`08:00+02:00`). A leap second (`:60`) is refused, since no clock of ours has one.
 * @throws RangeError when it is no RFC 3339 instant with an offset, or lies outside the years 1900 to 2199 in Stockholm
 */
export const instant = (text: string): Instant => {
  const found = RFC_3339.test(text) ? attempt(() => Temporal.Instant.from(text)) : undefined;
  if (found === undefined)
    throw new RangeError(
      `${JSON.stringify(text)} is not an instant: write date, time and offset as in 2026-02-16T08:00:00Z or 2026-02-16T09:00:00+01:00 (RFC 3339), from 1900 to 2199.`,
    );
  return found;
};

/** Order in time, for sorting: negative where `a` is the earlier, 0 where both are the same moment. */
export const compareInstants = (a: Instant, b: Instant): -1 | 0 | 1 => (a < b ? -1 : a > b ? 1 : 0);

/** Whether `a` comes before `b`. */
export const isEarlier = (a: Instant, b: Instant): boolean => a < b;

/** The later of two instants, or of two days; one of each does not compile. */
export function laterOf(a: Instant, b: Instant): Instant;
export function laterOf(a: Day, b: Day): Day;
export function laterOf(a: string, b: string): string {
  return a < b ? b : a;
}

/**
 * The instant `milliseconds` later, or earlier where negative.
 * @throws RangeError when they are not a whole number, or lead out of the years 1900 to 2199
 */
export const addMilliseconds = (from: Instant, milliseconds: number): Instant => {
  if (!Number.isSafeInteger(milliseconds)) throw new RangeError(`Milliseconds are counted in whole numbers, not ${milliseconds}.`);
  const sum = attempt(() => Temporal.Instant.from(from).add({ milliseconds }));
  if (sum === undefined) throw new RangeError(`${milliseconds} milliseconds from ${from} lies outside the years 1900 to 2199.`);
  return sum;
};

/** How many milliseconds `to` lies after `from`; negative where it lies before. */
export const millisecondsBetween = (from: Instant, to: Instant): number =>
  Temporal.Instant.from(to).epochMilliseconds - Temporal.Instant.from(from).epochMilliseconds;

/** The day that it is in Stockholm at that moment. */
export const stockholmDay = (at: Instant): Day => Temporal.Instant.from(at).toZonedDateTimeISO(ZONE).toPlainDate().toString() as Day;

/** The moment at which the day begins in Stockholm: the end of day 15 is `startOfDay` of day 16. */
export const startOfDay = (day: Day): Instant => atLocalTime(day, '00:00');

/**
 * The moment at which clocks in Stockholm show the time `HH:MM` on that day, by Temporal's and RFC 5545's rule for the two
 * odd nights. In spring 02:00–02:59 is skipped: 02:30 is then the moment half an hour after the leap, when clocks show 03:30.
 * In autumn 02:00–02:59 comes twice: the first, in summer time, is meant.
 * @throws RangeError when the time is not `00:00` to `23:59`
 */
export const atLocalTime = (day: Day, time: string): Instant => {
  if (!/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(time)) throw new RangeError(`${JSON.stringify(time)} is not a time of day: write 00:00 to 23:59.`);
  const local = Temporal.PlainDate.from(day).toPlainDateTime(Temporal.PlainTime.from(time));
  return canonical(local.toZonedDateTime(ZONE, { disambiguation: 'compatible' }).toInstant()) as Instant;
};
