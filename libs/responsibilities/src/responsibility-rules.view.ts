import { never, type Day } from '#libs/kernel';
import { col, rowView, type RowOf } from '#libs/views';
import { MATCH_FIELDS, type Values } from './match.js';
import { responsibilityEvents, type DisputeData, type ResponsibilityEvent } from './responsibility.events.js';
import type { ProvisionForm, ResponsibilityKind } from './responsibility.codes.js';
import type { Clause, Designated, Match, Terms } from './rule-fields.js';

const columns = {
  /** A rule, or what is disputed. */
  what: col.text<'rule' | 'dispute'>(),
  kind: col.text<ResponsibilityKind>(),
  /** Its fields as one text, by which a question finds it: see {@link matching}. */
  matching: col.text(),
  provisionForm: col.optional(col.text<ProvisionForm>()),
  service: col.optional(col.text()),
  match: col.json<Match>(),
  /** Null of what is disputed. */
  answer: col.optional(col.json<Designated>()),
  basis: col.optional(col.text()),
  validFrom: col.day(),
  validTo: col.optional(col.day()),
  withdrawn: col.bool(),
  agreement: col.optional(col.uuid()),
  clause: col.optional(col.json<Clause>()),
  claims: col.optional(col.json<DisputeData['claims']>()),
  settledFrom: col.optional(col.day()),
  prevailed: col.optional(col.uuid()),
};
export type ResponsibilityRow = RowOf<typeof columns>;

/** Any value, as the text of a rule's fields writes it. */
export const ANY = '*';

/** Fields as one text: equal for equal fields. */
export const matching = (match: Values): string => MATCH_FIELDS.map((field) => match[field] ?? ANY).join('|');

const ofRule = ({ kind, match, answer, basis, from, to }: Terms, clause: Clause | null): ResponsibilityRow => ({
  what: 'rule',
  kind,
  matching: matching(match),
  provisionForm: match.provisionForm ?? null,
  service: match.service ?? null,
  match,
  answer,
  basis,
  validFrom: from,
  validTo: to ?? null,
  withdrawn: false,
  agreement: clause?.agreement ?? null,
  clause,
  claims: null,
  settledFrom: null,
  prevailed: null,
});

const ofDispute = (row: ResponsibilityRow | undefined, { kind, match, from, to, claims }: DisputeData): ResponsibilityRow => ({
  what: 'dispute',
  kind,
  matching: matching(match),
  provisionForm: match.provisionForm ?? null,
  service: match.service ?? null,
  match,
  answer: null,
  basis: null,
  validFrom: from,
  validTo: to ?? null,
  withdrawn: false,
  agreement: null,
  clause: null,
  claims,
  settledFrom: row?.settledFrom ?? null,
  prevailed: row?.prevailed ?? null,
});

const known = (row: ResponsibilityRow | undefined, type: string): ResponsibilityRow => {
  if (!row) throw new Error(`${type} of a rule that was never set`);
  return row;
};

const heldFor = (row: ResponsibilityRow, from: Day | undefined, to: Day | undefined): ResponsibilityRow =>
  from === undefined ? { ...row, withdrawn: true } : { ...row, withdrawn: false, validFrom: from, validTo: to ?? null };

/** Which rules and disputes a fact concerns. */
export const concernedBy = (event: ResponsibilityEvent): readonly string[] => {
  switch (event.type) {
    case 'ResponsibilityRuleSet':
    case 'ResponsibilityRuleChanged':
    case 'ResponsibilityRuleEnded':
    case 'ResponsibilityRuleWithdrawn':
      return [event.data.rule];
    case 'ResponsibilityDisputed':
    case 'ResponsibilitySettled':
      return [event.data.dispute];
    case 'RulesOfAgreementSet':
    case 'AgreementRuleDaysChanged':
      return [...event.data.rules.map(({ rule }) => rule), ...event.data.disputes.map(({ dispute }) => dispute)];
    default:
      return never(event);
  }
};

/** One row for each rule and for each thing that is disputed, withdrawn and settled ones included: what is answered, and listed, from. */
export const responsibilityRulesView = rowView({
  name: 'responsibility_rules',
  version: 1,
  columns,
  reads: responsibilityEvents,
  keys: ({ type, data }) => concernedBy({ type, data } as ResponsibilityEvent),
  // A question looks up the few texts that can match it; these two indexes answer it, now and in the past.
  counts: { by: ['matching'], of: ['kind'] },
  indexes: [['kind', 'validFrom'], ['agreement'], ['kind', 'validTo']],
  fold: (row, { type, data }, key) => {
    const event = { type, data } as ResponsibilityEvent;
    switch (event.type) {
      case 'ResponsibilityRuleSet':
        return ofRule(event.data, null);
      case 'ResponsibilityRuleChanged':
        return ofRule(event.data, known(row, type).clause);
      case 'ResponsibilityRuleEnded':
        return { ...known(row, type), validTo: event.data.to };
      case 'ResponsibilityRuleWithdrawn':
        return { ...known(row, type), withdrawn: true };
      case 'ResponsibilityDisputed':
        return ofDispute(row, event.data);
      case 'ResponsibilitySettled':
        return { ...known(row, type), settledFrom: event.data.from, prevailed: event.data.claim ?? null };
      case 'RulesOfAgreementSet': {
        const { agreement, version, from, to, rules, disputes } = event.data;
        const dispute = disputes.find((one) => one.dispute === key);
        if (dispute) return ofDispute(row, dispute);
        const made = rules.find(({ rule }) => rule === key);
        return made && ofRule({ ...made, from, ...(to !== undefined && { to }) }, { agreement, version, clause: made.clause });
      }
      case 'AgreementRuleDaysChanged': {
        const dispute = event.data.disputes.find((one) => one.dispute === key);
        if (dispute) return ofDispute(row, dispute);
        const moved = event.data.rules.find(({ rule }) => rule === key);
        return moved && heldFor(known(row, type), moved.from, moved.to);
      }
      default:
        return never(event);
    }
  },
});
