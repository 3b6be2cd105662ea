import type { Day } from '#libs/kernel';
import { sql, type Read } from '#libs/views';
import { dutyLine, type Duty } from './duties.js';
import { heldOn, roleHolders } from './role-holders.view.js';
import { boardsOf } from './successions.view.js';

/** With whom a duty lies on a day. */
export interface DutyHolders {
  /** Who has it, by id: none, one or several. Acting holders and substitutes count as any other. */
  readonly persons: readonly string[];
  /** In which role and unit they have it. */
  readonly duty: Duty;
  /** The duty that nobody holds, in whose place it is theirs; left out where it is their own. */
  readonly inPlaceOf?: Duty;
}

/**
 * Who has a role in a unit on a day. The unit is the one to which the thing was first given: who holds it by then is followed through
 * the successions of boards. A duty that nobody holds goes to the level above.
 */
export const holdersOf = async (read: Read, unit: string, role: string, on: Day): Promise<DutyHolders> => {
  const boards = await boardsOf(read);
  const { own, above } = dutyLine(boards, unit, role, on);
  const duty = own[0] ?? { unit, role };
  const held = await read.query<Duty & { readonly person: string }>(sql`
    select unit, role, person from ${read.rows(roleHolders)}
    where unit = any(${[...own, ...above].map((one) => one.unit)}) and ${heldOn(on)} order by person`);
  for (const one of [...own, ...above]) {
    const persons = [...new Set(held.filter((row) => row.unit === one.unit && row.role === one.role).map(({ person }) => person))];
    if (persons.length > 0) return { persons, duty: one, ...(!own.includes(one) && { inPlaceOf: duty }) };
  }
  return { persons: [], duty };
};
