import { Code, DayField, FreeText, Nested } from '#libs/fields';
import type { Day } from '#libs/kernel';
import { RESPONSIBILITY_KINDS, type ResponsibilityKind } from './responsibility.codes.js';
import { MAX_BASIS, type Terms } from './rule-fields.js';
import { ResponsibilityDesignation, ResponsibilityMatch } from './rule-shapes.js';
import { designatedOf, matchOf } from './terms.js';

/** What a rule says, and from when to when: what the commands that set and change one have in common. */
export class RuleTerms {
  @Code('The kind of responsibility.', RESPONSIBILITY_KINDS, 'ResponsibilityKind') kind!: ResponsibilityKind;
  @Nested(() => ResponsibilityMatch) match!: ResponsibilityMatch;
  @Nested(() => ResponsibilityDesignation) answer!: ResponsibilityDesignation;
  @FreeText('What it rests on: law, reglemente, contract.', { max: MAX_BASIS }) basis!: string;
  @DayField('First day for which it holds.') from!: Day;
  @DayField('Last day for which it holds; none is set where left out.', { optional: true }) to?: Day;
}

export const termsOf = ({ kind, match, answer, basis, from, to }: RuleTerms): Terms => ({
  kind,
  match: matchOf(match),
  answer: designatedOf(answer),
  basis,
  from,
  ...(to !== undefined && { to }),
});
