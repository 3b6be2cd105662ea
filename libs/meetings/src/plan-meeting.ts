import { DayField, Id } from '#libs/fields';
import { contradictory, event, forbidden, isAfter, type Day, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { MeetingPlanned, type CalendarEvent } from './calendar.events.js';
import { plannedIn, type Calendar } from './calendar.js';
import { assertBoard, assertExists, assertOwnBoard } from './meetings.refusals.js';

/** A board plans a meeting: the stop day, the day its papers are sent, and the day it meets. */
export class PlanMeeting {
  @Id('The board.') board!: string;
  @Id('The new meeting: an id of your own, by which it is opened, moved and cited.') meeting!: string;
  @DayField('The day of the meeting.') on!: Day;
  @DayField('The stop day: the last on which a matter can be handed in for it.') stopOn!: Day;
  @DayField('The day its papers are to be sent.') papersOn!: Day;
}

export const planMeeting: Decide<PlanMeeting, Calendar, CalendarEvent, { readonly organisation: Register }> = (
  { board, meeting, on, stopOn, papersOn },
  calendar,
  { by, today, organisation },
) => {
  assertBoard(organisation, board);
  assertOwnBoard(organisation, by, board, today);
  const known = plannedIn(calendar, meeting);
  if (known) {
    if (!known.cancelled && known.on === on && known.stopOn === stopOn && known.papersOn === papersOn) return [];
    throw forbidden('meeting.planned', {
      sv: `Sammanträdet är redan planerat, till ${known.on}. Flytta det i stället, eller ge det nya ett eget id.`,
      en: `The meeting is planned already, for ${known.on}. Move it instead, or give the new one an id of its own.`,
    });
  }
  assertDaysInOrder({ on, stopOn, papersOn });
  assertExists(organisation, board, on, 'board', '/on');
  assertDayFree(calendar, on);
  return [event(MeetingPlanned, { meeting, board, on, stopOn, papersOn })];
};

/** Refuses days that lead nowhere: matters are handed in by the stop day, then the papers go out, then the board meets. */
export const assertDaysInOrder = ({ on, stopOn, papersOn }: Pick<PlanMeeting, 'on' | 'stopOn' | 'papersOn'>): void => {
  const [pointer, sv, en] = isAfter(stopOn, papersOn)
    ? ['/stopOn', `stoppdagen ${stopOn} ligger efter utskicket ${papersOn}`, `the stop day ${stopOn} lies after the sending of papers, ${papersOn}`]
    : ['/papersOn', `utskicket ${papersOn} ligger efter sammanträdet ${on}`, `the sending of papers, ${papersOn}, lies after the meeting of ${on}`];
  if (!isAfter(stopOn, papersOn) && !isAfter(papersOn, on)) return;
  throw contradictory(
    'calendar.days-out-of-order',
    {
      sv: `Dagarna ligger i fel ordning: ${sv}. Först stoppdag, sedan utskick, sist sammanträde.`,
      en: `The days are out of order: ${en}. First the stop day, then the papers, last the meeting.`,
    },
    pointer,
  );
};

/** Refuses a second meeting of the board on one day. */
export const assertDayFree = (calendar: Calendar, on: Day, except?: string): void => {
  const meetings = calendar.status === 'kept' ? calendar.meetings : [];
  if (!meetings.some((one) => one.on === on && !one.cancelled && one.meeting !== except)) return;
  throw contradictory(
    'calendar.day-taken',
    {
      sv: `Nämnden har redan ett sammanträde ${on}. Ta upp ärendet där, eller välj en annan dag.`,
      en: `The board meets on ${on} already. Take the matter up there, or choose another day.`,
    },
    '/on',
  );
};
