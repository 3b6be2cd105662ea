import { BoardSucceeded, boardsOf, holderOn, RoleAssigned, RoleEnded, roleHolders, successions, units, type Role } from '#libs/organisation';
import { reaction, type AsOfEvent } from '#libs/reactions';
import { sql } from '#libs/views';
import type { Day } from '#libs/kernel';
import { NoteDuty } from './note-duty.js';

const named = (unit: string, role: string): string => `${unit}.${role}`;

/** The duties that end with old boards, and those that go to their successors. */
const succeeded = (on: Day, asOf: AsOfEvent): Promise<readonly string[]> =>
  asOf([roleHolders, successions, units], async (read) => {
    const boards = await boardsOf(read);
    const known = await read.query<{ unit: string; role: string }>(sql`select distinct unit, role from ${read.rows(roleHolders)} order by unit, role`);
    const ended = known.map(({ unit, role }) => ({ unit, role, successor: holderOn(boards, unit, on) })).filter(({ unit, successor }) => unit !== successor);
    return [...new Set(ended.flatMap(({ unit, role, successor }) => [named(unit, role), named(successor, role)]))];
  });

/** Whether anybody holds a role is looked up wherever that may have changed. */
export const noteDuties = reaction({
  name: 'note-duties',
  on: [RoleAssigned, RoleEnded, BoardSucceeded],
  targets: (event, asOf) => (event.type === 'BoardSucceeded' ? succeeded(event.data.on, asOf) : [named(event.data.unit, event.data.role)]),
  react: (_event, target) => Object.assign(new NoteDuty(), { unit: target.slice(0, 36), role: target.slice(37) as Role }),
});
