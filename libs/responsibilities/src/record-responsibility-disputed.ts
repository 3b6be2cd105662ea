import { Code, DayField, FreeText, Id, ListOf, Nested } from '#libs/fields';
import { contradictory, derivedId, event, isBefore, type Day, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { claimOf } from './disputing.js';
import { holdersOf } from './match.js';
import { lastOverlap } from './overlaps.js';
import { RESPONSIBILITY_KINDS, type ResponsibilityKind } from './responsibility.codes.js';
import { MAX_CLAIMS, ResponsibilityDisputed, type DisputeData, type ResponsibilityEvent } from './responsibility.events.js';
import { reversed } from './responsibility.refusals.js';
import { disputeOf, ruleOf, type ResponsibilityRules } from './responsibility-rules.js';
import { MAX_BASIS } from './rule-fields.js';
import { ResponsibilityDesignation, ResponsibilityMatch } from './rule-shapes.js';
import { assertRule, designatedOf, matchOf } from './terms.js';

/** What somebody claims: by a rule that stands, or in words and with a source of their own. */
export class ResponsibilityClaim {
  @Id('The rule that claims it.', { optional: true }) rule?: string;
  @FreeText('The claim in words.', { max: 1000, optional: true }) text?: string;
  @Nested(() => ResponsibilityDesignation, { optional: true }) answer?: ResponsibilityDesignation;
  @FreeText('Where it stands; of a rule’s claim the rule says it.', { max: MAX_BASIS, optional: true }) source?: string;
}

/** Sources contradict each other about who is responsible: each claim is shown with its source, and none of them is the answer, until it is settled. */
export class RecordResponsibilityDisputed {
  @Code('The kind of responsibility.', RESPONSIBILITY_KINDS, 'ResponsibilityKind') kind!: ResponsibilityKind;
  @Nested(() => ResponsibilityMatch) match!: ResponsibilityMatch;
  @DayField('First day for which it is disputed.') from!: Day;
  @DayField('Last day; none is set where left out.', { optional: true }) to?: Day;
  @ListOf(() => ResponsibilityClaim, { min: 2, max: MAX_CLAIMS }) claims!: ResponsibilityClaim[];
}

export const recordResponsibilityDisputed: Decide<
  RecordResponsibilityDisputed,
  ResponsibilityRules,
  ResponsibilityEvent,
  { readonly organisation: Register }
> = (command, state, { id, organisation: register }) => {
  const { kind, from, to, claims } = command;
  const match = matchOf(command.match);
  const about = { kind, match, from, ...(to !== undefined && { to }) };
  const dispute = derivedId(id, 'dispute', JSON.stringify([about, claims]));
  if (disputeOf(state, dispute)) return [];
  if (to !== undefined && isBefore(to, from)) throw reversed(from, to, '/to');
  assertRule({ match, answer: { who: 'not-applicable' } }, register);
  const holders = holdersOf(register);
  const made = claims.map((claim, nth): DisputeData['claims'][number] => {
    const pointer = `/claims/${nth}`;
    if (claim.rule === undefined) return free(claim, derivedId(dispute, nth), register, pointer);
    const rule = ruleOf(state, claim.rule);
    if (!rule) throw noRuleOfClaim(`${pointer}/rule`);
    if (rule.withdrawn || lastOverlap(rule, { rule: dispute, ...about }, holders) === undefined) throw elsewhere(`${pointer}/rule`);
    return claimOf(rule.rule);
  });
  if (new Set(made.map(({ rule }) => rule ?? {})).size < made.length) throw twice();
  return [event(ResponsibilityDisputed, { dispute, ...about, claims: made })];
};

/** A claim that no rule holds has words or an answer, and a source. */
const free = ({ text, answer, source }: ResponsibilityClaim, claim: string, register: Register, pointer: string): DisputeData['claims'][number] => {
  if (source === undefined || (text === undefined && answer === undefined))
    throw contradictory(
      'responsibility.claim-empty',
      {
        sv: 'Ange vad som påstås, i ord eller som ett svar, och var det står. Hänvisa annars till en regel.',
        en: 'State what is claimed, in words or as an answer, and where it stands. Otherwise cite a rule.',
      },
      pointer,
    );
  const designated = answer && designatedOf(answer);
  if (designated) assertRule({ match: {}, answer: designated }, register, pointer);
  return { claim, ...(text !== undefined && { text }), ...(designated && { answer: designated }), source };
};

const noRuleOfClaim = (pointer: string) =>
  contradictory(
    'responsibility.claim-rule-unknown',
    {
      sv: 'Regeln som påståendet hänvisar till finns inte. Välj en ur listan, eller ange påståendet i ord med källa.',
      en: 'The rule that the claim cites does not exist. Choose one from the list, or state the claim in words with its source.',
    },
    pointer,
  );

const elsewhere = (pointer: string) =>
  contradictory(
    'responsibility.claim-elsewhere',
    {
      sv: 'Regeln gäller inte för något av detta. Välj en regel av samma slag som gör det, eller ändra fälten eller dagarna.',
      en: 'The rule holds for none of this. Choose one of the kind that does, or change the fields or the days.',
    },
    pointer,
  );

const twice = () =>
  contradictory(
    'responsibility.claim-twice',
    {
      sv: 'Samma regel står två gånger bland påståendena. Ange varje regel en gång.',
      en: 'The same rule stands twice among the claims. State each rule once.',
    },
    '/claims',
  );
