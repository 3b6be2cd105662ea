import type { Holdings } from '#libs/commands';
import type { Day } from '#libs/kernel';
import type { Organisation, RegisteredOrganisation } from './organisation.js';
import { boardOf, holderOn } from './successions.js';

/** Who holds what on a day: what each unit and each board holds, by its id. */
interface Held {
  readonly on: Day;
  readonly byUnit: ReadonlyMap<string, readonly string[]>;
  readonly byBoard: ReadonlyMap<string, readonly string[]>;
}

/** The last day asked for of each state of a register: nearly every request asks for today. */
const known = new WeakMap<RegisteredOrganisation, Held>();

const ids = (held: readonly { readonly id: string }[]): readonly string[] => held.map(({ id }) => id);

const heldOn = (organisation: RegisteredOrganisation, on: Day): Held => {
  const kept = known.get(organisation);
  if (kept?.on === on) return kept;
  const holders = [...organisation.units.keys()].map((id) => ({ id, holder: holderOn(organisation, id, on) }));
  const byUnit = new Map([...Map.groupBy(holders, ({ holder }) => holder)].map(([holder, held]) => [holder, ids(held)]));
  const byBoard = new Map([...Map.groupBy(holders, ({ holder }) => boardOf(organisation, holder) ?? holder)].map(([board, held]) => [board, ids(held)]));
  const made = { on, byUnit, byBoard };
  known.set(organisation, made);
  return made;
};

/**
 * What a unit and its board handle on a day: all that was given to them, and to whom they succeeded. A unit whose board has ended handles
 * nothing; one that lies in no board only its own.
 */
export const holdingsOn = (organisation: Organisation, unit: string, on: Day): Holdings => {
  if (organisation.status === 'none' || !organisation.units.has(unit) || holderOn(organisation, unit, on) !== unit) return { unit: [], board: [] };
  const { byUnit, byBoard } = heldOn(organisation, on);
  return { unit: byUnit.get(unit) ?? [], board: byBoard.get(boardOf(organisation, unit) ?? unit) ?? [] };
};
