import { expect, test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import { stateAfter } from '#libs/testing';
import { answerFactCheck } from './answer-fact-check.js';
import { DraftSentForFactCheck, FactCheckAnswered } from './audit.events.js';
import { audit } from './audit.js';
import { as, auditor, boards, draftSent, givenAudit, ids, organisation, registrar, reportRegistered, units } from './audits.given.js';
import { sendDraftForFactCheck } from './send-draft-for-fact-check.js';

const needs = { organisation };
const now = auditor('2020-06-01');
const send = (on: string, more: { answerBy?: string; boards?: string[] } = {}) => ({
  audit: ids.audit,
  boards: more.boards ?? [boards.ostermalm],
  on: day(on),
  ...(more.answerBy !== undefined && { answerBy: day(more.answerBy) }),
});
const answer = (on: string, note?: string) => ({ audit: ids.audit, board: boards.ostermalm, on: day(on), ...(note !== undefined && { note }) });
const answered = (on: string, note?: string) => event(FactCheckAnswered, answer(on, note));

test('a draft goes to boards, with a day for their answers or without', () => {
  givenAudit(reportRegistered()).when(sendDraftForFactCheck, send('2020-04-20'), now, needs).then(draftSent());
  givenAudit(reportRegistered())
    .when(sendDraftForFactCheck, send('2020-04-20', { answerBy: '2020-05-04' }), now, needs)
    .then(event(DraftSentForFactCheck, send('2020-04-20', { answerBy: '2020-05-04' })));
});

test('the same draft again says nothing new', () => {
  givenAudit(reportRegistered(), draftSent()).when(sendDraftForFactCheck, send('2020-04-20'), now, needs).thenNothing();
});

test.each([
  ['tomorrow', send('2020-06-02'), 'day.in-the-future'],
  ['to a board that was not there yet', send('2020-04-20', { boards: [boards.hagerstenAlvsjo] }), 'board.not-yet'],
  ['to what is no board', send('2020-04-20', { boards: [units.ostermalmRegistry] }), 'board.unknown'],
  ['to be answered the same day', send('2020-04-20', { answerBy: '2020-04-20' }), 'fact-check.answer-too-early'],
])('a draft sent %s is refused', (_what, command, code) => {
  givenAudit(reportRegistered()).when(sendDraftForFactCheck, command, now, needs).thenRefused(code);
});

test('a draft sent after the report is refused as fact-check.after-report', () => {
  givenAudit(reportRegistered({ reportOn: '2020-04-19' }))
    .when(sendDraftForFactCheck, send('2020-04-20'), now, needs)
    .thenRefused('fact-check.after-report');
});

test('the board’s own registrar records its answer', () => {
  givenAudit(reportRegistered(), draftSent())
    .when(answerFactCheck, answer('2020-05-04', 'Antalet är 41.'), registrar('2020-05-05'), needs)
    .then(answered('2020-05-04', 'Antalet är 41.'));
});

test('it stands with the draft that was sent last', () => {
  const facts = [reportRegistered(), draftSent(), draftSent('2020-05-01'), answered('2020-05-04')];
  const state = stateAfter(audit, facts, now);
  expect(state.status === 'registered' && state.factChecks.map(({ answers }) => answers.length)).toEqual([0, 1]);
});

test('the same answer again says nothing new', () => {
  givenAudit(reportRegistered(), draftSent(), answered('2020-05-04')).when(answerFactCheck, answer('2020-05-04'), registrar('2020-05-05'), needs).thenNothing();
});

test('to a registrar of another board there is no such audit; the successor’s may answer for the board', () => {
  givenAudit(reportRegistered(), draftSent())
    .when(answerFactCheck, answer('2020-05-04'), as('registrar', boards.norrmalm)('2020-05-05'), needs)
    .thenRefused('audit.unknown');
  givenAudit(reportRegistered(), draftSent())
    .when(answerFactCheck, answer('2020-05-04'), as('registrar', units.norraRegistry)('2023-07-05'), needs)
    .then(answered('2020-05-04'));
});

test('an answer by a board that was sent none is refused as fact-check.not-sent', () => {
  givenAudit(reportRegistered()).when(answerFactCheck, answer('2020-05-04'), registrar('2020-05-05'), needs).thenRefused('fact-check.not-sent');
});

test('an answer tomorrow, or before the draft was sent, is refused', () => {
  givenAudit(reportRegistered(), draftSent()).when(answerFactCheck, answer('2020-05-06'), registrar('2020-05-05'), needs).thenRefused('day.in-the-future');
  givenAudit(reportRegistered(), draftSent())
    .when(answerFactCheck, answer('2020-04-19'), registrar('2020-05-05'), needs)
    .thenRefused('fact-check.answered-too-early');
});

test('of an audit that is not there both are refused as audit.unknown', () => {
  givenAudit().when(sendDraftForFactCheck, send('2020-04-20'), now, needs).thenRefused('audit.unknown');
  givenAudit().when(answerFactCheck, answer('2020-05-04'), registrar('2020-05-05'), needs).thenRefused('audit.unknown');
});
