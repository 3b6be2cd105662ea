import { sumOfCounts, type CountsOfUnit, type ObligationCounts } from '#libs/audits';
import type { RegisterThen } from './register-then.js';

/** Counts by who holds what on the day: every board that is there, and whoever else holds something. */
export const byHolder = (counted: readonly CountsOfUnit[], { register, units, on }: RegisterThen): ReadonlyMap<string, ObligationCounts> => {
  const boards = units.filter((unit) => register.isBoard(unit) && register.existsOn(unit, on)).map((unit) => [unit, sumOfCounts([])] as const);
  const held = Map.groupBy(counted, ({ unit }) => register.holderOn(unit, on));
  return new Map([...boards, ...[...held].map(([holder, counts]) => [holder, sumOfCounts(counts)] as const)]);
};
