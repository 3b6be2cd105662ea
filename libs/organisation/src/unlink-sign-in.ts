import { Id, Sha256 } from '#libs/fields';
import { event, forbidden, unknown, type Decide } from '#libs/kernel';
import { SignInUnlinked, type OrganisationEvent } from './organisation.events.js';
import { assertRegistered, unknownPerson } from './organisation.refusals.js';
import type { Organisation } from './organisation.js';
import type { Person } from './person.js';

/** Says that nobody is that person any more who signs in so. It counts at once. */
export class UnlinkSignIn {
  @Id('Whose sign-in it was.') person!: string;
  @Sha256('The sign-in, as the list of a person’s sign-ins names it.') signIn!: string;
}

export const unlinkSignIn: Decide<UnlinkSignIn, Organisation, OrganisationEvent, { readonly holder: Person }> = (
  { person, signIn },
  organisation,
  { holder, by },
) => {
  assertRegistered(organisation);
  if (holder.status === 'none') throw unknownPerson();
  if (organisation.signIns.get(signIn) !== person) {
    throw unknown('sign-in.unknown', { sv: 'Personen har ingen sådan inloggning.', en: 'The person has no such sign-in.' });
  }
  const isOnly = [...organisation.signIns.values()].filter((one) => one === person).length === 1;
  if (by.actor === person && isOnly) {
    throw forbidden('sign-in.own-last', {
      sv: 'Det är den enda inloggning du själv har: utan den kommer du inte in igen. Koppla en annan först, eller låt en annan administratör göra det.',
      en: 'It is the only sign-in that you have yourself: without it you do not get in again. Link another first, or have another administrator do it.',
    });
  }
  return [event(SignInUnlinked, { person, signIn })];
};
