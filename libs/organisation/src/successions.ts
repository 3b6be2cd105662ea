import { isAfter, isBefore, type Day } from '#libs/kernel';
import { isBoardKind, type UnitKind } from './unit-kinds.js';

/** A unit as the register knows it. */
export interface Unit {
  readonly name: string;
  readonly kind: UnitKind;
  readonly partOf?: string;
}

/** On a day some boards end, and others take over what they held. */
export interface Succession {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly on: Day;
  readonly existing?: readonly string[];
  readonly default?: string;
  readonly exceptions: readonly { readonly unit: string; readonly to: string }[];
  readonly units: readonly { readonly from: string; readonly to: string }[];
}

/** What holding is derived from: the units, and which boards succeeded which. */
export interface Boards {
  readonly units: ReadonlyMap<string, Unit>;
  readonly successions: readonly Succession[];
}

/** A unit and what it lies in, itself first. */
export const ancestorsOf = ({ units }: Pick<Boards, 'units'>, id: string): readonly string[] => {
  const line: string[] = [];
  for (let at: string | undefined = id; at !== undefined && units.has(at) && !line.includes(at); at = units.get(at)?.partOf) line.push(at);
  return line;
};

export const isBoard = ({ units }: Pick<Boards, 'units'>, id: string): boolean => {
  const kind = units.get(id)?.kind;
  return kind !== undefined && isBoardKind(kind);
};

/** The board that a unit lies in, itself for a board; undefined for what lies in none. */
export const boardOf = (boards: Pick<Boards, 'units'>, id: string): string | undefined => ancestorsOf(boards, id).find((at) => isBoard(boards, at));

/** The succession that ends a board, whenever that is. */
export const endOf = ({ successions }: Pick<Boards, 'successions'>, board: string): Succession | undefined =>
  successions.find(({ from }) => from.includes(board));

/** The successions by which a board comes to be: one, or several of the same day; none where it has been there all along. */
const beginningsOf = ({ successions }: Pick<Boards, 'successions'>, board: string): readonly Succession[] =>
  successions.filter(({ to, existing = [] }) => to.includes(board) && !existing.includes(board));

/** The first day of a board, or of a unit's board; undefined where it has been there all along. */
export const beganOn = (boards: Boards, id: string): Day | undefined => {
  const board = boardOf(boards, id);
  return board === undefined ? undefined : beginningsOf(boards, board)[0]?.on;
};

/** The day from which a board, or a unit's board, is no more; undefined where it goes on. */
export const endedOn = (boards: Boards, id: string): Day | undefined => {
  const board = boardOf(boards, id);
  return board === undefined ? undefined : endOf(boards, board)?.on;
};

/** Whether a unit is there on a day: one that is not registered never is; one in a board as long as its board. */
export const existsOn = (boards: Boards, id: string, day: Day): boolean => {
  const [began, ended] = [beganOn(boards, id), endedOn(boards, id)];
  return boards.units.has(id) && (began === undefined || !isBefore(day, began)) && (ended === undefined || isBefore(day, ended));
};

/** Who takes over what a unit or board has when a succession ends it: the nearest above it that is mapped or excepted says; else the default. */
const takesOver = (boards: Boards, { to, default: rest = to[0], exceptions, units }: Succession, id: string): string => {
  for (const at of ancestorsOf(boards, id)) {
    const said = units.find(({ from }) => from === at)?.to ?? exceptions.find(({ unit }) => unit === at)?.to;
    if (said !== undefined) return said;
  }
  return rest ?? id;
};

/**
 * Who holds on a day what was given to a board or unit: itself as long as its board is there, then whoever took over, from one succession
 * to the next. A unit that no unit succeeds ends with its board, whose successor then holds what it had.
 */
export const holderOn = (boards: Boards, id: string, day: Day): string => {
  let holder = id;
  for (let hops = 0; hops <= boards.successions.length; hops++) {
    const board = boardOf(boards, holder);
    const end = board === undefined ? undefined : endOf(boards, board);
    if (!end || isAfter(end.on, day)) return holder;
    holder = takesOver(boards, end, holder);
  }
  return holder;
};

/** Everything in the register whose things a board or unit holds on a day: itself first, then the other boards, then the units. None where it is no more. */
export const predecessorsOf = (boards: Boards, id: string, day: Day): readonly string[] => {
  const held = [...boards.units.keys()].filter((other) => other !== id && holderOn(boards, other, day) === id);
  const own = holderOn(boards, id, day) === id ? [id] : [];
  return [...own, ...held.filter((other) => isBoard(boards, other)), ...held.filter((other) => !isBoard(boards, other))];
};
