import { Type, type Static } from 'typebox';
import { CodeType, DayType } from '#libs/kernel';
import { ENDS, QUESTIONS, type Question } from './agreement.codes.js';

const closed = { additionalProperties: false } as const;
const months = (minimum: number, description: string) => Type.Optional(Type.Integer({ minimum, maximum: 120, description }));

/** What a version states of itself beside its clauses: when it comes into force, how long it holds, how it is looked after. */
export const TermsType = Type.Object(
  {
    allSignatures: Type.Optional(Type.Literal(true, { description: 'It comes into force only when every party has signed.' })),
    startOn: Type.Optional(DayType('It comes into force on this day at the earliest.')),
    lastDay: Type.Optional(DayType('The last day on which it is in force, unless something follows.')),
    reviewMonths: months(1, 'How many months pass between its reviews.'),
    noticeMonths: months(0, 'How many months’ notice its termination takes.'),
    followUpMonths: months(1, 'How many months pass at most between follow-ups of one operation.'),
  },
  closed,
);

/** One of the four answers: whether the revision concerns it, and why or why not. */
const answer = Type.Object({ concerns: Type.Boolean(), reason: Type.String({ minLength: 1, maxLength: 2_000, description: 'Why, or why not.' }) }, closed);
export const AnswersType = Type.Object(Object.fromEntries(QUESTIONS.map((question) => [question, answer])) as Record<Question, typeof answer>, closed);

export type Terms = Readonly<Static<typeof TermsType>>;
export type Answers = Readonly<Static<typeof AnswersType>>;

/** When a version is in force. */
export const PeriodType = Type.Object(
  {
    version: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'The version.' }),
    number: Type.Integer({ minimum: 1, description: 'Which of the agreement’s versions it is.' }),
    on: DayType('The first day on which it is in force.'),
    lastDay: Type.Optional(DayType('The last day on which it is in force; left out where none is known.')),
    because: Type.Optional(CodeType(ENDS, 'Why no longer.')),
  },
  closed,
);
export type Period = Readonly<Static<typeof PeriodType>>;
