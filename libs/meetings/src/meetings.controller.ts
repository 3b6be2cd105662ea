import { asks, does, routes } from '#libs/http';
import { trailColumns, trailExample, TrailRow } from '#libs/trail';
import { AnnounceMinutes } from './announce-minutes.js';
import { AnnulDecision } from './annul-decision.js';
import { ApproveMinutes } from './approve-minutes.js';
import { CalendarOfBoard, PreparationSteps, stepsExample, StepsOfBoard } from './calendar-of-board.query.js';
import { CancelMeeting } from './cancel-meeting.js';
import { CorrectMeetingDay } from './correct-meeting-day.js';
import { CorrectParagraph } from './correct-paragraph.js';
import { CorrectRecordedDay } from './correct-recorded-day.js';
import { DecideUrgently } from './decide-urgently.js';
import { DispatchDecision } from './dispatch-decision.js';
import { EndAnnouncement } from './end-announcement.js';
import { decisionColumns, decisionRowExample, DecisionRow, ListDecisions } from './list-decisions.query.js';
import { ListMeetings, meetingColumns, MeetingRow, meetingRowExample } from './list-meetings.query.js';
import { MeetingById, meetingExample, MeetingOnPage } from './meeting-by-id.query.js';
import { MeetingHistory } from './meeting-history.query.js';
import { MoveMeeting } from './move-meeting.js';
import { OpenMeeting } from './open-meeting.js';
import { PlanMeeting } from './plan-meeting.js';
import { RecordParagraph } from './record-paragraph.js';
import { ReportUrgentDecision } from './report-urgent-decision.js';
import { SendPapers } from './send-papers.js';
import { ServeDecision } from './serve-decision.js';
import { SetPreparationSteps } from './set-preparation-steps.js';

const TAG = 'Meetings';
const BOARD = '7c4b1f1e-9a7d-4a3e-8c52-6d1f0b2a9e38';
const OTHER_BOARD = '2f8e6d4c-1b3a-4958-8776-a5b4c3d2e1f0';
const MEETING = '0f6a2d4c-8b1e-4c3f-9a57-2d6e8f0b1c35';
const NEXT_MEETING = '3a9c5e7f-2d4b-4f6a-8c1e-5b7d9f0a2c46';
const POINT = '5d2c7b1a-3e4f-4a6d-8c9b-0a1b2c3d4e5f';
const AGREEMENT = '1b2c3d4e-5f60-4718-8293-a4b5c6d7e8f9';

/** Socialnämnden's § 13 of 14 June 2022 [000]. */
const section13 = {
  number: '§ 13',
  title: 'Samverkansöverenskommelse avseende uppföljning av korttidstillsyn enligt LSS i egen regi som bedrivs i stadens skolor',
  registryNumber: '2.3.4-181/2022',
  points: [
    {
      text: 'Socialnämnden godkänner överenskommelsen, som ska gälla under förutsättning att utbildningsnämnden fattar likalydande beslut.',
      outcome: 'approved' as const,
      object: { kind: 'agreement' as const, id: AGREEMENT, version: '1' },
    },
    { text: 'Socialnämnden delegerar till socialdirektören att teckna avtalet och revidera överenskommelsen vid behov.', outcome: 'approved' as const },
  ],
  dispatchTo: [{ body: OTHER_BOARD }],
};

/** The calendar of a board and the steps before its meetings, under `/boards`. */
export const BoardsController = routes('boards', TAG, [
  asks(':board/calendar', CalendarOfBoard, {
    summary: 'The meetings of a board, in their order',
    description: 'Of a year, or all; cancelled ones among them. `asOf` shows the calendar as it was recorded then.',
    answer: MeetingRow,
    example: meetingRowExample,
    columns: meetingColumns,
  }),
  does('PUT', ':board/calendar/:meeting', PlanMeeting, {
    summary: 'Plan a meeting',
    description: 'With its stop day and the day its papers are to be sent. On a day on which there is such a board. The same again changes nothing.',
    example: { on: '2022-06-14', stopOn: '2022-05-23', papersOn: '2022-06-07' },
  }),
  does('POST', ':board/calendar/:meeting/moves', MoveMeeting, {
    summary: 'Move a planned meeting',
    description: 'Replies that were counted back from it are counted again. A meeting that was held is corrected instead.',
    example: { on: '2022-06-16', stopOn: '2022-05-23', papersOn: '2022-06-09', reason: 'Samordning med kommunfullmäktiges sammanträde.' },
  }),
  does('POST', ':board/calendar/:meeting/cancellations', CancelMeeting, {
    summary: 'Cancel a planned meeting',
    example: { reason: 'Inga ärenden.' },
  }),
  does('POST', ':board/calendar/:meeting/corrections', CorrectMeetingDay, {
    summary: 'Correct the day on which a meeting was held',
    description: 'Its minutes follow, and what was counted from the day; what was recorded stays visible.',
    example: { on: '2022-06-14', reason: 'Fel dag i kalendern.' },
  }),
  asks(':board/preparation-steps', PreparationSteps, {
    summary: 'The steps by which matters come to a board',
    answer: StepsOfBoard,
    example: stepsExample,
  }),
  does('PUT', ':board/preparation-steps', SetPreparationSteps, {
    summary: 'Set the steps by which matters come to a board',
    description: 'In their order, the last one leading to the sending of the papers: so many working days before the next step, or on days of its own.',
    example: {
      steps: [
        { name: 'Tjänsteutlåtande', workingDays: 15 },
        { name: 'Förvaltningsgrupp', calendar: ['2022-05-11', '2022-06-08'] },
      ],
    },
  }),
]);

