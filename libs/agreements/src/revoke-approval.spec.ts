import { test } from '@jest/globals';
import { day } from '#libs/kernel';
import {
  cited,
  decisionOf,
  given,
  forceEnded,
  ids,
  inForce,
  on,
  organisation,
  proposed,
  recorded,
  registered,
  reviewClosed,
  ruleOn,
  v2,
} from './agreements.given.js';
import { revokeApproval } from './revoke-approval.js';

const decided = decisionOf({ on: '2023-02-14', counts: '2023-02-20', number: '§ 5' });
const command = { agreement: ids.agreement, decision: cited(decided) };
const needs = { organisation, ruleOn, decided };
const revoked = recorded({ on: '2023-02-14', counts: '2023-02-20', number: '§ 5' }, { effect: 'revokes' });
const asked = on('2023-03-01');

test('an approval taken back makes the condition missing again, from the day that counts: none follows up by it any more', () => {
  given(inForce())
    .when(revokeApproval, command, asked, needs)
    .then(revoked, forceEnded('2023-02-19', 'approval-missing'), reviewClosed('2022-09-22', '2023-02-19', 'agreement-ends'));
});

test('until its minutes are approved it ends nothing', () => {
  const uncounted = decisionOf({ on: '2023-02-14', counts: false, number: '§ 5' });
  given(inForce())
    .when(revokeApproval, command, asked, { ...needs, decided: uncounted })
    .thenTypes('PartyDecisionRecorded');
});

test('recorded late, of a day before the last approval, it withdraws the coming into force', () => {
  const early = decisionOf({ on: '2022-09-01', counts: '2022-09-05', number: '§ 5' });
  given(inForce())
    .when(revokeApproval, { ...command, decision: cited(early) }, asked, { ...needs, decided: early })
    .thenTypes('PartyDecisionRecorded', 'ForceWithdrawn', 'DeadlineClosed');
});

test('the same again says nothing new', () => {
  given(inForce(), revoked).when(revokeApproval, command, asked, needs).thenNothing();
});

test('a proposal to revoke that was rejected, a decision in no minutes, about something else or of no party is refused', () => {
  const so = given(inForce());
  so.when(revokeApproval, command, asked, { ...needs, decided: { ...decided, outcome: 'rejected' } }).thenRefused('decision.not-approved');
  so.when(revokeApproval, command, asked, { ...needs, decided: undefined }).thenRefused('decision.unknown');
  so.when(revokeApproval, command, asked, { ...needs, decided: { ...decided, object: { kind: 'reply', id: ids.agreement } } }).thenRefused(
    'decision.other-object',
  );
  so.when(revokeApproval, command, asked, { ...needs, decided: { ...decided, board: ids.culture } }).thenRefused('decision.no-party');
  so.when(revokeApproval, command, asked, { ...needs, decided: { ...decided, board: ids.norrmalm, on: day('2023-07-01') } }).thenRefused(
    'decision.board-ended',
  );
  so.when(revokeApproval, { ...command, version: v2 }, asked, needs).thenRefused('version.unknown');
  given().when(revokeApproval, command, asked, needs).thenRefused('agreement.unknown');
});

test('of a version that is not in force it is only recorded', () => {
  given(registered(), proposed(), recorded()).when(revokeApproval, command, asked, needs).thenTypes('PartyDecisionRecorded');
});
