import { test } from '@jest/globals';
import { cancelMeeting } from './cancel-meeting.js';
import { cancelled, givenCalendar, held, ids, meetingAfter, on, opened, planned } from './meetings.given.js';

const cancel = { board: ids.social, meeting: ids.meeting, reason: 'Skäl.' };

test('a planned meeting is cancelled with the reason, opened or not', () => {
  givenCalendar(planned()).when(cancelMeeting, cancel, on('2022-05-01'), { opened: meetingAfter() }).then(cancelled());
  givenCalendar(planned())
    .when(cancelMeeting, cancel, on('2022-05-01'), { opened: meetingAfter(opened()) })
    .then(cancelled());
});

test('cancelled again it says nothing new', () => {
  givenCalendar(planned(), cancelled()).when(cancelMeeting, cancel, on('2022-05-01'), { opened: meetingAfter() }).thenNothing();
});

test('a meeting that was held is refused as meeting.held', () => {
  givenCalendar(planned())
    .when(cancelMeeting, cancel, on('2022-06-20'), { opened: meetingAfter(held()) })
    .thenRefused('meeting.held');
});

test('a meeting that is not in the calendar is refused as meeting.not-planned', () => {
  givenCalendar().when(cancelMeeting, cancel, on('2022-05-01'), { opened: meetingAfter() }).thenRefused('meeting.not-planned');
});
