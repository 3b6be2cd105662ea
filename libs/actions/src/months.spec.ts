import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { addDays, day, type Day } from '#libs/kernel';
import { periodAfter, periodOf, type Periods } from './months.js';

const monthly: Periods = { startsOn: day('2020-10-01'), every: 1, unit: 'months' };

test('a day lies in the period that ends on or after it; before the first period, in the first', () => {
  expect(periodOf(monthly, day('2020-10-01'))).toBe('2020-10-31');
  expect(periodOf(monthly, day('2020-10-31'))).toBe('2020-10-31');
  expect(periodOf(monthly, day('2020-11-01'))).toBe('2020-11-30');
  expect(periodOf(monthly, day('2020-03-01'))).toBe('2020-10-31');
});

test('the end of January does not wander: each period is counted from the first day', () => {
  const ends: Day[] = [];
  let at = periodOf({ ...monthly, startsOn: day('2020-02-01') }, day('2020-02-01'));
  for (let n = 0; n < 4; n++) {
    ends.push(at);
    at = periodAfter({ ...monthly, startsOn: day('2020-02-01') }, at);
  }
  expect(ends).toEqual(['2020-02-29', '2020-03-31', '2020-04-30', '2020-05-31']);
  const fromTheLast: Periods = { ...monthly, startsOn: day('2020-01-31') };
  expect([periodOf(fromTheLast, day('2020-02-01')), periodOf(fromTheLast, day('2020-02-29')), periodOf(fromTheLast, day('2020-03-31'))]).toEqual([
    '2020-02-28',
    '2020-03-30',
    '2020-04-29',
  ]);
});

test('the period after one that has not begun is the first', () => {
  expect(periodAfter(monthly, day('2020-09-01'))).toBe('2020-10-31');
});

test('twice a year, and every tenth day', () => {
  expect(periodOf({ startsOn: day('2020-07-01'), every: 6, unit: 'months' }, day('2021-01-01'))).toBe('2021-06-30');
  expect(periodOf({ startsOn: day('2020-07-01'), every: 10, unit: 'days' }, day('2020-07-11'))).toBe('2020-07-20');
});

const aDay = fc.integer({ min: 0, max: 20_000 }).map((n) => addDays(day('2000-01-01'), n));
const somePeriods = fc.record({ startsOn: aDay, every: fc.integer({ min: 1, max: 24 }), unit: fc.constantFrom('months' as const, 'days' as const) });

test('whatever the periods: every day lies in one, its end lies in itself, and the next one begins the day after', () => {
  fc.assert(
    fc.property(somePeriods, fc.integer({ min: 0, max: 3_000 }), (periods, later) => {
      const on = addDays(periods.startsOn, later);
      const end = periodOf(periods, on);
      expect(end >= on).toBe(true);
      expect(periodOf(periods, end)).toBe(end);
      const next = periodAfter(periods, end);
      expect(next > end).toBe(true);
      expect(periodOf(periods, addDays(end, 1))).toBe(next);
    }),
  );
});
