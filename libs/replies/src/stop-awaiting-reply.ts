import { FreeText, Id } from '#libs/fields';
import { event, type Decide } from '#libs/kernel';
import { closeDeadline } from '#libs/timers';
import { ReplyNoLongerAwaited, type ReplyEvent } from './reply.events.js';
import { answerDeadline, of, replyDeadline, type Reply } from './reply.js';

/** The referral was corrected: the report went to the board for information only. Sent by a reaction to that alone. */
export class StopAwaitingReply {
  @Id('The audit.') audit!: string;
  @Id('The board.') board!: string;
  @FreeText('Why.', { max: 1000 }) reason!: string;
}

/** A reply that is given stays given, asked for or not. */
export const stopAwaitingReply: Decide<StopAwaitingReply, Reply, ReplyEvent> = ({ reason }, state, { today, now }) => {
  if (state.status === 'none' || state.status === 'not-awaited' || state.status === 'given') return [];
  return [
    event(ReplyNoLongerAwaited, { ...of(state), reason }),
    ...closeDeadline(replyDeadline(state), today, 'not-awaited', now),
    ...closeDeadline(answerDeadline(state), today, 'not-awaited', now),
  ];
};
