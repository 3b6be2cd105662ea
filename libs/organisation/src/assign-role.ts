import { Code, DayField, Id } from '#libs/fields';
import { contradictory, event, isBefore, type Day, type Decide } from '#libs/kernel';
import { RoleAssigned, type OrganisationEvent } from './organisation.events.js';
import { assertRegistered, unknownUnit } from './organisation.refusals.js';
import { holds, type Organisation } from './organisation.js';
import type { Person } from './person.js';
import { ROLE_NAMES, ROLES, type Role } from './roles.js';

/** Gives a person a role in a unit, from a first day through a last one or until further notice. */
export class AssignRole {
  @Id('Who is to hold the role.') person!: string;
  @Code('The role.', ROLES, 'Role') role!: Role;
  @Id('The unit in which it is held.') unit!: string;
  @DayField('First day.') from!: Day;
  @DayField('Last day, that day included; until further notice where left out.', { optional: true }) to?: Day;
}

export const assignRole: Decide<AssignRole, Organisation, OrganisationEvent, { readonly holder: Person }> = (
  { person, role, unit, from, to },
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
  const held = (organisation.roles.get(person) ?? []).filter((period) => period.role === role && period.unit === unit);
  if (held.some((period) => period.from === from && period.to === to)) return [];
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
  return [event(RoleAssigned, { person, role, unit, from, ...(to !== undefined && { to }) })];
};
