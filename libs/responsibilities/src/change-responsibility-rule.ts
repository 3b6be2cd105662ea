import { FreeText, Id } from '#libs/fields';
import { contradictory, event, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { holdersOf } from './match.js';
import { assertApart } from './overlaps.js';
import { assertOwn } from './own-rule.js';
import { ResponsibilityRuleChanged, type ResponsibilityEvent } from './responsibility.events.js';
import type { ResponsibilityRules } from './responsibility-rules.js';
import { RuleTerms, termsOf } from './rule-terms.js';
import { assertDays, assertRule, sameTerms } from './terms.js';

/**
 * What a rule says was recorded wrong, or more widely than it was meant: it has said this all along, for all its days. What was answered before
 * stays answerable as of then. Where something else holds from a day on, end the rule and set another.
 */
export class ChangeResponsibilityRule extends RuleTerms {
  @Id('The rule.') rule!: string;
  @FreeText('Why.', { max: 1000 }) reason!: string;
}

export const changeResponsibilityRule: Decide<ChangeResponsibilityRule, ResponsibilityRules, ResponsibilityEvent, { readonly organisation: Register }> = (
  command,
  state,
  { organisation: register },
) => {
  const { rule, reason } = command;
  const known = assertOwn(state, rule);
  const terms = termsOf(command);
  if (sameTerms(known, terms) && known.from === terms.from && known.to === terms.to) return [];
  if (terms.kind !== known.kind) throw anotherKind();
  assertRule(terms, register);
  assertDays(terms, register);
  assertApart({ rule, ...terms }, state, register, holdersOf(register));
  return [event(ResponsibilityRuleChanged, { rule, ...terms, reason })];
};

const anotherKind = () =>
  contradictory(
    'responsibility.kind-stays',
    {
      sv: 'En regel byter inte slag. Återta den och fastställ en ny av det andra slaget.',
      en: 'A rule does not change its kind. Withdraw it, and set a new one of the other kind.',
    },
    '/kind',
  );
