import { FreeText, Id } from '#libs/fields';
import { event, type Decide } from '#libs/kernel';
import { ObligationTakenUp, type ReplyEvent } from './reply.events.js';
import { dueOf, type Reply } from './reply.js';
import { assertOpened } from './reply.refusals.js';

/** An obligation has arisen at the board: the reply is to answer it too, and its last day is the obligation's. Sent by a reaction to that alone. */
export class TakeUpObligation {
  @Id('The reply.') reply!: string;
  @Id('The obligation.') obligation!: string;
  @Id('The recommendation.') recommendation!: string;
  @FreeText('The recommendation’s number.', { max: 20 }) number!: string;
}

export const takeUpObligation: Decide<TakeUpObligation, Reply, ReplyEvent> = ({ obligation, recommendation, number }, state) => {
  assertOpened(state);
  if (state.obligations[recommendation] !== undefined) return [];
  return [event(ObligationTakenUp, { reply: state.reply, obligation, recommendation, number, ...dueOf(state) })];
};
