import { DayField, Id, Int } from '#libs/fields';
import { event, forbidden, type Day, type Decide } from '#libs/kernel';
import { approvalMeant } from './announced.js';
import type { AwaitedNeeds } from './awaited.js';
import { MinutesAnnounced, type MeetingEvent } from './meeting.events.js';
import type { Meeting } from './meeting.js';
import { assertGathers, assertNotFuture } from './meetings.refusals.js';
import { recorded } from './recorded.js';

/** It is announced on the notice board (anslag) that minutes have been approved: the three weeks of appeal begin. */
export class AnnounceMinutes {
  @Id('The meeting.') meeting!: string;
  @DayField('The day it was announced.') on!: Day;
  @Int('Which approval, where the minutes were approved in parts.', { min: 1, max: 1000, optional: true }) approval?: number;
}

export const announceMinutes: Decide<AnnounceMinutes, Meeting, MeetingEvent, AwaitedNeeds> = ({ meeting, on, approval }, state, { today, ...given }) => {
  assertGathers(state);
  const meant = approvalMeant(state, approval, ({ announcedOn }) => announcedOn === undefined);
  if (meant.announcedOn === on) return [];
  if (meant.announcedOn !== undefined) {
    throw forbidden('announcement.made', {
      sv: `Justeringen är redan anslagen, ${meant.announcedOn}. Rätta den dagen om den är fel.`,
      en: `The approval has been announced already, on ${meant.announcedOn}. Correct that day if it is wrong.`,
    });
  }
  assertNotFuture(on, today);
  return recorded(state, [event(MinutesAnnounced, { meeting, approval: meant.approval, on })], given);
};
