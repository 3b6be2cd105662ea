import { DayField, FreeText, Id } from '#libs/fields';
import { contradictory, event, type Day, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { SigningDayCorrected, type AgreementEvent } from './agreement.events.js';
import type { Agreement, Registered, Signature } from './agreement.js';
import { assertNotFuture, assertOwnBoard, assertRegistered, foundVersion } from './agreement.refusals.js';
import { withConsequences, type Following } from './consequences.js';
import { assertApprovedBefore } from './sign-agreement.js';

/** The day of signing was recorded wrong. When the agreement is in force follows. */
export class CorrectSigningDay {
  @Id('The agreement.') agreement!: string;
  @Id('The signature.') signature!: string;
  @DayField('The day it was signed.') on!: Day;
  @FreeText('Why.', { max: 2000 }) reason!: string;
}

export const correctSigningDay: Decide<CorrectSigningDay, Agreement, AgreementEvent, Following & { readonly organisation: Register }> = (
  { agreement, signature, on, reason },
  state,
  { by, now, today, ruleOn, organisation },
) => {
  assertRegistered(state);
  const { on: from, party, version } = foundSignature(state, signature);
  assertOwnBoard(organisation, by, party, today);
  if (from === on) return [];
  assertNotFuture(on, today);
  assertApprovedBefore(state, foundVersion(state, version), party, on, organisation);
  return withConsequences(state, [event(SigningDayCorrected, { agreement, signature, from, on, reason })], { ruleOn, now });
};

/** The signature of that id. */
export const foundSignature = ({ signatures }: Registered, signature: string): Signature => {
  const found = signatures.find((one) => one.signature === signature);
  if (found) return found;
  throw contradictory(
    'signature.unknown',
    {
      sv: 'Överenskommelsen har inget sådant undertecknande. Välj ett av dem som finns.',
      en: 'The agreement has no such signature. Choose one of those there are.',
    },
    '/signature',
  );
};
