import { Id } from '#libs/fields';
import type { Decide } from '#libs/kernel';
import { awaitedAfter, type AwaitedNeeds } from './awaited.js';
import type { MeetingEvent } from './meeting.events.js';
import type { Meeting } from './meeting.js';

/** A calendar changed: the day by which an urgent decision is to be reported follows the board's next meeting. Sent by the reaction `urgent-reports-follow` alone. */
export class CountUrgentReport {
  @Id('The urgent decision.') meeting!: string;
}

export const countUrgentReport: Decide<CountUrgentReport, Meeting, MeetingEvent, AwaitedNeeds> = (_command, state, { now, ...needs }) =>
  state.status === 'open' && state.kind === 'urgent' && !state.reported ? awaitedAfter(state, needs, now) : [];
