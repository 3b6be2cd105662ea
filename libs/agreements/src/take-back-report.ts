import { FreeText, Id } from '#libs/fields';
import { event, forbidden, type Decide } from '#libs/kernel';
import { BoardReportWithdrawn, type DelegatedDecisionEvent } from './delegated-decision.events.js';
import type { DelegatedDecision } from './delegated-decision.js';
import { assertMade } from './delegated-decision.refusals.js';
import { withReports, type ReportNeeds } from './reports-awaited.js';

/** A report to the board was recorded by mistake: the decision is to be reported again. */
export class TakeBackReport {
  @Id('The delegated decision.') decision!: string;
  @FreeText('Why it was a mistake.', { max: 2000 }) reason!: string;
}

export const takeBackReport: Decide<TakeBackReport, DelegatedDecision, DelegatedDecisionEvent, ReportNeeds> = (
  { decision, reason },
  state,
  { now, ...needs },
) => {
  assertMade(state);
  if (!state.reported) {
    throw forbidden('report.none', {
      sv: 'Beslutet är inte anmält: det finns ingen anmälan att ta tillbaka.',
      en: 'The decision is not reported: there is no report to take back.',
    });
  }
  const { meeting } = state.reported;
  return withReports(state, [event(BoardReportWithdrawn, { decision, board: state.board, meeting, reason })], { now, ...needs });
};
