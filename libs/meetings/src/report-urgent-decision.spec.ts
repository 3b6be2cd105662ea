import { test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import { OpenedMeetingCancelled } from './meeting.events.js';
import type { Meeting } from './meeting.js';
import { decidedUrgently, given, held, ids, meetingAfter, meetingOpened, needs, on, reported, urgentReport } from './meetings.given.js';
import { reportUrgentDecision } from './report-urgent-decision.js';

const report = { meeting: ids.urgent, atMeeting: ids.nextMeeting };
const at = (heldOn = '2022-08-23', board = ids.social): Meeting => meetingAfter(meetingOpened(heldOn, { of: ids.nextMeeting, board }));
const asked = (date: string) => on(date, { id: ids.urgent });
const nextMeetingOn = day('2022-08-23');
const asking = (where: Meeting) => given(decidedUrgently()).when(reportUrgentDecision, report, asked('2022-08-24'), { ...needs, at: where });

test('it is reported at the next meeting, in time', () => {
  given(decidedUrgently())
    .when(reportUrgentDecision, report, asked('2022-08-24'), { ...needs, nextMeetingOn, at: at() })
    .then(reported('2022-08-23'), urgentReport.met('2022-08-23'));
});

test('reported at a later meeting it is late', () => {
  given(decidedUrgently())
    .when(reportUrgentDecision, report, asked('2022-09-21'), { ...needs, nextMeetingOn, at: at('2022-09-20') })
    .thenTypes('UrgentDecisionReported', 'DeadlineMissed', 'DeadlineMet');
});

test('reported already there, it says nothing new; elsewhere it is refused as urgent.reported', () => {
  given(decidedUrgently(), reported('2022-08-23'))
    .when(reportUrgentDecision, report, asked('2022-08-25'), { ...needs, at: at() })
    .thenNothing();
  given(decidedUrgently(), reported('2022-08-23'))
    .when(reportUrgentDecision, { ...report, atMeeting: ids.meeting }, asked('2022-08-25'), { ...needs, at: at() })
    .thenRefused('urgent.reported');
});

test('a meeting that nobody has opened, an urgent decision or another board’s meeting is refused as urgent.not-at-that-meeting', () => {
  asking(meetingAfter()).thenRefused('urgent.not-at-that-meeting');
  asking(meetingAfter(decidedUrgently())).thenRefused('urgent.not-at-that-meeting');
  asking(at('2022-08-23', ids.education)).thenRefused('urgent.not-at-that-meeting');
});

test('a meeting of the board that has taken over will do', () => {
  const [opened, ...rest] = decidedUrgently();
  const old = { ...opened!, data: { ...opened!.data, board: ids.alvsjo, on: day('2020-06-25') } } as NonNullable<typeof opened>;
  given(old, ...rest)
    .when(reportUrgentDecision, report, asked('2020-09-01'), { ...needs, nextMeetingOn: day('2020-08-27'), at: at('2020-08-27', ids.hagerstenAlvsjo) })
    .thenTypes('UrgentDecisionReported', 'DeadlineMoved', 'DeadlineMet');
});

test('a cancelled meeting is refused as meeting.cancelled', () => {
  const calledOff = meetingAfter(meetingOpened(), event(OpenedMeetingCancelled, { meeting: ids.meeting, on: day('2022-06-14') }));
  given(decidedUrgently())
    .when(reportUrgentDecision, report, asked('2022-08-24'), { ...needs, at: calledOff })
    .thenRefused('meeting.cancelled');
});

test('before it was decided, and at a meeting that has not been held, it is refused', () => {
  given(decidedUrgently())
    .when(reportUrgentDecision, report, asked('2022-08-24'), { ...needs, at: at('2022-07-04') })
    .thenRefused('urgent.reported-before-decided');
  given(decidedUrgently())
    .when(reportUrgentDecision, report, asked('2022-08-22'), { ...needs, at: at() })
    .thenRefused('day.in-the-future');
});

test('a meeting is not reported: meeting.not-urgent; what is not there is meeting.unknown', () => {
  given(held())
    .when(reportUrgentDecision, report, asked('2022-08-24'), { ...needs, at: at() })
    .thenRefused('meeting.not-urgent');
  given()
    .when(reportUrgentDecision, report, asked('2022-08-24'), { ...needs, at: at() })
    .thenRefused('meeting.unknown');
});
