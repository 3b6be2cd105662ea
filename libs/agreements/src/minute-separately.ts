import { DayField, FreeText, Id } from '#libs/fields';
import { event, forbidden, type Day, type Decide } from '#libs/kernel';
import { assertNotFuture } from './agreement.refusals.js';
import { MinutedSeparately, type DelegatedDecisionEvent } from './delegated-decision.events.js';
import { dutyOf, type DelegatedDecision } from './delegated-decision.js';
import { assertMade, assertNotBefore } from './delegated-decision.refusals.js';
import { withReports, type ReportNeeds } from './reports-awaited.js';

/** A decision that is not reported, but can be appealed, is minuted separately (protokollförs särskilt, kommunallagen 6 kap. 40 §). */
export class MinuteSeparately {
  @Id('The delegated decision.') decision!: string;
  @DayField('The day it was minuted.') on!: Day;
  @FreeText('Where that record is found.', { max: 200 }) reference!: string;
}

export const minuteSeparately: Decide<MinuteSeparately, DelegatedDecision, DelegatedDecisionEvent, ReportNeeds> = (
  { decision, on, reference },
  state,
  { now, today, ...needs },
) => {
  assertMade(state);
  if (dutyOf(state) !== 'minute') {
    throw forbidden('report.not-minuted', {
      sv: 'Bara beslut som kan överklagas och inte anmäls protokollförs särskilt. Det här anmäls enligt sin punkt, eller behöver varken det ena eller det andra.',
      en: 'Only decisions that can be appealed and are not reported are minuted separately. This one is reported as its point says, or needs neither.',
    });
  }
  if (state.minuted?.on === on && state.minuted.reference === reference) return [];
  assertNotFuture(on, today);
  assertNotBefore(on, state);
  return withReports(state, [event(MinutedSeparately, { decision, board: state.board, on, reference })], { now, ...needs });
};
