import { Type } from 'typebox';
import { CodeType, DayType, eventType, IdType, type EventOf } from '#libs/kernel';
import { CAPACITIES, ROLES } from './roles.js';
import { UNIT_KINDS } from './unit-kinds.js';

const unit = IdType('The unit.');
const role = CodeType(ROLES, 'What the person is in the unit.');
const person = IdType('Random id of the person; name and address are sealed in the person’s own stream.');
const name = Type.String({ minLength: 1, maxLength: 200 });
const asItIs = (data: object): object => data;

export const MunicipalityRegistered = eventType('MunicipalityRegistered', {
  name: { sv: 'Kommun registrerad', en: 'Municipality registered' },
  schema: 1,
  data: { name },
});

export const UnitRegistered = eventType('UnitRegistered', {
  name: { sv: 'Enhet registrerad', en: 'Unit registered' },
  schema: 2,
  data: { unit, name, kind: CodeType(UNIT_KINDS, 'Where it stands in the municipality.'), partOf: Type.Optional(IdType('The unit that it belongs to.')) },
  reads: { 1: asItIs }, // fewer kinds
});

export const ProviderRegistered = eventType('ProviderRegistered', {
  name: { sv: 'Utförare registrerad', en: 'Provider registered' },
  schema: 1,
  data: { provider: IdType('The provider.'), name },
});

export const RoleAssigned = eventType('RoleAssigned', {
  name: { sv: 'Roll tilldelad', en: 'Role assigned' },
  schema: 2,
  data: {
    person,
    role,
    unit,
    from: DayType('First day.'),
    to: Type.Optional(DayType('Last day; left out where none is set.')),
    capacity: CodeType(CAPACITIES, 'In which way it is held: as the person’s own, acting (t.f.), or while another is away.'),
    insteadOf: Type.Optional(IdType('The person in whose stead it is held.')),
  },
  reads: { 1: (data: object) => ({ ...data, capacity: 'ordinary' }) }, // nobody held a role in another’s stead
});

export const RoleEnded = eventType('RoleEnded', {
  name: { sv: 'Roll avslutad', en: 'Role ended' },
  schema: 2,
  data: { person, role, unit, from: DayType('First day of the period that ends.'), lastDay: DayType('Last day, that day included.') },
  reads: { 1: asItIs }, // fewer roles
});

const signIn = Type.String({
  pattern: '^[0-9a-f]{64}$',
  description: 'HMAC-SHA-256 of issuer and subject at the OpenID provider, under a key outside the database: told to nobody, and tried out by nobody.',
});

/** Whoever signs in by it is that person. */
export const SignInLinked = eventType('SignInLinked', {
  name: { sv: 'Inloggning kopplad', en: 'Sign-in linked' },
  schema: 1,
  data: { person, signIn },
});

export const SignInUnlinked = eventType('SignInUnlinked', {
  name: { sv: 'Inloggning bortkopplad', en: 'Sign-in unlinked' },
  schema: 1,
  data: { person, signIn },
});

/** Who holds what the old boards held is derived from it, and written nowhere else. */
export const BoardSucceeded = eventType('BoardSucceeded', {
  name: { sv: 'Nämnd efterträdd', en: 'Board succeeded' },
  schema: 1,
  data: {
    from: Type.Array(IdType('A board that ends.'), { minItems: 1 }),
    to: Type.Array(IdType('A board that takes over.'), { minItems: 1 }),
    on: DayType('The first day of the successors, on which the old boards are no more.'),
    decision: Type.String({ minLength: 1, maxLength: 200, description: 'The decision that says so, as kommunfullmäktige’s.' }),
    existing: Type.Optional(Type.Array(IdType('A successor that was there before the day.'), { minItems: 1 })),
    default: Type.Optional(IdType('Of several successors, the one that takes over what no exception names.')),
    exceptions: Type.Array(
      Type.Object({ unit: IdType('A unit of a board that ends.'), to: IdType('The successor that takes over what it had.') }, { additionalProperties: false }),
    ),
    units: Type.Array(
      Type.Object({ from: IdType('A unit of a board that ends.'), to: IdType('The unit that takes over what it had.') }, { additionalProperties: false }),
    ),
  },
});

/** What was recorded wrong holds no more; the right succession is recorded anew. */
export const SuccessionWithdrawn = eventType('SuccessionWithdrawn', {
  name: { sv: 'Efterträdande återtaget', en: 'Succession withdrawn' },
  schema: 1,
  data: {
    succession: IdType('The event that recorded it.'),
    from: Type.Array(IdType('A board that did not end by it after all.'), { minItems: 1 }),
    to: Type.Array(IdType('A board that did not take over.'), { minItems: 1 }),
    reason: Type.String({ minLength: 1, maxLength: 1000, description: 'What was wrong.' }),
  },
});

/** A registry number of another form is warned of, not refused: registries are older than any rule of ours. */
export const RegistryPatternRegistered = eventType('RegistryPatternRegistered', {
  name: { sv: 'Diarienummers form registrerad', en: 'Form of registry numbers registered' },
  schema: 1,
  data: {
    board: IdType('The board whose registry it is.'),
    pattern: Type.String({ minLength: 1, maxLength: 60, description: 'A 9 stands for a digit, 9+ for one or more; any other character for itself.' }),
  },
});

/** What can happen to a municipality’s register of units, boards over time, providers, roles and sign-ins. */
export type OrganisationEvent =
  | EventOf<typeof MunicipalityRegistered>
  | EventOf<typeof UnitRegistered>
  | EventOf<typeof ProviderRegistered>
  | EventOf<typeof RoleAssigned>
  | EventOf<typeof RoleEnded>
  | EventOf<typeof SignInLinked>
  | EventOf<typeof SignInUnlinked>
  | EventOf<typeof BoardSucceeded>
  | EventOf<typeof SuccessionWithdrawn>
  | EventOf<typeof RegistryPatternRegistered>;
