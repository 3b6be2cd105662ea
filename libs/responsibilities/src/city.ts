import type { Day } from '#libs/kernel';
import { holdingsOn, registerOf, type Organisation, type Register } from '#libs/organisation';
import type { City } from './answer.js';
import { holdersOf } from './match.js';

/** A municipality as answers and lists read it: its register, who holds what, and what units are called. */
export interface Municipality extends City {
  readonly register: Register;
  readonly name: string;
  /** What a unit is called; its id where it is not registered. */
  readonly named: (unit: string) => string;
  /** Whatever was given to a board or unit, or to others whose things its holder has on that day. */
  readonly heldWith: (unit: string, on: Day) => readonly string[];
}

export const municipalityOf = (organisation: Organisation, tenant: string): Municipality => {
  const register = registerOf(organisation);
  const units = organisation.status === 'registered' ? [...organisation.units] : [];
  const districts = units.filter(([, { kind }]) => kind === 'district-board').map(([id]) => id);
  return {
    register,
    holders: holdersOf(register),
    districtsOn: (on) => districts.filter((board) => register.existsOn(board, on)),
    name: organisation.status === 'registered' ? organisation.name : tenant,
    named: (unit) => register.unit(unit)?.name ?? unit,
    heldWith: (unit, on) => {
      const { unit: held } = holdingsOn(organisation, register.holderOn(unit, on), on);
      return held.length === 0 ? [unit] : held;
    },
  };
};
