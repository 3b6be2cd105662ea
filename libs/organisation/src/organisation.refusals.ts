import { contradictory, unknown, type Refusal } from '#libs/kernel';
import type { Organisation, RegisteredOrganisation } from './organisation.js';

/** Refuses a municipality that is not registered; what is left is. */
export function assertRegistered(organisation: Organisation): asserts organisation is RegisteredOrganisation {
  if (organisation.status === 'none') {
    throw unknown('municipality.unknown', {
      sv: 'Kommunen är inte registrerad än. Registrera den först.',
      en: 'The municipality is not registered yet. Register it first.',
    });
  }
}

/** A person that is asked about is not in the register, or in another municipality's. */
export const unknownPerson = (): Refusal => unknown('person.unknown', { sv: 'Personen är inte registrerad här.', en: 'The person is not registered here.' });

/** What was sent names a unit that is not in the register. */
export const unknownUnit = (): Refusal =>
  contradictory(
    'unit.unknown',
    {
      sv: 'Enheten finns inte i registret. Välj en som finns, eller registrera den först.',
      en: 'The unit is not in the register. Choose one that is, or register it first.',
    },
    '/unit',
  );

/** What was sent names a provider that is not in the register. */
export const unknownProvider = (): Refusal =>
  contradictory(
    'provider.unknown',
    {
      sv: 'Utföraren finns inte i registret. Välj en som finns, eller registrera den först.',
      en: 'The provider is not in the register. Choose one that is, or register it first.',
    },
    '/provider',
  );
