import { DayField, FreeText, Id, ListOf, Nested } from '#libs/fields';
import { addDays, contradictory, derivedId, event, isAfter, isBefore, type Day, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { holdersOf, liesWithin } from './match.js';
import { lastOverlap, overlappedBy } from './overlaps.js';
import { assertOwn } from './own-rule.js';
import { ResponsibilityRuleEnded, ResponsibilityRuleSet, ResponsibilityRuleWithdrawn, type ResponsibilityEvent } from './responsibility.events.js';
import { overlapping } from './responsibility.refusals.js';
import { countOf, type ResponsibilityRule, type ResponsibilityRules } from './responsibility-rules.js';
import { MAX_BASIS } from './rule-fields.js';
import { ResponsibilityDesignation, ResponsibilityMatch } from './rule-shapes.js';
import { assertRule, designatedOf, matchOf } from './terms.js';

/** Part of what a general rule held for; it says the same where nothing else is said. */
export class NarrowerRule {
  @Nested(() => ResponsibilityMatch) match!: ResponsibilityMatch;
  @Nested(() => ResponsibilityDesignation, { optional: true }) answer?: ResponsibilityDesignation;
  @FreeText('What it rests on; the same as the general rule where left out.', { max: MAX_BASIS, optional: true }) basis?: string;
}

/** With the end of the general one they fit in one append. */
const MAX_NARROWER = 12;

/** From a day on some narrower rules stand in the place of a general one: so an exception is written, without a day between. */
export class NarrowResponsibilityRule {
  @Id('The general rule.') rule!: string;
  @DayField('The first day of the narrower ones.') from!: Day;
  @ListOf(() => NarrowerRule, { min: 1, max: MAX_NARROWER }) into!: NarrowerRule[];
  @FreeText('Why.', { max: 1000 }) reason!: string;
}

export const narrowResponsibilityRule: Decide<NarrowResponsibilityRule, ResponsibilityRules, ResponsibilityEvent, { readonly organisation: Register }> = (
  { rule, from, into, reason },
  state,
  { id, organisation: register },
) => {
  const general = assertOwn(state, rule);
  if (isBefore(from, general.from) || (general.to !== undefined && isAfter(from, general.to))) throw notThen(general);
  const holders = holdersOf(register);
  const made = into.map(({ match, answer, basis = general.basis }, nth): ResponsibilityRule => {
    const narrower = { ...general, rule: derivedId(id, 'rule', countOf(state) + nth), match: matchOf(match), basis, from };
    const said = answer ? { ...narrower, answer: designatedOf(answer) } : narrower;
    if (!liesWithin(said.match, general.match)) throw notNarrower(`/into/${nth}/match`);
    assertRule(said, register, `/into/${nth}`);
    const [other] = overlappedBy(said, state, holders).filter((one) => one.rule !== rule);
    if (other) throw overlapping(other, register, `/into/${nth}/match`);
    return said;
  });
  for (const [nth, one] of made.entries()) {
    const other = made.slice(0, nth).find((earlier) => lastOverlap(earlier, one, holders) !== undefined);
    if (other) throw overlapping(other, register, `/into/${nth}/match`);
  }
  return [
    from === general.from ? event(ResponsibilityRuleWithdrawn, { rule, reason }) : event(ResponsibilityRuleEnded, { rule, to: addDays(from, -1), reason }),
    ...made.map(({ rule: narrower, kind, match, answer, basis, to }) =>
      event(ResponsibilityRuleSet, { rule: narrower, kind, match, answer, basis, from, ...(to !== undefined && { to }), narrows: rule }),
    ),
  ];
};

const notThen = ({ from, to }: ResponsibilityRule) =>
  contradictory(
    'responsibility.not-then',
    {
      sv: `Regeln gäller från ${from}${to === undefined ? '' : ` till och med ${to}`}. De snävare måste börja gälla då.`,
      en: `The rule holds from ${from}${to === undefined ? '' : ` through ${to}`}. The narrower ones must begin then.`,
    },
    '/from',
  );

const notNarrower = (pointer: string) =>
  contradictory(
    'responsibility.not-narrower',
    {
      sv: 'Den här regeln gäller för mer än den allmänna. Behåll dess fält, och ange värden i fler av dem.',
      en: 'This rule holds for more than the general one. Keep its fields, and state values in more of them.',
    },
    pointer,
  );
