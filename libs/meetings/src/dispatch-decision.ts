import { DayField, Id, ListOf } from '#libs/fields';
import { event, type Day, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import type { AwaitedNeeds } from './awaited.js';
import { DecisionDispatched, type MeetingEvent } from './meeting.events.js';
import type { Meeting } from './meeting.js';
import { assertNotFuture, assertOpen, foundParagraph } from './meetings.refusals.js';
import { RecipientOfDecision, recipientsOf } from './paragraph.js';
import { recorded } from './recorded.js';

/** A decision is dispatched (expedierat) to somebody. A reply to the auditors is given by this. */
export class DispatchDecision {
  @Id('The meeting.') meeting!: string;
  @Id('The paragraph.') paragraph!: string;
  @ListOf(() => RecipientOfDecision, { min: 1, max: 15 }) to!: RecipientOfDecision[];
  @DayField('The day it was sent.') on!: Day;
}

export const dispatchDecision: Decide<DispatchDecision, Meeting, MeetingEvent, AwaitedNeeds & { readonly organisation: Register }> = (
  { meeting, paragraph, to, on },
  state,
  { today, organisation, ...given },
) => {
  assertOpen(state);
  const { dispatches } = foundParagraph(state, paragraph);
  const recipients = recipientsOf(to, organisation, '/to');
  const sent = dispatches.filter((one) => one.on === on).flatMap((one) => one.to);
  if (recipients.every(({ body, name }) => sent.some((one) => one.body === body && one.name === name))) return [];
  assertNotFuture(on, today);
  return recorded(state, [event(DecisionDispatched, { meeting, paragraph, to: recipients, on })], given);
};
