import { DayField, Id } from '#libs/fields';
import { event, type Day, type Decide } from '#libs/kernel';
import { ReplyDayNoted, type ObligationEvent } from './obligation.events.js';
import type { Obligation } from './obligation.js';
import { assertArisen } from './obligation.refusals.js';

/** The last day of the board’s reply, as the reply’s own stream has it. Sent by a reaction to that alone. */
export class NoteReplyDay {
  @Id('The obligation.') obligation!: string;
  @DayField('The last day for the reply; left out where it is unknown.', { optional: true }) dueOn?: Day;
}

export const noteReplyDay: Decide<NoteReplyDay, Obligation, ObligationEvent> = ({ dueOn }, obligation) => {
  assertArisen(obligation);
  if (obligation.replyDueOn === dueOn) return [];
  return [event(ReplyDayNoted, { obligation: obligation.obligation, ...(dueOn !== undefined && { dueOn }) })];
};
