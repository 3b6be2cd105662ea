import { DayField, FreeText, Id, ListOf } from '#libs/fields';
import type { Day, Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { inForceOf, rulesFor, withVersion } from './agreement-rules.js';
import type { ResponsibilityEvent } from './responsibility.events.js';
import type { ResponsibilityRules } from './responsibility-rules.js';
import { MAX_CLAUSES, MAX_VERSION } from './rule-fields.js';
import { ClauseRule } from './rule-shapes.js';
import { clauseRuleOf } from './terms.js';

/**
 * A version of an agreement is in force from a day on: its clauses are rules from then. What is in force of its other versions that day
 * gives way. The same version again, with another day, corrects the day. A clause that overlaps a standing rule is recorded as disputed.
 */
export class SetRulesOfAgreement {
  @Id('The agreement.') agreement!: string;
  @FreeText('Its version, as the agreement tells versions apart: its hash.', { max: MAX_VERSION }) version!: string;
  @ListOf(() => ClauseRule, { max: MAX_CLAUSES }) rules!: ClauseRule[];
  @DayField('The first day on which the version is in force.') validFrom!: Day;
}

export const setRulesOfAgreement: Decide<SetRulesOfAgreement, ResponsibilityRules, ResponsibilityEvent, { readonly organisation: Register }> = (
  { agreement, version, rules, validFrom },
  state,
  given,
) => rulesFor(agreement, withVersion(inForceOf(state, agreement), version, validFrom, rules.map(clauseRuleOf)), state, given);
