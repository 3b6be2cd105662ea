import { addDays, isAfter, type Day } from '#libs/kernel';
import { dutyLine, existsOn, holds, isBoard, predecessorsOf, type RegisteredOrganisation, type Role, type RolePeriod } from '#libs/organisation';

/** A time in which nobody holds a role that somebody held before: until somebody does again, or the unit is no more. */
export interface Vacancy {
  readonly from: Day;
  readonly end?: { readonly on: Day; readonly how: 'held' | 'unit-ended' };
}

type Register = Pick<RegisteredOrganisation, 'units' | 'successions' | 'roles'>;

/** Before anything that a register tells of. */
const EVER = '1900-01-01' as Day;

/** Itself, and those whose roles go on in it: boards’ in the board that succeeded them, units’ in their unit. With a unit that no unit succeeds its roles end. */
const goneOnFrom = (register: Register, unit: string, day: Day): readonly string[] =>
  predecessorsOf(register, unit, day).filter((one) => isBoard(register, one) === isBoard(register, unit));

/** Every unit in which a role counts for one: the unit itself, where its level has the role, and the same of those whose roles go on in it. */
const placesOf = (register: Register, unit: string, role: Role): ReadonlySet<string> => {
  const days = [EVER, ...register.successions.flatMap(({ on }) => [addDays(on, -1), on])];
  const before = days.flatMap((day) => [unit, ...goneOnFrom(register, unit, day)]);
  return new Set(before.flatMap((one) => days.flatMap((day) => dutyLine(register, one, role, day).own.map((duty) => duty.unit))));
};

/**
 * Every vacancy of a role in a unit, past ones and those that are known to come, the earliest first. It can begin and end only where a
 * period begins or has ended, or where boards take over from others.
 */
export const vacanciesOf = (register: Register, unit: string, role: Role): readonly Vacancy[] => {
  const places = placesOf(register, unit, role);
  const periods: readonly RolePeriod[] = [...register.roles.values()].flat().filter((period) => period.role === role && places.has(period.unit));
  /** Whether somebody has the role in a unit, or where the unit's level has it. */
  const isHeld = (where: string, day: Day): boolean => {
    if (!existsOn(register, where, day)) return false;
    const { own } = dutyLine(register, where, role, day);
    return periods.some((period) => holds(period, day) && own.some((one) => one.unit === period.unit));
  };
  const wasHeldBefore = (day: Day): boolean => goneOnFrom(register, unit, day).some((one) => isHeld(one, addDays(day, -1)));
  const days = [...periods.flatMap(({ from, to }) => (to === undefined ? [from] : [from, addDays(to, 1)])), ...register.successions.map(({ on }) => on)];
  const changes = [...new Set(days)].toSorted().map((on) => ({ on, exists: existsOn(register, unit, on), held: isHeld(unit, on) }));
  return changes
    .filter(({ on, exists, held }) => exists && !held && wasHeldBefore(on))
    .map(({ on: from }) => {
      const end = changes.find(({ on, exists, held }) => isAfter(on, from) && (held || !exists));
      return { from, ...(end && { end: { on: end.on, how: end.held ? 'held' : 'unit-ended' } }) };
    });
};
