import { instant, type Instant } from '#libs/kernel';

/**
 * A calendar of our own for the model test, which shares nothing with the one it is held against: days are counted from
 * 1970-01-01 by whole numbers, summer time is reckoned by the EU's rule, and the moving holidays stand in a table.
 */
const MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const EASTER =
  '2019-04-21 2020-04-12 2021-04-04 2022-04-17 2023-04-09 2024-03-31 2025-04-20 2026-04-05 2027-03-28 2028-04-16 2029-04-01 2030-04-21 2031-04-13 2032-03-28 2033-04-17 2034-04-09';
const FIXED = ['01-01', '01-06', '05-01', '06-06', '12-24', '12-25', '12-26', '12-31'];

const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const two = (n: number) => String(n).padStart(2, '0');

const dates = new Map<number, string>();
const numbers = new Map<string, number>();
for (let number = 0, year = 1970; year < 2040; year++) {
  for (const [index, length] of MONTHS.entries()) {
    const days = index === 1 && isLeap(year) ? 29 : length;
    for (let date = 1; date <= days; date++, number++) {
      const text = `${year}-${two(index + 1)}-${two(date)}`;
      dates.set(number, text);
      numbers.set(text, number);
    }
  }
}

const known = <T>(found: T | undefined): T => {
  if (found === undefined) throw new RangeError('The reference calendar goes from 1970 to 2039.');
  return found;
};
export const numberOf = (date: string): number => known(numbers.get(date));
export const dateOf = (number: number): string => known(dates.get(number));

/** Monday is 0; 1 January 1970 was a Thursday. */
const weekday = (number: number) => (number + 3) % 7;
const easters = new Set(EASTER.split(' ').map(numberOf));

export const isFree = (number: number): boolean => {
  const [month, date] = [dateOf(number).slice(5, 7), Number(dateOf(number).slice(8))];
  const midsummer = month === '06' && ((weekday(number) === 4 && date >= 19 && date <= 25) || (weekday(number) === 5 && date >= 20 && date <= 26));
  return weekday(number) > 4 || FIXED.includes(dateOf(number).slice(5)) || midsummer || [-2, 1, 39].some((after) => easters.has(number - after));
};

export const forward = (number: number): number => (isFree(number) ? forward(number + 1) : number);
export const back = (number: number): number => (isFree(number) ? back(number - 1) : number);
export const workingDays = (from: number, count: number): number => {
  if (count === 0) return from;
  const step = Math.sign(count);
  const next = step > 0 ? forward(from + 1) : back(from - 1);
  return workingDays(next, count - step);
};

const lastSunday = (year: string, month: string) => {
  let number = numberOf(`${year}-${month}-31`);
  while (weekday(number) !== 6) number--;
  return number;
};

/** Milliseconds since 1970 at which the clocks show that many minutes after midnight; in the hour shown twice the first time, in the one skipped an hour later. */
export const momentOf = (number: number, minutes: number): number => {
  const year = dateOf(number).slice(0, 4);
  const [spring, autumn] = [lastSunday(year, '03') * 1440 + 180, lastSunday(year, '10') * 1440 + 180];
  const local = number * 1440 + minutes;
  return (local - (local >= spring && local < autumn ? 120 : 60)) * 60_000;
};

/** Milliseconds since 1970, as the log writes instants. */
export const written = (ms: number): Instant => {
  const number = Math.floor(ms / 86_400_000);
  const rest = ms - number * 86_400_000;
  const [hours, minutes, seconds] = [Math.floor(rest / 3_600_000), Math.floor(rest / 60_000) % 60, Math.floor(rest / 1000) % 60];
  return instant(`${dateOf(number)}T${two(hours)}:${two(minutes)}:${two(seconds)}.${String(rest % 1000).padStart(3, '0')}Z`);
};
