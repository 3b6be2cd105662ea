import { expect, test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import { statementId, StatementMade, WorkingValueChosen } from '#libs/statements';
import { checkGoldenRows, foldAll, happenedIn } from '#libs/views';
import {
  AddresseesNamed,
  AuditReportCompleted,
  FactCheckAnswered,
  RecommendationWithdrawn,
  ReferralCorrected,
  ReferralReplyNoted,
  WordingQuoted,
  type AuditEvent,
} from './audit.events.js';
import { auditsView } from './audits.view.js';
import { bodies, boards, draftSent, ids, received, recommendation, recommended, referred, reportRegistered, WORDING } from './audits.given.js';
import { recommendationsView } from './recommendations.view.js';
import { referralsView } from './referrals.view.js';

const stream = `audit-${ids.audit}`;
const happened = (...facts: readonly AuditEvent[]) => happenedIn(stream, ...facts);
const auditAfter = (...facts: readonly AuditEvent[]) => foldAll(auditsView, happened(...facts)).at(-1);
const referralAfter = (...facts: readonly AuditEvent[]) => foldAll(referralsView, happened(...facts)).at(-1);
const recommendationAfter = (...facts: readonly AuditEvent[]) => foldAll(recommendationsView, happened(...facts)).at(-1);

const about = 'period-audited';
const says = (value: string, source: string) => {
  const said = { about, value, source };
  return event(StatementMade, { statement: statementId(ids.audit, said), ...said });
};
const completed = event(AuditReportCompleted, {
  audit: ids.audit,
  numbers: ['Nr 5 2020', '2020:5', '6/2020'],
  reportOn: day('2020-05-20'),
  reason: 'Känt nu.',
});
const corrected = event(ReferralCorrected, {
  audit: ids.audit,
  board: boards.ostermalm,
  kind: 'for-reply',
  lastReplyOn: day('2020-10-16'),
  reason: 'Felläst.',
});
const noted = event(ReferralReplyNoted, {
  audit: ids.audit,
  board: boards.ostermalm,
  reply: ids.reply,
  state: 'given',
  dueOn: day('2020-11-15'),
  givenOn: day('2020-11-01'),
});
const named = event(AddresseesNamed, { audit: ids.audit, recommendation, boards: [boards.socialnamnden], dropped: [boards.norrmalm, boards.ostermalm] });
const quoted = event(WordingQuoted, { audit: ids.audit, recommendation, wording: 'tydliggöra', source: '[003]' });
const withdrawn = event(RecommendationWithdrawn, {
  audit: ids.audit,
  recommendation,
  on: day('2021-02-16'),
  decidedOn: day('2021-02-16'),
  reason: 'Upphört.',
  boards: [boards.norrmalm],
});

test('an audit is one row from the registering of its report on; what is unknown is null', () => {
  expect(auditAfter(reportRegistered())).toMatchObject({
    key: ids.audit,
    numbers: ['Nr 5 2020'],
    numberKeys: '|5/2020|',
    registryNumber: '3.1.3-104/2020',
    issuedBy: bodies.auditors,
    expert: null,
    periodAudited: null,
    reportOn: null,
    handedOverOn: '2020-05-25',
    boards: [],
    referrals: 0,
    recommendations: 0,
    differing: [],
  });
});

test('what becomes known stands in it; a number written in several ways is found by one', () => {
  expect(auditAfter(reportRegistered(), completed)).toMatchObject({ reportOn: '2020-05-20', numberKeys: '|5/2020|6/2020|', handedOverOn: '2020-05-25' });
  expect(auditAfter(reportRegistered(), event(AuditReportCompleted, { audit: ids.audit, title: 'Annan', reason: 'Fel.' }))).toMatchObject({
    title: 'Annan',
    numberKeys: '|5/2020|',
  });
});

test('it concerns every board that it was sent, referred or addressed to', () => {
  expect(auditAfter(reportRegistered(), draftSent(), referred(boards.alvsjo), recommended(), named)).toMatchObject({
    boards: [boards.ostermalm, boards.alvsjo, boards.norrmalm, boards.socialnamnden],
    referrals: 1,
    recommendations: 1,
  });
});

test('what its sources disagree about is flagged, whichever value is worked with', () => {
  const facts = [reportRegistered(), says('2020', '[000]'), says('2019', '[002]')];
  expect(auditAfter(...facts)).toMatchObject({ differing: [about] });
  const statement = statementId(ids.audit, { about, value: '2019', source: '[002]' });
  expect(auditAfter(...facts, event(WorkingValueChosen, { about, statement }))).toMatchObject({
    differing: [about],
    statements: { [about]: { working: statement } },
  });
});

test.each([
  ['an answer to the fact check', event(FactCheckAnswered, { audit: ids.audit, board: boards.ostermalm, on: day('2020-05-04') })],
  ['a correction of a referral', corrected],
  ['a reception', received()],
  ['a reply', noted],
  ['another wording', quoted],
  ['a withdrawal', withdrawn],
])('%s changes nothing in the row of the audit', (_what, fact) => {
  const facts = [reportRegistered(), draftSent(), referred(), recommended()];
  expect(foldAll(auditsView, happened(...facts, fact))).toEqual(foldAll(auditsView, happened(...facts)));
});

test('a referral is one row of report and board', () => {
  expect(referralAfter(reportRegistered(), referred())).toMatchObject({
    key: `${ids.audit}:${boards.ostermalm}`,
    kind: 'for-reply',
    lastReplyOn: '2020-10-15',
    replyDueOn: '2020-10-15',
    receivedOn: null,
    patternKnown: null,
    replyState: null,
  });
  expect(foldAll(referralsView, happened(reportRegistered(), referred(), referred(boards.alvsjo)))).toHaveLength(2);
});

test('its reception stands in it; whether the number’s form is known only where there is a number', () => {
  expect(referralAfter(referred(), received())).toMatchObject({ receivedOn: '2020-05-28', registryNumber: null, patternKnown: null });
  expect(referralAfter(referred(), received('2020-05-28', '312/2020', false))).toMatchObject({ registryNumber: '312/2020', patternKnown: false });
});

test('a corrected last day holds until a reply has one of its own', () => {
  expect(referralAfter(referred(), corrected)).toMatchObject({ lastReplyOn: '2020-10-16', replyDueOn: '2020-10-16' });
  expect(referralAfter(referred(), noted)).toMatchObject({ replyState: 'given', replyDueOn: '2020-11-15', repliedOn: '2020-11-01', lastReplyOn: '2020-10-15' });
  expect(referralAfter(referred(), noted, corrected)).toMatchObject({ lastReplyOn: '2020-10-16', replyDueOn: '2020-11-15' });
});

test('a recommendation is one row, with its addressees as the auditors name them in the end', () => {
  expect(recommendationAfter(reportRegistered(), recommended([boards.norrmalm, boards.ostermalm], 'as-interpreted'))).toMatchObject({
    key: recommendation,
    audit: ids.audit,
    number: 'R3',
    wording: WORDING,
    addressees: [boards.norrmalm, boards.ostermalm],
    addressed: 'as-interpreted',
    quotations: 0,
    withdrawnOn: null,
  });
  expect(recommendationAfter(recommended(), named)).toMatchObject({ addressees: [boards.socialnamnden], addressed: 'named' });
  expect(recommendationAfter(recommended(), quoted)).toMatchObject({ quotations: 1 });
  expect(recommendationAfter(recommended(), withdrawn)).toMatchObject({ withdrawnOn: '2021-02-16' });
});

test('facts of what never began put their rows into quarantine', () => {
  expect(auditAfter(draftSent())).toMatchObject({ broken: expect.any(String) });
  expect(referralAfter(received())).toMatchObject({ broken: expect.any(String) });
  expect(recommendationAfter(quoted)).toMatchObject({ broken: expect.any(String) });
});

test('statements of other things are none of their business', () => {
  expect(foldAll(auditsView, happenedIn(`action-${ids.action}`, says('2020', '[000]')))).toEqual([]);
});

const everything = [
  reportRegistered(),
  completed,
  draftSent(),
  referred(),
  corrected,
  received(),
  noted,
  recommended(),
  quoted,
  named,
  withdrawn,
  says('2020', '[000]'),
  says('2019', '[002]'),
];

test('the same facts give the same rows as long as the versions are the same', async () => {
  await checkGoldenRows(auditsView, happened(...everything), new URL('./audits.golden.json', import.meta.url));
  await checkGoldenRows(referralsView, happened(...everything), new URL('./referrals.golden.json', import.meta.url));
  await checkGoldenRows(recommendationsView, happened(...everything), new URL('./recommendations.golden.json', import.meta.url));
});
