import { DayField, FreeText, Id, ListOf } from '#libs/fields';
import type { Day, Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { rulesFor } from './agreement-rules.js';
import type { ResponsibilityEvent } from './responsibility.events.js';
import type { ResponsibilityRules } from './responsibility-rules.js';
import { MAX_CLAUSES, MAX_VERSION } from './rule-fields.js';
import { ClauseRule } from './rule-shapes.js';
import { clauseRuleOf } from './terms.js';

/** With what they change they fit in one append. */
const MAX_PERIODS = 12;

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

export const correctRulesOfAgreement: Decide<CorrectRulesOfAgreement, ResponsibilityRules, ResponsibilityEvent, { readonly organisation: Register }> = (
  { agreement, periods },
  state,
  given,
) =>
  rulesFor(
    agreement,
    periods.map(({ version, from, lastDay: to, rules }) => ({ version, from, to, rules: rules.map(clauseRuleOf) })),
    state,
    given,
  );
