import { FreeText, Id, Nested } from '#libs/fields';
import { contradictory, event, type Decide } from '#libs/kernel';
import { DecisionRef } from '#libs/meetings';
import { PartyDecisionWithdrawn, type AgreementEvent } from './agreement.events.js';
import type { Agreement } from './agreement.js';
import { assertRegistered } from './agreement.refusals.js';
import { withConsequences, type Following } from './consequences.js';

/** A decision was recorded here by mistake: another point, or another version. The minutes stay what they are. */
export class WithdrawDecision {
  @Id('The agreement.') agreement!: string;
  @Nested(() => DecisionRef) decision!: DecisionRef;
  @FreeText('Why it was a mistake.', { max: 2000 }) reason!: string;
}

export const withdrawDecision: Decide<WithdrawDecision, Agreement, AgreementEvent, Following> = (
  { agreement, decision: { meeting, point }, reason },
  state,
  { now, ruleOn },
) => {
  assertRegistered(state);
  if (!state.decisions.some((one) => one.point === point && one.meeting === meeting)) {
    throw contradictory(
      'decision.not-recorded',
      {
        sv: 'Den punkten är inte antecknad på överenskommelsen. Välj en av de antecknade.',
        en: 'That point is not recorded with the agreement. Choose one of those that are.',
      },
      '/decision',
    );
  }
  return withConsequences(state, [event(PartyDecisionWithdrawn, { agreement, meeting, point, reason })], { ruleOn, now });
};
