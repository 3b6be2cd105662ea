import type { Need } from '#libs/commands';
import { obligation, obligationId, type Obligation } from '#libs/audits';
import { reply as replies } from './reply.js';

/** The obligation that a recommendation makes for the board; `none` where it is not addressed to it. */
export const itsObligation: Need<{ readonly reply: string; readonly recommendation: string }, Obligation> = async (reads, { reply, recommendation }) => {
  const { state } = await reads.fold(replies, reply);
  if (state.status === 'none') return { value: { status: 'none' } };
  const { state: value, lastId } = await reads.fold(obligation, obligationId(recommendation, state.board));
  return { value, basis: lastId === undefined ? [] : [lastId] };
};