/** Meetings and their minutes under `/meetings`. */
export const MeetingsController = routes('meetings', TAG, [
  asks('', ListMeetings, {
    summary: 'Meetings and urgent decisions, the latest first',
    description: 'With how their minutes stand and what is next awaited of each. `asOf` shows the list as it was recorded then.',
    answer: MeetingRow,
    example: meetingRowExample,
    columns: meetingColumns,
  }),
  does('POST', '', OpenMeeting, {
    summary: 'Open a planned meeting',
    description: 'From then on its papers, paragraphs and approval are recorded; its minutes are awaited within fourteen days.',
    status: 201,
    example: { meeting: MEETING, board: BOARD },
  }),
  asks(':meeting', MeetingById, {
    summary: 'One meeting or urgent decision',
    description: 'Everything recorded of it: paragraphs and points with the day from which each counts, approvals, announcements, dispatches, what is awaited.',
    answer: MeetingOnPage,
    example: meetingExample(MEETING),
  }),
  asks(':meeting/history', MeetingHistory, {
    summary: 'Everything that was recorded of one meeting, newest first',
    answer: TrailRow,
    example: trailExample,
    columns: trailColumns,
  }),
  does('POST', ':meeting/papers', SendPapers, {
    summary: 'Record that the papers were sent to the members',
    example: { on: '2022-06-07' },
  }),
  does('POST', ':meeting/paragraphs', RecordParagraph, {
    summary: 'Record a paragraph of the minutes',
    description:
      'With one or more points, each with its outcome and what it is about. A registry number that is not written as the board writes its numbers is taken, and shown as such.',
    example: section13,
  }),
  does('POST', ':meeting/paragraphs/:paragraph/corrections', CorrectParagraph, {
    summary: 'Correct a paragraph',
    description: 'It is sent as a whole, with every point by its id; what was recorded stays visible.',
    example: { ...section13, points: [{ point: POINT, ...section13.points[0]! }], reason: 'Fel lydelse.' },
  }),
  does('POST', ':meeting/approvals', ApproveMinutes, {
    summary: 'Record that minutes were approved',
    description: 'The whole of them, some paragraphs, or some points that were declared approved at once. What they hold counts from that day.',
    example: { on: '2022-06-20' },
  }),
  does('POST', ':meeting/announcements', AnnounceMinutes, {
    summary: 'Record that the approval was announced',
    example: { on: '2022-06-21' },
  }),
  does('POST', ':meeting/announcement-endings', EndAnnouncement, {
    summary: 'Record that the announcement was taken down',
    description: 'It is kept until the three weeks of appeal have ended.',
    example: { on: '2022-07-13' },
  }),
  does('POST', ':meeting/paragraphs/:paragraph/dispatches', DispatchDecision, {
    summary: 'Record that a decision was dispatched',
    example: { to: [{ body: OTHER_BOARD }], on: '2022-06-22' },
  }),
  does('POST', ':meeting/paragraphs/:paragraph/servings', ServeDecision, {
    summary: 'Record that a decision was served to another board or body',
    example: { to: OTHER_BOARD, on: '2022-06-23' },
  }),
  does('POST', ':meeting/points/:point/annulments', AnnulDecision, {
    summary: 'Record that a court annulled a decision',
    example: { court: 'Förvaltningsrätten i Stockholm', on: '2022-11-15', caseNumber: '15000-22' },
  }),
  does('POST', ':meeting/corrections', CorrectRecordedDay, {
    summary: 'Correct a day that was recorded wrong',
    description: 'What was counted from it is counted anew; what was recorded stays visible.',
    example: { fact: 'minutes-approved', approval: 1, from: '2022-06-21', to: '2022-06-20', reason: 'Fel dag antecknad.' },
  }),
  does('POST', ':meeting/reports', ReportUrgentDecision, {
    summary: 'Record that an urgent decision was reported to the board',
    example: { atMeeting: NEXT_MEETING },
  }),
]);

/** Decisions that could not wait, under `/urgent-decisions`. */
export const UrgentDecisionsController = routes('urgent-decisions', TAG, [
  does('POST', '', DecideUrgently, {
    summary: 'Record an urgent decision made for the board',
    description: 'By its chair or a named member under a standing mandate (kommunallagen 6 kap. 39 §). It counts at once, and is reported at the next meeting.',
    status: 201,
    location: (id) => `meetings/${id}`,
    example: {
      board: BOARD,
      on: '2020-10-12',
      number: '1/2020',
      title: 'Yttrande över stadsrevisionens rapport nr 5 2020',
      registryNumber: '2.1.1-200/2020',
      points: [{ text: 'Yttrandet godkänns och överlämnas till stadsrevisionen.', outcome: 'approved', object: { kind: 'reply', id: AGREEMENT } }],
      dispatchTo: [{ name: 'Stadsrevisionen' }],
      mandate: { decider: 'chair', reference: 'Nämndens delegationsordning, punkt 1.1', decision: { meeting: MEETING, point: POINT } },
    },
  }),
]);

/** What boards decided, point by point, under `/decisions`. */
export const DecisionsController = routes('decisions', TAG, [
  asks('', ListDecisions, {
    summary: 'Decisions of boards, point by point',
    description: 'Found by registry number, by what they are about, by board and day. `asOf` shows the list as it was recorded then.',
    answer: DecisionRow,
    example: decisionRowExample,
    columns: decisionColumns,
  }),
]);
