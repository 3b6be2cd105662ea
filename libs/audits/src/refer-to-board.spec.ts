import { expect, test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import { stateAfter } from '#libs/testing';
import { ReferralCorrected, ReferralMade, ReferralReplyNoted } from './audit.events.js';
import { audit } from './audit.js';
import { as, auditor, bodies, boards, givenAudit, ids, organisation, received, referred, registrar, reportRegistered, system, units } from './audits.given.js';
import { correctReferral } from './correct-referral.js';
import { noteReferralReply } from './note-referral-reply.js';
import { receiveReferral } from './receive-referral.js';
import { referToBoard } from './refer-to-board.js';

const needs = { organisation };
const now = auditor('2020-06-01');
const refer = (kind: 'for-reply' | 'possible-reply' | 'information' = 'for-reply', lastReplyOn?: string, board = boards.ostermalm) => ({
  audit: ids.audit,
  board,
  kind,
  ...(lastReplyOn !== undefined && { lastReplyOn: day(lastReplyOn) }),
});

test('for reply there is a last day, which may be unknown: then none is invented', () => {
  givenAudit(reportRegistered()).when(referToBoard, refer('for-reply', '2020-10-15'), now, needs).then(referred());
  givenAudit(reportRegistered()).when(referToBoard, refer(), now, needs).then(event(ReferralMade, refer()));
});

test.each(['possible-reply', 'information'] as const)('for %s there is none', (kind) => {
  givenAudit(reportRegistered())
    .when(referToBoard, refer(kind), now, needs)
    .then(event(ReferralMade, refer(kind)));
  givenAudit(reportRegistered()).when(referToBoard, refer(kind, '2020-10-15'), now, needs).thenRefused('referral.no-reply-asked');
});

test('what says so is recorded', () => {
  const said = { ...refer('for-reply', '2020-10-15'), replyBasis: 'Missivet' };
  givenAudit(reportRegistered()).when(referToBoard, said, now, needs).then(event(ReferralMade, said));
});

test('the same referral again says nothing new, another to the same board is refused as referral.exists', () => {
  givenAudit(reportRegistered(), referred()).when(referToBoard, refer('for-reply', '2020-10-15'), now, needs).thenNothing();
  givenAudit(reportRegistered(), referred()).when(referToBoard, refer('information'), now, needs).thenRefused('referral.exists');
});

test('a board that is no more on the day of handing over is refused as board.ended, one not there yet as board.not-yet', () => {
  const later = reportRegistered({ handedOverOn: '2020-07-01' });
  givenAudit(later)
    .when(referToBoard, refer('for-reply', undefined, boards.alvsjo), auditor('2020-07-02'), needs)
    .thenRefused('board.ended');
  givenAudit(reportRegistered())
    .when(referToBoard, refer('for-reply', undefined, boards.alvsjo), now, needs)
    .thenTypes('ReferralMade');
  givenAudit(reportRegistered())
    .when(referToBoard, refer('for-reply', undefined, boards.norraInnerstaden), now, needs)
    .thenRefused('board.not-yet');
});

test('where the day of handing over is unknown, any board will do, and nothing else', () => {
  givenAudit(reportRegistered({}))
    .when(referToBoard, refer('for-reply', undefined, boards.alvsjo), now, needs)
    .thenTypes('ReferralMade');
  givenAudit(reportRegistered({}))
    .when(referToBoard, refer('for-reply', undefined, bodies.auditors), now, needs)
    .thenRefused('board.unknown');
});

test('a last day that is not after the handing over is refused as referral.last-day-too-early', () => {
  givenAudit(reportRegistered()).when(referToBoard, refer('for-reply', '2020-05-25'), now, needs).thenRefused('referral.last-day-too-early');
});

const correction = (lastReplyOn: string) => ({ ...refer('for-reply', lastReplyOn), reason: 'Felläst.' });

test('a referral that was recorded wrong is corrected; what came in and what was replied stays', () => {
  givenAudit(reportRegistered(), referred())
    .when(correctReferral, correction('2020-10-16'), now)
    .then(event(ReferralCorrected, correction('2020-10-16')));
  const state = stateAfter(audit, [reportRegistered(), referred(), received(), event(ReferralCorrected, correction('2020-10-16'))], now);
  expect(state.status === 'registered' && state.referrals[boards.ostermalm]).toMatchObject({ lastReplyOn: '2020-10-16', received: { on: '2020-05-28' } });
});

test('a correction that changes nothing says nothing new; to a board that was never referred to it is refused as referral.unknown', () => {
  givenAudit(reportRegistered(), referred()).when(correctReferral, correction('2020-10-15'), now).thenNothing();
  givenAudit(reportRegistered()).when(correctReferral, correction('2020-10-15'), now).thenRefused('referral.unknown');
});

test('a correction is held to the same rules', () => {
  givenAudit(reportRegistered(), referred()).when(correctReferral, correction('2020-05-25'), now).thenRefused('referral.last-day-too-early');
});

const receive = (on: string, registryNumber?: string) => ({
  audit: ids.audit,
  board: boards.ostermalm,
  on: day(on),
  ...(registryNumber !== undefined && { registryNumber }),
});

test('the board’s registry receives it, under the board’s own number or none', () => {
  givenAudit(reportRegistered(), referred()).when(receiveReferral, receive('2020-05-28'), registrar('2020-05-28'), needs).then(received());
  givenAudit(reportRegistered(), referred())
    .when(receiveReferral, receive('2020-05-28', 'SDNÖ 2020/312'), registrar('2020-05-28'), needs)
    .then(received('2020-05-28', 'SDNÖ 2020/312'));
});

test('a number of another form than the registry’s is warned of, not refused', () => {
  givenAudit(reportRegistered(), referred())
    .when(receiveReferral, receive('2020-05-28', '312/2020'), registrar('2020-05-28'), needs)
    .then(received('2020-05-28', '312/2020', false));
});

test('the same again says nothing new; another day corrects it', () => {
  givenAudit(reportRegistered(), referred(), received()).when(receiveReferral, receive('2020-05-28'), registrar('2020-05-29'), needs).thenNothing();
  givenAudit(reportRegistered(), referred(), received())
    .when(receiveReferral, receive('2020-05-27'), registrar('2020-05-29'), needs)
    .then(received('2020-05-27'));
});

test('to another board’s registrar there is no such audit; the successor’s registrar receives for the board', () => {
  givenAudit(reportRegistered(), referred())
    .when(receiveReferral, receive('2020-05-28'), as('registrar', boards.norrmalm)('2020-05-29'), needs)
    .thenRefused('audit.unknown');
  givenAudit(reportRegistered(), referred())
    .when(receiveReferral, receive('2020-05-28'), as('registrar', units.norraRegistry)('2023-07-02'), needs)
    .then(received());
});

test('what was not referred to the board, came in tomorrow or before it was handed over is refused', () => {
  givenAudit(reportRegistered()).when(receiveReferral, receive('2020-05-28'), registrar('2020-05-29'), needs).thenRefused('referral.unknown');
  givenAudit(reportRegistered(), referred()).when(receiveReferral, receive('2020-05-30'), registrar('2020-05-29'), needs).thenRefused('day.in-the-future');
  givenAudit(reportRegistered(), referred())
    .when(receiveReferral, receive('2020-05-24'), registrar('2020-05-29'), needs)
    .thenRefused('referral.received-too-early');
});

const note = { audit: ids.audit, board: boards.ostermalm, reply: ids.reply, state: 'awaited' as const, dueOn: day('2020-10-15') };

test('where the reply stands is noted, once', () => {
  givenAudit(reportRegistered(), referred()).when(noteReferralReply, note, system('2020-06-01')).then(event(ReferralReplyNoted, note));
  givenAudit(reportRegistered(), referred(), event(ReferralReplyNoted, note)).when(noteReferralReply, note, system('2020-06-01')).thenNothing();
  givenAudit(reportRegistered()).when(noteReferralReply, note, system('2020-06-01')).thenRefused('referral.unknown');
});

test('of an audit that is not there each is refused as audit.unknown', () => {
  givenAudit().when(referToBoard, refer(), now, needs).thenRefused('audit.unknown');
  givenAudit().when(correctReferral, correction('2020-10-15'), now).thenRefused('audit.unknown');
  givenAudit().when(receiveReferral, receive('2020-05-28'), now, needs).thenRefused('audit.unknown');
  givenAudit().when(noteReferralReply, note, system('2020-06-01')).thenRefused('audit.unknown');
});
