import { isAfter, type Day } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { lastCommonDay, meet, valuesOn, type Holders } from './match.js';
import { overlapping } from './responsibility.refusals.js';
import { disputesOf, rulesOf, type Dispute, type ResponsibilityRule, type ResponsibilityRules } from './responsibility-rules.js';

type Placed = Pick<ResponsibilityRule, 'rule' | 'kind' | 'match' | 'from' | 'to'>;

/**
 * The last day on which two rules of one kind would both answer for something; undefined where there is none. What boards hold of others only
 * grows with the days, so that whatever meets at all meets on the last day that both hold.
 */
export const lastOverlap = (a: Placed, b: Placed, holders: Holders): Day | undefined => {
  if (a.kind !== b.kind || apart(a.match.provisionForm, b.match.provisionForm) || apart(a.match.service, b.match.service)) return undefined;
  const last = lastCommonDay(a, b);
  return last !== undefined && meet(valuesOn(a.match, last, holders), valuesOn(b.match, last, holders)) ? last : undefined;
};

const apart = (a: string | undefined, b: string | undefined): boolean => a !== undefined && b !== undefined && a !== b;

/** Which rules a dispute is between. */
export const partiesOf = ({ claims }: Pick<Dispute, 'claims'>): readonly string[] => claims.flatMap(({ rule }) => rule ?? []);

/** Whether it is recorded, and not settled by the day, that two rules contradict each other. */
const isRecorded = (disputes: readonly Dispute[], a: string, b: string, last: Day): boolean =>
  disputes.some((dispute) => {
    const parties = partiesOf(dispute);
    return parties.includes(a) && parties.includes(b) && (dispute.settledFrom === undefined || isAfter(dispute.settledFrom, last));
  });

/** The standing rules that a rule would overlap, but for those with which it is recorded as disputed. */
export const overlappedBy = (rule: Placed, state: ResponsibilityRules, holders: Holders): readonly ResponsibilityRule[] => {
  const disputes = [...disputesOf(state)].filter((dispute) => partiesOf(dispute).includes(rule.rule));
  return [...rulesOf(state)].filter((other) => {
    if (other.withdrawn || other.rule === rule.rule) return false;
    const last = lastOverlap(rule, other, holders);
    return last !== undefined && !isRecorded(disputes, rule.rule, other.rule, last);
  });
};

/**
 * No rule outranks another: two of one kind that would answer for the same are not both taken.
 * @throws Refusal `responsibility.overlap`, naming the other
 */
export const assertApart = (rule: Placed, state: ResponsibilityRules, register: Register, holders: Holders, pointer = '/match'): void => {
  const [other] = overlappedBy(rule, state, holders);
  if (other) throw overlapping(other, register, pointer);
};
