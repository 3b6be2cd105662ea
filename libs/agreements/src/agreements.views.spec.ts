import { expect, test } from '@jest/globals';
import { day, derivedId, event, type Event } from '#libs/kernel';
import { checkGoldenRows, foldAll, happenedIn } from '#libs/views';
import { agreementDecisionsView } from './agreement-decisions.view.js';
import { agreementPartiesView, registryKey } from './agreement-parties.view.js';
import * as events from './agreement.events.js';
import { agreementsView } from './agreements.view.js';
import {
  cited,
  decisionOf,
  delegated,
  delegatedFurther,
  EDUCATION,
  entered,
  ids,
  inForce,
  lived,
  OTHER_TEXT,
  proposed,
  recorded,
  registered,
  signed,
  v1,
  v2,
} from './agreements.given.js';
import * as decisionEvents from './delegated-decision.events.js';
import { reportDeadlineId } from './delegated-decision.js';
import { delegatedDecisionsView } from './delegated-decisions.view.js';
import { DelegationEnded, FurtherDelegationEnded } from './delegation-order.events.js';
import { delegationsView } from './delegations.view.js';

const agreement = ids.agreement;
const golden = (name: string) => new URL(`./${name}.golden.json`, import.meta.url);
const inStream = (...facts: readonly Event[]) => happenedIn(`agreement-${agreement}`, ...facts);
const last = <R>(rows: readonly R[]): R | undefined => rows.at(-1);

const terminated = event(events.AgreementTerminated, {
  agreement,
  party: ids.social,
  board: ids.social,
  decision: cited(decisionOf({ on: '2023-11-14' })),
  on: day('2023-11-21'),
  lastDay: day('2024-12-31'),
});
const period = { version: v1, number: 1 };

// Agreements

test('a row tells the versions, when it is in force and what is awaited', () => {
  expect(last(foldAll(agreementsView, inStream(...inForce())))).toMatchObject({
    title: 'Samverkansöverenskommelse',
    versions: 1,
    latestVersion: v1,
    periods: [{ ...period, on: '2022-09-22' }],
    reviewDueOn: '2023-09-22',
  });
});
test('a review that is held, a termination and its being taken back', () => {
  const reviewed = lived(
    '2023-09-20',
    registered(),
    proposed(),
    recorded(),
    recorded(EDUCATION),
    event(events.AgreementReviewed, { agreement, on: day('2023-09-20'), outcome: 'keep' }),
  );
  expect(last(foldAll(agreementsView, inStream(...reviewed)))).toMatchObject({ reviewedOn: '2023-09-20', reviewDueOn: '2024-09-19' });
  expect(last(foldAll(agreementsView, inStream(...inForce(), terminated)))).toMatchObject({ terminatedOn: '2023-11-21', terminatedThrough: '2024-12-31' });
  const back = event(events.TerminationWithdrawn, { agreement, on: day('2024-01-01'), reason: 'Skäl.' });
  expect(last(foldAll(agreementsView, inStream(...inForce(), terminated, back)))).toMatchObject({ terminatedOn: null });
});
test('a force that is corrected or withdrawn', () => {
  const corrected = event(events.ForceCorrected, {
    agreement,
    from: [{ ...period, on: day('2022-09-22') }],
    to: [{ ...period, on: day('2022-09-25') }],
    clauses: [],
  });
  expect(last(foldAll(agreementsView, inStream(registered(), proposed(), entered('2022-09-22'), corrected)))).toMatchObject({
    periods: [{ on: '2022-09-25' }],
  });
  const withdrawn = event(events.ForceWithdrawn, { agreement, from: [{ ...period, on: day('2022-09-22') }] });
  expect(last(foldAll(agreementsView, inStream(registered(), proposed(), entered('2022-09-22'), withdrawn)))).toMatchObject({ periods: [] });
});

// Parties

