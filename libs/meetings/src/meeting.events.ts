import { Type } from 'typebox';
import { CodeType, DayType, eventType, IdType, type EventOf } from '#libs/kernel';
import type { DeadlineEvent } from '#libs/timers';
import { DecisionRefType } from './decision-ref.js';
import { DATED_FACTS, DECIDED_KINDS, MEETING_KINDS, OUTCOMES, RESERVATIONS, URGENT_DECIDERS } from './meeting.codes.js';

const meeting = IdType('The meeting, or the urgent decision.');
const paragraph = IdType('The paragraph.');
const point = IdType('The point.');
const reason = Type.String({ minLength: 1, maxLength: 2_000, description: 'Why.' });
const approval = Type.Integer({ minimum: 1, description: 'Which of the approvals of these minutes, in the order they were recorded.' });

/** Who a decision is sent to: a unit or body of the register, or whoever else by name. */
const recipient = Type.Object(
  {
    body: Type.Optional(IdType('A board, unit or body of the register.')),
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'Whoever is not in the register: an authority, a company.' })),
  },
  { additionalProperties: false },
);

const content = {
  number: Type.String({ minLength: 1, maxLength: 20, description: 'As the minutes have it: § 13.' }),
  title: Type.String({ minLength: 1, maxLength: 500 }),
  registryNumber: Type.Optional(Type.String({ minLength: 1, maxLength: 60, description: 'The board’s own number for the matter.' })),
  patternKnown: Type.Optional(Type.Boolean({ description: 'Whether the registry number is written as the board writes its numbers.' })),
  points: Type.Array(
    Type.Object(
      {
        point,
        text: Type.String({ minLength: 1, maxLength: 4_000, description: 'What was decided, as the minutes word it.' }),
        outcome: CodeType(OUTCOMES, 'What the board did with it.'),
        object: Type.Optional(
          Type.Object(
            {
              kind: CodeType(DECIDED_KINDS, 'What kind of thing it is about.'),
              id: IdType('The thing.'),
              version: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'Which version of it: a number, or the hash of its text.' })),
            },
            { additionalProperties: false },
          ),
        ),
        atOnce: Type.Optional(Type.Literal(true, { description: 'Declared approved at once (omedelbar justering): it counts from the day of the meeting.' })),
      },
      { additionalProperties: false },
    ),
    { minItems: 1 },
  ),
  reservations: Type.Optional(
    Type.Array(
      Type.Object(
        {
          kind: CodeType(RESERVATIONS, 'A reservation, or a särskilt uttalande.'),
          by: Type.String({ minLength: 1, maxLength: 200, description: 'The party or group that made it.' }),
          text: Type.Optional(Type.String({ minLength: 1, maxLength: 4_000 })),
        },
        { additionalProperties: false },
      ),
    ),
  ),
  dispatchTo: Type.Optional(Type.Array(recipient, { description: 'Who it is to be dispatched to.' })),
};

export const MeetingOpened = eventType('MeetingOpened', {
  name: { sv: 'Sammanträde öppnat', en: 'Meeting opened' },
  schema: 1,
  data: {
    meeting,
    board: IdType('The board that meets, or for which is decided.'),
    on: DayType('The day of the meeting, or of the urgent decision.'),
    kind: CodeType(MEETING_KINDS, 'A meeting of the calendar, or an urgent decision (KL 6:39).'),
    mandate: Type.Optional(
      Type.Object(
        {
          decider: CodeType(URGENT_DECIDERS, 'Who decided for the board.'),
          reference: Type.String({ minLength: 1, maxLength: 500, description: 'Where the board gave the mandate.' }),
          decision: Type.Optional(DecisionRefType),
        },
        { additionalProperties: false, description: 'By which mandate of the board an urgent decision was made.' },
      ),
    ),
  },
  label: ({ kind }) => (kind === 'urgent' ? { sv: 'Brådskande beslut fattat', en: 'Urgent decision made' } : undefined),
});

export const OpenedMeetingMoved = eventType('OpenedMeetingMoved', {
  name: { sv: 'Öppnat sammanträde följer kalendern', en: 'Opened meeting follows the calendar' },
  schema: 1,
  data: { meeting, from: DayType('The day that it had.'), to: DayType('The day that the calendar gives it now.') },
});

export const OpenedMeetingCancelled = eventType('OpenedMeetingCancelled', {
  name: { sv: 'Öppnat sammanträde inställt', en: 'Opened meeting cancelled' },
  schema: 1,
  data: { meeting, on: DayType('The day that it would have been held.') },
});

