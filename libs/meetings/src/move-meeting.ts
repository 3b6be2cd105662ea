import { DayField, FreeText, Id } from '#libs/fields';
import { event, type Day, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { MeetingMoved, type CalendarEvent } from './calendar.events.js';
import type { Calendar } from './calendar.js';
import { assertNotHeld, foundStanding } from './calendar.refusals.js';
import { assertExists } from './meetings.refusals.js';
import type { Meeting } from './meeting.js';
import { assertDayFree, assertDaysInOrder } from './plan-meeting.js';

/** A planned meeting is held on another day. What was counted back from it is counted again. */
export class MoveMeeting {
  @Id('The board.') board!: string;
  @Id('The meeting.') meeting!: string;
  @DayField('The day of the meeting from now on.') on!: Day;
  @DayField('Its stop day from now on.') stopOn!: Day;
  @DayField('The day its papers are to be sent from now on.') papersOn!: Day;
  @FreeText('Why.', { max: 1000 }) reason!: string;
}

export interface MoveNeeds {
  readonly organisation: Register;
  /** The meeting's own stream. */
  readonly opened: Meeting;
}

export const moveMeeting: Decide<MoveMeeting, Calendar, CalendarEvent, MoveNeeds> = (
  { board, meeting, on, stopOn, papersOn, reason },
  calendar,
  { organisation, opened },
) => {
  const planned = foundStanding(calendar, meeting);
  if (planned.on === on && planned.stopOn === stopOn && planned.papersOn === papersOn) return [];
  assertNotHeld(opened);
  assertDaysInOrder({ on, stopOn, papersOn });
  assertExists(organisation, board, on, 'board', '/on');
  assertDayFree(calendar, on, meeting);
  return [event(MeetingMoved, { meeting, board, on, stopOn, papersOn, reason })];
};
