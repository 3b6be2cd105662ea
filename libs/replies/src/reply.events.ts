import { Type } from 'typebox';
import { POSITIONS, REPLY_STATES } from '#libs/audits';
import { CodeType, DayType, eventType, IdType, type EventOf } from '#libs/kernel';
import { DecisionRefType } from '#libs/meetings';
import { ROLES } from '#libs/organisation';
import type { DeadlineEvent } from '#libs/timers';
import type { PreparationStep } from './count-back.js';
import { COUNTED_BECAUSE, MINUTES, PREPARATIONS, REPLY_KINDS } from './reply.codes.js';
import { ReplyPlan } from './reply-plan.js';

const closed = { additionalProperties: false } as const;
const reply = IdType('The reply: of one board to one audit.');
const audit = IdType('The audit.');
const board = IdType('The board the report was referred to; who holds the reply on a day follows from the register.');
/** Whose it is: what follows in the audit and in obligations hangs on it. */
const of = { reply, audit, board };
const recommendation = IdType('The recommendation.');
const words = (maxLength: number, description: string) => Type.String({ minLength: 1, maxLength, description });
const dueOn = Type.Optional(DayType('The last day; left out where none is set, or none is known.'));
/** Where the reply stands after the event, as the audit's referral shows it. */
const stands = Type.Object(
  { state: CodeType(REPLY_STATES, 'Where it stands.'), dueOn, givenOn: Type.Optional(DayType('The day it was given.')) },
  { ...closed, description: 'Where the reply stands from now on.' },
);
const position = Type.Optional(CodeType(POSITIONS, 'What the reply says of it, where it takes a position.'));
const documents = Type.Optional(
  Type.Array(Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of a stored document.' }), { maxItems: 50, uniqueItems: true }),
);
const StepType = Type.Object(
  {
    name: words(200, 'What is done, or who is asked: förvaltningsgruppen.'),
    workingDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 250, description: 'How many working days before the next step.' })),
    calendar: Type.Optional(Type.Array(DayType('A day on which it can be done.'), { maxItems: 100 })),
    afterPapers: Type.Optional(Type.Literal(true, { description: 'It may come between papers sent and meeting.' })),
  },
  closed,
);
/** Whom the decision was dispatched to: a unit or body of the register, or somebody by name. */
const RecipientType = Type.Object(
  { body: Type.Optional(IdType('A board or body.')), name: Type.Optional(words(200, 'Somebody who is in no register.')) },
  closed,
);

export const ReplyAwaited = eventType('ReplyAwaited', {
  name: { sv: 'Yttrande väntas', en: 'Reply awaited' },
  schema: 1,
  data: {
    ...of,
    kind: CodeType(REPLY_KINDS, 'Whether a reply is asked for, or left to the board.'),
    referredOn: Type.Optional(DayType('The day the report was handed over; left out where it is unknown.')),
    dueOn,
    stands,
  },
});

export const ReplyNoLongerAwaited = eventType('ReplyNoLongerAwaited', {
  name: { sv: 'Yttrande väntas inte längre', en: 'Reply no longer awaited' },
  schema: 1,
  data: { ...of, stands },
});

export const ObligationTakenUp = eventType('ObligationTakenUp', {
  name: { sv: 'Åtagande att besvara', en: 'Obligation to be answered' },
  schema: 1,
  data: { reply, obligation: IdType('The obligation.'), recommendation, number: words(20, 'The recommendation’s number.'), dueOn },
});

export const OfficerReportWritten = eventType('OfficerReportWritten', {
  name: { sv: 'Tjänsteutlåtande upprättat', en: 'Officer’s report written' },
  schema: 1,
  data: {
    ...of,
    stands,
    on: DayType('The day of the officer’s report.'),
    registryNumber: Type.Optional(words(60, 'The board’s own number for the matter.')),
    patternKnown: Type.Optional(Type.Boolean({ description: 'Whether the number is written as the board’s registry writes its numbers.' })),
    documents,
  },
});

export const ConsultationHeld = eventType('ConsultationHeld', {
  name: { sv: 'Samråd hållet', en: 'Consultation held' },
  schema: 1,
  data: { reply, consultation: IdType('The consultation.'), body: words(200, 'Who was consulted: förvaltningsgruppen.'), on: DayType('The day.'), documents },
});

export const SignedOff = eventType('SignedOff', {
  name: { sv: 'Attesterat', en: 'Signed off' },
  schema: 1,
  data: {
    reply,
    signOff: IdType('The sign-off.'),
    role: CodeType(ROLES, 'The role that signed off.'),
    unit: IdType('The unit in which it is held.'),
    on: DayType('The day.'),
    acting: Type.Optional(Type.Literal(true, { description: 'By an acting holder (t.f.).' })),
  },
});

export const DecisionChainSet = eventType('DecisionChainSet', {
  name: { sv: 'Beslutsväg fastställd', en: 'Decision chain set' },
  schema: 1,
  data: {
    reply,
    preparingBoard: Type.Optional(IdType('The board that prepares the decision.')),
    decidingBoard: IdType('The board that decides; it need not be one that the report was referred to.'),
    steps: Type.Optional(
      Type.Unsafe<readonly PreparationStep[]>(Type.Array(StepType, { maxItems: 30, description: 'Instead of the board’s own steps, in their order.' })),
    ),
    minutes: CodeType(MINUTES, 'How the minutes of the point are to be approved.'),
  },
});

