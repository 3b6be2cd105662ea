import { Id, Nested, Sha256 } from '#libs/fields';
import { contradictory, type Decide } from '#libs/kernel';
import { DecisionRef } from '#libs/meetings';
import type { Register } from '#libs/organisation';
import type { AgreementEvent } from './agreement.events.js';
import type { Agreement } from './agreement.js';
import { assertExisted, assertRegistered } from './agreement.refusals.js';
import { withConsequences, type Following } from './consequences.js';
import type { Decided } from './needs.js';
import { assertAbout, assertDecided, decisionFact, versionBefore } from './record-decision.js';

/** A party’s board takes back its approval of a version, by a decision of its own. From the day it counts, the condition is missing again. */
export class RevokeApproval {
  @Id('The agreement.') agreement!: string;
  @Nested(() => DecisionRef) decision!: DecisionRef;
  @Sha256('The version whose approval is taken back, where the point does not say it.', { optional: true }) version?: string;
}

export const revokeApproval: Decide<
  RevokeApproval,
  Agreement,
  AgreementEvent,
  Following & { readonly decided: Decided | undefined; readonly organisation: Register }
> = ({ decision, version: said }, state, { now, decided, ruleOn, organisation }) => {
  assertRegistered(state);
  assertDecided(decided);
  assertAbout(state, decided);
  assertExisted(organisation, decided);
  if (decided.outcome !== 'approved') {
    throw contradictory(
      'decision.not-approved',
      {
        sv: `Nämnden biföll inte förslaget i ${decided.number} ${decided.on}. Ange den punkt där den beslutade att ta tillbaka sitt godkännande.`,
        en: `The board did not approve the proposal in ${decided.number} on ${decided.on}. Cite the point in which it decided to take back its approval.`,
      },
      '/decision',
    );
  }
  const version = versionBefore(state, said, decided);
  const recorded = decisionFact(state, decision, decided, version, 'revokes', organisation);
  return recorded ? withConsequences(state, [recorded], { ruleOn, now }) : [];
};
