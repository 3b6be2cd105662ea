import { Id } from '#libs/fields';
import { event, forbidden, type Decide } from '#libs/kernel';
import type { AwaitedNeeds } from './awaited.js';
import { plannedIn, type BoardCalendar } from './calendar.js';
import { OpenedMeetingCancelled, OpenedMeetingMoved, type MeetingEvent } from './meeting.events.js';
import type { Meeting } from './meeting.js';
import { recorded } from './recorded.js';

/** What follows in an opened meeting from its place in the calendar, as it stands now. Sent by the reaction `opened-meetings-follow` alone. */
export class FollowCalendar {
  @Id('The meeting.') meeting!: string;
  @Id('The board in whose calendar it is.') board!: string;
}

export const followCalendar: Decide<FollowCalendar, Meeting, MeetingEvent, AwaitedNeeds & { readonly calendar: BoardCalendar }> = (
  { meeting },
  state,
  { calendar, ...given },
) => {
  const planned = plannedIn(calendar, meeting);
  if (state.status !== 'open' || state.kind === 'urgent' || !planned) return [];
  if (planned.cancelled) {
    if (state.paragraphs.length > 0) {
      throw forbidden('meeting.held', {
        sv: `Sammanträdet ${state.on} ställdes in i kalendern medan dess protokoll fördes. Rätta det ena eller det andra.`,
        en: `The meeting of ${state.on} was cancelled in the calendar while its minutes were being kept. Correct the one or the other.`,
      });
    }
    return recorded(state, [event(OpenedMeetingCancelled, { meeting, on: planned.on })], given);
  }
  if (planned.on === state.on) return [];
  return recorded(state, [event(OpenedMeetingMoved, { meeting, from: state.on, to: planned.on })], given);
};