export const ReplyPlanned = eventType('ReplyPlanned', {
  name: { sv: 'Plan för yttrandet räknad', en: 'Plan for the reply counted' },
  schema: 1,
  data: {
    reply,
    plan: ReplyPlan,
    because: CodeType(COUNTED_BECAUSE, 'Why it was counted.'),
    calendars: Type.Array(IdType('A board.'), { description: 'Whose calendars it was counted with: the boards of its chain, and whoever succeeds them.' }),
    undecidedAt: Type.Optional(Type.Array(IdType('A meeting.'), { description: 'Meetings that had the matter and did not decide it.' })),
  },
  label: ({ plan }) =>
    'none' in plan ? { sv: 'Inget sammanträde hinns med före svarets sista dag', en: 'No meeting before the reply’s last day' } : undefined,
});

export const PositionTaken = eventType('PositionTaken', {
  name: { sv: 'Rekommendation kommenterad', en: 'Recommendation commented' },
  schema: 1,
  data: { ...of, stands, recommendation, position, comment: words(20_000, 'What the reply says of it.') },
});

/** What the reply says of each recommendation that it answers. */
const positions = Type.Array(Type.Object({ recommendation, position }, closed), { maxItems: 200 });

export const ReplyApproved = eventType('ReplyApproved', {
  name: { sv: 'Yttrande godkänt av nämnden', en: 'Reply approved by the board' },
  schema: 1,
  data: {
    ...of,
    decision: DecisionRefType,
    paragraph: IdType('The paragraph of the minutes: what is dispatched.'),
    decidedBy: IdType('The board that decided.'),
    on: DayType('The day it decided.'),
    countsFrom: DayType('The day from which the decision counts.'),
  },
});

export const ReplyGiven = eventType('ReplyGiven', {
  name: { sv: 'Yttrande lämnat', en: 'Reply given' },
  schema: 1,
  data: {
    ...of,
    stands,
    on: DayType('The day it was dispatched.'),
    decision: DecisionRefType,
    dispatchedTo: Type.Array(RecipientType, { maxItems: 100 }),
    positions,
  },
});

export const GivenDayCorrected = eventType('GivenDayCorrected', {
  name: { sv: 'Dag för lämnat yttrande rättad', en: 'Day the reply was given corrected' },
  schema: 1,
  data: {
    ...of,
    stands,
    from: DayType('As it was recorded.'),
    on: DayType('As it was.'),
    decision: DecisionRefType,
    positions,
    reason: words(1000, 'Why what was recorded was wrong.'),
  },
});

export const PreparationDayCorrected = eventType('PreparationDayCorrected', {
  name: { sv: 'Dag i beredningen rättad', en: 'Day of the preparation corrected' },
  schema: 1,
  data: {
    reply,
    what: CodeType(PREPARATIONS, 'What happened on the day.'),
    which: Type.Optional(IdType('Which consultation or sign-off.')),
    from: DayType('As it was recorded.'),
    to: DayType('As it was.'),
    reason: words(1000, 'Why what was recorded was wrong.'),
  },
});

export const ExtensionRequested = eventType('ExtensionRequested', {
  name: { sv: 'Anstånd begärt', en: 'Extension requested' },
  schema: 1,
  data: { reply, request: IdType('The request.'), until: DayType('The day asked for.'), on: DayType('The day it was asked for.'), reason: words(2000, 'Why.') },
});

export const ExtensionGranted = eventType('ExtensionGranted', {
  name: { sv: 'Anstånd beviljat', en: 'Extension granted' },
  schema: 1,
  data: { ...of, stands, until: DayType('The new last day.'), on: DayType('The day it was granted.') },
});

export const ExtensionRefused = eventType('ExtensionRefused', {
  name: { sv: 'Anstånd avslaget', en: 'Extension refused' },
  schema: 1,
  data: { reply, on: DayType('The day it was refused.'), reason: Type.Optional(words(2000, 'Why.')) },
});

/** Everything that can happen to a reply, its deadlines included. */
export type ReplyEvent =
  | EventOf<typeof ReplyAwaited>
  | EventOf<typeof ReplyNoLongerAwaited>
  | EventOf<typeof ObligationTakenUp>
  | EventOf<typeof OfficerReportWritten>
  | EventOf<typeof ConsultationHeld>
  | EventOf<typeof SignedOff>
  | EventOf<typeof DecisionChainSet>
  | EventOf<typeof ReplyPlanned>
  | EventOf<typeof PositionTaken>
  | EventOf<typeof ReplyApproved>
  | EventOf<typeof ReplyGiven>
  | EventOf<typeof GivenDayCorrected>
  | EventOf<typeof PreparationDayCorrected>
  | EventOf<typeof ExtensionRequested>
  | EventOf<typeof ExtensionGranted>
  | EventOf<typeof ExtensionRefused>
  | DeadlineEvent;
