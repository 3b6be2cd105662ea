import { DayField, Id, Int } from '#libs/fields';
import { event, forbidden, type Day, type Decide } from '#libs/kernel';
import { approvalMeant } from './announced.js';
import { assertInOrder } from './in-order.js';
import { AnnouncementEnded, type MeetingEvent } from './meeting.events.js';
import { evolveMeeting, type Meeting } from './meeting.js';
import { assertGathers, assertNotFuture } from './meetings.refusals.js';

/** The announcement is taken down, once the three weeks of appeal have ended. */
export class EndAnnouncement {
  @Id('The meeting.') meeting!: string;
  @DayField('The day it was taken down.') on!: Day;
  @Int('Which approval, where the minutes were approved in parts.', { min: 1, max: 1000, optional: true }) approval?: number;
}

export const endAnnouncement: Decide<EndAnnouncement, Meeting, MeetingEvent> = ({ meeting, on, approval }, state, { today }) => {
  assertGathers(state);
  const meant = approvalMeant(state, approval, ({ announcedOn, endedOn }) => announcedOn !== undefined && endedOn === undefined);
  if (meant.announcedOn === undefined) {
    throw forbidden('announcement.not-made', {
      sv: 'Justeringen är inte anslagen. Anteckna anslaget först.',
      en: 'The approval has not been announced. Record the announcement first.',
    });
  }
  if (meant.endedOn === on) return [];
  if (meant.endedOn !== undefined) {
    throw forbidden('announcement.ended', {
      sv: `Anslaget togs ned redan ${meant.endedOn}. Rätta den dagen om den är fel.`,
      en: `The announcement was taken down already, on ${meant.endedOn}. Correct that day if it is wrong.`,
    });
  }
  assertNotFuture(on, today);
  const ended = event(AnnouncementEnded, { meeting, approval: meant.approval, on });
  const then = evolveMeeting(state, ended);
  if (then.status !== 'none') assertInOrder(then, '/on');
  return [ended];
};
