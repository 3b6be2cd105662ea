import { derivedId, event } from '#libs/kernel';
import { MAX_CLAIMS, ResponsibilityDisputed, type DisputeData } from './responsibility.events.js';
import { tooManyOverlaps } from './responsibility.refusals.js';
import { disputeOf, type ResponsibilityRule, type ResponsibilityRules } from './responsibility-rules.js';

type Claiming = Pick<ResponsibilityRule, 'rule' | 'kind' | 'match' | 'from' | 'to'>;

/** The claim that is a rule's. */
export const claimOf = (rule: string) => ({ claim: rule, rule });

/** What a rule and those that it overlaps contradict each other about, in so many records as it takes. */
export const disputesAbout = (rule: Claiming, others: readonly Pick<ResponsibilityRule, 'rule'>[], state: ResponsibilityRules): readonly DisputeData[] => {
  const disputes: DisputeData[] = [];
  for (let at = 0, nth = 0; at < others.length; nth++) {
    const dispute = derivedId(rule.rule, 'dispute', nth);
    if (disputeOf(state, dispute)) continue; // an earlier one keeps what it says
    const some = others.slice(at, at + MAX_CLAIMS - 1);
    at += some.length;
    disputes.push({
      dispute,
      kind: rule.kind,
      match: rule.match,
      from: rule.from,
      ...(rule.to !== undefined && { to: rule.to }),
      claims: [claimOf(rule.rule), ...some.map((other) => claimOf(other.rule))],
    });
  }
  return disputes;
};

/**
 * The fact that a rule contradicts those that it overlaps; none where it overlaps none.
 * @throws Refusal `responsibility.too-many-overlaps`
 */
export const disputedWith = (rule: Claiming, others: readonly ResponsibilityRule[], state: ResponsibilityRules) => {
  if (others.length >= MAX_CLAIMS) throw tooManyOverlaps(MAX_CLAIMS - 1);
  return disputesAbout(rule, others, state).map((dispute) => event(ResponsibilityDisputed, dispute));
};
