import type { Need } from '#libs/commands';
import { contradictory, derivedId, isAfter, isBefore, type Day, type Stream } from '#libs/kernel';
import type { DeadlineRule } from './deadline-rule.js';
import { DeadlineRuleSet, type DeadlineRulesEvent } from './deadline-rules.events.js';
import { DEADLINE_TYPES } from './deadline-types.js';

/** A tenant's rules. Of versions of one type that begin on the same day the last one holds. */
export type DeadlineRules = { readonly status: 'none' } | { readonly status: 'set'; readonly rules: readonly DeadlineRule[] };

/** The one stream of rules of a tenant: its id follows from the tenant's name. */
export const deadlineRulesId = (tenant: string): string => derivedId(tenant, 'deadline-rules');

/** One stream per tenant: `deadline-rules-<uuid>`. */
export const deadlineRules: Stream<DeadlineRules, DeadlineRulesEvent> = {
  name: 'deadline-rules',
  events: [DeadlineRuleSet],
  initial: { status: 'none' },
  evolve: (state, { data }, { id }) => {
    const others = rulesOf(state).filter(({ type, validFrom }) => type !== data.type || validFrom !== data.validFrom);
    return { status: 'set', rules: [...others, { ...data, id }] };
  },
};

export const rulesOf = (state: DeadlineRules): readonly DeadlineRule[] => (state.status === 'none' ? [] : state.rules);

/** The rule that holds for what starts on the day: the one that began last, unless it has ended. */
export const ruleOn = (state: DeadlineRules, type: string, startOn: Day): DeadlineRule | undefined => {
  const begun = rulesOf(state).filter((rule) => rule.type === type && !isAfter(rule.validFrom, startOn));
  const latest = begun.reduce<DeadlineRule | undefined>((a, b) => (a && !isBefore(a.validFrom, b.validFrom) ? a : b), undefined);
  return latest?.validTo !== undefined && isAfter(startOn, latest.validTo) ? undefined : latest;
};

/**
 * The rule that holds for what starts on the day.
 * @throws Refusal `deadline-rule.missing` where none does
 */
export const ruleFor = (state: DeadlineRules, type: string, startOn: Day): DeadlineRule => {
  const rule = ruleOn(state, type, startOn);
  if (rule) return rule;
  const { sv, en } = DEADLINE_TYPES.get(type)?.name ?? { sv: type, en: type };
  throw contradictory('deadline-rule.missing', {
    sv: `Ingen fristregel för ${sv} gäller den ${startOn}. En administratör fastställer regeln; kontrollera också att dagen är rätt.`,
    en: `No deadline rule for ${en} holds on ${startOn}. An administrator sets the rule; see also that the day is right.`,
  });
};

/**
 * The rule by which a decision reckons a deadline; the event that set it is the decision's basis.
 * @param startOn the day that the deadline starts on, as the command says it
 * @throws Refusal `deadline-rule.missing` where none holds on that day
 */
export const deadlineRule =
  <C>(type: string, startOn: (command: C) => Day): Need<C, DeadlineRule> =>
  async (reads, command, { tenant }) => {
    const { state } = await reads.fold(deadlineRules, deadlineRulesId(tenant));
    const rule = ruleFor(state, type, startOn(command));
    return { value: rule, basis: [rule.id] };
  };
