import { Code, DayField, FreeText, Id, ListOfSha256 } from '#libs/fields';
import { assertStored, type KnownDocuments } from '#libs/documents';
import { event, forbidden, type Day, type Decide } from '#libs/kernel';
import { REVIEW_OUTCOMES, type ReviewOutcome } from './agreement.codes.js';
import { AgreementReviewed, type AgreementEvent } from './agreement.events.js';
import type { Agreement } from './agreement.js';
import { assertNotFuture, assertRegistered, notInForce } from './agreement.refusals.js';
import { withConsequences, type Following } from './consequences.js';
import { inForceOn } from './force.js';

/** The parties have gone through the agreement, as they do each year: the next review is awaited from then. */
export class ReviewAgreement {
  @Id('The agreement.') agreement!: string;
  @DayField('The day of the review.') on!: Day;
  @Code('What it ended in.', REVIEW_OUTCOMES, 'ReviewOutcome') outcome!: ReviewOutcome;
  @FreeText('What was found.', { max: 2000, optional: true }) note?: string;
  @ListOfSha256('What shows it, among the stored documents.', { max: 10, optional: true }) documents?: string[];
}

export const reviewAgreement: Decide<ReviewAgreement, Agreement, AgreementEvent, Following & { readonly evidence: KnownDocuments }> = (
  { agreement, on, outcome, note, documents },
  state,
  { now, today, ruleOn, evidence },
) => {
  assertRegistered(state);
  assertNotFuture(on, today);
  if (!inForceOn(state, on)) throw notInForce(on);
  assertStored(evidence, documents);
  const known = state.reviews.find((one) => one.on === on);
  if (known?.outcome === outcome && known.note === note) return [];
  if (known) {
    throw forbidden('review.held-already', {
      sv: `Överenskommelsen gicks igenom redan ${on}. Ange en annan dag om det är en annan genomgång.`,
      en: `The agreement was reviewed already on ${on}. State another day if it is another review.`,
    });
  }
  const cited = documents && documents.length > 0 ? { documents } : {};
  return withConsequences(state, [event(AgreementReviewed, { agreement, on, outcome, ...(note !== undefined && { note }), ...cited })], { ruleOn, now });
};
