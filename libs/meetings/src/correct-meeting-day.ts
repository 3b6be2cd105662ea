import { DayField, FreeText, Id } from '#libs/fields';
import { contradictory, event, isAfter, type Day, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { MeetingMoved, type CalendarEvent } from './calendar.events.js';
import type { Calendar } from './calendar.js';
import { foundStanding } from './calendar.refusals.js';
import { assertInOrder } from './in-order.js';
import { assertExists, assertNotFuture } from './meetings.refusals.js';
import type { Meeting } from './meeting.js';
import { assertDayFree } from './plan-meeting.js';

/** The day of a meeting that was held was recorded wrong: it is put right in the calendar, and its minutes follow. */
export class CorrectMeetingDay {
  @Id('The board.') board!: string;
  @Id('The meeting.') meeting!: string;
  @DayField('The day the meeting was held.') on!: Day;
  @FreeText('Why what was recorded was wrong.', { max: 1000 }) reason!: string;
}

export const correctMeetingDay: Decide<CorrectMeetingDay, Calendar, CalendarEvent, { readonly organisation: Register; readonly opened: Meeting }> = (
  { board, meeting, on, reason },
  calendar,
  { today, organisation, opened },
) => {
  const { on: before, stopOn, papersOn } = foundStanding(calendar, meeting);
  if (before === on) return [];
  assertNotFuture(on, today);
  assertExists(organisation, board, on, 'decision', '/on');
  assertDayFree(calendar, on, meeting);
  if (isAfter(papersOn, on)) {
    throw contradictory(
      'calendar.days-out-of-order',
      {
        sv: `Handlingarna skulle sändas ut ${papersOn}; sammanträdet kan inte ha hållits före det, ${on}. Flytta sammanträdet med alla dess dagar i stället.`,
        en: `The papers were to be sent on ${papersOn}; the meeting cannot have been held before that, on ${on}. Move the meeting with all its days instead.`,
      },
      '/on',
    );
  }
  if (opened.status !== 'none') assertInOrder({ ...opened, on, approvals: opened.approvals.map((one) => (one.atOnce ? { ...one, on } : one)) }, '/on');
  return [event(MeetingMoved, { meeting, board, on, stopOn, papersOn, reason, correction: true })];
};
