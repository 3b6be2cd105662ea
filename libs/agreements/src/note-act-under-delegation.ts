import { Id } from '#libs/fields';
import { event, type Decide } from '#libs/kernel';
import { versionOf } from './agreement.js';
import { DelegatedDecisionCorrected, DelegatedDecisionWithdrawn, type DelegatedDecisionEvent } from './delegated-decision.events.js';
import type { DelegatedDecision } from './delegated-decision.js';
import type { ActOfAgreement } from './needs.js';
import { madeBy } from './record-delegated-decision.js';
import { withReports, type ReportNeeds } from './reports-awaited.js';

/**
 * A signature or the approval of a revision is a decision by delegation: it is reported as any other. Its day follows the agreement’s, and it
 * is taken back with it. Sent by the reaction `delegated-decisions-follow-agreements` alone.
 */
export class NoteActUnderDelegation {
  @Id('The signature or approval.') decision!: string;
  @Id('The agreement.') agreement!: string;
}

const CORRECTED = 'Rättat på överenskommelsen.';

export const noteActUnderDelegation: Decide<
  NoteActUnderDelegation,
  DelegatedDecision,
  DelegatedDecisionEvent,
  Pick<ReportNeeds, 'ruleOn'> & { readonly of: ActOfAgreement }
> = ({ decision, agreement }, state, { now, ruleOn, of: { agreed, act, order, nextMeeting } }) => {
  const needs = { now, ruleOn, nextMeeting };
  if (agreed.status === 'none' || state.status === 'withdrawn') return [];
  if (!act) {
    if (state.status === 'none') return [];
    return withReports(state, [event(DelegatedDecisionWithdrawn, { decision, board: state.board, reason: CORRECTED })], needs);
  }
  if (state.status === 'made') {
    if (state.on === act.on) return [];
    return withReports(state, [event(DelegatedDecisionCorrected, { decision, board: state.board, from: state.on, on: act.on, reason: CORRECTED })], needs);
  }
  const number = versionOf(agreed, act.version)?.number ?? 0;
  const registryNumber = agreed.numbers.find(({ board }) => board === act.party)?.registryNumber;
  const signed = 'signature' in act;
  const what = `${signed ? 'Undertecknat överenskommelsen' : 'Godkänt revidering av överenskommelsen'} ”${agreed.title}”, version ${number}.`;
  const kind = signed ? 'sign-agreements' : 'revise-agreements';
  const made = madeBy(order, act, { decision, board: act.board, kind, what, on: act.on, agreement, registryNumber });
  return withReports(state, [made], needs);
};
