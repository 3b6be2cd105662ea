import { Type, type Static } from 'typebox';
import { ACTION_KINDS, ACTION_STATES } from '#libs/audits';
import { CodeType, DayType, eventType, IdType, type EventOf } from '#libs/kernel';
import { DecisionRefType } from '#libs/meetings';
import type { StatementEvent } from '#libs/statements';
import type { DeadlineEvent } from '#libs/timers';
import { LEVELS, RESPONSIBLE_ROLES } from './action.codes.js';

const action = IdType('The corrective action.');
const move = IdType('The move: the request and what came of it carry the same.');
const reason = Type.String({ minLength: 1, description: 'Why.' });
const note = Type.Optional(Type.String({ description: 'More about it.' }));
const timeAsWritten = Type.Optional(Type.String({ description: 'The time in the words of the reply: _innan sommaren_.' }));
const documents = Type.Array(Type.String({ pattern: '^[0-9a-f]{64}$' }), { description: 'Evidence: SHA-256 of each stored document.' });
const level = (description: string) => CodeType(LEVELS, description);

const decision = Type.Optional(DecisionRefType);

/** How often an ongoing action is carried out: in the words of the reply, and as they are taken to mean. Each period has one occasion, due by its last day. */
export const FrequencyType = Type.Object(
  {
    asWritten: Type.String({ minLength: 1, description: 'In the words of the reply: _månatliga metodmöten_.' }),
    everyMonths: Type.Optional(Type.Integer({ minimum: 1, maximum: 60, description: 'Length of a period in months.' })),
    everyDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 366, description: 'Length of a period in days.' })),
    startsOn: Type.Optional(DayType('First day of the first period; the day of the promise where left out.')),
  },
  { additionalProperties: false },
);
export type Frequency = Readonly<Static<typeof FrequencyType>>;

/** How the action stands after the event: what the obligations that it answers are told. */
export const StandsType = Type.Object(
  {
    kind: CodeType(ACTION_KINDS, 'Its kind.'),
    status: CodeType(ACTION_STATES, 'How it stands.'),
    promisedOn: Type.Optional(DayType('The day it is promised by now.')),
    firstPromisedOn: Type.Optional(DayType('The day it was first promised by.')),
  },
  { additionalProperties: false },
);
export type Stands = Readonly<Static<typeof StandsType>>;

const answers = {
  obligations: Type.Array(IdType('An obligation: recommendation × board.'), { description: 'What it answers; none where it answers no recommendation.' }),
  stands: StandsType,
};

export const ActionProposed = eventType('ActionProposed', {
  name: { sv: 'Åtgärd föreslagen', en: 'Action proposed' },
  schema: 1,
  data: {
    action,
    title: Type.String({ minLength: 1, description: 'What is to be done, in a line.' }),
    description: Type.Optional(Type.String({ description: 'In the words of the reply.' })),
    kind: CodeType(ACTION_KINDS, 'Already done, ongoing or promised.'),
    board: IdType('The board that answers for it.'),
    unit: IdType('The unit that is responsible.'),
    role: CodeType(RESPONSIBLE_ROLES, 'The role in the unit that is responsible.'),
    timeAsWritten,
    promisedOn: Type.Optional(DayType('The day that the time is taken to mean; left out where there is none.')),
    frequency: Type.Optional(FrequencyType),
    reply: Type.Optional(IdType('The reply that describes it.')),
    source: Type.Optional(Type.String({ description: 'Where it stands: a document, a page.' })),
    ...answers,
  },
});

export const ActionPromised = eventType('ActionPromised', {
  name: { sv: 'Åtgärd utlovad', en: 'Action promised' },
  schema: 1,
  data: {
    action,
    on: DayType('The day it was promised: the reply was given, or the board decided.'),
    decision,
    decidedBy: Type.Optional(IdType('The board that decided.')),
    ...answers,
  },
});

export const ActionWithdrawn = eventType('ActionWithdrawn', {
  name: { sv: 'Förslag om åtgärd återtaget', en: 'Proposed action withdrawn' },
  schema: 1,
  data: { action, reason, ...answers },
});

export const TimeReadAnew = eventType('TimeReadAnew', {
  name: { sv: 'Tid tolkad på nytt', en: 'Time read anew' },
  schema: 1,
  data: {
    action,
    timeAsWritten,
    from: Type.Optional(DayType('The day it was taken to mean before.')),
    to: DayType('The day it is taken to mean.'),
    reason,
    ...answers,
  },
});

export const FirstDaySet = eventType('FirstDaySet', {
  name: { sv: 'Första dag satt', en: 'First day set' },
  schema: 1,
  data: {
    action,
    on: DayType('The day it is promised by, for the first time.'),
    setOn: DayType('The day on which that was said.'),
    reason: Type.Optional(reason),
    ...answers,
  },
});

export const FrequencyReadAnew = eventType('FrequencyReadAnew', {
  name: { sv: 'Frekvens tolkad', en: 'Frequency read' },
  schema: 1,
  data: { action, frequency: FrequencyType, on: DayType('The day from which it is read so.'), reason: Type.Optional(reason) },
});

export const MoveRequested = eventType('MoveRequested', {
  name: { sv: 'Flyttad dag begärd', en: 'Move of the day requested' },
  schema: 1,
  data: { action, move, to: DayType('The day asked for.'), reason, needs: level('Who must approve it.'), requestedOn: DayType('The day it was asked for.') },
});

export const ActionDayMoved = eventType('ActionDayMoved', {
  name: { sv: 'Åtgärdens dag flyttad', en: 'Action’s day moved' },
  schema: 1,
  data: {
    action,
    move,
    from: DayType('The day before.'),
    to: DayType('The day from now on.'),
    reason,
    needs: level('Who had to approve it, by the rule.'),
    approvedBy: level('Who did.'),
    decidedOn: DayType('The day it was decided.'),
    decision,
    ...answers,
  },
});

