import {
  BoardSucceeded,
  boardOf,
  boardsOf,
  holderOn,
  RoleAssigned,
  RoleEnded,
  roleHolders,
  successions,
  SuccessionWithdrawn,
  units,
  type Role,
} from '#libs/organisation';
import { reaction, type AsOfEvent } from '#libs/reactions';
import { sql } from '#libs/views';
import { never, type Day, type EventOf } from '#libs/kernel';
import { NoteDuty } from './note-duty.js';

const on = [RoleAssigned, RoleEnded, BoardSucceeded, SuccessionWithdrawn] as const;

const named = (unit: string, role: string): string => `${unit}.${role}`;

/** The duties that end with old boards, and those that go to their successors. */
const succeeded = (day: Day, asOf: AsOfEvent): Promise<readonly string[]> =>
  asOf([roleHolders, successions, units], async (read) => {
    const boards = await boardsOf(read);
    const known = await read.query<{ unit: string; role: string }>(sql`select distinct unit, role from ${read.rows(roleHolders)} order by unit, role`);
    const ended = known.map(({ unit, role }) => ({ unit, role, successor: holderOn(boards, unit, day) })).filter(({ unit, successor }) => unit !== successor);
    return [...new Set(ended.flatMap(({ unit, role, successor }) => [named(unit, role), named(successor, role)]))];
  });

/** The duties of boards that did not end after all, and whatever of them may have gone to those that did not take over. */
const withdrawn = (from: readonly string[], to: readonly string[], asOf: AsOfEvent): Promise<readonly string[]> =>
  asOf([roleHolders, successions, units], async (read) => {
    const boards = await boardsOf(read);
    const within = (ids: readonly string[]) => (unit: string) => ids.includes(boardOf(boards, unit) ?? '');
    const known = await read.query<{ unit: string; role: string }>(sql`select distinct unit, role from ${read.rows(roleHolders)} order by unit, role`);
    const duties = known.filter(({ unit }) => within([...from, ...to])(unit)).map(({ unit, role }) => named(unit, role));
    const roles = new Set(known.filter(({ unit }) => within(from)(unit)).map(({ role }) => role));
    const taken = [...boards.units.keys()].filter(within(to)).flatMap((unit) => [...roles].map((role) => named(unit, role)));
    return [...new Set([...duties, ...taken])];
  });

const targetsOf = (event: EventOf<(typeof on)[number]>, asOf: AsOfEvent): Promise<readonly string[]> | readonly string[] => {
  switch (event.type) {
    case 'BoardSucceeded':
      return succeeded(event.data.on, asOf);
    case 'SuccessionWithdrawn':
      return withdrawn(event.data.from, event.data.to, asOf);
    case 'RoleAssigned':
    case 'RoleEnded':
      return [named(event.data.unit, event.data.role)];
    default:
      return never(event);
  }
};

/** Whether anybody holds a role is looked up wherever that may have changed. */
export const noteDuties = reaction({
  name: 'note-duties',
  on,
  targets: targetsOf,
  react: (_event, target) => Object.assign(new NoteDuty(), { unit: target.slice(0, 36), role: target.slice(37) as Role }),
});
