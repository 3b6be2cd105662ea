import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { addDays, day, daysBetween, isAfter } from './day.js';
import { addWorkingDays, isWorkingDay, rollBack, rollForward } from './working-days.js';

// Far enough from both ends that no walk leaves the range.
const anyDay = fc.integer({ min: 0, max: 108_000 }).map((n) => addDays(day('1902-01-01'), n));
const workingDay = anyDay.map(rollForward);
const smallNumber = fc.integer({ min: -60, max: 60 });

describe('working days', () => {
  test.each([
    ['2026-06-08', 'a plain Monday'],
    ['2026-04-30', 'Walpurgis Night, a custom and no law'],
    ['2026-01-05', 'Twelfth Night, a custom and no law'],
    ['2026-04-02', 'Maundy Thursday'],
    ['2026-10-30', 'the eve of All Saints'],
    ['2005-05-16', 'Whit Monday after 2004'],
  ])('%s is one: %s', (text) => {
    expect(isWorkingDay(day(text))).toBe(true);
  });

  test.each([
    ['2026-06-13', 'a Saturday'],
    ['2026-06-14', 'a Sunday'],
    ['2026-04-03', 'Good Friday'],
    ['2026-05-14', 'Ascension Day'],
    ['2025-06-06', 'the National Day on a Friday'],
    ['2026-06-19', 'Midsummer’s Eve'],
    ['2026-12-24', 'Christmas Eve'],
    ['2026-12-31', 'New Year’s Eve'],
    ['2004-05-31', 'Whit Monday through 2004'],
  ])('%s is none: %s', (text) => {
    expect(isWorkingDay(day(text))).toBe(false);
  });
});

describe('rolling', () => {
  test('a working day stays', () => {
    expect([rollForward(day('2026-06-08')), rollBack(day('2026-06-08'))]).toEqual(['2026-06-08', '2026-06-08']);
  });

  test('Sunday 11 October 2020 rolls back to Friday 9 and forward to Monday 12', () => {
    expect([rollBack(day('2020-10-11')), rollForward(day('2020-10-11'))]).toEqual(['2020-10-09', '2020-10-12']);
  });

  test('Christmas 2026 is rolled over whole, from either side', () => {
    expect([rollForward(day('2026-12-24')), rollBack(day('2026-12-27'))]).toEqual(['2026-12-28', '2026-12-23']);
  });

  test('a year’s end is rolled over', () => {
    expect([rollForward(day('2026-12-31')), rollBack(day('2027-01-03'))]).toEqual(['2027-01-04', '2026-12-30']);
  });

  test('past the last year there is no working day', () => {
    expect(() => rollForward(day('2199-12-31'))).toThrow(RangeError);
  });

  test('rolling ends on a working day, is done once and never passes one', () => {
    fc.assert(
      fc.property(anyDay, (on) => {
        const after = rollForward(on);
        const before = rollBack(on);
        expect([isWorkingDay(after), isWorkingDay(before)]).toEqual([true, true]);
        expect([rollForward(after), rollBack(before)]).toEqual([after, before]);
        expect([isAfter(on, after), isAfter(before, on)]).toEqual([false, false]);
        // The longest run in the calendar: Christmas Eve on a Wednesday, then Thursday to Sunday.
        expect(daysBetween(before, after)).toBeLessThanOrEqual(6);
        for (let between = addDays(before, 1); between < after; between = addDays(between, 1)) expect(isWorkingDay(between) && between !== on).toBe(false);
      }),
    );
  });

  test('a later day never rolls to an earlier one', () => {
    fc.assert(
      fc.property(anyDay, fc.nat(30), (on, n) => {
        expect(isAfter(rollForward(on), rollForward(addDays(on, n)))).toBe(false);
        expect(isAfter(rollBack(on), rollBack(addDays(on, n)))).toBe(false);
      }),
    );
  });
});

describe('counting working days', () => {
  test('five from a Monday is the next Monday', () => {
    expect(addWorkingDays(day('2020-10-12'), 5)).toBe('2020-10-19');
  });

  test('from a day off the first one after, or before, is number one', () => {
    expect([addWorkingDays(day('2020-10-17'), 1), addWorkingDays(day('2020-10-17'), -1)]).toEqual(['2020-10-19', '2020-10-16']);
  });

  test('a letter found on Monday 19 October 2020 counts as Friday 16, the nearest working day before', () => {
    expect(addWorkingDays(day('2020-10-19'), -1)).toBe('2020-10-16');
  });

  test('none from a day is that day, whether one works on it or not', () => {
    expect([addWorkingDays(day('2020-10-16'), 0), addWorkingDays(day('2020-10-17'), 0)]).toEqual(['2020-10-16', '2020-10-17']);
  });

  test('the eves and holidays of Christmas 2026 are not counted', () => {
    expect(addWorkingDays(day('2026-12-23'), 4)).toBe('2027-01-04');
  });

  test('half a working day cannot be counted', () => {
    expect(() => addWorkingDays(day('2020-10-12'), 0.5)).toThrow(new RangeError('Working days are counted in whole numbers, not 0.5.'));
  });

  test('more working days than the range holds are refused', () => {
    expect(() => addWorkingDays(day('2199-12-01'), 1e9)).toThrow(RangeError);
  });

  test('counting back undoes counting, from a working day', () => {
    fc.assert(fc.property(workingDay, smallNumber, (on, n) => expect(addWorkingDays(addWorkingDays(on, n), -n)).toBe(on)));
  });

  test('one more is always a later day', () => {
    fc.assert(fc.property(anyDay, smallNumber, (on, n) => expect(isAfter(addWorkingDays(on, n + 1), addWorkingDays(on, n))).toBe(true)));
  });

  test('two counts add up, from any day', () => {
    fc.assert(fc.property(anyDay, fc.nat(30), fc.nat(30), (on, a, b) => expect(addWorkingDays(addWorkingDays(on, a), b)).toBe(addWorkingDays(on, a + b))));
  });
});
