import type { Instant } from '#libs/kernel';
import { awaitedAfter, type AwaitedNeeds } from './awaited.js';
import { assertInOrder } from './in-order.js';
import type { MeetingEvent } from './meeting.events.js';
import { evolveMeeting, type Meeting } from './meeting.js';

/**
 * Facts about a meeting together with what follows from them.
 * @param pointer where the command says the day
 * @throws Refusal where they cannot have happened in that order with the others
 */
export const recorded = (
  state: Meeting,
  facts: readonly MeetingEvent[],
  { now, ...needs }: AwaitedNeeds & { readonly now: Instant },
  pointer = '/on',
): readonly MeetingEvent[] => {
  const then = facts.reduce(evolveMeeting, state);
  if (then.status !== 'none') assertInOrder(then, pointer);
  return [...facts, ...awaitedAfter(then, needs, now)];
};
