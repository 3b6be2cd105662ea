import { Type } from 'typebox';
import { Code, DayField, Id, ListQuery } from '#libs/fields';
import { addDays, CodeType, DayType, IdType, type Day } from '#libs/kernel';
import { sql, type Read } from '#libs/views';
import { dutyLine, type Duty } from './duties.js';
import { roleHolders } from './role-holders.view.js';
import { ROLES, type Role } from './roles.js';
import { endedOn, holderOn, type Boards } from './successions.js';
import { boardsOf } from './successions.view.js';

/** Roles that somebody has had in a unit and that nobody has there on a day, and with whom their duties lie instead. */
export class ListUnheldDuties extends ListQuery {
  @Id('Only in this unit.', { optional: true }) unit?: string;
  @Code('Only this role.', ROLES, 'Role', { optional: true }) role?: Role;
  @DayField('On this day; today where left out.', { optional: true }) on?: Day;
}

export const UnheldDutyRow = Type.Object({
  role: CodeType(ROLES, 'The role that nobody has.'),
  unit: IdType('The unit: the successor of the one in which it was held, where there is one.'),
  unitName: Type.String(),
  lastHeldOn: DayType('The last day on which somebody had it, there or in a unit before it.'),
  goesToRole: Type.Optional(CodeType(ROLES, 'The role with which its duties lie instead; left out where there is nobody on any level.')),
  goesToUnit: Type.Optional(IdType('The unit of that role.')),
  goesToUnitName: Type.Optional(Type.String()),
});

interface Period {
  readonly role: Role;
  readonly unit: string;
  readonly from: Day;
  readonly to: Day | null;
}

const idOf = ({ role, unit }: Duty): string => `${role}.${unit}`;

/** The last day by then on which a period was held: none in a unit that has ended since. */
const lastDayOf = (boards: Boards, { unit, to }: Period, day: Day): Day => {
  const ended = endedOn(boards, unit);
  return [day, ...(to === null ? [] : [to]), ...(ended === undefined ? [] : [addDays(ended, -1)])].toSorted()[0] ?? day;
};

/**
 * A page of them, by unit and role. A role held in a unit that a succession has ended is a duty of its successor from that day: whoever had
 * it has it no more.
 */
export const listUnheldDuties = async (read: Read, { unit, role, on, limit, offset }: ListUnheldDuties, today: Day) => {
  const day = on ?? today;
  const boards = await boardsOf(read);
  const wanted = unit === undefined ? undefined : holderOn(boards, unit, day);
  // A role is missed once it has been held: one that is yet to be held is nobody's duty before.
  const began = await read.query<Period>(sql`select role, unit, from_on as "from", to_on as "to" from ${read.rows(roleHolders)} where from_on <= ${day}`);
  const held = new Set(began.filter(({ to }) => to === null || day <= to).map(idOf));
  const order = [...boards.units.keys()];
  const nameOf = (id: string) => boards.units.get(id)?.name ?? id;
  const items = [...Map.groupBy(began, (period) => idOf({ role: period.role, unit: holderOn(boards, period.unit, day) })).values()]
    .flatMap((past) => {
      const [{ role: its, unit: where }] = past as [Period];
      const { own, above } = dutyLine(boards, where, its, day);
      const duty = own[0]?.unit ?? where;
      if (own.some((one) => held.has(idOf(one))) || (wanted !== undefined && duty !== wanted) || (role !== undefined && its !== role)) return [];
      const goesTo = above.find((one) => held.has(idOf(one)));
      return {
        role: its,
        unit: duty,
        unitName: nameOf(duty),
        lastHeldOn:
          past
            .map((period) => lastDayOf(boards, period, day))
            .toSorted()
            .at(-1) ?? day,
        ...(goesTo && { goesToRole: goesTo.role as Role, goesToUnit: goesTo.unit, goesToUnitName: nameOf(goesTo.unit) }),
      };
    })
    .toSorted((a, b) => order.indexOf(a.unit) - order.indexOf(b.unit) || ROLES.indexOf(a.role) - ROLES.indexOf(b.role));
  return { total: items.length, items: items.slice(offset, offset + limit) };
};
