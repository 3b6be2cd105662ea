import { FreeText, Id } from '#libs/fields';
import { event, type Decide } from '#libs/kernel';
import { ResponsibilityRuleWithdrawn, type ResponsibilityEvent } from './responsibility.events.js';
import { madeByAgreement, noSuchRule } from './responsibility.refusals.js';
import { ruleOf, type ResponsibilityRules } from './responsibility-rules.js';

/** A rule that was recorded by mistake has never held. */
export class WithdrawResponsibilityRule {
  @Id('The rule.') rule!: string;
  @FreeText('What was wrong.', { max: 1000 }) reason!: string;
}

export const withdrawResponsibilityRule: Decide<WithdrawResponsibilityRule, ResponsibilityRules, ResponsibilityEvent> = ({ rule, reason }, state) => {
  const known = ruleOf(state, rule);
  if (!known) throw noSuchRule();
  if (known.clause) throw madeByAgreement();
  return known.withdrawn ? [] : [event(ResponsibilityRuleWithdrawn, { rule, reason })];
};
