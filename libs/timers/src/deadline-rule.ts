import { Type, type Static, type TObject } from 'typebox';
import { addDays, CodeType, DayType, dueDay, startOfDay, atLocalTime, type Day } from '#libs/kernel';
import { EveryDays, Limit, LocalTime, MAX_RUNGS, roleCode, RungCode, Summary, TypeCode, type DeadlinePlan, type Rung } from './deadline-plan.js';

export const UNITS = ['calendar-days', 'working-days'] as const;
/** What becomes of a last day on which no office works (lag 1930:173 moves it forward, for statutory time). */
export const ROLLS = ['none', 'forward'] as const;

const unit = CodeType(UNITS, 'What is counted.');

/** The role of a rung that is reminded is whoever answers for the thing: which role that is, is said when a deadline is planned. */
export const RESPONSIBLE = 'responsible';
/** Who answers for a thing of which nobody says who does. */
const ANSWERS_FOR_ALL_ELSE = 'process-owner';

/** One step of the ladder of reminders, as a rule says it. */
export const RungRule = Type.Object(
  {
    rung: RungCode,
    role: roleCode('The role that is reminded, in the deadline’s unit; `responsible`: the one that the deadline is planned for.'),
    offset: Type.Integer({
      minimum: -366,
      maximum: 366,
      description: 'From the due day: negative before it, positive after it. It falls back, or after the due day on, to a working day.',
    }),
    unit,
    repeat: Type.Optional(Type.Object({ everyDays: EveryDays, limit: Limit }, { additionalProperties: false })),
    escalation: Type.Optional(Type.Literal(true)),
  },
  { additionalProperties: false },
);
export type RungRule = Static<typeof RungRule>;

/** The properties of a rule: how a type of deadline is reckoned, and who is reminded when. Data of a tenant, with validity. */
export const ruleFields = {
  type: TypeCode,
  validFrom: DayType('First start day for which the rule holds.'),
  validTo: Type.Optional(DayType('Last start day for which it holds; until the next version where it is left out.')),
  start: Type.String({ pattern: '^[a-z][a-z-]*$', maxLength: 60, description: 'What day 0 is the day of: order-sent.' }),
  length: Type.Object({ days: Type.Integer({ minimum: 0, maximum: 3_660 }), unit }, { additionalProperties: false }),
  roll: CodeType(ROLLS, 'What becomes of a last day on which no office works.'),
  time: LocalTime,
  ladder: Type.Unsafe<readonly RungRule[]>(Type.Array(RungRule, { maxItems: MAX_RUNGS })),
  summary: Summary,
};
/** A rule as it is set. */
export type RuleTerms = Readonly<Static<TObject<typeof ruleFields>>>;

/** A rule that was set: its version within its type, and the event that set it, which decisions cite. */
export type DeadlineRule = RuleTerms & { readonly id: string; readonly version: number };

/** Whom a deadline is for: its own id, the unit whose roles are reminded, and the role that answers for the thing. */
export interface Concerning {
  readonly deadline: string;
  readonly unit: string;
  /** Whom the rungs of the role `responsible` remind; the process owner where left out. */
  readonly responsible?: string;
}

/** The deadline that the rule gives for something that started on the day. */
export const planFor = (rule: DeadlineRule, startOn: Day, concerning: Concerning): DeadlinePlan => {
  const { dueOn, steps } = dueDay({ start: startOn, length: rule.length.days, unit: rule.length.unit, roll: rule.roll });
  return { ...planUntil(rule, startOn, dueOn, concerning), steps };
};

/** The deadline of a day that a person chose, with the reminders of the rule. */
export const planUntil = (rule: DeadlineRule, startOn: Day, dueOn: Day, { deadline, unit: reminded, responsible }: Concerning): DeadlinePlan => ({
  deadline,
  type: rule.type,
  unit: reminded,
  startOn,
  dueOn,
  missedAt: startOfDay(addDays(dueOn, 1)),
  steps: [],
  rule: { id: rule.id, version: rule.version },
  ladder: rule.ladder.map((rung) => placed(rung, dueOn, rule.time, responsible)),
  ...(rule.summary && { summary: rule.summary }),
});

const placed = (
  { rung, role: said, offset, unit: counted, repeat, escalation }: RungRule,
  dueOn: Day,
  time: string,
  responsible = ANSWERS_FOR_ALL_ELSE,
): Rung => {
  const role = said === RESPONSIBLE ? responsible : said;
  const { dueOn: on } = dueDay({ start: dueOn, length: offset, unit: counted, roll: offset > 0 ? 'forward' : 'back' });
  return { rung, role, on, at: atLocalTime(on, time), ...(repeat && { repeat: { ...repeat, time } }), ...(escalation && { escalation }) };
};

/** The name of a rung says whom it reminds and when: `case-officer-5-calendar-days-before`. */
export const rungCode = ({ role, offset, unit: counted }: Pick<RungRule, 'role' | 'offset' | 'unit'>): string =>
  `${role}-${Math.abs(offset)}-${counted}-${offset < 0 ? 'before' : 'after'}`;
