import { DayField, Id } from '#libs/fields';
import { event, type Day, type Decide } from '#libs/kernel';
import { PapersSent, type MeetingEvent } from './meeting.events.js';
import type { Meeting } from './meeting.js';
import { assertInOrder } from './in-order.js';
import { assertGathers, assertNotFuture } from './meetings.refusals.js';

/** The papers of a meeting go to its members: once, and again where something is added. Decisions that are dispatched afterwards are another thing. */
export class SendPapers {
  @Id('The meeting.') meeting!: string;
  @DayField('The day they were sent.') on!: Day;
}

export const sendPapers: Decide<SendPapers, Meeting, MeetingEvent> = ({ meeting, on }, state, { today }) => {
  assertGathers(state);
  if (state.papersSentOn.includes(on)) return [];
  assertNotFuture(on, today);
  assertInOrder({ ...state, papersSentOn: [...state.papersSentOn, on] }, '/on');
  return [event(PapersSent, { meeting, on })];
};
