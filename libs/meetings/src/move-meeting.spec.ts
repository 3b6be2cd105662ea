import { test } from '@jest/globals';
import { day } from '#libs/kernel';
import { approved, cancelled, givenCalendar, held, ids, meetingAfter, moved, needs, next, on, opened, planned } from './meetings.given.js';
import { moveMeeting } from './move-meeting.js';

const move = (heldOn: string, { stopOn = '2022-05-23', papersOn = '2022-06-07' } = {}) => ({
  board: ids.social,
  meeting: ids.meeting,
  on: day(heldOn),
  stopOn: day(stopOn),
  papersOn: day(papersOn),
  reason: 'Skäl.',
});
const unopened = { ...needs, opened: meetingAfter() };

test('a meeting is moved with all its days and the reason', () => {
  givenCalendar(planned())
    .when(moveMeeting, move('2022-06-16', { papersOn: '2022-06-09' }), on('2022-05-01'), unopened)
    .then(moved('2022-06-16', { papersOn: '2022-06-09' }));
});

test('a stop day alone may be moved', () => {
  givenCalendar(planned())
    .when(moveMeeting, move('2022-06-14', { stopOn: '2022-05-25' }), on('2022-05-01'), unopened)
    .thenTypes('MeetingMoved');
});

test('a meeting that is opened but not held is moved too', () => {
  givenCalendar(planned())
    .when(moveMeeting, move('2022-06-16'), on('2022-06-10'), { ...needs, opened: meetingAfter(opened()) })
    .thenTypes('MeetingMoved');
});

test('the days that it has say nothing new', () => {
  givenCalendar(planned()).when(moveMeeting, move('2022-06-14'), on('2022-05-01'), unopened).thenNothing();
});

test('a meeting that was held is refused as meeting.held: its day is corrected instead', () => {
  givenCalendar(planned())
    .when(moveMeeting, move('2022-06-16'), on('2022-06-20'), { ...needs, opened: meetingAfter(held()) })
    .thenRefused('meeting.held');
  givenCalendar(planned())
    .when(moveMeeting, move('2022-06-16'), on('2022-06-20'), { ...needs, opened: meetingAfter(opened(), approved('2022-06-20')) })
    .thenRefused('meeting.held');
});

test('a cancelled meeting is refused as meeting.cancelled', () => {
  givenCalendar(planned(), cancelled()).when(moveMeeting, move('2022-06-16'), on('2022-05-01'), unopened).thenRefused('meeting.cancelled');
});

test('a meeting that is not in the calendar is refused as meeting.not-planned', () => {
  givenCalendar().when(moveMeeting, move('2022-06-16'), on('2022-05-01'), unopened).thenRefused('meeting.not-planned');
  givenCalendar(next).when(moveMeeting, move('2022-06-16'), on('2022-05-01'), unopened).thenRefused('meeting.not-planned');
});

test('days out of order, a day that is taken and a day without the board are refused as when it is planned', () => {
  givenCalendar(planned()).when(moveMeeting, move('2022-06-01'), on('2022-05-01'), unopened).thenRefused('calendar.days-out-of-order');
  givenCalendar(planned(), next).when(moveMeeting, move('2022-08-23'), on('2022-05-01'), unopened).thenRefused('calendar.day-taken');
  const asked = { ...move('2020-07-02', { stopOn: '2020-06-01', papersOn: '2020-06-20' }), board: ids.alvsjo };
  const june = planned('2020-06-25', { stopOn: '2020-06-01', papersOn: '2020-06-20', board: ids.alvsjo });
  givenCalendar(june)
    .when(moveMeeting, asked, on('2020-06-01', { unit: ids.alvsjo }), unopened)
    .thenRefused('board.ended');
});