export const PapersSent = eventType('PapersSent', {
  name: { sv: 'Handlingar utsända', en: 'Papers sent' },
  schema: 1,
  data: { meeting, on: DayType('The day the papers went to the members.') },
});

export const ParagraphRecorded = eventType('ParagraphRecorded', {
  name: { sv: 'Paragraf antecknad', en: 'Paragraph recorded' },
  schema: 1,
  data: { meeting, paragraph, ...content },
});

export const ParagraphCorrected = eventType('ParagraphCorrected', {
  name: { sv: 'Paragraf rättad', en: 'Paragraph corrected' },
  schema: 1,
  data: { meeting, paragraph, ...content, reason },
});

export const MinutesApproved = eventType('MinutesApproved', {
  name: { sv: 'Protokoll justerat', en: 'Minutes approved' },
  schema: 1,
  data: {
    meeting,
    approval,
    on: DayType('The day the minutes were approved (justering).'),
    paragraphs: Type.Optional(
      Type.Array(IdType('A paragraph.'), { minItems: 1, description: 'These alone; the whole minutes where this and points are left out.' }),
    ),
    points: Type.Optional(Type.Array(IdType('A point.'), { minItems: 1, description: 'These alone, declared approved at once.' })),
  },
});

export const MinutesAnnounced = eventType('MinutesAnnounced', {
  name: { sv: 'Justering anslagen', en: 'Approval of minutes announced' },
  schema: 1,
  data: { meeting, approval, on: DayType('The day the approval was announced on the notice board.') },
});

export const AnnouncementEnded = eventType('AnnouncementEnded', {
  name: { sv: 'Anslag nedtaget', en: 'Announcement taken down' },
  schema: 1,
  data: { meeting, approval, on: DayType('The day the announcement was taken down.') },
});

export const DecisionDispatched = eventType('DecisionDispatched', {
  name: { sv: 'Beslut expedierat', en: 'Decision dispatched' },
  schema: 1,
  data: { meeting, paragraph, to: Type.Array(recipient, { minItems: 1 }), on: DayType('The day it was sent.') },
});

export const DecisionServed = eventType('DecisionServed', {
  name: { sv: 'Beslut delgivet', en: 'Decision served' },
  schema: 1,
  data: { meeting, paragraph, to: IdType('The board or body that it was served to.'), on: DayType('The day it was served.') },
});

export const DecisionAnnulled = eventType('DecisionAnnulled', {
  name: { sv: 'Beslut upphävt', en: 'Decision annulled' },
  schema: 1,
  data: {
    meeting,
    point,
    court: Type.String({ minLength: 1, maxLength: 200, description: 'The court that annulled it.' }),
    on: DayType('The day of the court’s ruling.'),
    caseNumber: Type.Optional(Type.String({ minLength: 1, maxLength: 60, description: 'The court’s number of the case.' })),
  },
});

export const UrgentDecisionReported = eventType('UrgentDecisionReported', {
  name: { sv: 'Brådskande beslut anmält', en: 'Urgent decision reported' },
  schema: 1,
  data: { meeting, atMeeting: IdType('The meeting at which it was reported to the board.'), on: DayType('The day of that meeting.') },
});

export const RecordedDayCorrected = eventType('RecordedDayCorrected', {
  name: { sv: 'Antecknad dag rättad', en: 'Recorded day corrected' },
  schema: 1,
  data: {
    meeting,
    fact: CodeType(DATED_FACTS, 'What was recorded on a wrong day.'),
    approval: Type.Optional(approval),
    paragraph: Type.Optional(paragraph),
    point: Type.Optional(point),
    from: DayType('As it was recorded.'),
    to: DayType('As it was.'),
    reason,
  },
});

/** Everything that can happen to a meeting and its minutes, their deadlines included. */
export type MeetingEvent =
  | EventOf<typeof MeetingOpened>
  | EventOf<typeof OpenedMeetingMoved>
  | EventOf<typeof OpenedMeetingCancelled>
  | EventOf<typeof PapersSent>
  | EventOf<typeof ParagraphRecorded>
  | EventOf<typeof ParagraphCorrected>
  | EventOf<typeof MinutesApproved>
  | EventOf<typeof MinutesAnnounced>
  | EventOf<typeof AnnouncementEnded>
  | EventOf<typeof DecisionDispatched>
  | EventOf<typeof DecisionServed>
  | EventOf<typeof DecisionAnnulled>
  | EventOf<typeof UrgentDecisionReported>
  | EventOf<typeof RecordedDayCorrected>
  | DeadlineEvent;
