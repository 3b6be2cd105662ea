import { FreeText, Id } from '#libs/fields';
import { event, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { SignatureWithdrawn, type AgreementEvent } from './agreement.events.js';
import type { Agreement } from './agreement.js';
import { assertOwnBoard, assertRegistered } from './agreement.refusals.js';
import { withConsequences, type Following } from './consequences.js';
import { foundSignature } from './correct-signing-day.js';

/** A signature was recorded by mistake: nobody signed, or another version. A signature that was given stands. */
export class WithdrawSignature {
  @Id('The agreement.') agreement!: string;
  @Id('The signature.') signature!: string;
  @FreeText('Why it was a mistake.', { max: 2000 }) reason!: string;
}

export const withdrawSignature: Decide<WithdrawSignature, Agreement, AgreementEvent, Following & { readonly organisation: Register }> = (
  { agreement, signature, reason },
  state,
  { by, now, today, ruleOn, organisation },
) => {
  assertRegistered(state);
  assertOwnBoard(organisation, by, foundSignature(state, signature).party, today);
  return withConsequences(state, [event(SignatureWithdrawn, { agreement, signature, reason })], { ruleOn, now });
};