test('a row per board, with its own number', () => {
  const noted = event(events.AgreementNumberNoted, { agreement, board: ids.education, registryNumber: '1.6.2-3344 /2022', patternKnown: true });
  const grown = proposed({ text: OTHER_TEXT, number: 2, parties: [ids.social, ids.culture], leaving: [ids.education] });
  const rows = foldAll(agreementPartiesView, inStream(registered(), proposed(), noted, grown)).filter(({ until }) => until === null);
  expect(rows.map(({ board, registryNumber, registryKey: key }) => [board, registryNumber, key])).toEqual(
    expect.arrayContaining([
      [ids.social, '2.3.4-181/2022', '2.3.4-181/2022'],
      [ids.education, '1.6.2-3344 /2022', '1.6.2-3344/2022'],
      [ids.culture, null, null],
    ]),
  );
  expect(registryKey('ÖST 2020/614-1.6')).toBe('öst2020/614-1.6');
});

// What it rests on

test('a row per point: decided, followed, terminated, annulled, taken back', () => {
  const { meeting, point } = decisionOf();
  const followed = event(events.PartyDecisionFollowed, {
    agreement,
    meeting,
    point,
    outcome: 'approved',
    effect: 'approves',
    on: day('2022-06-14'),
    place: 1300,
    countsFrom: day('2022-06-20'),
    annulledOn: day('2023-01-10'),
  });
  expect(last(foldAll(agreementDecisionsView, inStream(recorded({ counts: false }), followed)))).toMatchObject({
    meeting,
    countsFrom: '2022-06-20',
    annulledOn: '2023-01-10',
    version: v1,
  });
  const annulled = event(events.TerminationAnnulled, { agreement, decision: terminated.data.decision, annulledOn: day('2024-01-10') });
  expect(last(foldAll(agreementDecisionsView, inStream(terminated, annulled)))).toMatchObject({
    effect: 'terminates',
    version: null,
    annulledOn: '2024-01-10',
  });
  const withdrawn = event(events.PartyDecisionWithdrawn, { agreement, meeting, point, reason: 'Skäl.' });
  expect(foldAll(agreementDecisionsView, inStream(recorded(), withdrawn)).filter(({ until }) => until === null)).toEqual([]);
});

// Delegations

const order = (...facts: readonly Event[]) => happenedIn(`delegation-order-${derivedId('order')}`, ...facts);
const ended = event(DelegationEnded, {
  board: ids.social,
  point: ids.delegation,
  lastDay: day('2023-12-31'),
  because: 'decided',
  decision: cited(decisionOf()),
});
const furtherEnded = event(FurtherDelegationEnded, {
  board: ids.social,
  point: ids.delegation,
  further: ids.further,
  lastDay: day('2023-01-31'),
  reason: 'Skäl.',
});

test('a row per delegation, with whom it was delegated on to', () => {
  expect(last(foldAll(delegationsView, order(delegated(), delegatedFurther(), furtherEnded, ended)))).toMatchObject({
    board: ids.social,
    fromOn: '2022-06-20',
    toOn: '2023-12-31',
    because: 'decided',
    further: [{ further: ids.further, lastDay: '2023-01-31' }],
  });
});

// Delegated decisions

const decision = derivedId('delegated');
const made = (more: object = {}) =>
  event(decisionEvents.DelegatedDecisionMade, {
    decision,
    board: ids.social,
    kind: 'other',
    what: 'Yttrande.',
    on: day('2022-10-03'),
    role: 'head-of-administration',
    unit: ids.socialAdministration,
    person: ids.director,
    capacity: 'ordinary',
    delegation: { order: ids.social, point: ids.delegation },
    reporting: 'next-meeting',
    appealable: false,
    ...more,
  });
