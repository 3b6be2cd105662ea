import { addDays, weekday, type Day } from './day.js';
import { longDate, shortDate } from './day-text.js';
import { namedDays, namesOf, type NamedDay } from './holidays.js';
import type { Text } from './text.js';
import { addWorkingDays, rollBack, rollForward } from './working-days.js';

/** What a length of time is counted in. */
export type DayUnit = 'calendar-days' | 'working-days';

/** What becomes of a last day on which no office works: it stays, moves on (lag 1930:173), or moves back, as early reminders do. */
export type Roll = 'none' | 'forward' | 'back';

/**
 * One step of the computation of a day, as it is stored with the day. It holds the reasons as they were then, so that the
 * explanation stays true when a law changes. Sentences are made by {@link explain}.
 */
export type Step =
  | {
      readonly code: 'counted';
      readonly day: Day;
      /** Which day it is, counted from the start, which is day 0; negative before it. */
      readonly number: number;
      readonly unit: DayUnit;
      /** The holidays and eves that fall on it. */
      readonly named: readonly NamedDay[];
    }
  | { readonly code: 'moved'; readonly day: Day };

/** How a day follows from another: the rule of a deadline, or the place of a reminder. */
export interface DayRule {
  /** Day 0: the day of sending is not counted. */
  readonly start: Day;
  /** In `unit`; negative for a day before the start. */
  readonly length: number;
  readonly unit: DayUnit;
  readonly roll: Roll;
}

/**
 * The day that a rule leads to, with the steps that explain it. What comes through the end of that day is on time.
 * Sent on 1 October 2020, 15 calendar days, no roll: 16 October.
 * @throws RangeError when the length is not a whole number, or leads out of the years 1900 to 2199
 */
export const dueDay = ({ start, length, unit, roll }: DayRule): { readonly dueOn: Day; readonly steps: readonly Step[] } => {
  const counted = unit === 'working-days' ? addWorkingDays(start, length) : addDays(start, length);
  const dueOn = roll === 'forward' ? rollForward(counted) : roll === 'back' ? rollBack(counted) : counted;
  const step: Step = { code: 'counted', day: counted, number: length, unit, named: namedDays(counted) };
  return { dueOn, steps: dueOn === counted ? [step] : [step, { code: 'moved', day: dueOn }] };
};

/**
 * The steps as a sentence: *day 15 is Saturday 6 June 2026, also the National Day; moves to Monday 8 June*.
 * It has neither capital nor full stop, so that it can stand within another.
 */
export const explain = (steps: readonly Step[]): Text => {
  const said = steps.map((step, i) => sentence(step, steps[i - 1]));
  return { sv: said.map(({ sv }) => sv).join('; '), en: said.map(({ en }) => en).join('; ') };
};

const sentence = (step: Step, before: Step | undefined): Text => {
  if (step.code === 'moved') {
    const sameYear = before?.day.slice(0, 4) === step.day.slice(0, 4);
    const to = sameYear ? shortDate(step.day) : longDate(step.day);
    return { sv: `flyttas till ${to.sv}`, en: `moves to ${to.en}` };
  }
  const place = placeOf(step.number, step.unit);
  const date = longDate(step.day);
  const names = namesOf(step.named);
  if (!names) return { sv: `${place.sv} är ${date.sv}`, en: `${place.en} is ${date.en}` };
  // On a weekend the holiday is a second reason, on a weekday the only one.
  const weekend = weekday(step.day) > 5;
  return { sv: `${place.sv} är ${date.sv}, ${weekend ? 'även ' : ''}${names.sv}`, en: `${place.en} is ${date.en}, ${weekend ? 'also ' : ''}${names.en}` };
};

const placeOf = (number: number, unit: DayUnit): Text => {
  const working = unit === 'working-days';
  if (number >= 0) return working ? { sv: `arbetsdag ${number}`, en: `working day ${number}` } : { sv: `dag ${number}`, en: `day ${number}` };
  const count = -number;
  const [sv, en] = count === 1 ? ['dag', 'day'] : ['dagar', 'days'];
  return working ? { sv: `${count} arbets${sv} före`, en: `${count} working ${en} before` } : { sv: `${count} ${sv} före`, en: `${count} ${en} before` };
};
