import { addDays, addMonths, isAfter, isBefore, type Day } from '#libs/kernel';

/** Periods of one length, one after the other from a first day. */
export interface Periods {
  readonly startsOn: Day;
  readonly every: number;
  readonly unit: 'months' | 'days';
}

/** Last day of the n-th period, from 1. Counted from the first day each time, so that the end of January does not wander to the 28th for ever. */
const lastDay = ({ startsOn, every, unit }: Periods, n: number): Day =>
  addDays(unit === 'months' ? addMonths(startsOn, every * n) : addDays(startsOn, every * n), -1);

const roughly = ({ startsOn, every, unit }: Periods, on: Day): number => {
  const from = Temporal.PlainDate.from(startsOn);
  const passed = unit === 'months' ? from.until(on, { largestUnit: 'months' }).months : from.until(on).days;
  return Math.max(1, Math.floor(passed / every));
};

/** Last day of the period in which a day lies; of the first period for a day before it. */
export const periodOf = (periods: Periods, on: Day): Day => {
  let n = roughly(periods, on);
  while (isBefore(lastDay(periods, n), on)) n += 1;
  return lastDay(periods, n);
};

/** Last day of the period after the one that ends on the day, or that the day lies in. */
export const periodAfter = (periods: Periods, end: Day): Day => periodOf(periods, isAfter(periods.startsOn, end) ? periods.startsOn : addDays(end, 1));
