import type { Need } from '#libs/commands';
import { derivedId, never, type Day, type Stream } from '#libs/kernel';
import { responsibilityEvents, type DisputeData, type ResponsibilityEvent } from './responsibility.events.js';
import type { Clause, Terms } from './rule-fields.js';
import { Shelf } from './shelf.js';

/** A rule of who is responsible for what, as it stands. */
export interface ResponsibilityRule extends Terms {
  readonly rule: string;
  /** The clause that made it, where an agreement did. */
  readonly clause?: Clause;
  /** It never held: it was recorded by mistake, or its agreement never came into force. */
  readonly withdrawn?: true;
  /** The unit in which it was first recorded: who is told of it where it names no board. */
  readonly recordedIn: string;
  /** The event that made it so: what a decision that relies on it cites. */
  readonly id: string;
}

/** Something that is disputed: who claims what, and from when on it is settled. */
export interface Dispute extends Readonly<DisputeData> {
  /** The first day for which it is settled. */
  readonly settledFrom?: Day;
  /** The claim that prevailed. */
  readonly prevailed?: string;
}

/** The rules of a municipality, what is disputed, and which rules each agreement has made. */
export type ResponsibilityRules =
  | { readonly status: 'none' }
  | {
      readonly status: 'kept';
      readonly rules: Shelf<ResponsibilityRule>;
      readonly disputes: Shelf<Dispute>;
      /** Ids of the rules that each agreement has ever made, by its id. */
      readonly agreements: Shelf<readonly string[]>;
    };
type Kept = Extract<ResponsibilityRules, { status: 'kept' }>;

/** The one stream of rules of a tenant: its id follows from the tenant's name. */
export const responsibilityRulesId = (tenant: string): string => derivedId(tenant, 'responsibility-rules');

const NOTHING: Kept = { status: 'kept', rules: Shelf.empty(), disputes: Shelf.empty(), agreements: Shelf.empty() };
const kept = (state: ResponsibilityRules): Kept => (state.status === 'none' ? NOTHING : state);

/** Every rule that was ever recorded, withdrawn ones included. */
export const rulesOf = (state: ResponsibilityRules): Iterable<ResponsibilityRule> => kept(state).rules.values();
/** How many have ever been recorded. */
export const countOf = (state: ResponsibilityRules): number => kept(state).rules.size;
export const ruleOf = (state: ResponsibilityRules, rule: string): ResponsibilityRule | undefined => kept(state).rules.get(rule);
export const disputesOf = (state: ResponsibilityRules): Iterable<Dispute> => kept(state).disputes.values();
export const disputeOf = (state: ResponsibilityRules, dispute: string): Dispute | undefined => kept(state).disputes.get(dispute);
/** The rules that an agreement has ever made, withdrawn ones included. */
export const rulesOfAgreement = (state: ResponsibilityRules, agreement: string): readonly ResponsibilityRule[] =>
  (kept(state).agreements.get(agreement) ?? []).flatMap((rule) => ruleOf(state, rule) ?? []);

/** One stream per tenant, so that it refuses overlaps itself: `responsibility-rules-<uuid>`. */
export const responsibilityRules: Stream<ResponsibilityRules, ResponsibilityEvent> = {
  name: 'responsibility-rules',
  events: responsibilityEvents,
  initial: { status: 'none' },
  evolve: (before, event, { id, by }) => {
    const state = kept(before);
    switch (event.type) {
      case 'ResponsibilityRuleSet': {
        const { decision: _, narrows: __, ...rule } = event.data;
        return withRule(state, { ...rule, recordedIn: by.unit, id });
      }
      case 'ResponsibilityRuleChanged': {
        const { reason: _, ...rule } = event.data;
        return changed(state, rule.rule, ({ clause, recordedIn }) => ({ ...rule, ...(clause && { clause }), recordedIn, id }));
      }
      case 'ResponsibilityRuleEnded':
        return changed(state, event.data.rule, (rule) => ({ ...rule, to: event.data.to, id }));
      case 'ResponsibilityRuleWithdrawn':
        return changed(state, event.data.rule, (rule) => ({ ...rule, withdrawn: true, id }));
      case 'ResponsibilityDisputed':
        return disputed(state, [event.data]);
      case 'ResponsibilitySettled': {
        const { dispute, from: settledFrom, claim: prevailed } = event.data;
        const known = state.disputes.get(dispute);
        return known ? { ...state, disputes: state.disputes.with(dispute, { ...known, settledFrom, ...(prevailed !== undefined && { prevailed }) }) } : state;
      }
      case 'RulesOfAgreementSet': {
        const { agreement, version, from, to, rules, disputes } = event.data;
        const made = rules.map(({ clause, ...rule }): ResponsibilityRule => ({
          ...rule,
          from,
          ...(to !== undefined && { to }),
          clause: { agreement, version, clause },
          recordedIn: by.unit,
          id,
        }));
        const ids = [...new Set([...(state.agreements.get(agreement) ?? []), ...made.map(({ rule }) => rule)])];
        return disputed({ ...made.reduce(withRule, state), agreements: state.agreements.with(agreement, ids) }, disputes);
      }
      case 'AgreementRuleDaysChanged':
        return disputed(
          event.data.rules.reduce((so, { rule, from, to }) => changed(so, rule, (one) => heldFor(one, from, to, id)), state),
          event.data.disputes,
        );
      default:
        return never(event);
    }
  },
};

const withRule = (state: Kept, rule: ResponsibilityRule): Kept => ({ ...state, rules: state.rules.with(rule.rule, rule) });

const changed = (state: Kept, rule: string, change: (rule: ResponsibilityRule) => ResponsibilityRule): Kept => {
  const known = state.rules.get(rule);
  return known ? withRule(state, change(known)) : state;
};

/** The rule, held from and to those days; never, where it has no first day. */
const heldFor = (known: ResponsibilityRule, from: Day | undefined, to: Day | undefined, id: string): ResponsibilityRule => {
  if (from === undefined) return { ...known, withdrawn: true, id };
  const { withdrawn: _, to: __, ...rule } = known;
  return { ...rule, from, ...(to !== undefined && { to }), id };
};

/** What is recorded as disputed anew is described anew; that it was settled stays. */
const disputed = (state: Kept, disputes: readonly Readonly<DisputeData>[]): Kept => ({
  ...state,
  disputes: disputes.reduce((so, dispute) => so.with(dispute.dispute, { ...so.get(dispute.dispute), ...dispute }), state.disputes),
});

/** A tenant's rules of responsibility; the event that they stand at is the basis. */
export const responsibilities: Need<unknown, ResponsibilityRules> = async (reads, _command, { tenant }) => {
  const { state, lastId } = await reads.fold(responsibilityRules, responsibilityRulesId(tenant));
  return { value: state, basis: lastId === undefined ? [] : [lastId] };
};
