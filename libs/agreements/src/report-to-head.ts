import { DayField, Id } from '#libs/fields';
import { event, forbidden, type Day, type Decide } from '#libs/kernel';
import { assertNotFuture } from './agreement.refusals.js';
import { ReportedToHead, type DelegatedDecisionEvent } from './delegated-decision.events.js';
import type { DelegatedDecision } from './delegated-decision.js';
import { assertMade, assertNotBefore } from './delegated-decision.refusals.js';
import { withReports, type ReportNeeds } from './reports-awaited.js';

/** A decision by further delegation was reported to the head of administration who had delegated it on (kommunallagen 7 kap. 8 §). */
export class ReportToHead {
  @Id('The delegated decision.') decision!: string;
  @DayField('The day it was reported.') on!: Day;
}

export const reportToHead: Decide<ReportToHead, DelegatedDecision, DelegatedDecisionEvent, ReportNeeds> = (
  { decision, on },
  state,
  { now, today, ...needs },
) => {
  assertMade(state);
  if (state.delegation.further === undefined) {
    throw forbidden('report.not-further', {
      sv: 'Beslutet fattades på nämndens egen delegation. Bara beslut på vidaredelegation anmäls till förvaltningschefen.',
      en: 'The decision was made by the board’s own delegation. Only decisions by further delegation are reported to the head of administration.',
    });
  }
  if (state.reportedToHeadOn === on) return [];
  assertNotFuture(on, today);
  assertNotBefore(on, state);
  return withReports(state, [event(ReportedToHead, { decision, board: state.board, on })], { now, ...needs });
};
