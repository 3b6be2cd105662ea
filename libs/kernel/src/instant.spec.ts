import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { addDays, day, isAfter, type Day } from './day.js';
import {
  addMilliseconds,
  atLocalTime,
  compareInstants,
  instant,
  isEarlier,
  isInstant,
  laterOf,
  millisecondsBetween,
  startOfDay,
  stockholmDay,
  type Instant,
} from './instant.js';

const HOUR = 3_600_000;
const FIRST = instant('1899-12-31T23:00:00Z');
const LAST = instant('2199-12-31T22:59:59.999Z');

const hoursOf = (on: Day) => millisecondsBetween(startOfDay(on), startOfDay(addDays(on, 1))) / HOUR;

const anyDay = fc.integer({ min: 0, max: 109_572 }).map((n) => addDays(day('1900-01-01'), n));
const anyInstant = fc.integer({ min: 0, max: millisecondsBetween(FIRST, LAST) }).map((n) => addMilliseconds(FIRST, n));
const anyTime = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((n) => String(n).padStart(2, '0')).join(':'));

describe('what an instant is', () => {
  test.each([
    ['2026-02-16T08:00:00Z', '2026-02-16T08:00:00.000Z'],
    ['2026-02-16T09:00:00+01:00', '2026-02-16T08:00:00.000Z'],
    ['2026-02-16T23:30:00-11:45', '2026-02-17T11:15:00.000Z'],
    ['2026-02-16t08:00:00.1z', '2026-02-16T08:00:00.100Z'],
    ['2026-02-16T08:00:00.123999999Z', '2026-02-16T08:00:00.123Z'],
    ['1960-02-16T08:00:00.123999999Z', '1960-02-16T08:00:00.123Z'],
    ['2026-02-16T08:00:00-00:00', '2026-02-16T08:00:00.000Z'],
    ['2026-02-16T08:00Z', '2026-02-16T08:00:00.000Z'],
    ['1900-01-01T00:00:00+01:00', '1899-12-31T23:00:00.000Z'],
  ])('%s is kept as %s', (text, kept) => {
    expect(instant(text)).toBe(kept);
    expect(isInstant(kept)).toBe(true);
    expect(instant(kept)).toBe(kept);
  });

  test.each([
    ['2026-02-16', 'a day'],
    ['2026-02-16T08:00:00', 'no offset'],
    ['2026-02-16 08:00:00Z', 'a blank for the T'],
    ['2026-02-16T08:00:00+0100', 'an offset without colon'],
    ['2026-02-16T09:00:00+01:00[Europe/Stockholm]', 'a zone name, which RFC 3339 lacks'],
    ['2026-02-30T08:00:00Z', '30 February'],
    ['2026-02-16T24:00:00Z', 'hour 24'],
    ['2026-02-16T08:60:00Z', 'minute 60'],
    ['2016-12-31T23:59:60Z', 'a leap second'],
    ['2026-02-16T08:00:00+24:00', 'an offset of a day'],
    ['1899-12-31T22:59:59.999Z', 'before 1900 in Stockholm'],
    ['2199-12-31T23:00:00Z', 'after 2199 in Stockholm'],
    ['', 'nothing'],
  ])('%j is no instant: %s', (text) => {
    expect(isInstant(text)).toBe(false);
    expect(() => instant(text)).toThrow(RangeError);
    expect(() => instant(text)).toThrow(`${JSON.stringify(text)} is not an instant`);
  });

  test.each(['2026-02-16T08:00:00Z', '2026-02-16T08:00:00.000+00:00', '2026-02-30T08:00:00.000Z', '1899-12-30T23:30:00.000Z', 1771228800000, null])(
    'the log would not keep %j as it stands',
    (value) => {
      expect(isInstant(value)).toBe(false);
    },
  );
});

describe('order', () => {
  const early = instant('2026-02-16T08:00:00.000Z');
  const late = instant('2026-02-16T08:00:00.001Z');

  test('compareInstants, isEarlier and laterOf follow time', () => {
    expect([compareInstants(early, late), compareInstants(late, early), compareInstants(late, late)]).toEqual([-1, 1, 0]);
    expect([isEarlier(early, late), isEarlier(late, early), isEarlier(late, late)]).toEqual([true, false, false]);
    expect([laterOf(early, late), laterOf(late, early)]).toEqual([late, late]);
    expect(laterOf(day('2026-02-16'), day('2026-02-17'))).toBe('2026-02-17');
  });

  test('the order of the texts is the order of the moments', () => {
    fc.assert(fc.property(anyInstant, anyInstant, (a, b) => expect(compareInstants(a, b)).toBe(Math.sign(millisecondsBetween(b, a)))));
  });

  test('an instant does not compile where a day is asked for, nor a day where an instant is', () => {
    const morning = '2026-02-16T08:00:00.000Z' as Instant;
    const sameDay = '2026-02-16' as Day;
    // The type check fails when one of these lines starts to compile.
    // @ts-expect-error -- an instant among days
    const wrong = isAfter(morning, sameDay);
    // @ts-expect-error -- the two with an operator
    const wrongToo = morning > sameDay;
    // @ts-expect-error -- a day among instants
    isEarlier(sameDay, morning);
    // @ts-expect-error -- one of each
    laterOf(sameDay, morning);
    // @ts-expect-error -- a text that nobody has checked
    isAfter('2026-02-17', sameDay);
    // This is why: as texts, the morning of a day would be later than the day.
    expect([wrong, wrongToo]).toEqual([true, true]);
  });
});

