import { expect, test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import { AfterwardsSettled, AgreementReviewed, AgreementTerminated } from './agreement.events.js';
import {
  awaitedUntil,
  cited,
  decisionOf,
  EDUCATION,
  entered,
  forceEnded,
  given,
  ids,
  inForce,
  lived,
  on,
  organisation,
  OTHER_TEXT,
  proposed,
  recorded,
  registered,
  reviewAwaited,
  ruleOn,
  v1,
  v2,
} from './agreements.given.js';
import { reviewAgreement, type ReviewAgreement } from './review-agreement.js';
import { settleAfterwards } from './settle-afterwards.js';
import { terminateAgreement, type TerminateAgreement } from './terminate-agreement.js';
import { withdrawTermination } from './withdraw-termination.js';

const agreement = ids.agreement;
const evidence = { has: () => false };

// Review

const review = (more: Partial<ReviewAgreement> = {}): ReviewAgreement => ({ agreement, on: day('2023-09-20'), outcome: 'keep', ...more });
const held = event(AgreementReviewed, { agreement, on: day('2023-09-20'), outcome: 'keep' });

test('a review is held: the next one is awaited a year from then', () => {
  given(inForce()).when(reviewAgreement, review(), on('2023-09-20'), { ruleOn, evidence }).thenTypes('AgreementReviewed', 'DeadlineMet', 'DeadlineSet');
});
test('a version may state another time between its reviews', () => {
  const { events } = given(inForce({ reviewMonths: 6 })).when(reviewAgreement, review({ on: day('2023-03-01') }), on('2023-03-01'), { ruleOn, evidence });
  expect(events).toMatchObject([
    { type: 'AgreementReviewed' },
    { type: 'DeadlineMet', data: { dueOn: '2023-03-22' } },
    { type: 'DeadlineSet', data: { dueOn: '2023-09-01' } },
  ]);
});
test('the same again says nothing new; another of that day is refused', () => {
  const so = given(inForce(), held);
  so.when(reviewAgreement, review(), on('2023-09-20'), { ruleOn, evidence }).thenNothing();
  so.when(reviewAgreement, review({ outcome: 'revise' }), on('2023-09-20'), { ruleOn, evidence }).thenRefused('review.held-already');
});
test('what is not in force, tomorrow, with evidence that is not stored or of no agreement is not reviewed', () => {
  given(inForce())
    .when(reviewAgreement, review({ on: day('2022-09-21') }), on('2023-09-20'), { ruleOn, evidence })
    .thenRefused('agreement.not-in-force');
  given(inForce()).when(reviewAgreement, review(), on('2023-09-19'), { ruleOn, evidence }).thenRefused('day.in-the-future');
  given(inForce())
    .when(reviewAgreement, review({ documents: ['d'.repeat(64)] }), on('2023-09-20'), { ruleOn, evidence })
    .thenRefused('document.unknown');
  given().when(reviewAgreement, review(), on('2023-09-20'), { ruleOn, evidence }).thenRefused('agreement.unknown');
});

// Termination

const decided = decisionOf({ on: '2023-11-14', counts: '2023-11-20', number: '§ 8', object: { kind: 'agreement', id: agreement } });
const terminate = (more: Partial<TerminateAgreement> = {}): TerminateAgreement => ({
  agreement,
  decision: cited(decided),
  on: day('2023-11-21'),
  lastDay: day('2024-12-31'),
  ...more,
});
const needs = { organisation, ruleOn, decided };
const terminated = (lastDay = '2024-12-31') =>
  event(AgreementTerminated, {
    agreement,
    party: ids.social,
    board: ids.social,
    decision: cited(decided),
    on: day('2023-11-21'),
    lastDay: day(lastDay),
  });
const notice = awaitedUntil('agreement-notice', decided.point, '2023-11-21', '2024-12-31');
/** Terminated with a review still awaited. */
const underNotice = () => [...inForce(), terminated(), forceEnded('2024-12-31', 'terminated'), notice];

test('a party terminates it with notice: in force through the last day, and what follows is awaited by then', () => {
  given(inForce()).when(terminateAgreement, terminate(), on('2023-11-22'), needs).then(terminated(), forceEnded('2024-12-31', 'terminated'), notice);
});
test('its last day is that of the notice it states, where none is said; a review due after it is awaited no more', () => {
  const { lastDay: _, ...without } = terminate();
  given(inForce({ noticeMonths: 6 }))
    .when(terminateAgreement, without, on('2023-11-22'), needs)
    .thenTypes('AgreementTerminated', 'AgreementForceEnded', 'DeadlineSet');
  given(inForce({ noticeMonths: 0, reviewMonths: 24 }))
    .when(terminateAgreement, without, on('2023-11-22'), needs)
    .thenTypes('AgreementTerminated', 'AgreementForceEnded', 'DeadlineClosed', 'DeadlineSet', 'DeadlineMissed');
});
test('terminating what is not in force is refused', () => {
  given(registered(), proposed(), recorded()).when(terminateAgreement, terminate(), on('2023-11-22'), needs).thenRefused('agreement.not-in-force');
  given(lived('2023-12-01', registered(), proposed({ terms: { lastDay: day('2023-11-20') } }), recorded(), recorded(EDUCATION)))
    .when(terminateAgreement, terminate(), on('2023-12-01'), needs)
    .thenRefused('agreement.not-in-force');
});
test('too short a notice, none at all, or before the decision counts is refused', () => {
  const { lastDay: _, ...without } = terminate();
  given(inForce({ noticeMonths: 14 }))
    .when(terminateAgreement, terminate(), on('2023-11-22'), needs)
    .thenRefused('termination.notice-too-short');
  given(inForce()).when(terminateAgreement, without, on('2023-11-22'), needs).thenRefused('termination.last-day-missing');
  given(inForce())
    .when(terminateAgreement, terminate({ on: day('2023-11-19') }), on('2023-11-22'), needs)
    .thenRefused('termination.before-decision');
  given(inForce()).when(terminateAgreement, terminate(), on('2023-11-20'), needs).thenRefused('day.in-the-future');
});
test('a decision that does not count, is not an approval, is about something else or of no party is refused', () => {
  const by = (more: object, code: string) =>
    given(inForce())
      .when(terminateAgreement, terminate(), on('2023-11-22'), { ...needs, decided: { ...decided, ...more } })
      .thenRefused(code);
  const { countsFrom: __, ...uncounted } = decided;
  given(inForce())
    .when(terminateAgreement, terminate(), on('2023-11-22'), { ...needs, decided: uncounted })
    .thenRefused('decision.not-counting');
  given(inForce())
    .when(terminateAgreement, terminate(), on('2023-11-22'), { ...needs, decided: undefined })
    .thenRefused('decision.unknown');
  by({ outcome: 'rejected' }, 'decision.not-approved');
  by({ board: ids.culture }, 'decision.no-party');
  by({ board: ids.norrmalm }, 'decision.board-ended');
  by({ object: { kind: 'reply', id: agreement } }, 'decision.other-object');
  by({ annulledOn: day('2023-11-21') }, 'decision.annulled');
  given().when(terminateAgreement, terminate(), on('2023-11-22'), needs).thenRefused('agreement.unknown');
});
test('the same again says nothing new; a second termination is refused', () => {
  given(underNotice()).when(terminateAgreement, terminate(), on('2023-12-01'), needs).thenNothing();
  const other = decisionOf({ ...EDUCATION, on: '2023-11-22', counts: '2023-11-24', object: { kind: 'agreement', id: agreement } });
  given(underNotice())
    .when(terminateAgreement, terminate({ decision: cited(other), on: day('2023-11-25') }), on('2023-12-01'), { ...needs, decided: other })
    .thenRefused('agreement.terminated-already');
});

// Taken back

const withdraw = { agreement, on: day('2024-02-01'), reason: 'Parterna har enats.' };

test('a termination taken back while notice runs: it stays in force, and nothing is awaited after it', () => {
  given(underNotice())
    .when(withdrawTermination, withdraw, on('2024-02-01'), { organisation, ruleOn })
    .thenTypes('TerminationWithdrawn', 'ForceCorrected', 'DeadlineClosed');
});
test('none, another party’s, tomorrow, or one that took effect is not taken back', () => {
  const so = given(underNotice());
  so.when(withdrawTermination, withdraw, on('2024-02-01', { unit: ids.education }), { organisation, ruleOn }).thenRefused('board.not-yours');
  so.when(withdrawTermination, withdraw, on('2024-01-31'), { organisation, ruleOn }).thenRefused('day.in-the-future');
  so.when(withdrawTermination, { ...withdraw, on: day('2025-01-01') }, on('2025-01-01'), { organisation, ruleOn }).thenRefused('termination.took-effect');
  given(inForce()).when(withdrawTermination, withdraw, on('2024-02-01'), { organisation, ruleOn }).thenRefused('termination.none');
  given().when(withdrawTermination, withdraw, on('2024-02-01'), { organisation, ruleOn }).thenRefused('agreement.unknown');
});

// What follows

const settle = { agreement, on: day('2024-10-01'), what: 'En ny överenskommelse.' };

test('what holds afterwards is settled: nobody is reminded of the notice any more', () => {
  given(underNotice()).when(settleAfterwards, settle, on('2024-10-01'), { ruleOn }).thenTypes('AfterwardsSettled', 'DeadlineMet');
  given(underNotice(), event(AfterwardsSettled, settle)).when(settleAfterwards, settle, on('2024-10-01'), { ruleOn }).thenNothing();
});
test('an agreement that does not end has nothing to settle', () => {
  given(inForce()).when(settleAfterwards, settle, on('2024-10-01'), { ruleOn }).thenRefused('agreement.not-ending');
  given(underNotice()).when(settleAfterwards, settle, on('2024-09-30'), { ruleOn }).thenRefused('day.in-the-future');
  given().when(settleAfterwards, settle, on('2024-10-01'), { ruleOn }).thenRefused('agreement.unknown');
});

// Lapse

const lapsing = () => inForce({ lastDay: day('2023-12-31') });

test('a version that lapses says its last day when it comes into force, and what follows is awaited by then', () => {
  expect(lapsing().slice(4)).toEqual([
    entered('2022-09-22'),
    forceEnded('2023-12-31', 'lapsed'),
    reviewAwaited('2022-09-22'),
    awaitedUntil('agreement-lapse', v1, '2022-09-22', '2023-12-31'),
  ]);
  given(lapsing())
    .when(settleAfterwards, { ...settle, on: day('2023-10-01') }, on('2023-10-01'), { ruleOn })
    .thenTypes('AfterwardsSettled', 'DeadlineMet');
});

test('what follows a version that lapses may be the next one, the day after', () => {
  const next = proposed({ text: OTHER_TEXT, number: 2, terms: { startOn: day('2024-01-01') } });
  const [one, other] = [
    recorded({ on: '2023-11-14', counts: '2023-11-20', number: '§ 8' }, { version: v2 }),
    recorded({ ...EDUCATION, on: '2023-11-15', counts: '2023-11-22' }, { version: v2 }),
  ];
  const told = lived('2023-11-22', registered(), proposed({ terms: { lastDay: day('2023-12-31') } }), recorded(), recorded(EDUCATION), next, one, other);
  expect(told.filter(({ type }) => /IntoForce|ForceEnded/.test(type))).toEqual([
    entered('2022-09-22'),
    forceEnded('2023-12-31', 'lapsed'),
    entered('2024-01-01', { version: v2, number: 2 }),
  ]);
});
