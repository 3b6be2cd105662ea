import { describe, expect, test } from '@jest/globals';
import Holidays from 'date-holidays';
import { addDays, day, weekday, type Day } from './day.js';
import { holiday, namedDays, NAMED_DAYS } from './holidays.js';

const named = (text: string) => namedDays(day(text));
const yearsFrom = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, n) => first + n);
const ours = (year: number) => {
  const found: string[] = [];
  for (let on: Day = day(`${year}-01-01`); on.startsWith(String(year)); on = addDays(on, 1)) {
    found.push(...namedDays(on).map((name) => `${on} ${NAMED_DAYS[name].sv}`));
  }
  return found;
};

describe('by the law', () => {
  test('the named days of 2026', () => {
    expect(ours(2026)).toEqual([
      '2026-01-01 nyårsdagen',
      '2026-01-06 trettondedag jul',
      '2026-04-03 långfredagen',
      '2026-04-05 påskdagen',
      '2026-04-06 annandag påsk',
      '2026-05-01 första maj',
      '2026-05-14 Kristi himmelsfärdsdag',
      '2026-05-24 pingstdagen',
      '2026-06-06 nationaldagen',
      '2026-06-19 midsommarafton',
      '2026-06-20 midsommardagen',
      '2026-10-31 alla helgons dag',
      '2026-12-24 julafton',
      '2026-12-25 juldagen',
      '2026-12-26 annandag jul',
      '2026-12-31 nyårsafton',
    ]);
  });

  test('the National Day is a holiday from 2005 on', () => {
    expect(named('2004-06-06')).toEqual([]);
    expect(named('2005-06-06')).toEqual(['national-day']);
  });

  test('Whit Monday was a holiday through 2004', () => {
    expect(named('2004-05-31')).toEqual(['whit-monday']);
    expect(named('2005-05-16')).toEqual([]);
  });

  test.each(['1943-04-25', '2000-04-23', '2008-03-23', '2019-04-21', '2038-04-25', '2049-04-18', '2076-04-19', '2100-03-28', '2199-04-14'])(
    'Easter Sunday of that year is %s',
    (text) => {
      expect(named(text)).toEqual(['easter-sunday']);
    },
  );

  test('Midsummer Day is the Saturday of 20–26 June, the day before is its eve', () => {
    expect([named('2015-06-19'), named('2015-06-20')]).toEqual([['midsummer-eve'], ['midsummer-day']]);
    expect([named('2021-06-25'), named('2021-06-26')]).toEqual([['midsummer-eve'], ['midsummer-day']]);
  });

  test('All Saints’ Day is the Saturday of 31 October – 6 November', () => {
    expect([named('2026-10-31'), named('2021-11-06')]).toEqual([['all-saints-day'], ['all-saints-day']]);
  });

  test('two holidays on one day are both named', () => {
    expect(holiday(day('2008-05-01'))).toEqual({ sv: 'första maj och Kristi himmelsfärdsdag', en: 'May Day and Ascension Day' });
  });

  test.each([
    ['2026-06-19', 'an eve'],
    ['2026-11-22', 'a plain Sunday'],
    ['2026-04-04', 'Easter Saturday, which no law names'],
    ['2026-11-23', 'a plain Monday'],
  ])('%s is no public holiday with a name: %s', (text) => {
    expect(holiday(day(text))).toBeUndefined();
  });
});

describe('against date-holidays', () => {
  // It calls the three eves `bank` and the holidays `public`, in the same Swedish names; plain Sundays it leaves out, as we do.
  const oracle = new Holidays('SE', { languages: ['sv'], types: ['public', 'bank'] });
  const theirs = (year: number) => oracle.getHolidays(year, 'sv').map(({ date, name }) => `${date.slice(0, 10)} ${name}`);

  test('every day from 2005 to 2099 has the same names', () => {
    for (const year of yearsFrom(2005, 2099)) expect(ours(year).toSorted()).toEqual(theirs(year).toSorted());
  });

  test('from 1990, when the law came, to 2004 the oracle forgets Whit Monday, and the law decides', () => {
    for (const year of yearsFrom(1990, 2004)) {
      const [law, oracles] = [ours(year), theirs(year)];
      const forgotten = law.filter((line) => !oracles.includes(line));
      expect(forgotten).toEqual([expect.stringMatching(/^\S+ annandag pingst$/)]);
      expect(weekday(day(forgotten[0]!.slice(0, 10)))).toBe(1);
      expect(oracles.filter((line) => !law.includes(line))).toEqual([]);
    }
  });
});
