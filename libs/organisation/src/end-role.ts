import { Code, DayField, Id } from '#libs/fields';
import { contradictory, event, forbidden, isAfter, type Day, type Decide } from '#libs/kernel';
import { RoleEnded, type OrganisationEvent } from './organisation.events.js';
import { assertRegistered } from './organisation.refusals.js';
import { holds, type Organisation } from './organisation.js';
import { ROLES, type Role } from './roles.js';

/** Ends a role that a person holds: the last day is the last on which it is held. */
export class EndRole {
  @Id('Who holds the role.') person!: string;
  @Code('The role.', ROLES, 'Role') role!: Role;
  @Id('The unit in which it is held.') unit!: string;
  @DayField('The last day on which it is held.') lastDay!: Day;
}

export const endRole: Decide<EndRole, Organisation, OrganisationEvent> = ({ person, role, unit, lastDay }, organisation) => {
  assertRegistered(organisation);
  const held = (organisation.roles.get(person) ?? []).filter((period) => period.role === role && period.unit === unit);
  const running = held.find((period) => holds(period, lastDay));
  if (running) return running.to === lastDay ? [] : [event(RoleEnded, { person, role, unit, from: running.from, lastDay })];
  if (held.length === 0) {
    throw contradictory(
      'role.not-held',
      {
        sv: 'Personen har inte haft den rollen där. Kontrollera person, roll och enhet.',
        en: 'The person has not held that role there. Check person, role and unit.',
      },
      '/role',
    );
  }
  const earlier = held.find((period) => period.to !== undefined && isAfter(lastDay, period.to));
  if (earlier) {
    throw forbidden('role.ended', {
      sv: `Rollen avslutades redan ${earlier.to}. Ska personen ha den längre, tilldela den på nytt från dagen efter.`,
      en: `The role ended on ${earlier.to} already. If the person is to hold it longer, assign it anew from the day after.`,
    });
  }
  throw contradictory(
    'role.ends-before-start',
    {
      sv: `${lastDay} ligger före rollens första dag. Ange en sista dag som inte är tidigare än den första.`,
      en: `${lastDay} lies before the first day of the role. State a last day no earlier than the first.`,
    },
    '/lastDay',
  );
};
