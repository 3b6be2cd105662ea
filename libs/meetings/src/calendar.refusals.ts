import { forbidden, unknown } from '#libs/kernel';
import { plannedIn, type BoardCalendar, type Calendar, type PlannedMeeting } from './calendar.js';
import type { Meeting } from './meeting.js';
import { meetingCancelled } from './meetings.refusals.js';

/** The meeting as the calendar has it, which may be cancelled. */
export const foundPlanned = (calendar: Calendar | BoardCalendar, meeting: string): PlannedMeeting => {
  const planned = plannedIn(calendar, meeting);
  if (planned) return planned;
  throw unknown('meeting.not-planned', {
    sv: 'Sammanträdet finns inte i nämndens kalender. Planera det där först, eller kontrollera vilken nämnd det gäller.',
    en: 'The meeting is not in the board’s calendar. Plan it there first, or see which board it is.',
  });
};

/** The meeting as the calendar has it, which is not cancelled. */
export const foundStanding = (calendar: Calendar | BoardCalendar, meeting: string): PlannedMeeting => {
  const planned = foundPlanned(calendar, meeting);
  if (planned.cancelled) throw meetingCancelled(planned.on);
  return planned;
};

/** Refuses to plan anew what has taken place: its minutes are being kept. */
export const assertNotHeld = (opened: Meeting): void => {
  if (opened.status !== 'open' || (opened.paragraphs.length === 0 && opened.approvals.length === 0)) return;
  throw forbidden('meeting.held', {
    sv: `Sammanträdet hölls ${opened.on}: det finns protokoll. Är dagen fel, rätta den med skäl i stället.`,
    en: `The meeting was held on ${opened.on}: there are minutes. If the day is wrong, correct it with a reason instead.`,
  });
};
