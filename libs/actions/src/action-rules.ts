import type { Static, TObject } from 'typebox';
import type { Need } from '#libs/commands';
import { derivedId, isAfter, isBefore, type Day, type Stream } from '#libs/kernel';
import { ActionRuleSet, type actionRuleFields, type ActionRulesEvent } from './action-rule.events.js';

/** Who may let a promised day be moved how far, and whether a second role confirms that an action is done. */
export type ActionRule = Readonly<Static<TObject<typeof actionRuleFields>>>;
/** A rule that was set: its version, and the event that set it, which decisions cite. */
export type SetRule = ActionRule & { readonly id: string; readonly version: number };

/** What holds until a municipality sets another (domain §3.2.4): three, six and twelve months, and nobody confirms. */
export const DEFAULT_RULE: ActionRule = {
  validFrom: '1900-01-01' as Day,
  limits: { responsibleMonths: 3, unitHeadMonths: 6, administrationHeadMonths: 12 },
  confirmDone: false,
};

/** A tenant's rules for actions. Of versions that begin on the same day the last one holds. */
export type ActionRules = { readonly status: 'none' } | { readonly status: 'set'; readonly rules: readonly SetRule[] };

/** The one stream of rules of a tenant: its id follows from the tenant's name. */
export const actionRulesId = (tenant: string): string => derivedId(tenant, 'action-rules');

/** One stream per tenant: `action-rules-<uuid>`. */
export const actionRules: Stream<ActionRules, ActionRulesEvent> = {
  name: 'action-rules',
  events: [ActionRuleSet],
  initial: { status: 'none' },
  evolve: (state, { data }, { id }) => ({ status: 'set', rules: [...rulesOf(state).filter(({ validFrom }) => validFrom !== data.validFrom), { ...data, id }] }),
};

export const rulesOf = (state: ActionRules): readonly SetRule[] => (state.status === 'none' ? [] : state.rules);

/** The rule for what is decided on a day; the default before any was set. */
export const actionRuleOn = (state: ActionRules, on: Day): ActionRule | SetRule =>
  rulesOf(state)
    .filter(({ validFrom }) => !isAfter(validFrom, on))
    .reduce<ActionRule | SetRule>((last, rule) => (isBefore(rule.validFrom, last.validFrom) ? last : rule), DEFAULT_RULE);

/** The rules that a decision rests on, by the day that it is of; the event that set the one of today is its basis. */
export type RuleOn = (on: Day) => ActionRule;

/** The tenant's rules for actions; the events that set them are the basis. */
export const rulesForActions: Need<unknown, RuleOn> = async (reads, _command, { tenant }) => {
  const { state, lastId } = await reads.fold(actionRules, actionRulesId(tenant));
  return { value: (on) => actionRuleOn(state, on), basis: lastId === undefined ? [] : [lastId] };
};
