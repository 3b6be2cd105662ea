import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { addDays, addMonths, day, daysBetween, isAfter, isBefore, isDay, weekday } from './day.js';
import { longDate, shortDate, weekdayName } from './day-text.js';

const anyDay = fc.integer({ min: 0, max: 109_572 }).map((n) => addDays(day('1900-01-01'), n));
/** A number of two digits, sometimes past its end. */
const twoDigits = (max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, '0'));
const intlName = (locale: string, plain: Temporal.PlainDate) =>
  new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(plain).replaceAll(',', '');

describe('what a day is', () => {
  test.each(['1900-01-01', '2020-02-29', '2000-02-29', '2026-06-06', '2199-12-31'])('%s is a day', (text) => {
    expect(isDay(text)).toBe(true);
    expect(day(text)).toBe(text);
  });

  test.each([
    ['2021-02-29', 'not a leap year'],
    ['2100-02-29', 'a century is no leap year'],
    ['2021-04-31', 'April has 30 days'],
    ['2021-00-10', 'no month 0'],
    ['2021-13-01', 'no month 13'],
    ['2021-01-00', 'no day 0'],
    ['1899-12-31', 'before the years of the product'],
    ['2200-01-01', 'after the years of the product'],
    ['2021-1-1', 'without zeros'],
    ['20210101', 'without hyphens'],
    ['2021-01-01T00:00:00.000Z', 'an instant'],
    ['2021-01-01 ', 'a blank after'],
    ['2021-01-01\n', 'a line end after'],
    ['２０２１-01-01', 'digits of another script'],
    ['', 'nothing'],
  ])('%j is no day: %s', (text) => {
    expect(isDay(text)).toBe(false);
    expect(() => day(text)).toThrow(new RangeError(`${JSON.stringify(text)} is not a day: write a day of the calendar from 1900 to 2199 as YYYY-MM-DD.`));
  });

  test.each([undefined, null, 20210101, ['2021-01-01']])('%j is no day, since it is no text', (value) => {
    expect(isDay(value)).toBe(false);
  });

  test('isDay agrees with the calendar of Temporal on every text of the right form', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1900, max: 2199 }), twoDigits(14), twoDigits(33), (year, month, date) => {
        const text = `${year}-${month}-${date}`;
        let real = true;
        try {
          Temporal.PlainDate.from(text);
        } catch {
          real = false;
        }
        expect(isDay(text)).toBe(real);
      }),
    );
  });
});

describe('counting', () => {
  test('day 15 of an order sent on 1 October 2020 is 16 October', () => {
    expect(addDays(day('2020-10-01'), 15)).toBe('2020-10-16');
  });

  test('a leap year has 29 February, the next one has not', () => {
    expect(addDays(day('2020-02-28'), 1)).toBe('2020-02-29');
    expect(addDays(day('2021-02-28'), 1)).toBe('2021-03-01');
    expect(daysBetween(day('2020-02-28'), day('2020-03-01'))).toBe(2);
    expect(daysBetween(day('2021-02-28'), day('2021-03-01'))).toBe(1);
  });

  test('the whole range can be crossed in one step', () => {
    expect(addDays(day('1900-01-01'), 109_572)).toBe('2199-12-31');
    expect(addDays(day('2199-12-31'), -109_572)).toBe('1900-01-01');
  });

  test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY])('%d days cannot be added', (n) => {
    expect(() => addDays(day('2020-10-01'), n)).toThrow(new RangeError(`Days are counted in whole numbers, not ${n}.`));
  });

  test.each([1, 200_000, 1e15])('a step of %d days out of the range is refused in a sentence', (n) => {
    expect(() => addDays(day('2199-12-31'), n)).toThrow(/from 1900 to 2199|outside the years 1900 to 2199/);
  });

  test('daysBetween is what addDays adds, with its sign', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (a, b) => {
        expect(addDays(a, daysBetween(a, b))).toBe(b);
        expect(isAfter(b, a)).toBe(daysBetween(a, b) > 0);
        expect(isBefore(b, a)).toBe(daysBetween(a, b) < 0);
      }),
    );
  });
});

describe('names', () => {
  test.each([
    ['2026-06-06', 6, 'lördag 6 juni 2026', 'Saturday 6 June 2026'],
    ['2020-10-11', 7, 'söndag 11 oktober 2020', 'Sunday 11 October 2020'],
    ['2026-06-08', 1, 'måndag 8 juni 2026', 'Monday 8 June 2026'],
    ['2024-02-29', 4, 'torsdag 29 februari 2024', 'Thursday 29 February 2024'],
  ])('%s is weekday %d, %s, %s', (text, number, sv, en) => {
    expect(weekday(day(text))).toBe(number);
    expect(longDate(day(text))).toEqual({ sv, en });
    expect(shortDate(day(text))).toEqual({ sv: sv.slice(0, -5), en: en.slice(0, -5) });
  });

  test('every weekday and month is named as Intl names it', () => {
    for (let n = 0; n < 366; n += 1) {
      const on = addDays(day('2024-01-01'), n);
      const plain = Temporal.PlainDate.from(on);
      expect(longDate(on)).toEqual({ sv: intlName('sv-SE', plain), en: intlName('en-GB', plain) });
      expect(longDate(on).sv.startsWith(weekdayName(on).sv)).toBe(true);
    }
  });
});

test.each([
  ['2020-10-31', 3, '2021-01-31'],
  ['2021-01-31', 3, '2021-04-30'],
  ['2020-11-30', 3, '2021-02-28'],
  ['2023-11-30', 3, '2024-02-29'],
  ['2020-02-29', 12, '2021-02-28'],
  ['2020-02-29', 48, '2024-02-29'],
  ['2020-12-31', 6, '2021-06-30'],
  ['2020-09-24', 0, '2020-09-24'],
])('%s and %d months is %s', (from, months, to) => {
  expect(addMonths(day(from), months)).toBe(to);
});
