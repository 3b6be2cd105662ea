import { test } from '@jest/globals';
import { event } from '#libs/kernel';
import { ForceWithdrawn, PartyDecisionWithdrawn } from './agreement.events.js';
import { cited, decisionOf, EDUCATION, given, ids, inForce, on, reviewClosed, ruleOn, v1 } from './agreements.given.js';
import { withdrawDecision } from './withdraw-decision.js';

const decision = cited(decisionOf(EDUCATION));
const command = { agreement: ids.agreement, decision, reason: 'Fel punkt.' };

test('a decision that was recorded by mistake is taken back: it was never in force, and both facts stay', () => {
  given(inForce())
    .when(withdrawDecision, command, on('2022-10-01'), { ruleOn })
    .then(
      event(PartyDecisionWithdrawn, { agreement: ids.agreement, ...decision, reason: 'Fel punkt.' }),
      event(ForceWithdrawn, { agreement: ids.agreement, from: [{ version: v1, number: 1, on: '2022-09-22' as never }] }),
      reviewClosed('2022-09-22', '2022-09-22', 'not-in-force'),
    );
});

test('what is not recorded cannot be taken back', () => {
  given(inForce())
    .when(withdrawDecision, { ...command, decision: cited(decisionOf({ number: '§ 99' })) }, on('2022-10-01'), { ruleOn })
    .thenRefused('decision.not-recorded');
  given().when(withdrawDecision, command, on('2022-10-01'), { ruleOn }).thenRefused('agreement.unknown');
});
