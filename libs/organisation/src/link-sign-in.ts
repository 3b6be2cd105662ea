import { FreeText, Id, Sha256 } from '#libs/fields';
import { contradictory, event, forbidden, type Decide } from '#libs/kernel';
import { SignInLinked, type OrganisationEvent } from './organisation.events.js';
import { assertRegistered, unknownPerson } from './organisation.refusals.js';
import type { Organisation } from './organisation.js';
import type { Person } from './person.js';

/** Says that whoever signs in so is that person: by what the OpenID provider calls the sign-in, or by the reference that somebody not known here was shown. */
export class LinkSignIn {
  @Id('Whose sign-in it is.') person!: string;
  @FreeText('The issuer, as it stands in the tokens (`iss`). Together with subject.', { max: 500, optional: true }) issuer?: string;
  @FreeText('What the issuer calls whoever signs in (`sub`). It is hashed and not kept.', { max: 255, optional: true }) subject?: string;
  @Sha256('What somebody was shown who signed in and is not known. Instead of issuer and subject.', { optional: true }) reference?: string;
}

/** A sign-in as the log names it. */
export interface NamedSignIn {
  readonly signIn: string;
  /** Another municipality has linked it. */
  readonly isElsewhere: boolean;
}

export const linkSignIn: Decide<LinkSignIn, Organisation, OrganisationEvent, { readonly holder: Person; readonly named: NamedSignIn | undefined }> = (
  { person },
  organisation,
  { holder, named },
) => {
  assertRegistered(organisation);
  if (holder.status === 'none') throw unknownPerson();
  if (!named) {
    throw contradictory('sign-in.unclear', {
      sv: 'Ange antingen issuer och subject tillsammans, eller bara reference.',
      en: 'State either issuer and subject together, or reference alone.',
    });
  }
  const { signIn, isElsewhere } = named;
  const linked = organisation.signIns.get(signIn);
  if (linked === person) return [];
  if (linked !== undefined) {
    throw forbidden('sign-in.linked', {
      sv: 'Inloggningen hör redan till en annan person här. Koppla bort den där först.',
      en: 'The sign-in belongs to another person here already. Unlink it there first.',
    });
  }
  if (isElsewhere) {
    throw forbidden('sign-in.linked-elsewhere', {
      sv: 'Inloggningen hör redan till en person i en annan kommun, och den kan bara höra till en. Använd en annan inloggning här, eller låt den andra kommunen koppla bort den.',
      en: 'The sign-in belongs to a person of another municipality already, and can belong to one only. Use another sign-in here, or have the other municipality unlink it.',
    });
  }
  return [event(SignInLinked, { person, signIn })];
};
