import { DayField, FreeText, Id, ListOf } from '#libs/fields';
import type { Day } from '#libs/kernel';
import { MAX_CLAUSES, MAX_VERSION } from './rule-fields.js';
import { ClauseRule } from './rule-shapes.js';

export const MAX_PERIODS = 40;

/** From when to when a version is in force, and what its clauses say. */
export class PeriodInForce {
  @FreeText('The version, as the agreement tells versions apart: its hash.', { max: MAX_VERSION }) version!: string;
  @DayField('The first day on which it is in force.') from!: Day;
  @DayField('The last day; left out where none is known.', { optional: true }) lastDay?: Day;
  @ListOf(() => ClauseRule, { max: MAX_CLAUSES }) rules!: ClauseRule[];
}

/** When an agreement was and is in force is known anew, all of it: its rules hold for those days and no others; for none, where it never was. */
export class CorrectRulesOfAgreement {
  @Id('The agreement.') agreement!: string;
  @ListOf(() => PeriodInForce, { max: MAX_PERIODS }) periods!: PeriodInForce[];
}
