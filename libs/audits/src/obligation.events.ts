import { Type } from 'typebox';
import { CodeType, DayType, eventType, IdType, type EventOf } from '#libs/kernel';
import type { DeadlineEvent } from '#libs/timers';
import { ADDRESSED } from './audit.codes.js';
import { ACTION_KINDS, ACTION_STATES, JUDGEMENT_SOURCES, JUDGEMENTS, LAST_DAY_SETTERS, POSITIONS, REOPENINGS } from './obligation.codes.js';

const obligation = IdType('The obligation: a recommendation and the board it was first addressed to.');
const judgement = IdType('The judgement.');
const request = IdType('The request.');
const words = (maxLength: number, description: string) => Type.String({ minLength: 1, maxLength, description });
const decision = Type.Object(
  { meeting: IdType('The meeting.'), point: IdType('The point of its minutes.') },
  { additionalProperties: false, description: 'The decision of the board that it rests on.' },
);
const sha256 = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'Of a stored document.' });
const handedOverOn = Type.Optional(DayType('The day the auditors handed the report over; left out where it is unknown.'));
const receivedOn = Type.Optional(DayType('The day it came in at the board’s registry; left out where it is unknown.'));

export const ObligationArisen = eventType('ObligationArisen', {
  name: { sv: 'Rekommendation riktad till nämnd', en: 'Obligation arisen' },
  schema: 1,
  data: {
    obligation,
    audit: IdType('The audit.'),
    recommendation: IdType('The recommendation.'),
    board: IdType('The board it was first addressed to; who holds it on a day follows from the register.'),
    number: words(20, 'The recommendation’s number.'),
    addressed: CodeType(ADDRESSED, 'How the report names the board.'),
    handedOverOn,
    receivedOn,
    repeats: Type.Optional(IdType('The earlier recommendation that is repeated.')),
  },
});

export const ObligationDaysNoted = eventType('ObligationDaysNoted', {
  name: { sv: 'Dagar noterade för rekommendationen', en: 'Days of an obligation noted' },
  schema: 1,
  data: { obligation, handedOverOn, receivedOn },
});

export const AddresseeConfirmed = eventType('AddresseeConfirmed', {
  name: { sv: 'Mottagare bekräftad av revisorerna', en: 'Addressee confirmed by the auditors' },
  schema: 1,
  data: { obligation },
});

export const ReplyDayNoted = eventType('ReplyDayNoted', {
  name: { sv: 'Svarsdag noterad', en: 'Day of reply noted' },
  schema: 1,
  data: { obligation, dueOn: Type.Optional(DayType('The last day for the board’s reply; left out where it is unknown.')) },
});

export const ReplyNoted = eventType('ReplyNoted', {
  name: { sv: 'Svar noterat', en: 'Reply noted' },
  schema: 1,
  data: {
    obligation,
    reply: IdType('The reply.'),
    givenOn: Type.Optional(DayType('The day it was given: dispatched. Left out while it is only proposed.')),
    position: Type.Optional(CodeType(POSITIONS, 'What it says of the recommendation, where it takes a position.')),
    proposed: Type.Optional(Type.Literal(true, { description: 'Only a proposal to the deciding board is known.' })),
  },
});

export const ActionNoted = eventType('ActionNoted', {
  name: { sv: 'Åtgärd noterad', en: 'Corrective action noted' },
  schema: 1,
  data: {
    obligation,
    action: IdType('The action.'),
    kind: CodeType(ACTION_KINDS, 'What kind of action it is.'),
    status: CodeType(ACTION_STATES, 'How it stands.'),
    promisedOn: Type.Optional(DayType('The day that holds now; left out where it has none.')),
    firstPromisedOn: Type.Optional(DayType('The day that was promised first.')),
  },
});

export const LastDaySet = eventType('LastDaySet', {
  name: { sv: 'Sista dag satt', en: 'Last day set' },
  schema: 1,
  data: { obligation, on: DayType('The last day.'), by: CodeType(LAST_DAY_SETTERS, 'Who set it.'), decision: Type.Optional(decision) },
});

export const ObligationAllotted = eventType('ObligationAllotted', {
  name: { sv: 'Rekommendation tilldelad en annan nämnd', en: 'Obligation allotted to another board' },
  schema: 1,
  data: {
    obligation,
    to: IdType('The board that is to answer for it.'),
    on: DayType('From which day.'),
    decision: words(500, 'The decision: whose, when, which paragraph.'),
  },
});

