import { addMonths, isAfter, never, type By, type Day, type Text } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { LEVELS, type Level } from './action.codes.js';
import type { Planned } from './action.js';

/** How far each level may let a day be moved: calendar months from the first promised day to the new one, all moves together. Above the last the board decides. */
export interface MoveLimits {
  readonly responsibleMonths: number;
  readonly unitHeadMonths: number;
  readonly administrationHeadMonths: number;
}

/** Who must approve that an action first promised by one day is promised by another. */
export const levelNeeded = (first: Day, to: Day, { responsibleMonths, unitHeadMonths, administrationHeadMonths }: MoveLimits): Level => {
  if (!isAfter(to, addMonths(first, responsibleMonths))) return 'responsible';
  if (!isAfter(to, addMonths(first, unitHeadMonths))) return 'unit-head';
  return isAfter(to, addMonths(first, administrationHeadMonths)) ? 'board' : 'administration-head';
};

/** Whether a level may do what needs another. */
export const reaches = (level: Level | undefined, needs: Level): boolean => level !== undefined && LEVELS.indexOf(level) >= LEVELS.indexOf(needs);

/** A unit and what it lies in, itself first. */
const lineOf = (unit: string, organisation: Pick<Register, 'unit'>): readonly string[] => {
  const line: string[] = [];
  for (let at: string | undefined = unit; at !== undefined && !line.includes(at); at = organisation.unit(at)?.partOf) line.push(at);
  return line;
};

/**
 * The level on which somebody acts for an action: its responsible role, in its unit or above it; the head of its unit, or of what the
 * unit lies in; the head of its administration. Whoever handles the unit today counts. The board acts by its decision alone. Undefined for everybody else.
 */
export const levelOf = (
  by: By,
  { unit, role }: Pick<Planned, 'unit' | 'role'>,
  today: Day,
  organisation: Pick<Register, 'unit' | 'boardOf' | 'holderOn'>,
): Level | undefined => {
  const holder = organisation.holderOn(unit, today);
  const board = organisation.boardOf(holder);
  if (by.role === 'head-of-administration' && board !== undefined && organisation.boardOf(by.unit) === board) return 'administration-head';
  const inLine = lineOf(holder, organisation).includes(by.unit);
  if ((by.role === 'unit-manager' || by.role === 'department-head') && inLine) return 'unit-head';
  return by.role === role && inLine ? 'responsible' : undefined;
};

/** What people call whoever acts on the level. */
export const levelName = (level: Level): Text => {
  switch (level) {
    case 'responsible':
      return { sv: 'den ansvariga rollen', en: 'the responsible role' };
    case 'unit-head':
      return { sv: 'enhetens chef', en: 'the head of the unit' };
    case 'administration-head':
      return { sv: 'förvaltningschefen', en: 'the head of administration' };
    case 'board':
      return { sv: 'nämnden', en: 'the board' };
    default:
      return never(level);
  }
};
