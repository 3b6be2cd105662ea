import { Type } from 'typebox';
import { CodeType, DayType, eventType, IdType, type EventOf } from '#libs/kernel';
import { CAPACITIES } from '#libs/organisation';
import type { DeadlineEvent } from '#libs/timers';
import { DelegatedByType } from './delegated-by.js';
import { COVERED, REPORTINGS } from './delegation.codes.js';

const decision = IdType('The delegated decision.');
const board = IdType('The board for which it was made.');
const reason = Type.String({ minLength: 1, maxLength: 2_000, description: 'Why.' });

export const DelegatedDecisionMade = eventType('DelegatedDecisionMade', {
  name: { sv: 'Delegationsbeslut fattat', en: 'Delegated decision made' },
  schema: 1,
  data: {
    decision,
    board,
    kind: CodeType(COVERED, 'What was done by it.'),
    what: Type.String({ minLength: 1, maxLength: 2_000, description: 'What was decided.' }),
    on: DayType('The day it was made.'),
    role: Type.String({ pattern: '^[a-z][a-z-]*$', maxLength: 60, description: 'The role that decided.' }),
    unit: IdType('The unit in which it is held.'),
    person: IdType('Who had it that day.'),
    capacity: CodeType(CAPACITIES, 'How it was held: as one’s own, acting, or as a substitute.'),
    delegation: DelegatedByType,
    reporting: CodeType(REPORTINGS, 'How it is to be reported, as its point says.'),
    appealable: Type.Boolean({ description: 'Whether it can be appealed.' }),
    agreement: Type.Optional(IdType('The agreement that it is about.')),
    registryNumber: Type.Optional(Type.String({ minLength: 1, maxLength: 60, description: 'The board’s own number for it.' })),
  },
});

export const DelegatedDecisionCorrected = eventType('DelegatedDecisionCorrected', {
  name: { sv: 'Delegationsbeslutets dag rättad', en: 'Day of the delegated decision corrected' },
  schema: 1,
  data: { decision, board, from: DayType('As it was recorded.'), on: DayType('As it was.'), reason },
});

export const DelegatedDecisionWithdrawn = eventType('DelegatedDecisionWithdrawn', {
  name: { sv: 'Felaktigt antecknat delegationsbeslut återtaget', en: 'Delegated decision recorded by mistake taken back' },
  schema: 1,
  data: { decision, board, reason },
});

export const ReportedToHead = eventType('ReportedToHead', {
  name: { sv: 'Delegationsbeslut anmält till förvaltningschefen', en: 'Delegated decision reported to the head of administration' },
  schema: 1,
  data: { decision, board, on: DayType('The day it was.') },
});

export const ReportedToBoard = eventType('ReportedToBoard', {
  name: { sv: 'Delegationsbeslut anmält till nämnden', en: 'Delegated decision reported to the board' },
  schema: 1,
  data: { decision, board, meeting: IdType('The meeting at which it was reported.'), on: DayType('The day of that meeting.') },
});

export const BoardReportWithdrawn = eventType('BoardReportWithdrawn', {
  name: { sv: 'Anmälan till nämnden återtagen', en: 'Report to the board taken back' },
  schema: 1,
  data: { decision, board, meeting: IdType('The meeting at which it was not reported after all.'), reason },
});

export const MinutedSeparately = eventType('MinutedSeparately', {
  name: { sv: 'Delegationsbeslut protokollfört särskilt', en: 'Delegated decision minuted separately' },
  schema: 1,
  data: {
    decision,
    board,
    on: DayType('The day it was.'),
    reference: Type.String({ minLength: 1, maxLength: 200, description: 'Where that record is found.' }),
  },
});

/** Everything that can happen to a delegated decision, its deadlines included. */
export type DelegatedDecisionEvent =
  | EventOf<typeof DelegatedDecisionMade>
  | EventOf<typeof DelegatedDecisionCorrected>
  | EventOf<typeof DelegatedDecisionWithdrawn>
  | EventOf<typeof ReportedToHead>
  | EventOf<typeof ReportedToBoard>
  | EventOf<typeof BoardReportWithdrawn>
  | EventOf<typeof MinutedSeparately>
  | DeadlineEvent;