export const ObligationImplemented = eventType('ObligationImplemented', {
  name: { sv: 'Rekommendation genomförd enligt nämnden', en: 'Obligation implemented, by the board’s decision' },
  schema: 1,
  data: { obligation, on: DayType('The day of the board’s decision.'), decision, grounds: Type.Optional(words(4000, 'What the board bases it on.')) },
});

export const ImplementationWithdrawn = eventType('ImplementationWithdrawn', {
  name: { sv: 'Genomförandet återtaget', en: 'Implementation withdrawn' },
  schema: 1,
  data: { obligation, reason: words(2000, 'Why.') },
});

/** What a judgement says, as it was recorded or corrected. */
const judged = {
  obligation,
  judgement,
  outcome: CodeType(JUDGEMENTS, 'What the elected auditors found.'),
  decidedOn: DayType('The day the elected auditors decided so.'),
  decisionReference: Type.Optional(words(300, 'Where their decision stands; always there where their office recorded it.')),
  source: Type.Object(
    { kind: CodeType(JUDGEMENT_SOURCES, 'What kind of report.'), reference: words(300, 'Which one, and where in it.') },
    { additionalProperties: false, description: 'The report that the judgement stands in.' },
  ),
  grounds: words(4000, 'What they base it on.'),
};

export const ObligationJudged = eventType('ObligationJudged', {
  name: { sv: 'Rekommendation bedömd av revisorerna', en: 'Obligation judged by the auditors' },
  schema: 1,
  data: judged,
});

export const JudgementCorrected = eventType('JudgementCorrected', {
  name: { sv: 'Revisorernas bedömning rättad', en: 'Judgement of the auditors corrected' },
  schema: 1,
  data: { ...judged, reason: words(2000, 'Why what was recorded was wrong.') },
});

export const ObjectionRecorded = eventType('ObjectionRecorded', {
  name: { sv: 'Invändning mot bedömningen antecknad', en: 'Objection to the judgement recorded' },
  schema: 1,
  data: { obligation, judgement, decision: Type.Optional(decision), text: words(4000, 'What the board objects.') },
});

export const ObligationReopened = eventType('ObligationReopened', {
  name: { sv: 'Rekommendation åter öppen', en: 'Obligation reopened' },
  schema: 1,
  data: { obligation, because: CodeType(REOPENINGS, 'Why what the board held implemented is open again.') },
});

export const ReopeningWithdrawn = eventType('ReopeningWithdrawn', {
  name: { sv: 'Återöppning återtagen', en: 'Reopening withdrawn' },
  schema: 1,
  data: { obligation },
});

export const ObligationWithdrawn = eventType('ObligationWithdrawn', {
  name: { sv: 'Rekommendation bortfallen', en: 'Obligation withdrawn' },
  schema: 1,
  data: { obligation, on: DayType('From which day it holds no more.'), reason: words(2000, 'Why.') },
});

export const DocumentsRequested = eventType('DocumentsRequested', {
  name: { sv: 'Underlag begärt', en: 'Documents requested' },
  schema: 1,
  data: { obligation, request, what: words(2000, 'What is asked for.'), by: DayType('The last day for it.') },
});

export const DocumentsDelivered = eventType('DocumentsDelivered', {
  name: { sv: 'Underlag lämnat', en: 'Documents delivered' },
  schema: 1,
  data: {
    obligation,
    request,
    documents: Type.Array(sha256, { maxItems: 50, uniqueItems: true }),
    on: DayType('The day they were handed over.'),
  },
});

/** Everything that can happen to an obligation, its deadlines included. */
export type ObligationEvent =
  | EventOf<typeof ObligationArisen>
  | EventOf<typeof ObligationDaysNoted>
  | EventOf<typeof AddresseeConfirmed>
  | EventOf<typeof ReplyDayNoted>
  | EventOf<typeof ReplyNoted>
  | EventOf<typeof ActionNoted>
  | EventOf<typeof LastDaySet>
  | EventOf<typeof ObligationAllotted>
  | EventOf<typeof ObligationImplemented>
  | EventOf<typeof ImplementationWithdrawn>
  | EventOf<typeof ObligationJudged>
  | EventOf<typeof JudgementCorrected>
  | EventOf<typeof ObjectionRecorded>
  | EventOf<typeof ObligationReopened>
  | EventOf<typeof ReopeningWithdrawn>
  | EventOf<typeof ObligationWithdrawn>
  | EventOf<typeof DocumentsRequested>
  | EventOf<typeof DocumentsDelivered>
  | DeadlineEvent;
