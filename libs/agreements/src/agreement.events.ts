import { Type } from 'typebox';
import { CodeType, DayType, eventType, IdType, type EventOf } from '#libs/kernel';
import { DecisionRefType, OUTCOMES } from '#libs/meetings';
import { CAPACITIES } from '#libs/organisation';
import { ClauseRuleType, MAX_CLAUSES } from '#libs/responsibilities';
import type { DeadlineEvent } from '#libs/timers';
import { EFFECTS, ENDS, MAX_LINKED, RESERVED, REVIEW_OUTCOMES } from './agreement.codes.js';
import { AnswersType, PeriodType, TermsType } from './agreement.shapes.js';
import { DelegatedByType } from './delegated-by.js';

const closed = { additionalProperties: false } as const;
const agreement = IdType('The agreement.');
const board = IdType('A board.');
const sha256 = (description: string) => Type.String({ pattern: '^[0-9a-f]{64}$', description });
const version = sha256('The version: SHA-256 of its text and of the attachments that belong to it.');
const number = Type.Integer({ minimum: 1, description: 'Which of the agreement’s versions, in the order they were registered.' });
const reason = Type.String({ minLength: 1, maxLength: 2_000, description: 'Why.' });
const registryNumber = Type.Optional(Type.String({ minLength: 1, maxLength: 60, description: 'The board’s own number for the matter.' }));
const patternKnown = Type.Optional(Type.Boolean({ description: 'Whether the number is written as the board writes its numbers.' }));
const documents = Type.Optional(Type.Array(sha256('A stored document.'), { minItems: 1 }));

/** Who acted for a board by delegation: a role in a unit, and in which way it was held. */
const delegate = {
  role: Type.String({ pattern: '^[a-z][a-z-]*$', maxLength: 60, description: 'The role.' }),
  unit: IdType('The unit in which it is held.'),
  person: IdType('Who had it that day.'),
  capacity: CodeType(CAPACITIES, 'How it was held: as one’s own, acting, or as a substitute.'),
  delegation: DelegatedByType,
};

const PartyType = Type.Object({ board, registryNumber, patternKnown }, closed);

const clauses = Type.Array(ClauseRuleType, { maxItems: MAX_CLAUSES, description: 'What it settles about who follows up whom.' });

const clausesOfVersions = Type.Array(Type.Object({ version, clauses }, closed), { description: 'What each of the versions settles.' });

export const AgreementRegistered = eventType('AgreementRegistered', {
  name: { sv: 'Överenskommelse registrerad', en: 'Agreement registered' },
  schema: 1,
  data: {
    agreement,
    title: Type.String({ minLength: 1, maxLength: 500 }),
    parties: Type.Array(PartyType, { minItems: 2, description: 'The boards between which it is proposed.' }),
    proposedBy: IdType('The board whose administration proposes it.'),
  },
});

export const AgreementNumberNoted = eventType('AgreementNumberNoted', {
  name: { sv: 'Överenskommelsens diarienummer antecknat', en: 'Registry number of the agreement noted' },
  schema: 1,
  data: { agreement, board, registryNumber: Type.String({ minLength: 1, maxLength: 60 }), patternKnown: Type.Boolean() },
});

export const ProposalReportWritten = eventType('ProposalReportWritten', {
  name: { sv: 'Tjänsteutlåtande om överenskommelsen', en: 'Officer’s report on the agreement' },
  schema: 1,
  data: { agreement, board, on: DayType('The day that it is dated.'), version: Type.Optional(version), documents },
});

export const ProposalConsulted = eventType('ProposalConsulted', {
  name: { sv: 'Samråd om överenskommelsen', en: 'Consultation on the agreement' },
  schema: 1,
  data: { agreement, board, body: Type.String({ minLength: 1, maxLength: 200, description: 'Who was consulted.' }), on: DayType('The day of it.') },
});

export const VersionProposed = eventType('VersionProposed', {
  name: { sv: 'Version av överenskommelsen registrerad', en: 'Version of the agreement registered' },
  schema: 1,
  data: {
    agreement,
    version,
    number,
    text: Type.String({ minLength: 1, maxLength: 40_000, description: 'In NFC, lines ended by LF, without space around it.' }),
    attachments: Type.Array(Type.Object({ sha256: sha256('The document.'), title: Type.String({ minLength: 1, maxLength: 200 }) }, closed)),
    parties: Type.Array(board, { minItems: 2, description: 'The boards between which this version is.' }),
    leaving: Type.Optional(Type.Array(board, { minItems: 1, description: 'Parties of the version that it revises, and no longer: they too must approve.' })),
    clauses,
    terms: TermsType,
    board: IdType('The board whose administration proposes it, or that decided the changes.'),
    on: DayType('The day it was proposed.'),
    revises: Type.Optional(sha256('The version that it revises.')),
    reserved: Type.Array(CodeType(RESERVED, 'What it changes that only the boards may decide on.')),
    answers: Type.Optional(AnswersType),
    decision: Type.Optional(DecisionRefType),
  },
});

