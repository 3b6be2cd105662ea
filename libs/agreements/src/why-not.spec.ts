import { expect, test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import { AgreementTerminated, RevisionContested, type AgreementEvent } from './agreement.events.js';
import {
  cited,
  decisionOf,
  EDUCATION,
  ids,
  inForce,
  lived,
  NO,
  organisation,
  OTHER_TEXT,
  proposed,
  recorded,
  registered,
  signed,
  v1,
  v2,
} from './agreements.given.js';
import { evolveAgreement, versionOf, type Agreement } from './agreement.js';
import { whyNotInForce } from './why-not.js';

/** What is said in Swedish of a version on a day, after facts recorded on the last day of them all. */
const why = (facts: readonly AgreementEvent[], on: string, version = v1) => {
  const state = lived('2024-06-01', ...facts.filter(({ type }) => !/^Deadline|IntoForce|ForceEnded/.test(type))).reduce<Agreement>(evolveAgreement, {
    status: 'none',
  });
  if (state.status === 'none') throw new TypeError('It was never registered.');
  return whyNotInForce(state, versionOf(state, version)!, day(on), organisation).map(({ text }) => text.sv);
};
const both = (terms = {}) => [registered(), proposed({ terms }), proposed({ text: OTHER_TEXT, number: 2 })];

test('nobody has decided: a sentence per party', () => {
  expect(why(both(), '2022-06-01')).toEqual(['Socialnämnden har inte godkänt version 1.', 'Utbildningsnämnden har inte godkänt version 1.']);
});

test('approved, but the minutes are not approved yet', () => {
  expect(why([...both(), recorded(), recorded({ ...EDUCATION, counts: false })], '2022-09-20')).toEqual([
    'Utbildningsnämnden godkände version 1 i § 7 torsdag 15 september 2022, men beslutet räknas först när protokollet är justerat.',
  ]);
  expect(why([...both(), recorded(), recorded(EDUCATION)], '2022-09-21')).toHaveLength(1);
});

test('case B: the other board has approved another version', () => {
  const other = recorded({ ...EDUCATION, on: '2022-08-25', counts: '2022-08-30' }, { version: v2 });
  expect(why([...both(), recorded(), other], '2022-09-01')).toEqual(['Utbildningsnämnden har senast godkänt en annan version, version 2, och inte version 1.']);
  expect(why([...both(), recorded(), other], '2022-09-01', v2)).toEqual(['Socialnämnden har senast godkänt en annan version, version 1, och inte version 2.']);
});

const whyAfter = (of: Parameters<typeof recorded>[0], how: Parameters<typeof recorded>[1] = {}) =>
  why([...both(), recorded(), recorded({ ...EDUCATION, ...of }, how)], '2023-03-01');

test('rejected, taken back, annulled, tabled, referred back or noted', () => {
  const at = 'i § 7 torsdag 15 september 2022';
  expect(whyAfter({ outcome: 'rejected' })).toEqual([`Utbildningsnämnden avslog version 1 ${at}.`]);
  expect(whyAfter({}, { effect: 'revokes' })).toEqual([`Utbildningsnämnden återkallade ${at} sitt godkännande av version 1.`]);
  expect(whyAfter({ annulled: '2023-01-10' })).toEqual([
    `Domstol upphävde tisdag 10 januari 2023 det beslut om version 1 som Utbildningsnämnden fattade ${at}.`,
  ]);
  expect(whyAfter({ outcome: 'tabled' })).toEqual([`Utbildningsnämnden bordlade version 1 ${at} och har inte godkänt den.`]);
  expect(whyAfter({ outcome: 'referred-back' })).toEqual([`Utbildningsnämnden återremitterade version 1 ${at} och har inte godkänt den.`]);
  expect(whyAfter({ outcome: 'noted' })).toEqual([`Utbildningsnämnden antecknade version 1 ${at} och har inte godkänt den.`]);
});

test('signatures and a start day, where they are stated', () => {
  const facts = [...both({ allSignatures: true, startOn: day('2023-01-01') }), recorded(), recorded(EDUCATION), signed(ids.social, '2022-10-03')];
  expect(why(facts, '2022-10-04')).toEqual(['Utbildningsnämnden har inte undertecknat version 1.', 'Version 1 ska börja gälla först söndag 1 januari 2023.']);
  expect(why([...facts, signed(ids.education, '2022-10-05')], '2022-12-31')).toEqual(['Version 1 ska börja gälla först söndag 1 januari 2023.']);
  expect(why([...facts, signed(ids.education, '2022-10-05')], '2023-01-01')).toEqual([]);
});

test('lapsed, or terminated', () => {
  expect(why([...inForce({ lastDay: day('2023-12-31') })], '2024-01-01')).toEqual(['Version 1 gäller som längst till och med söndag 31 december 2023.']);
  const terminated = event(AgreementTerminated, {
    agreement: ids.agreement,
    party: ids.social,
    board: ids.social,
    decision: cited(decisionOf()),
    on: day('2023-01-10'),
    lastDay: day('2023-12-31'),
  });
  expect(why([...inForce(), terminated], '2023-12-31')).toEqual([]);
  expect(why([...inForce(), terminated], '2024-01-01')).toEqual(['Överenskommelsen är uppsagd och gällde till och med söndag 31 december 2023.']);
});

test('a revision that was referred to the boards', () => {
  const approval = { ...signed(ids.social, '2023-03-01').data };
  const { signature: _, ...delegate } = approval;
  const facts: readonly AgreementEvent[] = [
    ...inForce(),
    proposed({ text: OTHER_TEXT, number: 2, revises: v1, answers: NO }),
    { type: 'RevisionApproved', data: { ...delegate, approval: approval.signature, version: v2 } },
    event(RevisionContested, { agreement: ids.agreement, version: v2, party: ids.education, on: day('2023-03-02'), reason: 'Omfattningen.' }),
  ];
  expect(why(facts, '2023-03-03', v2)).toEqual([
    'Socialnämnden har senast godkänt en annan version, version 1, och inte version 2.',
    'Utbildningsnämnden har senast godkänt en annan version, version 1, och inte version 2.',
    'Utbildningsnämnden hänsköt version 2 till nämnderna torsdag 2 mars 2023: godkännanden på delegation räknas inte, utan varje parts nämnd ska besluta.',
  ]);
  expect(why(facts, '2023-03-03')).toEqual([]);
});
