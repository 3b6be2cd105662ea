import { Type } from 'typebox';
import { CodeType, DayType, eventType, IdType, InstantType, type EventOf } from '#libs/kernel';
import { DEADLINE_TYPES } from './deadline-types.js';
import { MAX_RUNGS, planFields, ReasonCode, RoleCode, RungCode, TypeCode } from './deadline-plan.js';

/** Why a reminder was not issued: a later one to the same role was; its time had passed when the deadline was set; or it was no longer needed. */
export const SUPPRESSIONS = ['superseded', 'past-when-set', 'moved', 'met', 'closed'] as const;

const about = {
  deadline: IdType('The deadline.'),
  type: TypeCode,
  generation: Type.Integer({ minimum: 1, description: 'Raised by every setting, move, answer, closing and withdrawal: a knock of an older one does nothing.' }),
};
const dueOn = DayType('The due day.');
const missedAt = InstantType('The first moment after the due day, whenever it was recorded.');
const occurrence = Type.Integer({ minimum: 0, description: 'Which reminder of the rung, from 0.' });

const asItIs = (data: object): object => data;
const enteredLate = Type.Optional(
  Type.Literal(true, {
    description: 'Its day had passed when this was recorded: the process owner is told of it in a summary, not by the reminders of the past.',
  }),
);

export const DeadlineSet = eventType('DeadlineSet', {
  name: { sv: 'Frist satt', en: 'Deadline set' },
  schema: 2,
  reads: { 1: asItIs }, // no summaries
  byTimer: true,
  data: { ...about, ...planFields, enteredLate },
});

export const DeadlineMoved = eventType('DeadlineMoved', {
  name: { sv: 'Frist flyttad', en: 'Deadline moved' },
  schema: 2,
  reads: { 1: asItIs }, // no summaries
  byTimer: true,
  data: { ...about, ...planFields, reason: ReasonCode, enteredLate },
});

export const DeadlineMet = eventType('DeadlineMet', {
  name: { sv: 'Det som väntades kom in', en: 'What was awaited came' },
  schema: 1,
  byTimer: true,
  data: { ...about, dueOn, metOn: DayType('The day on which what was awaited came.') },
});

export const DeadlineMissed = eventType('DeadlineMissed', {
  name: { sv: 'Frist överskriden', en: 'Deadline missed' },
  schema: 1,
  byTimer: true,
  data: { ...about, dueOn, missedAt },
  label: ({ type }) => DEADLINE_TYPES.get(type)?.missed,
});

export const LatenessWithdrawn = eventType('LatenessWithdrawn', {
  name: { sv: 'Försening återtagen', en: 'Lateness withdrawn' },
  schema: 1,
  byTimer: true,
  data: { ...about, dueOn, missedAt },
});

export const DeadlineClosed = eventType('DeadlineClosed', {
  name: { sv: 'Inget väntas längre', en: 'Nothing more is awaited' },
  schema: 1,
  byTimer: true,
  data: { ...about, dueOn, closedOn: DayType('The day from which nothing was awaited.'), reason: ReasonCode },
});

export const ReminderIssued = eventType('ReminderIssued', {
  name: { sv: 'Påminnelse utfärdad', en: 'Reminder issued' },
  schema: 2,
  reads: { 1: asItIs }, // shorter names of rungs
  byTimer: true,
  data: {
    ...about,
    reminder: IdType('The reminder: UUIDv5 of deadline, generation, rung and occurrence. Its mail carries it as Message-ID.'),
    rung: RungCode,
    occurrence,
    role: RoleCode,
    unit: IdType('The unit in which the role is reminded.'),
    dueOn,
    dueAt: InstantType('The moment at which it was to be issued.'),
    escalation: Type.Optional(Type.Literal(true)),
  },
});

export const RemindersSuppressed = eventType('RemindersSuppressed', {
  name: { sv: 'Påminnelser ej utfärdade', en: 'Reminders suppressed' },
  schema: 2,
  reads: { 1: asItIs }, // shorter names of rungs
  byTimer: true,
  data: {
    ...about,
    reason: CodeType(SUPPRESSIONS, 'Why they were not issued.'),
    fromAt: InstantType('The moment at which the first of them was to be issued.'),
    toAt: InstantType('The moment at which the last of them was to be issued.'),
    reminders: Type.Array(
      Type.Object(
        { rung: RungCode, role: RoleCode, first: occurrence, last: occurrence },
        { additionalProperties: false, description: 'The reminders `first` to `last` of one rung.' },
      ),
      { minItems: 1, maxItems: MAX_RUNGS },
    ),
  },
});

/** Everything that can happen to a deadline. A domain's union takes it in by one `|`, its `evolve` by `evolveDeadlines`. */
export type DeadlineEvent =
  | EventOf<typeof DeadlineSet>
  | EventOf<typeof DeadlineMoved>
  | EventOf<typeof DeadlineMet>
  | EventOf<typeof DeadlineMissed>
  | EventOf<typeof LatenessWithdrawn>
  | EventOf<typeof DeadlineClosed>
  | EventOf<typeof ReminderIssued>
  | EventOf<typeof RemindersSuppressed>;

/** The declarations of the union: a stream that has deadlines lists them among its events. */
export const deadlineEvents = [
  DeadlineSet,
  DeadlineMoved,
  DeadlineMet,
  DeadlineMissed,
  LatenessWithdrawn,
  DeadlineClosed,
  ReminderIssued,
  RemindersSuppressed,
] as const;