export const AgreementFileLinked = eventType('AgreementFileLinked', {
  name: { sv: 'Annan fil av samma text knuten till versionen', en: 'Another file of the same text linked to the version' },
  schema: 1,
  data: { agreement, version, document: sha256('The stored document.'), reason },
});

const linked = (description: string) => Type.Optional(Type.Array(IdType('One of them.'), { minItems: 1, maxItems: MAX_LINKED, description }));

export const AgreementLinked = eventType('AgreementLinked', {
  name: { sv: 'Överenskommelsen knuten till det som ledde till den', en: 'Agreement linked to what led to it' },
  schema: 1,
  data: { agreement, actions: linked('Corrective actions that led to it.'), obligations: linked('Obligations that it answers.') },
});

const decided = {
  agreement,
  meeting: IdType('The meeting or urgent decision.'),
  point: IdType('The point of its minutes.'),
  outcome: CodeType(OUTCOMES, 'What the board did with it.'),
  effect: CodeType(EFFECTS, 'What that does to the board’s approval of the version.'),
  on: DayType('The day the board decided.'),
  place: Type.Integer({ minimum: 0, description: 'Its place among what was decided that day: by paragraph and point.' }),
  countsFrom: Type.Optional(DayType('The day from which it counts; left out until its minutes are approved.')),
  annulledOn: Type.Optional(DayType('The day a court annulled it: it counts no longer from then on.')),
};

export const PartyDecisionRecorded = eventType('PartyDecisionRecorded', {
  name: { sv: 'Parts beslut om överenskommelsen antecknat', en: 'Party’s decision on the agreement recorded' },
  schema: 1,
  data: {
    ...decided,
    version,
    number: Type.String({ minLength: 1, maxLength: 20, description: 'The paragraph, as the minutes have it: § 13.' }),
    board: IdType('The board that decided.'),
    parties: Type.Array(board, { minItems: 1, description: 'The parties that it decided for: itself, or those whose things it held that day.' }),
  },
});

export const PartyDecisionFollowed = eventType('PartyDecisionFollowed', {
  name: { sv: 'Parts beslut följer protokollet', en: 'Party’s decision follows the minutes' },
  schema: 1,
  data: decided,
});

export const PartyDecisionWithdrawn = eventType('PartyDecisionWithdrawn', {
  name: { sv: 'Felaktigt antecknat beslut återtaget', en: 'Decision recorded by mistake taken back' },
  schema: 1,
  data: { agreement, meeting: decided.meeting, point: decided.point, reason },
});

export const AgreementSigned = eventType('AgreementSigned', {
  name: { sv: 'Överenskommelse undertecknad', en: 'Agreement signed' },
  schema: 1,
  data: {
    agreement,
    signature: IdType('The signature.'),
    party: IdType('The party for which it was signed.'),
    board: IdType('The board that held the party’s place that day.'),
    version,
    on: DayType('The day of signing.'),
    ...delegate,
    document: Type.Optional(sha256('The signed copy.')),
  },
});

export const SigningDayCorrected = eventType('SigningDayCorrected', {
  name: { sv: 'Undertecknandets dag rättad', en: 'Day of signing corrected' },
  schema: 1,
  data: { agreement, signature: IdType('The signature.'), from: DayType('As it was recorded.'), on: DayType('As it was.'), reason },
});

export const SignatureWithdrawn = eventType('SignatureWithdrawn', {
  name: { sv: 'Felaktigt antecknat undertecknande återtaget', en: 'Signature recorded by mistake taken back' },
  schema: 1,
  data: { agreement, signature: IdType('The signature.'), reason },
});

export const RevisionApproved = eventType('RevisionApproved', {
  name: { sv: 'Revidering godkänd på delegation', en: 'Revision approved under delegation' },
  schema: 1,
  data: {
    agreement,
    approval: IdType('The approval.'),
    party: IdType('The party for which it was approved.'),
    board: IdType('The board that held the party’s place that day.'),
    version,
    on: DayType('The day of the decision.'),
    ...delegate,
  },
});

export const RevisionApprovalWithdrawn = eventType('RevisionApprovalWithdrawn', {
  name: { sv: 'Felaktigt antecknat godkännande på delegation återtaget', en: 'Approval under delegation recorded by mistake taken back' },
  schema: 1,
  data: { agreement, approval: IdType('The approval.'), reason },
});

export const RevisionContested = eventType('RevisionContested', {
  name: { sv: 'Revidering hänskjuten till nämnderna', en: 'Revision referred to the boards' },
  schema: 1,
  data: { agreement, version, party: IdType('The party that contests it.'), on: DayType('The day it did.'), reason },
});

