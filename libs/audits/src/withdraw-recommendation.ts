import { DayField, FreeText, Id } from '#libs/fields';
import { contradictory, event, forbidden, isBefore, type Day, type Decide } from '#libs/kernel';
import { RecommendationWithdrawn, type AuditEvent } from './audit.events.js';
import type { Audit } from './audit.js';
import { assertRegistered, knownRecommendation } from './audit.refusals.js';
import { assertNotFuture } from './obligation.refusals.js';

/** The elected auditors take a recommendation back. What was done about it stays recorded; nothing more is awaited of any board. */
export class WithdrawRecommendation {
  @Id('The audit.') audit!: string;
  @Id('The recommendation.') recommendation!: string;
  @DayField('The day the elected auditors decided so.') decidedOn!: Day;
  @DayField('From which day it holds no more; the day of the decision where left out.', { optional: true }) on?: Day;
  @FreeText('Why.', { max: 2000 }) reason!: string;
}

export const withdrawRecommendation: Decide<WithdrawRecommendation, Audit, AuditEvent> = (
  { recommendation, decidedOn, on = decidedOn, reason },
  audit,
  { today },
) => {
  assertRegistered(audit);
  const { withdrawn, addressees } = knownRecommendation(audit, recommendation);
  if (withdrawn) {
    if (withdrawn.on === on && withdrawn.decidedOn === decidedOn) return [];
    throw forbidden('recommendation.withdrawn', {
      sv: `Revisorerna återtog rekommendationen redan ${withdrawn.on}.`,
      en: `The auditors withdrew the recommendation on ${withdrawn.on} already.`,
    });
  }
  assertNotFuture(decidedOn, today, '/decidedOn');
  const { handedOverOn } = audit.report;
  if (handedOverOn !== undefined && isBefore(decidedOn, handedOverOn))
    throw contradictory(
      'recommendation.withdrawn-too-early',
      {
        sv: `Rapporten överlämnades ${handedOverOn}; rekommendationen kan inte ha återtagits ${decidedOn}. Rätta dagen.`,
        en: `The report was handed over on ${handedOverOn}; the recommendation cannot have been withdrawn on ${decidedOn}. Correct the day.`,
      },
      '/decidedOn',
    );
  return [event(RecommendationWithdrawn, { audit: audit.audit, recommendation, on, decidedOn, reason, boards: [...addressees] })];
};
