import type { Day } from '#libs/kernel';
import type { Role } from './roles.js';
import { ancestorsOf, holderOn, type Boards } from './successions.js';
import { isBoardKind, type UnitKind } from './unit-kinds.js';

/** What is to be done belongs to a role in a unit. */
export interface Duty {
  readonly unit: string;
  readonly role: string;
}

/** At which level a role is held: what somebody is for a whole board is so for each of its units. */
const HOMES: Readonly<Partial<Record<Role, (kind: UnitKind) => boolean>>> = {
  'unit-manager': (kind) => kind === 'unit',
  'department-head': (kind) => kind === 'department',
  'head-of-administration': (kind) => kind === 'administration',
  'process-owner': isBoardKind,
  registrar: isBoardKind,
  'board-secretary': isBoardKind,
};

/** Who answers for a level where a duty lies with nobody: its head; for a board its process owner, and then its secretary. */
const headsOf = (kind: UnitKind): readonly Role[] => {
  if (isBoardKind(kind)) return ['process-owner', 'board-secretary'];
  if (kind === 'administration') return ['head-of-administration'];
  if (kind === 'department') return ['department-head'];
  return kind === 'unit' ? ['unit-manager'] : [];
};

/** Where a role is looked for besides the unit itself: at its own level above the unit; the head of administration also right below a board. */
const homesOf = ({ units }: Boards, line: readonly string[], role: string): readonly string[] => {
  const isHome = HOMES[role as Role];
  if (!isHome) return [];
  const below = role === 'head-of-administration' ? [...units].flatMap(([id, { partOf }]) => (partOf !== undefined && partOf === line[0] ? [id] : [])) : [];
  return [...line, ...below].filter((id) => {
    const kind = units.get(id)?.kind;
    return kind !== undefined && isHome(kind);
  });
};

/**
 * With whom a duty lies on a day: first where it belongs, in the unit that holds the thing by then and at the role's own level; then,
 * where nobody has the role there, with the head of the unit, and from level to level upwards. The first that somebody holds has it.
 */
export const dutyLine = (boards: Boards, unit: string, role: string, on: Day): { readonly own: readonly Duty[]; readonly above: readonly Duty[] } => {
  const holder = holderOn(boards, unit, on);
  const line = ancestorsOf(boards, holder);
  const own = [...new Set([holder, ...homesOf(boards, line, role)])].map((id): Duty => ({ unit: id, role }));
  const above = line
    .flatMap((id) => headsOf(boards.units.get(id)?.kind ?? 'body').map((head): Duty => ({ unit: id, role: head })))
    .filter((duty) => !own.some((one) => one.unit === duty.unit && one.role === duty.role));
  return { own, above };
};
