import { test } from '@jest/globals';
import { event } from '#libs/kernel';
import { OpenedMeetingCancelled } from './meeting.events.js';
import { day } from '#libs/kernel';
import { awaited, calendarAfter, cancelled, given, ids, meetingOpened, minutes, moved, needs, on, opened, planned } from './meetings.given.js';
import { openMeeting } from './open-meeting.js';

const open = { meeting: ids.meeting, board: ids.social };
const calendar = calendarAfter(planned());

test('a meeting is opened on the day that the calendar gives it, and its minutes are awaited within fourteen days', () => {
  given()
    .when(openMeeting, open, on('2022-05-30'), { ...needs, calendar })
    .then(meetingOpened(), minutes.set);
});

test('the day is the one that the calendar has now', () => {
  given()
    .when(openMeeting, open, on('2022-05-30'), { ...needs, calendar: calendarAfter(planned(), moved('2022-06-16')) })
    .then(meetingOpened('2022-06-16'), awaited('minutes', '2022-06-16').set);
});

test('opened long after, its minutes are overdue at once', () => {
  given()
    .when(openMeeting, open, on('2022-07-10'), { ...needs, calendar })
    .then(meetingOpened(), minutes.set, minutes.missed());
});

test('opened again it says nothing new', () => {
  given(opened())
    .when(openMeeting, open, on('2022-06-01'), { ...needs, calendar })
    .thenNothing();
});

test('a cancelled meeting is refused as meeting.cancelled, whether the calendar or the meeting says so', () => {
  given()
    .when(openMeeting, open, on('2022-06-01'), { ...needs, calendar: calendarAfter(planned(), cancelled()) })
    .thenRefused('meeting.cancelled');
  const calledOff = event(OpenedMeetingCancelled, { meeting: ids.meeting, on: day('2022-06-14') });
  given(opened(), calledOff)
    .when(openMeeting, open, on('2022-06-01'), { ...needs, calendar })
    .thenRefused('meeting.cancelled');
});

test('a meeting that is not in that board’s calendar is refused as meeting.not-planned', () => {
  given()
    .when(openMeeting, open, on('2022-06-01'), { ...needs, calendar: calendarAfter() })
    .thenRefused('meeting.not-planned');
});

test('another board’s meeting is refused as board.not-yours', () => {
  given()
    .when(openMeeting, open, on('2022-06-01', { unit: ids.education }), { ...needs, calendar })
    .thenRefused('board.not-yours');
});

test('a board that had ended by the day is refused as decision.board-ended; one that was not there yet as decision.board-not-yet', () => {
  const days = { stopOn: '2020-06-01', papersOn: '2020-06-01' };
  const late = calendarAfter(planned('2020-07-02', { ...days, board: ids.alvsjo }));
  given()
    .when(openMeeting, { ...open, board: ids.alvsjo }, on('2020-09-01', { unit: ids.hagerstenAlvsjo }), { ...needs, calendar: late })
    .thenRefused('decision.board-ended');
  const early = calendarAfter(planned('2020-06-25', { ...days, board: ids.hagerstenAlvsjo }));
  given()
    .when(openMeeting, { ...open, board: ids.hagerstenAlvsjo }, on('2020-09-01', { unit: ids.hagerstenAlvsjo }), { ...needs, calendar: early })
    .thenRefused('decision.board-not-yet');
});
