import { Type } from 'typebox';
import { Code, DayField, Id, ListQuery } from '#libs/fields';
import { CodeType, DayType, IdType, type Day } from '#libs/kernel';
import { all, col, rowView, sql, type Found, type Read, type RowOf } from '#libs/views';
import { RoleAssigned, RoleEnded } from './organisation.events.js';
import { CAPACITIES, ROLES, type Capacity, type Role } from './roles.js';
import { units } from './units.view.js';

const columns = {
  person: col.uuid(),
  role: col.text<Role>(),
  unit: col.uuid(),
  fromOn: col.day(),
  toOn: col.optional(col.day()),
  capacity: col.text<Capacity>(),
  insteadOf: col.optional(col.uuid()),
};

/** Who holds which role in which unit: a row for each period, whose first and last days belong to it. */
export const roleHolders = rowView({
  name: 'role_holders',
  version: 2,
  columns,
  reads: [RoleAssigned, RoleEnded],
  keys: ({ data: { person, role, unit, from } }) => `${person}.${role}.${unit}.${from}`,
  fold: (row, { type, data }) => {
    const period = { person: data.person, role: data.role, unit: data.unit, fromOn: data.from };
    if (type === 'RoleEnded') return { ...period, toOn: data.lastDay, capacity: row?.capacity ?? 'ordinary', insteadOf: row?.insteadOf ?? null };
    return { ...period, toOn: data.to ?? null, capacity: data.capacity, insteadOf: data.insteadOf ?? null };
  },
  during: ['unit'],
  indexes: [['unit', 'role'], ['person']],
});

/** The periods that hold a day. */
export const heldOn = (day: Day) => sql`from_on <= ${day} and (to_on is null or to_on >= ${day})`;

/** Everything that a person holds, held or will hold, the earliest first. */
export const rolesOf = async (read: Read, person: string): Promise<readonly Found<RowOf<typeof columns>>[]> =>
  (await read.list(roleHolders, { where: sql`person = ${person}`, order: sql`from_on, key`, limit: 1_000 })).rows;

/** Who holds which role, by unit. */
export class ListRoleHolders extends ListQuery {
  @Id('Only in this unit.', { optional: true }) unit?: string;
  @Code('Only this role.', ROLES, 'Role', { optional: true }) role?: Role;
  @Id('Only this person.', { optional: true }) person?: string;
  @DayField('Only who holds it on this day; all periods where left out.', { optional: true }) on?: Day;
}

export const RoleHolderRow = Type.Object({
  person: IdType('Who holds it.'),
  name: Type.Optional(Type.String({ description: 'What the person is called; left out where that is erased.' })),
  role: CodeType(ROLES, 'The role.'),
  unit: IdType('The unit in which it is held.'),
  unitName: Type.String(),
  from: DayType('First day.'),
  to: Type.Optional(DayType('Last day; until further notice where left out.')),
  capacity: CodeType(CAPACITIES, 'In which way it is held.'),
  insteadOf: Type.Optional(IdType('The person in whose stead it is held.')),
  insteadOfName: Type.Optional(Type.String({ description: 'What that person is called; left out where that is erased.' })),
});

interface RoleHolder {
  readonly person: string;
  readonly role: Role;
  readonly unit: string;
  readonly unitName: string;
  readonly from: Day;
  readonly to: Day | null;
  readonly capacity: Capacity;
  readonly insteadOf: string | null;
}

/** A page of them. Names are sealed: whoever shows the list has them opened. */
export const listRoleHolders = async (read: Read, { unit, role, person, on, limit, offset }: ListRoleHolders) => {
  const where = all(
    unit === undefined ? undefined : sql`role_holders.unit = ${unit}`,
    role === undefined ? undefined : sql`role = ${role}`,
    person === undefined ? undefined : sql`person = ${person}`,
    on === undefined ? undefined : heldOn(on),
  );
  const rows = await read.query<RoleHolder>(sql`
    select person, role, role_holders.unit, units.name as "unitName", from_on as "from", to_on as "to",
      capacity, instead_of as "insteadOf"
    from ${read.rows(roleHolders)} join ${read.rows(units)} on units.unit = role_holders.unit
    where ${where} order by units.name collate "sv-SE-x-icu", role, from_on, role_holders.key limit ${limit} offset ${offset}`);
  return { total: await read.count(roleHolders, where), items: rows.map(shown) };
};

/** What is not there is left out, not sent as null. */
const shown = ({ to, insteadOf, ...row }: RoleHolder) => ({ ...row, ...(to !== null && { to }), ...(insteadOf !== null && { insteadOf }) });
