import { FreeText, Id } from '#libs/fields';
import { event, type Decide } from '#libs/kernel';
import { WordingQuoted, type AuditEvent } from './audit.events.js';
import type { Audit } from './audit.js';
import { assertRegistered, knownRecommendation } from './audit.refusals.js';

/** Another document words the recommendation otherwise. It is kept beside the auditors’ own, with its source (case A quotes R1 in three ways). */
export class QuoteWording {
  @Id('The audit.') audit!: string;
  @Id('The recommendation.') recommendation!: string;
  @FreeText('Word for word.', { max: 8000 }) wording!: string;
  @FreeText('The document, and where in it.', { max: 500 }) source!: string;
}

export const quoteWording: Decide<QuoteWording, Audit, AuditEvent> = ({ recommendation, wording, source }, audit) => {
  assertRegistered(audit);
  const { quotations } = knownRecommendation(audit, recommendation);
  if (quotations.some((quoted) => quoted.wording === wording && quoted.source === source)) return [];
  return [event(WordingQuoted, { audit: audit.audit, recommendation, wording, source })];
};
