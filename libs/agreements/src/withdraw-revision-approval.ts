import { FreeText, Id } from '#libs/fields';
import { contradictory, event, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { RevisionApprovalWithdrawn, type AgreementEvent } from './agreement.events.js';
import type { Agreement } from './agreement.js';
import { assertOwnBoard, assertRegistered } from './agreement.refusals.js';
import { withConsequences, type Following } from './consequences.js';

/** An approval under delegation was recorded by mistake. */
export class WithdrawRevisionApproval {
  @Id('The agreement.') agreement!: string;
  @Id('The approval.') approval!: string;
  @FreeText('Why it was a mistake.', { max: 2000 }) reason!: string;
}

export const withdrawRevisionApproval: Decide<WithdrawRevisionApproval, Agreement, AgreementEvent, Following & { readonly organisation: Register }> = (
  { agreement, approval, reason },
  state,
  { by, now, today, ruleOn, organisation },
) => {
  assertRegistered(state);
  const known = state.revisionApprovals.find((one) => one.approval === approval);
  if (!known) {
    throw contradictory(
      'revision-approval.unknown',
      {
        sv: 'Överenskommelsen har inget sådant godkännande. Välj ett av dem som finns.',
        en: 'The agreement has no such approval. Choose one of those there are.',
      },
      '/approval',
    );
  }
  assertOwnBoard(organisation, by, known.party, today);
  return withConsequences(state, [event(RevisionApprovalWithdrawn, { agreement, approval, reason })], { ruleOn, now });
};
