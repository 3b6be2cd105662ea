import { Type } from 'typebox';
import { CodeType, DayType, eventType, IdType, type EventOf } from '#libs/kernel';
import { ROLES } from './roles.js';
import { UNIT_KINDS } from './unit-kinds.js';

const unit = IdType('The unit.');
const role = CodeType(ROLES, 'What the person is in the unit.');
const person = IdType('Random id of the person; name and address are sealed in the person’s own stream.');
const name = Type.String({ minLength: 1, maxLength: 200 });

export const MunicipalityRegistered = eventType('MunicipalityRegistered', {
  name: { sv: 'Kommun registrerad', en: 'Municipality registered' },
  schema: 1,
  data: { name },
});

export const UnitRegistered = eventType('UnitRegistered', {
  name: { sv: 'Enhet registrerad', en: 'Unit registered' },
  schema: 1,
  data: { unit, name, kind: CodeType(UNIT_KINDS, 'Where it stands in the municipality.'), partOf: Type.Optional(IdType('The unit that it belongs to.')) },
});

export const ProviderRegistered = eventType('ProviderRegistered', {
  name: { sv: 'Utförare registrerad', en: 'Provider registered' },
  schema: 1,
  data: { provider: IdType('The provider.'), name },
});

export const RoleAssigned = eventType('RoleAssigned', {
  name: { sv: 'Roll tilldelad', en: 'Role assigned' },
  schema: 1,
  data: { person, role, unit, from: DayType('First day.'), to: Type.Optional(DayType('Last day; left out where none is set.')) },
});

export const RoleEnded = eventType('RoleEnded', {
  name: { sv: 'Roll avslutad', en: 'Role ended' },
  schema: 1,
  data: { person, role, unit, from: DayType('First day of the period that ends.'), lastDay: DayType('Last day, that day included.') },
});

/** What can happen to a municipality’s register of units, providers and roles. */
export type OrganisationEvent =
  | EventOf<typeof MunicipalityRegistered>
  | EventOf<typeof UnitRegistered>
  | EventOf<typeof ProviderRegistered>
  | EventOf<typeof RoleAssigned>
  | EventOf<typeof RoleEnded>;
