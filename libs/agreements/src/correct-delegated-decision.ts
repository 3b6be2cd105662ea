import { DayField, FreeText, Id } from '#libs/fields';
import { event, forbidden, type Day, type Decide } from '#libs/kernel';
import { assertNotFuture } from './agreement.refusals.js';
import { DelegatedDecisionCorrected, type DelegatedDecisionEvent } from './delegated-decision.events.js';
import type { DelegatedDecision, Made } from './delegated-decision.js';
import { assertMade } from './delegated-decision.refusals.js';
import { withReports, type ReportNeeds } from './reports-awaited.js';

/** The day of a delegated decision was recorded wrong: by when it is to be reported follows. */
export class CorrectDelegatedDecision {
  @Id('The decision.') decision!: string;
  @DayField('The day it was made.') on!: Day;
  @FreeText('Why.', { max: 2000 }) reason!: string;
}

export const correctDelegatedDecision: Decide<CorrectDelegatedDecision, DelegatedDecision, DelegatedDecisionEvent, ReportNeeds> = (
  { decision, on, reason },
  state,
  { now, today, ...needs },
) => {
  assertMade(state);
  assertNoAct(state);
  if (state.on === on) return [];
  assertNotFuture(on, today);
  const corrected = event(DelegatedDecisionCorrected, { decision, board: state.board, from: state.on, on, reason });
  return withReports(state, [corrected], { now, ...needs });
};

/** What is a signature or an approval is corrected where it was made. */
export const assertNoAct = ({ kind }: Made): void => {
  if (kind === 'other') return;
  throw forbidden('delegated-decision.of-agreement', {
    sv: 'Beslutet följer av ett undertecknande eller godkännande på en överenskommelse. Rätta det där; det här följer med.',
    en: 'The decision follows from a signature or approval of an agreement. Correct that; this follows.',
  });
};
