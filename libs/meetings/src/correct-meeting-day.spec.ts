import { test } from '@jest/globals';
import { day } from '#libs/kernel';
import { correctMeetingDay } from './correct-meeting-day.js';
import { approved, cancelled, givenCalendar, held, ids, meetingAfter, minuted, moved, needs, next, on, planned } from './meetings.given.js';

const correct = (heldOn: string) => ({ board: ids.social, meeting: ids.meeting, on: day(heldOn), reason: 'Skäl.' });
const minutesKept = { ...needs, opened: meetingAfter(minuted()) };

test('the day of a meeting that was held is corrected, and is told apart from a move', () => {
  givenCalendar(planned())
    .when(correctMeetingDay, correct('2022-06-15'), on('2022-07-01'), minutesKept)
    .then(moved('2022-06-15', { correction: true }));
});

test('a meeting that nobody has opened is corrected in the calendar alone', () => {
  givenCalendar(planned())
    .when(correctMeetingDay, correct('2022-06-15'), on('2022-07-01'), { ...needs, opened: meetingAfter() })
    .thenTypes('MeetingMoved');
});

test('points approved at once follow the day of the meeting', () => {
  const atOnce = { ...needs, opened: meetingAfter(held({ atOnce: true })) };
  givenCalendar(planned()).when(correctMeetingDay, correct('2022-06-15'), on('2022-07-01'), atOnce).thenTypes('MeetingMoved');
});

test('the day that it has says nothing new', () => {
  givenCalendar(planned()).when(correctMeetingDay, correct('2022-06-14'), on('2022-07-01'), minutesKept).thenNothing();
});

test('a day after its minutes were approved is refused as minutes.approved-before-meeting', () => {
  givenCalendar(planned()).when(correctMeetingDay, correct('2022-06-21'), on('2022-07-01'), minutesKept).thenRefused('minutes.approved-before-meeting');
  const partly = { ...needs, opened: meetingAfter(held(), approved('2022-06-14')) };
  givenCalendar(planned()).when(correctMeetingDay, correct('2022-06-15'), on('2022-07-01'), partly).thenRefused('minutes.approved-before-meeting');
});

test('a day that has not come is refused as day.in-the-future', () => {
  givenCalendar(planned()).when(correctMeetingDay, correct('2022-06-16'), on('2022-06-15'), minutesKept).thenRefused('day.in-the-future');
});

test('a day before its papers were to be sent is refused as calendar.days-out-of-order', () => {
  givenCalendar(planned()).when(correctMeetingDay, correct('2022-06-06'), on('2022-07-01'), minutesKept).thenRefused('calendar.days-out-of-order');
});

test('a day that is taken, a cancelled meeting and one that is not there are refused', () => {
  givenCalendar(planned(), next).when(correctMeetingDay, correct('2022-08-23'), on('2022-09-01'), minutesKept).thenRefused('calendar.day-taken');
  givenCalendar(planned(), cancelled()).when(correctMeetingDay, correct('2022-06-15'), on('2022-07-01'), minutesKept).thenRefused('meeting.cancelled');
  givenCalendar().when(correctMeetingDay, correct('2022-06-15'), on('2022-07-01'), minutesKept).thenRefused('meeting.not-planned');
});

test('a day on which there was no such board is refused as decision.board-ended', () => {
  const june = planned('2020-06-25', { stopOn: '2020-06-01', papersOn: '2020-06-20', board: ids.alvsjo });
  givenCalendar(june)
    .when(correctMeetingDay, { ...correct('2020-07-02'), board: ids.alvsjo }, on('2020-08-01'), { ...needs, opened: meetingAfter() })
    .thenRefused('decision.board-ended');
});
