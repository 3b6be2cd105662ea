import { FreeText, Id } from '#libs/fields';
import { contradictory, event, forbidden, type Decide } from '#libs/kernel';
import { sameName, tidy } from './names.js';
import { ProviderRegistered, type OrganisationEvent } from './organisation.events.js';
import { assertRegistered } from './organisation.refusals.js';
import type { Organisation } from './organisation.js';

/** Enters a provider, so that orders can name it and lists show what it is called. */
export class RegisterProvider {
  @Id('The new provider.') provider!: string;
  @FreeText('What it is called.', { max: 200 }) name!: string;
}

export const registerProvider: Decide<RegisterProvider, Organisation, OrganisationEvent> = ({ provider, name }, organisation) => {
  assertRegistered(organisation);
  const known = organisation.providers.get(provider);
  if (known) {
    if (sameName(known.name, name)) return [];
    throw forbidden('provider.registered', {
      sv: `Utföraren är redan registrerad, som ${known.name}.`,
      en: `The provider is registered already, as ${known.name}.`,
    });
  }
  const namesake = [...organisation.providers.values()].find((other) => sameName(other.name, name));
  if (namesake) {
    throw contradictory(
      'provider.name-taken',
      {
        sv: `Det finns redan en utförare som heter ${namesake.name}. Är det en annan, ge den ett namn som skiljer dem åt.`,
        en: `There is a provider called ${namesake.name} already. If this is another, give it a name that tells them apart.`,
      },
      '/name',
    );
  }
  return [event(ProviderRegistered, { provider, name: tidy(name) })];
};
