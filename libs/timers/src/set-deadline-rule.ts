import { Bool, Code, DayField, Int, ListOf, Nested } from '#libs/fields';
import { contradictory, event, isAfter, isBefore, type Day, type Decide } from '#libs/kernel';
import { ROLES, type Role } from '#libs/organisation';
import { MAX_REMINDERS, MAX_RUNGS } from './deadline-plan.js';
import { RESPONSIBLE, ROLLS, rungCode, UNITS, type RungRule, type RuleTerms } from './deadline-rule.js';
import { DeadlineRuleSet, type DeadlineRulesEvent } from './deadline-rules.events.js';
import { rulesOf, type DeadlineRules } from './deadline-rules.js';
import { DEADLINE_TYPES, startOf } from './deadline-types.js';

type Unit = (typeof UNITS)[number];

/** Whole and half hours at which people may be reminded. None of them falls into the hours that the clocks skip or repeat. */
export const REMINDER_TIMES = Array.from({ length: 29 }, (_, half) => `${String(6 + Math.floor(half / 2)).padStart(2, '0')}:${half % 2 ? '30' : '00'}`);

export class Length {
  @Int('How many, counted from the day after day 0.', { min: 0, max: 3_660 }) days!: number;
  @Code('What is counted.', UNITS, 'DayUnit') unit!: Unit;
}

export class Repeat {
  @Int('Calendar days from one reminder to the next.', { min: 1, max: 366 }) everyDays!: number;
  @Int('The most reminders, the first one included.', { min: 1, max: MAX_REMINDERS }) limit!: number;
}

/** Who is reminded, and when, counted from the due day. */
export class LadderStep {
  @Code('The role that is reminded, in the deadline’s unit; `responsible`: the one that answers for the thing.', [...ROLES, RESPONSIBLE], 'LadderRole')
  role!: Role | typeof RESPONSIBLE;
  @Int('From the due day: negative before it, positive after it. Falls back, or after the due day on, to a working day.', { min: -366, max: 366 })
  offset!: number;
  @Code('What is counted.', UNITS, 'DayUnit') unit!: Unit;
  @Nested(() => Repeat, { optional: true }) repeat?: Repeat;
  @Bool('It goes above whoever is responsible.', { optional: true }) escalation?: boolean;
}

/** Says how a type of deadline is reckoned from a day on, and who is reminded when. What has been reckoned stays as it is. */
export class SetDeadlineRule {
  @Code('What the deadline is of.', [...DEADLINE_TYPES.keys()], 'DeadlineType') type!: string;
  @DayField('First start day for which the rule holds.') validFrom!: Day;
  @DayField('Last start day for which it holds; until the next version where left out.', { optional: true }) validTo?: Day;
  @Nested(() => Length) length!: Length;
  @Code('What becomes of a last day on which no office works.', ROLLS, 'Roll') roll!: (typeof ROLLS)[number];
  @Code('Time of day of the reminders, in Europe/Stockholm.', REMINDER_TIMES, 'ReminderTime') time!: string;
  @ListOf(() => LadderStep, { max: MAX_RUNGS }) ladder!: LadderStep[];
  @Bool('What is entered when its day has passed is told of to the process owner, in one summary with all else that was.', { optional: true })
  summary?: boolean;
}

export const setDeadlineRule: Decide<SetDeadlineRule, DeadlineRules, DeadlineRulesEvent> = (command, state) => {
  const terms = termsOf(command);
  const known = rulesOf(state).filter(({ type }) => type === terms.type);
  const versions = known.map(({ version }) => version);
  assertReasonable(terms);
  const same = known.find(({ validFrom }) => validFrom === terms.validFrom);
  if (same && JSON.stringify(termsOf(same)) === JSON.stringify(terms)) return [];
  const later = known.find(({ validFrom }) => isAfter(validFrom, terms.validFrom));
  if (later) {
    throw contradictory(
      'deadline-rule.later-one-set',
      {
        sv: `En regel är redan fastställd från ${later.validFrom}. Den nya måste börja gälla då eller senare.`,
        en: `A rule has been set already from ${later.validFrom}. The new one must begin then or later.`,
      },
      '/validFrom',
    );
  }
  const overlapping = known.find(({ validFrom, validTo }) => validFrom !== terms.validFrom && validTo !== undefined && !isAfter(terms.validFrom, validTo));
  if (overlapping) {
    throw contradictory(
      'deadline-rule.overlaps',
      {
        sv: `En regel är fastställd till och med ${overlapping.validTo}. Låt den nya börja gälla dagen därefter eller senare.`,
        en: `A rule has been set through ${overlapping.validTo}. Let the new one begin on the day after or later.`,
      },
      '/validFrom',
    );
  }
  return [event(DeadlineRuleSet, { ...terms, version: Math.max(0, ...versions) + 1 })];
};

const assertReasonable = ({ validFrom, validTo, ladder }: RuleTerms): void => {
  if (validTo !== undefined && isBefore(validTo, validFrom)) {
    throw contradictory(
      'deadline-rule.period-contradictory',
      { sv: `Sista dagen ${validTo} ligger före den första, ${validFrom}.`, en: `The last day ${validTo} lies before the first, ${validFrom}.` },
      '/validTo',
    );
  }
  const again = ladder.findIndex(({ rung }, place) => ladder.findIndex((other) => other.rung === rung) < place);
  if (again >= 0) {
    throw contradictory(
      'deadline-rule.reminder-twice',
      { sv: 'Samma roll påminns redan samma dag. Ta bort det ena steget.', en: 'The same role is reminded on that day already. Take one of the steps away.' },
      `/ladder/${again}`,
    );
  }
};

/** What is stored of a rule, always in the same order. */
const termsOf = ({ type, validFrom, validTo, length, roll, time, ladder, summary }: SetDeadlineRule | RuleTerms): RuleTerms => ({
  type,
  validFrom,
  ...(validTo !== undefined && { validTo }),
  start: startOf(type),
  length: { days: length.days, unit: length.unit },
  roll,
  time,
  ladder: ladder.map(({ role, offset, unit, repeat, escalation }): RungRule => ({
    rung: rungCode({ role, offset, unit }),
    role,
    offset,
    unit,
    ...(repeat && { repeat: { everyDays: repeat.everyDays, limit: repeat.limit } }),
    ...(escalation && { escalation: true }),
  })),
  ...(summary && { summary: true }),
});
