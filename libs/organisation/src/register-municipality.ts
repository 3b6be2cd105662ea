import { FreeText } from '#libs/fields';
import { event, forbidden, type Decide } from '#libs/kernel';
import { sameName, tidy } from './names.js';
import { MunicipalityRegistered, type OrganisationEvent } from './organisation.events.js';
import type { Organisation } from './organisation.js';

/** Opens the register of a municipality: the first that happens in a tenant. */
export class RegisterMunicipality {
  @FreeText('What the municipality is called.', { max: 200 }) name!: string;
}

export const registerMunicipality: Decide<RegisterMunicipality, Organisation, OrganisationEvent> = ({ name }, organisation) => {
  if (organisation.status === 'none') return [event(MunicipalityRegistered, { name: tidy(name) })];
  if (sameName(organisation.name, name)) return [];
  throw forbidden('municipality.registered', {
    sv: `Här är ${organisation.name} redan registrerad. En annan kommun är en egen klient med ett eget register.`,
    en: `${organisation.name} is registered here already. Another municipality is a tenant of its own, with its own register.`,
  });
};