export const AgreementEnteredIntoForce = eventType('AgreementEnteredIntoForce', {
  name: { sv: 'Överenskommelse i kraft', en: 'Agreement entered into force' },
  schema: 1,
  data: {
    agreement,
    version,
    number,
    on: DayType('The first day on which it is in force.'),
    clauses,
    again: Type.Optional(
      Type.Object(
        { periods: Type.Array(PeriodType), clauses: clausesOfVersions },
        { ...closed, description: 'It has been in force before: all periods of the agreement, this one included.' },
      ),
    ),
  },
});

export const AgreementForceEnded = eventType('AgreementForceEnded', {
  name: { sv: 'Överenskommelsens sista dag i kraft', en: 'Last day of the agreement in force' },
  schema: 1,
  data: { agreement, version, number, lastDay: DayType('The last day on which it is in force.'), because: CodeType(ENDS, 'Why no longer.') },
});

export const ForceCorrected = eventType('ForceCorrected', {
  name: { sv: 'Ikraftträdande rättat', en: 'Entry into force corrected' },
  schema: 1,
  data: {
    agreement,
    from: Type.Array(PeriodType, { description: 'When it was taken to be in force.' }),
    to: Type.Array(PeriodType, { minItems: 1, description: 'When it is.' }),
    clauses: clausesOfVersions,
  },
});

export const ForceWithdrawn = eventType('ForceWithdrawn', {
  name: { sv: 'Ikraftträdande återtaget', en: 'Entry into force withdrawn' },
  schema: 1,
  data: { agreement, from: Type.Array(PeriodType, { description: 'When it was taken to be in force. It never was.' }) },
});

export const AgreementReviewed = eventType('AgreementReviewed', {
  name: { sv: 'Överenskommelse genomgången', en: 'Agreement reviewed' },
  schema: 1,
  data: {
    agreement,
    on: DayType('The day of the review.'),
    outcome: CodeType(REVIEW_OUTCOMES, 'What it ended in.'),
    note: Type.Optional(Type.String({ minLength: 1, maxLength: 2_000 })),
    documents,
  },
});

export const AgreementTerminated = eventType('AgreementTerminated', {
  name: { sv: 'Överenskommelse uppsagd', en: 'Agreement terminated' },
  schema: 1,
  data: {
    agreement,
    party: IdType('The party that terminated it.'),
    board: IdType('The board that decided.'),
    decision: DecisionRefType,
    on: DayType('The day notice was given.'),
    lastDay: DayType('The last day on which it is in force.'),
    reason: Type.Optional(reason),
  },
});

export const TerminationAnnulled = eventType('TerminationAnnulled', {
  name: { sv: 'Uppsägningens beslut upphävt', en: 'Decision to terminate annulled' },
  schema: 1,
  data: { agreement, decision: DecisionRefType, annulledOn: DayType('The day of the court’s ruling.') },
});

export const TerminationWithdrawn = eventType('TerminationWithdrawn', {
  name: { sv: 'Uppsägning återtagen', en: 'Termination withdrawn' },
  schema: 1,
  data: { agreement, on: DayType('The day it was withdrawn.'), reason },
});

export const AfterwardsSettled = eventType('AfterwardsSettled', {
  name: { sv: 'Ordning efter överenskommelsen bestämd', en: 'Arrangement after the agreement settled' },
  schema: 1,
  data: {
    agreement,
    on: DayType('The day it was settled.'),
    what: Type.String({ minLength: 1, maxLength: 2_000, description: 'What holds instead, and where that was decided.' }),
  },
});

/** Everything that can happen to an agreement, its deadlines included. */
export type AgreementEvent =
  | EventOf<typeof AgreementRegistered>
  | EventOf<typeof AgreementNumberNoted>
  | EventOf<typeof ProposalReportWritten>
  | EventOf<typeof ProposalConsulted>
  | EventOf<typeof VersionProposed>
  | EventOf<typeof AgreementFileLinked>
  | EventOf<typeof AgreementLinked>
  | EventOf<typeof PartyDecisionRecorded>
  | EventOf<typeof PartyDecisionFollowed>
  | EventOf<typeof PartyDecisionWithdrawn>
  | EventOf<typeof AgreementSigned>
  | EventOf<typeof SigningDayCorrected>
  | EventOf<typeof SignatureWithdrawn>
  | EventOf<typeof RevisionApproved>
  | EventOf<typeof RevisionApprovalWithdrawn>
  | EventOf<typeof RevisionContested>
  | EventOf<typeof AgreementEnteredIntoForce>
  | EventOf<typeof AgreementForceEnded>
  | EventOf<typeof ForceCorrected>
  | EventOf<typeof ForceWithdrawn>
  | EventOf<typeof AgreementReviewed>
  | EventOf<typeof AgreementTerminated>
  | EventOf<typeof TerminationAnnulled>
  | EventOf<typeof TerminationWithdrawn>
  | EventOf<typeof AfterwardsSettled>
  | DeadlineEvent;
