import { FreeText, Id } from '#libs/fields';
import { event, type Decide } from '#libs/kernel';
import { assertNoAct } from './correct-delegated-decision.js';
import { DelegatedDecisionWithdrawn, type DelegatedDecisionEvent } from './delegated-decision.events.js';
import type { DelegatedDecision } from './delegated-decision.js';
import { noSuchDelegatedDecision } from './delegated-decision.refusals.js';
import { withReports, type ReportNeeds } from './reports-awaited.js';

/** A delegated decision was recorded by mistake: nobody made it. */
export class WithdrawDelegatedDecision {
  @Id('The decision.') decision!: string;
  @FreeText('Why it was a mistake.', { max: 2000 }) reason!: string;
}

export const withdrawDelegatedDecision: Decide<WithdrawDelegatedDecision, DelegatedDecision, DelegatedDecisionEvent, ReportNeeds> = (
  { decision, reason },
  state,
  { now, ...needs },
) => {
  if (state.status === 'none') throw noSuchDelegatedDecision();
  if (state.status === 'withdrawn') return [];
  assertNoAct(state);
  return withReports(state, [event(DelegatedDecisionWithdrawn, { decision, board: state.board, reason })], { now, ...needs });
};
