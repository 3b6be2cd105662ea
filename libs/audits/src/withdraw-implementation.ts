import { FreeText, Id } from '#libs/fields';
import { event, forbidden, type Decide } from '#libs/kernel';
import { withWhatFollows } from './judgement-follows.js';
import { ImplementationWithdrawn, type ObligationEvent } from './obligation.events.js';
import type { Obligation } from './obligation.js';
import { assertStands } from './obligation.refusals.js';

/** What was recorded as the board’s decision was not one, or not on this: the recommendation is open again, and its last day is waited for. */
export class WithdrawImplementation {
  @Id('The obligation.') obligation!: string;
  @FreeText('Why.', { max: 2000 }) reason!: string;
}

export const withdrawImplementation: Decide<WithdrawImplementation, Obligation, ObligationEvent> = ({ reason }, obligation, { now }) => {
  assertStands(obligation);
  if (obligation.status === 'open' && !obligation.reopened)
    throw forbidden('obligation.not-implemented', {
      sv: 'Det finns inget beslut om genomförande att återta: rekommendationen är öppen.',
      en: 'There is no decision on implementation to withdraw: the recommendation is open.',
    });
  return withWhatFollows(obligation, [event(ImplementationWithdrawn, { obligation: obligation.obligation, reason })], now);
};