export const MoveRefused = eventType('MoveRefused', {
  name: { sv: 'Flyttad dag avslagen', en: 'Move of the day refused' },
  schema: 1,
  data: { action, move, reason, decision },
});

export const ProgressReported = eventType('ProgressReported', {
  name: { sv: 'Läge rapporterat', en: 'Progress reported' },
  schema: 1,
  data: { action, on: DayType('The day that it tells of.'), note: Type.String({ minLength: 1, description: 'How far it has come.' }), documents },
});

export const OccasionHeld = eventType('OccasionHeld', {
  name: { sv: 'Tillfälle hållet', en: 'Occasion held' },
  schema: 1,
  data: { action, occasion: DayType('Last day of the period that it was held for.'), heldOn: DayType('The day it was held.'), documents, note },
});

export const ActionEnded = eventType('ActionEnded', {
  name: { sv: 'Pågående åtgärd avslutad', en: 'Ongoing action ended' },
  schema: 1,
  data: { action, on: DayType('The day from which it is carried out no more.'), reason: Type.Optional(reason), decision, ...answers },
});

export const ActionDone = eventType('ActionDone', {
  name: { sv: 'Åtgärd genomförd', en: 'Action done' },
  schema: 1,
  data: {
    action,
    doneOn: DayType('The day it was done.'),
    documents,
    note,
    confirmed: Type.Boolean({ description: 'Whether it counts at once; else a second role confirms it first.' }),
    ...answers,
  },
  label: ({ confirmed }) => (confirmed ? undefined : { sv: 'Åtgärd markerad som genomförd', en: 'Action marked as done' }),
});

export const DoneDayCorrected = eventType('DoneDayCorrected', {
  name: { sv: 'Dag för genomförande rättad', en: 'Day of being done corrected' },
  schema: 1,
  data: { action, from: DayType('As it was recorded.'), to: DayType('As it was.'), reason },
});

export const DoneConfirmed = eventType('DoneConfirmed', {
  name: { sv: 'Genomförande bekräftat', en: 'Done confirmed' },
  schema: 1,
  data: { action, ...answers },
});

export const DoneRejected = eventType('DoneRejected', {
  name: { sv: 'Genomförande ej godtaget', en: 'Done not accepted' },
  schema: 1,
  data: { action, reason, ...answers },
});

export const EvidenceAdded = eventType('EvidenceAdded', {
  name: { sv: 'Underlag tillagt', en: 'Evidence added' },
  schema: 1,
  data: { action, documents, note, ...answers },
});

export const ActionDropped = eventType('ActionDropped', {
  name: { sv: 'Åtgärd struken', en: 'Action dropped' },
  schema: 1,
  data: { action, on: DayType('The day it was dropped.'), reason, decision, ...answers },
});

export const ActionTransferred = eventType('ActionTransferred', {
  name: { sv: 'Åtgärd överförd', en: 'Action transferred' },
  schema: 1,
  data: {
    action,
    on: DayType('The day it was transferred.'),
    reason,
    from: Type.Array(IdType('An obligation.'), { description: 'What it answers no more.' }),
    toAction: Type.Optional(IdType('The action that takes its place; left out where it goes on itself, for other obligations.')),
    ...answers,
  },
});

export const ResponsibleChanged = eventType('ResponsibleChanged', {
  name: { sv: 'Ansvarig ändrad', en: 'Responsible changed' },
  schema: 1,
  data: {
    action,
    unit: IdType('The unit that is responsible from now on.'),
    role: CodeType(RESPONSIBLE_ROLES, 'The role in it.'),
    from: Type.Object({ unit: IdType('The unit before.'), role: CodeType(RESPONSIBLE_ROLES, 'The role before.') }, { additionalProperties: false }),
    reason: Type.Optional(reason),
  },
});

/** What an action’s own facts are; its deadlines and what sources state about it come beside them. */
export type OwnActionEvent =
  | EventOf<typeof ActionProposed>
  | EventOf<typeof ActionPromised>
  | EventOf<typeof ActionWithdrawn>
  | EventOf<typeof TimeReadAnew>
  | EventOf<typeof FirstDaySet>
  | EventOf<typeof FrequencyReadAnew>
  | EventOf<typeof MoveRequested>
  | EventOf<typeof ActionDayMoved>
  | EventOf<typeof MoveRefused>
  | EventOf<typeof ProgressReported>
  | EventOf<typeof OccasionHeld>
  | EventOf<typeof ActionEnded>
  | EventOf<typeof ActionDone>
  | EventOf<typeof DoneDayCorrected>
  | EventOf<typeof DoneConfirmed>
  | EventOf<typeof DoneRejected>
  | EventOf<typeof EvidenceAdded>
  | EventOf<typeof ActionDropped>
  | EventOf<typeof ActionTransferred>
  | EventOf<typeof ResponsibleChanged>;

/** Everything that can happen to a corrective action. */
export type ActionEvent = OwnActionEvent | DeadlineEvent | StatementEvent;

/** The declarations of an action’s own events. */
export const actionEvents = [
  ActionProposed,
  ActionPromised,
  ActionWithdrawn,
  TimeReadAnew,
  FirstDaySet,
  FrequencyReadAnew,
  MoveRequested,
  ActionDayMoved,
  MoveRefused,
  ProgressReported,
  OccasionHeld,
  ActionEnded,
  ActionDone,
  DoneDayCorrected,
  DoneConfirmed,
  DoneRejected,
  EvidenceAdded,
  ActionDropped,
  ActionTransferred,
  ResponsibleChanged,
] as const;
