import { addDays, day, weekday, type Day } from './day.js';
import type { Text } from './text.js';

/** Public holidays of lag (1989:253) om allmänna helgdagar, 1 §. Plain Sundays are holidays too, without a name of their own. */
const PUBLIC_HOLIDAYS = {
  'new-years-day': { sv: 'nyårsdagen', en: 'New Year’s Day' },
  epiphany: { sv: 'trettondedag jul', en: 'Epiphany' },
  'good-friday': { sv: 'långfredagen', en: 'Good Friday' },
  'easter-sunday': { sv: 'påskdagen', en: 'Easter Sunday' },
  'easter-monday': { sv: 'annandag påsk', en: 'Easter Monday' },
  'may-day': { sv: 'första maj', en: 'May Day' },
  'ascension-day': { sv: 'Kristi himmelsfärdsdag', en: 'Ascension Day' },
  'whit-sunday': { sv: 'pingstdagen', en: 'Whit Sunday' },
  'whit-monday': { sv: 'annandag pingst', en: 'Whit Monday' },
  'national-day': { sv: 'nationaldagen', en: 'the National Day' },
  'midsummer-day': { sv: 'midsommardagen', en: 'Midsummer Day' },
  'all-saints-day': { sv: 'alla helgons dag', en: 'All Saints’ Day' },
  'christmas-day': { sv: 'juldagen', en: 'Christmas Day' },
  'boxing-day': { sv: 'annandag jul', en: 'Boxing Day' },
} as const satisfies Record<string, Text>;

/** The three eves that lag (1930:173) om beräkning av lagstadgad tid, 2 §, sets beside Saturdays and holidays. */
const EVES = {
  'midsummer-eve': { sv: 'midsommarafton', en: 'Midsummer’s Eve' },
  'christmas-eve': { sv: 'julafton', en: 'Christmas Eve' },
  'new-years-eve': { sv: 'nyårsafton', en: 'New Year’s Eve' },
} as const satisfies Record<string, Text>;

/** Stable code of a public holiday that has a name. */
export type PublicHoliday = keyof typeof PUBLIC_HOLIDAYS;
/** Stable code of a day that has a name and on which no office works. */
export type NamedDay = PublicHoliday | keyof typeof EVES;

/** Names of the days on which no office works, by code. */
export const NAMED_DAYS: Readonly<Record<NamedDay, Text>> = { ...PUBLIC_HOLIDAYS, ...EVES };

/** Easter Sunday by the Gregorian computus (anonymous, Nature 1876; in Meeus' form). */
const easterSunday = (year: number): Day => {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 19 * l) / 433);
  const month = Math.floor((h + l - 7 * m + 90) / 25);
  const date = (h + l - 7 * m + 33 * month + 19) % 32;
  return day(`${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`);
};

/** The first Saturday on or after the day. */
const saturdayFrom = (from: Day): Day => addDays(from, (13 - weekday(from)) % 7);

const daysOf = (year: number): readonly (readonly [NamedDay, Day])[] => {
  const easter = easterSunday(year);
  const midsummer = saturdayFrom(day(`${year}-06-20`));
  return [
    ['new-years-day', day(`${year}-01-01`)],
    ['epiphany', day(`${year}-01-06`)],
    ['good-friday', addDays(easter, -2)],
    ['easter-sunday', easter],
    ['easter-monday', addDays(easter, 1)],
    ['may-day', day(`${year}-05-01`)],
    ['ascension-day', addDays(easter, 39)],
    ['whit-sunday', addDays(easter, 49)],
    // Lag (2004:1320) gave the National Day for Whit Monday, from 1 January 2005.
    year < 2005 ? ['whit-monday', addDays(easter, 50)] : ['national-day', day(`${year}-06-06`)],
    ['midsummer-eve', addDays(midsummer, -1)],
    ['midsummer-day', midsummer],
    ['all-saints-day', saturdayFrom(day(`${year}-10-31`))],
    ['christmas-eve', day(`${year}-12-24`)],
    ['christmas-day', day(`${year}-12-25`)],
    ['boxing-day', day(`${year}-12-26`)],
    ['new-years-eve', day(`${year}-12-31`)],
  ];
};

// A year is reckoned once; there are at most 300.
const years = new Map<string, ReadonlyMap<Day, readonly NamedDay[]>>();

/**
 * The holidays and eves that fall on the day, by code: mostly none, rarely two (1 May 2008 was Ascension Day too).
 * By the law as it stands, with the change of 2005; the law is of 1989, and years before it are reckoned by the same rules.
 */
export const namedDays = (on: Day): readonly NamedDay[] => {
  const year = on.slice(0, 4);
  let days = years.get(year);
  if (!days) years.set(year, (days = byDay(daysOf(Number(year)))));
  return days.get(on) ?? [];
};

const byDay = (days: readonly (readonly [NamedDay, Day])[]): ReadonlyMap<Day, readonly NamedDay[]> => {
  const found = new Map<Day, readonly NamedDay[]>();
  for (const [name, on] of days) found.set(on, [...(found.get(on) ?? []), name]);
  return found;
};

/** What a person calls these days; undefined where there are none. */
export const namesOf = (days: readonly NamedDay[]): Text | undefined =>
  days.length === 0 ? undefined : { sv: days.map((name) => NAMED_DAYS[name].sv).join(' och '), en: days.map((name) => NAMED_DAYS[name].en).join(' and ') };

/** The name of the public holiday that the day is. An eve is none by law, and a plain Sunday has no name. */
export const holiday = (on: Day): Text | undefined => namesOf(namedDays(on).filter((name) => name in PUBLIC_HOLIDAYS));
