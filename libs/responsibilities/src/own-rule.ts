import { isWithdrawn, madeByAgreement, noSuchRule } from './responsibility.refusals.js';
import { ruleOf, type ResponsibilityRule, type ResponsibilityRules } from './responsibility-rules.js';

/**
 * A rule that people set and change themselves.
 * @throws Refusal `responsibility.unknown`, `responsibility.by-agreement`, `responsibility.withdrawn`
 */
export const assertOwn = (state: ResponsibilityRules, rule: string): ResponsibilityRule => {
  const known = ruleOf(state, rule);
  if (!known) throw noSuchRule();
  if (known.clause) throw madeByAgreement();
  if (known.withdrawn) throw isWithdrawn();
  return known;
};
