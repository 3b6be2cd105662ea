import { Type, type Static, type TObject } from 'typebox';
import { CodeType, DayType, IdType, InstantType, NAMED_DAYS, type NamedDay, type Step } from '#libs/kernel';

/** What a deadline is of: `genomforandeplan`, `reply`. */
export const TypeCode = Type.String({ pattern: '^[a-z][a-z0-9-]*$', maxLength: 60, description: 'What the deadline is of, such as genomforandeplan.' });
/** Name of a rung within its ladder. */
export const RungCode = Type.String({ pattern: '^[a-z][a-z0-9-]*$', maxLength: 90, description: 'Name of the rung within its ladder.' });
export const roleCode = (description: string) => Type.String({ pattern: '^[a-z][a-z-]*$', maxLength: 64, description });
export const RoleCode = roleCode('The role that is reminded, in the deadline’s unit.');
/** Why a deadline was moved or closed: a code of the domain that did. */
export const ReasonCode = Type.String({
  pattern: '^[a-z][a-z-]*$',
  maxLength: 60,
  description: 'Why: a code of the domain, such as start-corrected or order-ended.',
});
export const LocalTime = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$', description: 'Time of day in Europe/Stockholm.' });

/** More rungs than anyone reads; with one event for each role they also fit in one append. */
export const MAX_RUNGS = 12;
/** The most reminders of one rung: ten years of weekly ones. */
export const MAX_REMINDERS = 520;

export const Limit = Type.Integer({ minimum: 1, maximum: MAX_REMINDERS, description: 'The most reminders of this rung, the first one included.' });
export const EveryDays = Type.Integer({ minimum: 1, maximum: 366, description: 'Calendar days from one reminder to the next.' });

/** One step of the ladder of reminders, with its day computed. */
export const Rung = Type.Object(
  {
    rung: RungCode,
    role: RoleCode,
    on: DayType('The working day of the first reminder.'),
    at: InstantType('The moment of the first reminder.'),
    repeat: Type.Optional(
      Type.Object(
        { everyDays: EveryDays, limit: Limit, time: LocalTime },
        { additionalProperties: false, description: 'Counted from the first reminder; each moves on to a working day.' },
      ),
    ),
    escalation: Type.Optional(Type.Literal(true, { description: 'It goes above whoever is responsible.' })),
  },
  { additionalProperties: false },
);
export type Rung = Static<typeof Rung>;

const named = Type.Unsafe<readonly NamedDay[]>(Type.Array(CodeType(Object.keys(NAMED_DAYS), 'A holiday or an eve.')));
const steps = Type.Array(
  Type.Union([
    Type.Object(
      {
        code: Type.Literal('counted'),
        day: DayType('The day reached.'),
        number: Type.Integer(),
        unit: CodeType(['calendar-days', 'working-days'], 'What was counted.'),
        named,
      },
      { additionalProperties: false },
    ),
    Type.Object({ code: Type.Literal('moved'), day: DayType('The working day it was moved to.') }, { additionalProperties: false }),
  ]),
  { description: 'How the due day was computed; empty where a person chose it.' },
);

/** Only where the rule says so: what was entered in time is reminded of one by one. */
export const Summary = Type.Optional(
  Type.Literal(true, { description: 'What is entered when its day has passed is told of to the process owner, in one summary with all else that was.' }),
);

/** The properties of a plan: what is stored whenever a deadline is set or moved, so that a change of rules never moves it. */
export const planFields = {
  deadline: IdType('The deadline.'),
  type: TypeCode,
  unit: IdType('The unit whose roles are reminded.'),
  startOn: DayType('Day 0: what the days are counted from.'),
  dueOn: DayType('What comes by the end of this day, in Europe/Stockholm, is on time.'),
  missedAt: InstantType('The first moment after the due day.'),
  steps: Type.Unsafe<readonly Step[]>(steps),
  rule: Type.Object({ id: IdType('The event that set the rule.'), version: Type.Integer({ minimum: 1 }) }, { additionalProperties: false }),
  ladder: Type.Unsafe<readonly Rung[]>(Type.Array(Rung, { maxItems: MAX_RUNGS })),
  summary: Summary,
};

/** A deadline as it was reckoned: from which day, to which day, by which rule, and who is reminded when. */
export type DeadlinePlan = Readonly<Static<TObject<typeof planFields>>>;
