import { FreeText, Id } from '#libs/fields';
import { event, unknown, type Decide } from '#libs/kernel';
import { SuccessionWithdrawn, type OrganisationEvent } from './organisation.events.js';
import { assertRegistered } from './organisation.refusals.js';
import type { Organisation } from './organisation.js';

/** Takes back a succession that was recorded wrong, so that the right one can be recorded. Everything is then held as if it had never been. */
export class WithdrawSuccession {
  @Id('The succession, as the list of them names it.') succession!: string;
  @FreeText('What was wrong with it.', { max: 1000 }) reason!: string;
}

export const withdrawSuccession: Decide<WithdrawSuccession, Organisation, OrganisationEvent> = ({ succession, reason }, organisation) => {
  assertRegistered(organisation);
  const known = organisation.successions.find(({ id }) => id === succession);
  if (!known) {
    throw unknown('succession.unknown', {
      sv: 'Det finns inget sådant efterträdande, eller så är det redan återtaget. Hämta listan på nytt.',
      en: 'There is no such succession, or it has been withdrawn already. Fetch the list again.',
    });
  }
  return [event(SuccessionWithdrawn, { succession, from: [...known.from], to: [...known.to], reason })];
};
