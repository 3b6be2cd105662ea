import { addDays, weekday, type Day } from './day.js';
import { namedDays } from './holidays.js';

const SATURDAY = 6;

/**
 * Whether offices work on the day: no Saturday, Sunday or public holiday (lag 1989:253), and none of Midsummer's, Christmas
 * and New Year's Eve (lag 1930:173).
 */
export const isWorkingDay = (day: Day): boolean => weekday(day) < SATURDAY && namedDays(day).length === 0;

const firstWorkingDay = (from: Day, step: 1 | -1): Day => {
  let day = from;
  while (!isWorkingDay(day)) day = addDays(day, step);
  return day;
};

/** The first working day on or after the day: a working day stays. */
export const rollForward = (day: Day): Day => firstWorkingDay(day, 1);

/** The last working day on or before the day: a working day stays. */
export const rollBack = (day: Day): Day => firstWorkingDay(day, -1);

/**
 * The `n`-th working day after the day, or before it where `n` is negative; the day itself is never counted, so that from a
 * Saturday 1 is the Monday and -1 the Friday. With 0 the day stays what it is, a working day or not.
 * `addWorkingDays(day, -1)` is förvaltningslagen 22 §'s nearest working day before.
 * @throws RangeError when `n` is not a whole number, or leads out of the years 1900 to 2199
 */
export const addWorkingDays = (from: Day, n: number): Day => {
  if (!Number.isInteger(n)) throw new RangeError(`Working days are counted in whole numbers, not ${n}.`);
  const step = n < 0 ? -1 : 1;
  let day = from;
  for (let left = Math.abs(n); left > 0; left -= 1) day = firstWorkingDay(addDays(day, step), step);
  return day;
};
