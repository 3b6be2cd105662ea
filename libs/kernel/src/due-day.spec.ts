import { describe, expect, test } from '@jest/globals';
import { day } from './day.js';
import { dueDay, explain, type DayRule } from './due-day.js';

const rule = (start: string, length: number, change: Partial<DayRule> = {}): DayRule => ({
  start: day(start),
  length,
  unit: 'calendar-days',
  roll: 'none',
  ...change,
});
const dueOn = (...args: Parameters<typeof rule>) => dueDay(rule(...args)).dueOn;
const why = (...args: Parameters<typeof rule>) => explain(dueDay(rule(...args)).steps);

describe('the fifteen days', () => {
  test('an order sent on 1 October 2020 awaits its plan through 16 October', () => {
    expect(dueDay(rule('2020-10-01', 15))).toEqual({
      dueOn: '2020-10-16',
      steps: [{ code: 'counted', day: '2020-10-16', number: 15, unit: 'calendar-days', named: [] }],
    });
    expect(why('2020-10-01', 15)).toEqual({ sv: 'dag 15 är fredag 16 oktober 2020', en: 'day 15 is Friday 16 October 2020' });
  });

  test('without a roll a day off stays the last day, and says what day it is', () => {
    expect(dueOn('2026-05-22', 15)).toBe('2026-06-06');
    expect(why('2026-05-22', 15).en).toBe('day 15 is Saturday 6 June 2026, also the National Day');
  });

  test('with a roll forward it moves to the next working day, and says why', () => {
    expect(dueDay(rule('2026-05-22', 15, { roll: 'forward' }))).toEqual({
      dueOn: '2026-06-08',
      steps: [
        { code: 'counted', day: '2026-06-06', number: 15, unit: 'calendar-days', named: ['national-day'] },
        { code: 'moved', day: '2026-06-08' },
      ],
    });
    expect(why('2026-05-22', 15, { roll: 'forward' })).toEqual({
      sv: 'dag 15 är lördag 6 juni 2026, även nationaldagen; flyttas till måndag 8 juni',
      en: 'day 15 is Saturday 6 June 2026, also the National Day; moves to Monday 8 June',
    });
  });

  test('a working day does not move', () => {
    expect(dueOn('2020-10-01', 15, { roll: 'forward' })).toBe('2020-10-16');
    expect(why('2020-10-01', 15, { roll: 'forward' })).toEqual(why('2020-10-01', 15));
  });

  test('a leap day is counted', () => {
    expect([dueOn('2020-02-20', 15), dueOn('2021-02-20', 15)]).toEqual(['2020-03-06', '2021-03-07']);
  });
});

describe('reminders of a plan due on 16 October 2020', () => {
  test.each([
    ['5 days before is a Sunday and rolls back to Friday', -5, 'back', '2020-10-09'],
    ['1 day before is Thursday', -1, 'back', '2020-10-15'],
    ['1 day after is a Saturday and rolls forward to Monday', 1, 'forward', '2020-10-19'],
    ['5 days after is Wednesday', 5, 'forward', '2020-10-21'],
  ] as const)('%s', (_, length, roll, expected) => {
    expect(dueOn('2020-10-16', length, { roll })).toBe(expected);
  });

  test('a day before explains itself', () => {
    expect(why('2020-10-16', -5, { roll: 'back' })).toEqual({
      sv: '5 dagar före är söndag 11 oktober 2020; flyttas till fredag 9 oktober',
      en: '5 days before is Sunday 11 October 2020; moves to Friday 9 October',
    });
    expect(why('2020-10-16', -1)).toEqual({ sv: '1 dag före är torsdag 15 oktober 2020', en: '1 day before is Thursday 15 October 2020' });
  });
});

describe('explaining', () => {
  test('on a weekday the holiday is the only reason, not one more', () => {
    expect(why('2026-12-09', 15, { roll: 'forward' })).toEqual({
      sv: 'dag 15 är torsdag 24 december 2026, julafton; flyttas till måndag 28 december',
      en: 'day 15 is Thursday 24 December 2026, Christmas Eve; moves to Monday 28 December',
    });
  });

  test('a move into another year names the year', () => {
    expect(why('2026-12-16', 15, { roll: 'forward' }).sv).toBe('dag 15 är torsdag 31 december 2026, nyårsafton; flyttas till måndag 4 januari 2027');
  });

  test('two holidays on one day are both given', () => {
    expect(why('2008-04-16', 15).sv).toBe('dag 15 är torsdag 1 maj 2008, första maj och Kristi himmelsfärdsdag');
  });

  test('working days are called so', () => {
    expect(dueOn('2026-12-16', 10, { unit: 'working-days' })).toBe('2027-01-05');
    expect(why('2026-12-16', 10, { unit: 'working-days' })).toEqual({
      sv: 'arbetsdag 10 är tisdag 5 januari 2027',
      en: 'working day 10 is Tuesday 5 January 2027',
    });
    expect(why('2020-10-16', -3, { unit: 'working-days' })).toEqual({
      sv: '3 arbetsdagar före är tisdag 13 oktober 2020',
      en: '3 working days before is Tuesday 13 October 2020',
    });
  });

  test('day 0 is the start, and moves like any other', () => {
    expect(why('2020-10-17', 0, { unit: 'working-days', roll: 'forward' }).en).toBe('working day 0 is Saturday 17 October 2020; moves to Monday 19 October');
  });

  test('stored steps say the same after a trip through JSON', () => {
    const { steps } = dueDay(rule('2026-05-22', 15, { roll: 'forward' }));
    expect(explain(JSON.parse(JSON.stringify(steps)) as typeof steps)).toEqual(explain(steps));
  });
});
