import { Type, type Static, type TObject } from 'typebox';
import { CodeType, DayType, IdType } from '#libs/kernel';
import { ROLES } from '#libs/organisation';
import { DESIGNATIONS, PROVISION_FORMS, RESPONSIBILITY_KINDS } from './responsibility.codes.js';

export const MAX_BASIS = 500;
export const MAX_CLAUSE = 60;
export const MAX_VERSION = 100;
export const MAX_ASSISTING = 10;
/** Most rules that one version of an agreement makes: with their bases they fit in one entry of the log. */
export const MAX_CLAUSES = 12;

export const SERVICE_PATTERN = '^[a-z][a-z0-9-]*$';
/** A service, by code. */
const ServiceCode = Type.String({ pattern: SERVICE_PATTERN, maxLength: 60, description: 'The service (insats), such as short-term-supervision.' });

/** For what a rule holds: each field is a value, or any where it is left out. */
export const MatchType = Type.Object(
  {
    provisionForm: Type.Optional(CodeType(PROVISION_FORMS, 'Regiform.')),
    service: Type.Optional(ServiceCode),
    operatingBoard: Type.Optional(IdType('The board that runs the operation.')),
    operatingUnit: Type.Optional(IdType('The unit that runs it.')),
    contractingBoard: Type.Optional(IdType('The board that signed the contract.')),
    grantingBoard: Type.Optional(IdType('The board that granted the service.')),
  },
  { additionalProperties: false, description: 'For what it holds: each field is a value, or any where it is left out.' },
);
export type Match = Readonly<Static<typeof MatchType>>;

/** Whom a rule designates. */
export const AnswerType = Type.Object(
  {
    who: CodeType(DESIGNATIONS, 'A named board, the one in that place of the question, or not applicable.'),
    board: Type.Optional(IdType('The named board.')),
    performingUnit: Type.Optional(IdType('The unit that performs it.')),
    performingRole: Type.Optional(CodeType(ROLES, 'The role that performs it.')),
    assistingUnits: Type.Optional(Type.Array(IdType('A unit or board that assists.'), { minItems: 1, maxItems: MAX_ASSISTING })),
    districtsAssist: Type.Optional(Type.Literal(true, { description: 'The district boards assist: those that there are on the day.' })),
  },
  { additionalProperties: false },
);
export type Designated = Readonly<Static<typeof AnswerType>>;

/** What a rule says, and from when to when. */
export const termsFields = {
  kind: CodeType(RESPONSIBILITY_KINDS, 'The kind of responsibility.'),
  match: MatchType,
  answer: AnswerType,
  basis: Type.String({ minLength: 1, maxLength: MAX_BASIS, description: 'What it rests on: law, reglemente, contract, clause.' }),
  from: DayType('First day for which it holds.'),
  to: Type.Optional(DayType('Last day for which it holds; left out where none is set.')),
};
export type Terms = Readonly<Static<TObject<typeof termsFields>>>;

/** The clause of an agreement that made a rule. */
export const ClauseType = Type.Object(
  {
    agreement: IdType('The agreement.'),
    version: Type.String({ minLength: 1, maxLength: MAX_VERSION, description: 'Its version, as the agreement tells versions apart.' }),
    clause: Type.String({ minLength: 1, maxLength: MAX_CLAUSE, description: 'The clause, as the version numbers it.' }),
  },
  { additionalProperties: false },
);
export type Clause = Readonly<Static<typeof ClauseType>>;

/** What a clause of an agreement says of who follows up whom: what the structured clauses of a version hold. */
export const ClauseRuleType = Type.Object(
  {
    clause: ClauseType.properties.clause,
    kind: termsFields.kind,
    match: termsFields.match,
    answer: termsFields.answer,
    basis: termsFields.basis,
  },
  { additionalProperties: false },
);
export type ClauseRuleData = Readonly<Static<typeof ClauseRuleType>>;
