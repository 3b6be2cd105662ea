import { Id } from '#libs/fields';
import { event, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import type { AwaitedNeeds } from './awaited.js';
import type { BoardCalendar } from './calendar.js';
import { foundStanding } from './calendar.refusals.js';
import { MeetingOpened, type MeetingEvent } from './meeting.events.js';
import type { Meeting } from './meeting.js';
import { assertExists, assertOwnBoard, meetingCancelled } from './meetings.refusals.js';
import { recorded } from './recorded.js';

/** The minutes of a planned meeting are opened: from then on what happens around it is recorded. */
export class OpenMeeting {
  @Id('The meeting, as the calendar has it.') meeting!: string;
  @Id('The board that meets.') board!: string;
}

export const openMeeting: Decide<OpenMeeting, Meeting, MeetingEvent, AwaitedNeeds & { readonly organisation: Register; readonly calendar: BoardCalendar }> = (
  { meeting, board },
  state,
  { by, today, organisation, calendar, ...given },
) => {
  assertOwnBoard(organisation, by, board, today);
  if (state.status === 'cancelled') throw meetingCancelled(state.on);
  const { on } = foundStanding(calendar, meeting);
  if (state.status === 'open') return [];
  assertExists(organisation, board, on, 'decision', '/board');
  return recorded(state, [event(MeetingOpened, { meeting, board, on, kind: 'meeting' })], given, '/meeting');
};
