import { Bool, Id, Nested } from '#libs/fields';
import { contradictory, derivedId, event, type Decide } from '#libs/kernel';
import { assertCounts, DecisionRef, type CitedDecision } from '#libs/meetings';
import type { Register } from '#libs/organisation';
import { disputedWith } from './disputing.js';
import { holdersOf } from './match.js';
import { overlappedBy } from './overlaps.js';
import { ResponsibilityRuleSet, type ResponsibilityEvent } from './responsibility.events.js';
import { overlapping } from './responsibility.refusals.js';
import { countOf, ruleOf, type ResponsibilityRules } from './responsibility-rules.js';
import { RuleTerms, termsOf } from './rule-terms.js';
import { assertDays, assertRule, sameTerms } from './terms.js';

/**
 * From a day on this rule says who is responsible, for whatever its fields match. One that overlaps another of its kind is refused, unless it
 * is to be recorded as disputed with it: then neither of them is the answer where both would be.
 */
export class SetResponsibilityRule extends RuleTerms {
  @Id('The rule; a new id where left out.', { optional: true }) rule?: string;
  @Bool('Record it as disputed with the rules that it overlaps.', { optional: true }) disputed?: boolean;
  @Nested(() => DecisionRef, { optional: true }) decision?: DecisionRef;
}

interface Needs {
  readonly organisation: Register;
  readonly decided: CitedDecision | undefined;
}

export const setResponsibilityRule: Decide<SetResponsibilityRule, ResponsibilityRules, ResponsibilityEvent, Needs> = (
  command,
  state,
  { id, organisation: register, decided },
) => {
  const { rule = derivedId(id, 'rule', countOf(state)), disputed, decision } = command;
  const terms = termsOf(command);
  const known = ruleOf(state, rule);
  if (known) {
    if (!known.withdrawn && sameTerms(known, terms) && known.from === terms.from && known.to === terms.to) return [];
    throw contradictory(
      'responsibility.rule-exists',
      {
        sv: 'En annan regel har redan detta id. Ändra den, eller utelämna id så att regeln får ett eget.',
        en: 'Another rule has this id already. Change that one, or leave the id out so that the rule gets its own.',
      },
      '/rule',
    );
  }
  assertRule(terms, register);
  assertDays(terms, register);
  if (decision) assertCounts(decided);
  const others = overlappedBy({ rule, ...terms }, state, holdersOf(register));
  const [other] = others;
  if (other && !disputed) throw overlapping(other, register, '/match');
  return [
    event(ResponsibilityRuleSet, { rule, ...terms, ...(decision && { decision: { meeting: decision.meeting, point: decision.point } }) }),
    ...disputedWith({ rule, ...terms }, others, state),
  ];
};
