import { Code, Id } from '#libs/fields';
import type { Decide } from '#libs/kernel';
import { counted, type Planning } from './planning.js';
import { COUNTED_BECAUSE, type CountedBecause } from './reply.codes.js';
import type { ReplyEvent } from './reply.events.js';
import type { Reply } from './reply.js';
import { assertOpened } from './reply.refusals.js';

/**
 * What the plan hangs on has changed: a meeting was planned, moved or cancelled, a board was succeeded, or a meeting had the matter and did
 * not decide it. Sent by reactions alone. Where the plan stays the same there is nothing new to say.
 */
export class CountReplyAgain {
  @Id('The reply.') reply!: string;
  @Code('Why.', COUNTED_BECAUSE, 'CountedBecause') because!: CountedBecause;
  @Id('The meeting that did not decide it.', { optional: true }) undecidedAt?: string;
}

export const countReplyAgain: Decide<CountReplyAgain, Reply, ReplyEvent, { readonly planning: Planning }> = (command, state, { today, planning }) => {
  assertOpened(state);
  return counted(state, planning, today, command.because, command.undecidedAt);
};