describe('adding time', () => {
  test('milliseconds go over midnight and over the change of clocks as time does', () => {
    expect(addMilliseconds(instant('2026-12-31T23:59:59.999Z'), 1)).toBe('2027-01-01T00:00:00.000Z');
    expect(stockholmDay(addMilliseconds(startOfDay(day('2026-03-29')), 23 * HOUR))).toBe('2026-03-30');
  });

  test('millisecondsBetween undoes it', () => {
    fc.assert(fc.property(anyInstant, anyInstant, (a, b) => expect(addMilliseconds(a, millisecondsBetween(a, b))).toBe(b)));
  });

  test('half a millisecond cannot be added', () => {
    expect(() => addMilliseconds(LAST, 0.5)).toThrow(new RangeError('Milliseconds are counted in whole numbers, not 0.5.'));
  });

  test.each([1, Number.MAX_SAFE_INTEGER])('%d ms after the last instant is refused in a sentence', (ms) => {
    expect(() => addMilliseconds(LAST, ms)).toThrow(new RangeError(`${ms} milliseconds from ${LAST} lies outside the years 1900 to 2199.`));
  });
});

describe('Stockholm', () => {
  test.each([
    ['2026-01-15T22:59:59.999Z', '2026-01-15'],
    ['2026-01-15T23:00:00.000Z', '2026-01-16'],
    ['2026-07-15T21:59:59.999Z', '2026-07-15'],
    ['2026-07-15T22:00:00.000Z', '2026-07-16'],
    ['1899-12-31T23:00:00.000Z', '1900-01-01'],
    ['2199-12-31T22:59:59.999Z', '2199-12-31'],
  ])('at %s it is %s', (at, on) => {
    expect(stockholmDay(instant(at))).toBe(on);
  });

  test('08:00 is 07:00 UTC in winter and 06:00 UTC in summer', () => {
    expect(atLocalTime(day('2026-01-15'), '08:00')).toBe('2026-01-15T07:00:00.000Z');
    expect(atLocalTime(day('2026-07-15'), '08:00')).toBe('2026-07-15T06:00:00.000Z');
  });

  test('in the spring night a time that is skipped is the moment as long after the leap', () => {
    expect(atLocalTime(day('2026-03-29'), '01:59')).toBe('2026-03-29T00:59:00.000Z');
    expect(atLocalTime(day('2026-03-29'), '02:00')).toBe('2026-03-29T01:00:00.000Z');
    expect(atLocalTime(day('2026-03-29'), '02:30')).toBe('2026-03-29T01:30:00.000Z');
    expect(atLocalTime(day('2026-03-29'), '03:30')).toBe('2026-03-29T01:30:00.000Z');
  });

  test('in the autumn night a time that comes twice is the first, in summer time', () => {
    expect(atLocalTime(day('2026-10-25'), '02:30')).toBe('2026-10-25T00:30:00.000Z');
    expect(atLocalTime(day('2026-10-25'), '03:00')).toBe('2026-10-25T02:00:00.000Z');
  });

  test('the days of the two changes are 23 and 25 hours long', () => {
    expect(['2026-03-28', '2026-03-29', '2026-10-25'].map((text) => hoursOf(day(text)))).toEqual([24, 23, 25]);
  });

  test.each(['24:00', '8:00', '08:60', '08:00:00', ''])('%j is no time of day', (time) => {
    expect(() => atLocalTime(day('2026-01-15'), time)).toThrow(new RangeError(`${JSON.stringify(time)} is not a time of day: write 00:00 to 23:59.`));
  });

  test('every local time of a day lies on that day, and makes an instant', () => {
    fc.assert(
      fc.property(anyDay, anyTime, (on, time) => {
        const at = atLocalTime(on, time);
        expect(isInstant(at)).toBe(true);
        expect(stockholmDay(at)).toBe(on);
        expect(isEarlier(at, startOfDay(on))).toBe(false);
      }),
    );
  });

  test('a day holds exactly the instants from its start to the start of the next', () => {
    fc.assert(
      fc.property(anyInstant, (at) => {
        const on = stockholmDay(at);
        expect(isEarlier(at, startOfDay(on))).toBe(false);
        fc.pre(on !== '2199-12-31'); // the next day is out of range
        expect(isEarlier(at, startOfDay(addDays(on, 1)))).toBe(true);
      }),
    );
  });
});
