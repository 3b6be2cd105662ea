import { test } from '@jest/globals';
import { day } from '#libs/kernel';
import { cancelled, givenCalendar, ids, moved, needs, on, planned } from './meetings.given.js';
import { planMeeting } from './plan-meeting.js';

const plan = (heldOn = '2022-06-14', more: { stopOn?: string; papersOn?: string; board?: string; of?: string } = {}) => {
  const { stopOn = '2022-05-23', papersOn = '2022-06-07', board = ids.social, of = ids.meeting } = more;
  return { board, meeting: of, on: day(heldOn), stopOn: day(stopOn), papersOn: day(papersOn) };
};
/** Of one of the boards that the succession of 2020 concerns. */
const of = (board: string, heldOn: string) => plan(heldOn, { board, stopOn: heldOn, papersOn: heldOn });

test('a meeting is planned with its stop day and the day its papers are sent', () => {
  givenCalendar().when(planMeeting, plan(), on('2021-12-01'), needs).then(planned());
});

test('meetings of the past may be entered, in any order', () => {
  givenCalendar(planned())
    .when(planMeeting, plan('2022-04-19', { stopOn: '2022-04-01', papersOn: '2022-04-12', of: ids.nextMeeting }), on('2023-01-01'), needs)
    .thenTypes('MeetingPlanned');
});

test('all may fall on one day: an extra meeting', () => {
  givenCalendar()
    .when(planMeeting, plan('2022-06-14', { stopOn: '2022-06-14', papersOn: '2022-06-14' }), on('2022-06-13'), needs)
    .thenTypes('MeetingPlanned');
});

test('the same plan again says nothing new', () => {
  givenCalendar(planned()).when(planMeeting, plan(), on('2021-12-02'), needs).thenNothing();
});

test('a meeting that is planned already is moved instead: meeting.planned', () => {
  givenCalendar(planned()).when(planMeeting, plan('2022-06-15'), on('2021-12-02'), needs).thenRefused('meeting.planned');
  givenCalendar(planned(), moved('2022-06-15')).when(planMeeting, plan(), on('2021-12-02'), needs).thenRefused('meeting.planned');
  givenCalendar(planned(), cancelled()).when(planMeeting, plan(), on('2021-12-02'), needs).thenRefused('meeting.planned');
});

test('a stop day after the papers, or papers after the meeting, are refused as calendar.days-out-of-order', () => {
  givenCalendar()
    .when(planMeeting, plan('2022-06-14', { stopOn: '2022-06-08' }), on('2021-12-01'), needs)
    .thenRefused('calendar.days-out-of-order');
  givenCalendar()
    .when(planMeeting, plan('2022-06-14', { papersOn: '2022-06-15' }), on('2021-12-01'), needs)
    .thenRefused('calendar.days-out-of-order');
});

test('a second meeting on one day is refused as calendar.day-taken, unless the first is cancelled', () => {
  givenCalendar(planned())
    .when(planMeeting, plan('2022-06-14', { of: ids.nextMeeting }), on('2021-12-01'), needs)
    .thenRefused('calendar.day-taken');
  givenCalendar(planned(), cancelled())
    .when(planMeeting, plan('2022-06-14', { of: ids.nextMeeting }), on('2021-12-01'), needs)
    .thenTypes('MeetingPlanned');
});

test('a board that has ended by the day is refused as board.ended, its successor named; a day before is its own', () => {
  const asking = on('2020-01-10', { unit: ids.alvsjo });
  givenCalendar().when(planMeeting, of(ids.alvsjo, '2020-07-01'), asking, needs).thenRefused('board.ended');
  givenCalendar().when(planMeeting, of(ids.alvsjo, '2020-06-30'), asking, needs).thenTypes('MeetingPlanned');
});

test('a board that is not there yet on the day is refused as board.not-yet', () => {
  const asking = on('2020-01-10', { unit: ids.hagerstenAlvsjo });
  givenCalendar().when(planMeeting, of(ids.hagerstenAlvsjo, '2020-06-30'), asking, needs).thenRefused('board.not-yet');
  givenCalendar().when(planMeeting, of(ids.hagerstenAlvsjo, '2020-07-01'), asking, needs).thenTypes('MeetingPlanned');
});

test('the successor enters meetings of the old board after the day', () => {
  givenCalendar()
    .when(planMeeting, of(ids.alvsjo, '2020-06-25'), on('2020-09-01', { unit: ids.hagerstenAlvsjo }), needs)
    .thenTypes('MeetingPlanned');
});

test('another board’s calendar is refused as board.not-yours', () => {
  givenCalendar()
    .when(planMeeting, plan(), on('2021-12-01', { unit: ids.education }), needs)
    .thenRefused('board.not-yours');
});

test('a secretary of a unit within the board plans for it', () => {
  givenCalendar()
    .when(planMeeting, plan(), on('2021-12-01', { unit: ids.administration }), needs)
    .thenTypes('MeetingPlanned');
});

test('what is no board is refused as board.unknown', () => {
  givenCalendar()
    .when(planMeeting, plan('2022-06-14', { board: ids.administration }), on('2021-12-01'), needs)
    .thenRefused('board.unknown');
  givenCalendar()
    .when(planMeeting, plan('2022-06-14', { board: ids.auditors }), on('2021-12-01'), needs)
    .thenRefused('board.unknown');
});
