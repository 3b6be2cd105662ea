import { DayField, Id } from '#libs/fields';
import { event, type Day, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { assertInOrder } from './in-order.js';
import { DecisionServed, type MeetingEvent } from './meeting.events.js';
import { evolveMeeting, type Meeting } from './meeting.js';
import { assertNotFuture, assertOpen, foundParagraph } from './meetings.refusals.js';
import { assertInRegister } from './paragraph.js';

/** A decision is served to another board or body (delges): utbildningsnämnden was "delgiven" [002]. */
export class ServeDecision {
  @Id('The meeting.') meeting!: string;
  @Id('The paragraph.') paragraph!: string;
  @Id('The board or body of the register that it was served to.') to!: string;
  @DayField('The day it was served.') on!: Day;
}

export const serveDecision: Decide<ServeDecision, Meeting, MeetingEvent, { readonly organisation: Register }> = (
  { meeting, paragraph, to, on },
  state,
  { today, organisation },
) => {
  assertOpen(state);
  const { served } = foundParagraph(state, paragraph);
  assertInRegister(organisation, to, '/to');
  if (served.some((one) => one.to === to && one.on === on)) return [];
  assertNotFuture(on, today);
  const told = event(DecisionServed, { meeting, paragraph, to, on });
  const then = evolveMeeting(state, told);
  if (then.status !== 'none') assertInOrder(then, '/on');
  return [told];
};