const ofDecision = (...facts: readonly Event[]) => happenedIn(`delegated-decision-${decision}`, ...facts);
const about = { decision, board: ids.social };
const reported = event(decisionEvents.ReportedToBoard, { ...about, meeting: derivedId('meeting'), on: day('2022-10-25') });
const due = (type: 'delegated-report' | 'head-report', dueOn: string) => {
  const deadline = reportDeadlineId(decision, type);
  const plan = {
    deadline,
    type,
    unit: ids.social,
    startOn: day('2022-10-03'),
    dueOn: day(dueOn),
    steps: [],
    ladder: [],
    rule: { id: ids.delegation, version: 1 },
  };
  return { type: 'DeadlineSet', data: { ...plan, missedAt: '2022-10-25T22:00:00.000Z', generation: 1 } };
};
const everything = [
  made({ delegation: { order: ids.social, point: ids.delegation, further: ids.further } }),
  due('delegated-report', '2022-10-25'),
  due('head-report', '2022-10-17'),
  event(decisionEvents.DelegatedDecisionCorrected, { ...about, from: day('2022-10-03'), on: day('2022-10-04'), reason: 'Skäl.' }),
  event(decisionEvents.ReportedToHead, { ...about, on: day('2022-10-05') }),
  reported,
  event(decisionEvents.BoardReportWithdrawn, { ...about, meeting: derivedId('meeting'), reason: 'Skäl.' }),
  event(decisionEvents.DelegatedDecisionWithdrawn, { ...about, reason: 'Skäl.' }),
];

test('a row per delegated decision: where its reporting stands', () => {
  expect(
    foldAll(delegatedDecisionsView, ofDecision(...everything)).map(({ status, dueOn, headDueOn, toldHeadOn, reportedOn, madeOn }) => [
      status,
      dueOn,
      headDueOn,
      toldHeadOn,
      reportedOn,
      madeOn,
    ]),
  ).toEqual([
    ['to-report', null, null, null, null, '2022-10-03'],
    ['to-report', '2022-10-25', null, null, null, '2022-10-03'],
    ['to-report', '2022-10-25', '2022-10-17', null, null, '2022-10-03'],
    ['to-report', '2022-10-25', '2022-10-17', null, null, '2022-10-04'],
    ['to-report', '2022-10-25', '2022-10-17', '2022-10-05', null, '2022-10-04'],
    ['reported', '2022-10-25', '2022-10-17', '2022-10-05', '2022-10-25', '2022-10-04'],
    ['to-report', '2022-10-25', '2022-10-17', '2022-10-05', null, '2022-10-04'],
    ['withdrawn', '2022-10-25', '2022-10-17', '2022-10-05', null, '2022-10-04'],
  ]);
});
test('exempt by its point, or minuted separately', () => {
  expect(last(foldAll(delegatedDecisionsView, ofDecision(made({ reporting: 'not' }))))).toMatchObject({ status: 'exempt' });
  const minuted = event(decisionEvents.MinutedSeparately, { ...about, on: day('2022-10-05'), reference: '2022:31' });
  expect(
    foldAll(delegatedDecisionsView, ofDecision(made({ reporting: 'not', appealable: true }), minuted)).map(({ status, reference }) => [status, reference]),
  ).toEqual([
    ['to-minute', null],
    ['minuted', '2022:31'],
  ]);
});

// Golden rows

const revoked = recorded({ on: '2023-02-14', counts: '2023-02-20', number: '§ 5' }, { effect: 'revokes' });
const life = () =>
  lived(
    '2023-03-01',
    registered(),
    proposed(),
    proposed({ text: OTHER_TEXT, number: 2 }),
    recorded(),
    recorded({ ...EDUCATION, on: '2022-08-25' }, { version: v2 }),
    recorded(EDUCATION),
    signed(ids.social, '2022-10-03'),
    revoked,
  );

test('the rows of a life are those that this version gives', async () => {
  await checkGoldenRows(agreementsView, inStream(...life(), terminated), golden('agreements'));
  await checkGoldenRows(agreementPartiesView, inStream(...life()), golden('agreement_parties'));
  await checkGoldenRows(agreementDecisionsView, inStream(...life(), terminated), golden('agreement_decisions'));
  await checkGoldenRows(delegationsView, order(delegated(), delegatedFurther(), furtherEnded, ended), golden('delegations'));
  await checkGoldenRows(delegatedDecisionsView, ofDecision(...everything), golden('delegated_decisions'));
});
