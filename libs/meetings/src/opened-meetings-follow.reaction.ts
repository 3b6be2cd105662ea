import { reaction } from '#libs/reactions';
import { MeetingCancelled, MeetingMoved } from './calendar.events.js';
import { FollowCalendar } from './follow-calendar.js';
import { MeetingOpened } from './meeting.events.js';

/**
 * An opened meeting has the day that the calendar gives it, and is cancelled when the calendar says so. It is looked at after its opening
 * too, since the calendar may have changed while it was opened.
 */
export const openedMeetingsFollow = reaction({
  name: 'opened-meetings-follow',
  on: [MeetingMoved, MeetingCancelled, MeetingOpened],
  targets: ({ data: { meeting } }) => [meeting],
  react: ({ data: { board } }, meeting) => Object.assign(new FollowCalendar(), { meeting, board }),
});
