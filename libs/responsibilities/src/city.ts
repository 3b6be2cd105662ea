import type { Day } from '#libs/kernel';
import { registerOf, type Organisation, type Register } from '#libs/organisation';
import type { City } from './answer.js';
import { holdersOf, LAST_DAY } from './match.js';

/** A municipality as answers and lists read it: its register, who holds what, and what units are called. */
export interface Municipality extends City {
  readonly register: Register;
  readonly name: string;
  /** What a unit is called; its id where it is not registered. */
  readonly named: (unit: string) => string;
  /** Whatever was given to a board or unit, or to others whose things its holder has on that day. */
  readonly heldWith: (unit: string, on: Day) => readonly string[];
}

/** By the state of the register, which stays the same until something is recorded in it. */
const known = new WeakMap<Organisation, Municipality>();

export const municipalityOf = (organisation: Organisation, tenant: string): Municipality => {
  const kept = known.get(organisation);
  if (kept) return kept;
  const made = read(organisation, tenant);
  if (organisation.status === 'registered') known.set(organisation, made);
  return made;
};

const read = (organisation: Organisation, tenant: string): Municipality => {
  const register = registerOf(organisation);
  const holders = holdersOf(register);
  const units = organisation.status === 'registered' ? [...organisation.units] : [];
  const districts = units.filter(([, { kind }]) => kind === 'district-board').map(([id]) => id);
  // Few boards and units are ever succeeded: only theirs may be in others' hands.
  const succeeded = units.map(([id]) => id).filter((id) => holders(id, LAST_DAY) !== id);
  return {
    register,
    holders,
    districtsOn: (on) => districts.filter((board) => register.existsOn(board, on)),
    name: organisation.status === 'registered' ? organisation.name : tenant,
    named: (unit) => register.unit(unit)?.name ?? unit,
    heldWith: (unit, on) => {
      const holder = holders(unit, on);
      return [...new Set([holder, ...succeeded.filter((id) => holders(id, on) === holder)])];
    },
  };
};
