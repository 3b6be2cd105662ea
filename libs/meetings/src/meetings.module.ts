import { Module } from '@nestjs/common';
import { answers, created, Executor, handles, Moments, ofBoard, ofTenant, Streams, system } from '#libs/commands';
import { EventRegistry } from '#libs/kernel';
import { organisation } from '#libs/organisation';
import { knocks } from '#libs/timers';
import { Views } from '#libs/views';
import { AnnounceMinutes, announceMinutes } from './announce-minutes.js';
import { AnnulDecision, annulDecision } from './annul-decision.js';
import { ApproveMinutes, approveMinutes } from './approve-minutes.js';
import { meetingNamed, nextMeetingAfter, nextMeetingAfterCorrection, nextMeetingOn, ruleOn } from './awaited-needs.js';
import { boardCalendar } from './board-calendar.js';
import { CalendarOfBoard, calendarOfBoard, PreparationSteps, preparationSteps } from './calendar-of-board.query.js';
import { boardOfCalendar, calendar, calendarId } from './calendar.js';
import { CancelMeeting, cancelMeeting } from './cancel-meeting.js';
import { citedDecision } from './cited-decision.js';
import { CorrectMeetingDay, correctMeetingDay } from './correct-meeting-day.js';
import { CorrectParagraph, correctParagraph } from './correct-paragraph.js';
import { CorrectRecordedDay, correctRecordedDay } from './correct-recorded-day.js';
import { CountUrgentReport, countUrgentReport } from './count-urgent-report.js';
import { DecideUrgently, decideUrgently } from './decide-urgently.js';
import { DispatchDecision, dispatchDecision } from './dispatch-decision.js';
import { EndAnnouncement, endAnnouncement } from './end-announcement.js';
import { FollowCalendar, followCalendar } from './follow-calendar.js';
import { ListDecisions, listDecisions } from './list-decisions.query.js';
import { ListMeetings, listMeetings } from './list-meetings.query.js';
import { MeetingById, meetingById } from './meeting-by-id.query.js';
import { MeetingHistory, meetingHistory } from './meeting-history.query.js';
import { boardOf, deadlinesOf, meeting } from './meeting.js';
import { BoardsController, DecisionsController, MeetingsController, UrgentDecisionsController } from './meetings.controller.js';
import { MoveMeeting, moveMeeting } from './move-meeting.js';
import { OpenMeeting, openMeeting } from './open-meeting.js';
import { PlanMeeting, planMeeting } from './plan-meeting.js';
import { RecordParagraph, recordParagraph } from './record-paragraph.js';
import { ReportUrgentDecision, reportUrgentDecision } from './report-urgent-decision.js';
import { SendPapers, sendPapers } from './send-papers.js';
import { ServeDecision, serveDecision } from './serve-decision.js';
import { SetPreparationSteps, setPreparationSteps } from './set-preparation-steps.js';

const secretary = [ofBoard('board-secretary')];
const readers = [
  ...secretary,
  ...['case-officer', 'unit-manager', 'department-head', 'head-of-administration', 'process-owner', 'registrar'].map(ofBoard),
  ...['overseer', 'auditor', 'audit-officer'].map(ofTenant),
];

const onCalendar = {
  of: calendar,
  id: ({ board }: { readonly board: string }, { tenant }: { readonly tenant: string }) => calendarId(tenant, board),
  unit: boardOfCalendar,
  may: secretary,
};
const onMeeting = { of: meeting, id: (command: { readonly meeting: string }) => command.meeting, unit: boardOf, may: secretary };
/** The meeting in its own stream, for a change in its calendar. */
const opened = meetingNamed((command: { readonly meeting: string }) => command.meeting);
const ofItsBoard = boardCalendar((command: { readonly board: string }) => command.board);
const awaited = { ruleOn, nextMeetingOn };
const given = citedDecision(({ mandate }: DecideUrgently) => mandate.decision);
const at = meetingNamed(({ atMeeting }: ReportUrgentDecision) => atMeeting);

@Module({
  controllers: [BoardsController, MeetingsController, UrgentDecisionsController, DecisionsController],
  providers: [
    handles(PlanMeeting, { ...onCalendar, needs: { organisation }, decide: planMeeting }),
    handles(MoveMeeting, { ...onCalendar, needs: { organisation, opened }, decide: moveMeeting }),
    handles(CancelMeeting, { ...onCalendar, needs: { opened }, decide: cancelMeeting }),
    handles(CorrectMeetingDay, { ...onCalendar, needs: { organisation, opened }, decide: correctMeetingDay }),
    handles(SetPreparationSteps, { ...onCalendar, needs: { organisation }, decide: setPreparationSteps }),
    handles(OpenMeeting, { ...onMeeting, needs: { organisation, ruleOn, calendar: ofItsBoard }, decide: openMeeting }),
    handles(FollowCalendar, { ...onMeeting, may: [system], needs: { ruleOn, calendar: ofItsBoard }, decide: followCalendar }),
    handles(SendPapers, { ...onMeeting, decide: sendPapers }),
    handles(RecordParagraph, { ...onMeeting, needs: { organisation, ruleOn }, decide: recordParagraph }),
    handles(CorrectParagraph, { ...onMeeting, needs: { organisation, ...awaited }, decide: correctParagraph }),
    handles(DecideUrgently, {
      ...onMeeting,
      id: created('meeting', (command) => command.meeting),
      needs: { organisation, ruleOn, nextMeetingOn: nextMeetingAfter, given },
      decide: decideUrgently,
    }),
    handles(ReportUrgentDecision, {
      ...onMeeting,
      needs: { organisation, ...awaited, at },
      decide: reportUrgentDecision,
    }),
    handles(CountUrgentReport, { ...onMeeting, may: [system], needs: awaited, decide: countUrgentReport }),
    handles(ApproveMinutes, { ...onMeeting, needs: { ruleOn }, decide: approveMinutes }),
    handles(AnnounceMinutes, { ...onMeeting, needs: { ruleOn }, decide: announceMinutes }),
    handles(EndAnnouncement, { ...onMeeting, decide: endAnnouncement }),
    handles(DispatchDecision, { ...onMeeting, needs: { organisation, ...awaited }, decide: dispatchDecision }),
    handles(ServeDecision, { ...onMeeting, needs: { organisation }, decide: serveDecision }),
    handles(AnnulDecision, { ...onMeeting, decide: annulDecision }),
    handles(CorrectRecordedDay, { ...onMeeting, needs: { organisation, ruleOn, nextMeetingOn: nextMeetingAfterCorrection }, decide: correctRecordedDay }),
    knocks(meeting, deadlinesOf),
    answers(CalendarOfBoard, { may: readers, from: [Views, Moments], answer: calendarOfBoard }),
    answers(PreparationSteps, { may: readers, from: [Streams], answer: preparationSteps }),
    answers(ListMeetings, { may: readers, from: [Views, Moments], answer: listMeetings }),
    answers(ListDecisions, { may: readers, from: [Views, Moments], answer: listDecisions }),
    answers(MeetingById, { may: readers, from: [Streams, Executor], answer: meetingById }),
    answers(MeetingHistory, { may: readers, from: [Executor, Views, Moments, EventRegistry], answer: meetingHistory }),
  ],
})
export class MeetingsModule {}
