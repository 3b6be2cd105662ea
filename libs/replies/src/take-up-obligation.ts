import { obligation as obligations, type Obligation } from '#libs/audits';
import type { Need } from '#libs/commands';
import { Id } from '#libs/fields';
import { event, type Decide } from '#libs/kernel';
import { ObligationTakenUp, type ReplyEvent } from './reply.events.js';
import { dueOf, type Reply } from './reply.js';
import { assertOpened } from './reply.refusals.js';

/** An obligation has arisen at the board: the reply is to answer it too, and its last day is the obligation’s. Sent by a reaction to that alone. */
export class TakeUpObligation {
  @Id('The reply.') reply!: string;
  @Id('The obligation.') obligation!: string;
}

/** The obligation, as its own stream has it. */
export const theObligation: Need<TakeUpObligation, Obligation> = async (reads, { obligation }) => {
  const { state, lastId } = await reads.fold(obligations, obligation);
  return { value: state, basis: lastId === undefined ? [] : [lastId] };
};

export const takeUpObligation: Decide<TakeUpObligation, Reply, ReplyEvent, { readonly arisen: Obligation }> = ({ obligation }, state, { arisen }) => {
  assertOpened(state);
  if (arisen.status === 'none' || state.obligations[arisen.recommendation] !== undefined) return [];
  const { recommendation, number } = arisen;
  return [event(ObligationTakenUp, { reply: state.reply, obligation, recommendation, number, ...dueOf(state) })];
};
