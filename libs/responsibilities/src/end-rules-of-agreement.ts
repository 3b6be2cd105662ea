import { DayField, Id } from '#libs/fields';
import type { Day } from '#libs/kernel';

/** An agreement has lapsed, was terminated, or lost what it needs: after the day its clauses are no rules any more. */
export class EndRulesOfAgreement {
  @Id('The agreement.') agreement!: string;
  @DayField('The last day on which it is in force.') lastDay!: Day;
}
