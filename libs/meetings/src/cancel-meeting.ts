import { FreeText, Id } from '#libs/fields';
import { event, type Decide } from '#libs/kernel';
import { MeetingCancelled, type CalendarEvent } from './calendar.events.js';
import type { Calendar } from './calendar.js';
import { assertNotHeld, foundPlanned } from './calendar.refusals.js';
import type { Meeting } from './meeting.js';

/** A planned meeting is not held at all. */
export class CancelMeeting {
  @Id('The board.') board!: string;
  @Id('The meeting.') meeting!: string;
  @FreeText('Why.', { max: 1000 }) reason!: string;
}

export const cancelMeeting: Decide<CancelMeeting, Calendar, CalendarEvent, { readonly opened: Meeting }> = (
  { board, meeting, reason },
  calendar,
  { opened },
) => {
  if (foundPlanned(calendar, meeting).cancelled) return [];
  assertNotHeld(opened);
  return [event(MeetingCancelled, { meeting, board, reason })];
};
