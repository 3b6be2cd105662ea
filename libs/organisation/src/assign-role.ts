import { Code, DayField, Id } from '#libs/fields';
import { contradictory, event, isAfter, isBefore, type Day, type Decide } from '#libs/kernel';
import { RoleAssigned, type OrganisationEvent } from './organisation.events.js';
import { assertRegistered, unknownUnit } from './organisation.refusals.js';
import { holds, type Organisation, type RegisteredOrganisation } from './organisation.js';
import type { Person } from './person.js';
import { CAPACITIES, ROLE_NAMES, ROLES, type Capacity, type Role } from './roles.js';

/** Gives a person a role in a unit, from a first day through a last one or until further notice. */
export class AssignRole {
  @Id('Who is to hold the role.') person!: string;
  @Code('The role.', ROLES, 'Role') role!: Role;
  @Id('The unit in which it is held.') unit!: string;
  @DayField('First day.') from!: Day;
  @DayField('Last day, that day included; until further notice where left out.', { optional: true }) to?: Day;
  @Code('In which way it is held; ordinary where left out.', CAPACITIES, 'Capacity', { optional: true }) capacity?: Capacity;
  @Id('The person in whose stead it is held, acting or as a substitute.', { optional: true }) insteadOf?: string;
}

export const assignRole: Decide<AssignRole, Organisation, OrganisationEvent, { readonly holder: Person }> = (
  { person, role, unit, from, to, capacity = 'ordinary', insteadOf },
  organisation,
  { holder },
) => {
  assertRegistered(organisation);
  if (holder.status === 'none') {
    throw contradictory(
      'person.unknown',
      { sv: 'Personen är inte registrerad. Registrera personen först.', en: 'The person is not registered. Register the person first.' },
      '/person',
    );
  }
  if (!organisation.units.has(unit)) throw unknownUnit();
  if (to !== undefined && isBefore(to, from)) {
    throw contradictory(
      'role.period-contradictory',
      { sv: `Sista dagen ${to} ligger före den första, ${from}.`, en: `The last day ${to} lies before the first, ${from}.` },
      '/to',
    );
  }
  if (insteadOf !== undefined) assertStead(organisation, { person, role, unit, from, capacity, insteadOf });
  const held = (organisation.roles.get(person) ?? []).filter((period) => period.role === role && period.unit === unit);
  if (held.some((period) => period.from === from && period.to === to && period.capacity === capacity && period.insteadOf === insteadOf)) return [];
  const other = held.find((period) => holds(period, from) || holds({ from, ...(to !== undefined && { to }) }, period.from));
  if (other) {
    throw contradictory(
      'role.period-overlaps',
      {
        sv: `Personen är redan ${ROLE_NAMES[role].sv} där från ${other.from}${other.to ? ` till och med ${other.to}` : ' tills vidare'}. Avsluta den perioden först, eller välj dagar utanför den.`,
        en: `The person is ${ROLE_NAMES[role].en} there already from ${other.from}${other.to ? ` through ${other.to}` : ' until further notice'}. End that period first, or choose days outside it.`,
      },
      '/from',
    );
  }
  return [event(RoleAssigned, { person, role, unit, from, ...(to !== undefined && { to }), capacity, ...(insteadOf !== undefined && { insteadOf }) })];
};

/** In somebody's stead a role is held acting or as a substitute, and that somebody has, or had before, the role itself. */
const assertStead = (
  { roles }: RegisteredOrganisation,
  {
    person,
    role,
    unit,
    from,
    capacity,
    insteadOf,
  }: Pick<AssignRole, 'person' | 'role' | 'unit' | 'from'> & Required<Pick<AssignRole, 'capacity' | 'insteadOf'>>,
): void => {
  if (capacity === 'ordinary' || insteadOf === person) {
    throw contradictory(
      'role.stead-contradictory',
      {
        sv: 'Bara en t.f. eller en ersättare har rollen i någon annans ställe. Ange det, eller utelämna vem den har rollen i stället för.',
        en: 'Only an acting holder or a substitute holds a role in somebody else’s stead. Say which, or leave out in whose stead it is.',
      },
      '/insteadOf',
    );
  }
  if ((roles.get(insteadOf) ?? []).some((period) => period.role === role && period.unit === unit && !isAfter(period.from, from))) return;
  throw contradictory(
    'role.stead-not-held',
    {
      sv: `Den personen har inte, och har inte haft, rollen ${ROLE_NAMES[role].sv} där. Kontrollera vem det gäller, eller tilldela den personen rollen först.`,
      en: `That person is not, and has not been, ${ROLE_NAMES[role].en} there. Check who it is, or assign that person the role first.`,
    },
    '/insteadOf',
  );
};
