import { expect, test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import {
  arisen,
  auditor,
  givenObligation,
  implemented,
  judged,
  judgementOf,
  lastDayRules,
  lastDaySet,
  lastDayWait,
  officer,
  reopened,
  saying,
  theObligation,
} from './audits.given.js';
import { obligation as stream, type Obligation } from './obligation.js';
import { ObligationJudged, ObligationWithdrawn, type ObligationEvent } from './obligation.events.js';
import { recordJudgement } from './record-judgement.js';

const judge = (...said: Parameters<typeof saying>) => ({ obligation: theObligation, ...saying(...said) });
const needs = { lastDayRules };
const stateAfter = (...facts: readonly ObligationEvent[]): Obligation => facts.reduce((state, fact) => stream.evolve(state, fact, {} as never), stream.initial);

test.each(['met', 'met-in-part', 'not-met', 'no-longer-relevant'] as const)('the elected auditors find it %s', (outcome) => {
  givenObligation(arisen()).when(recordJudgement, judge(outcome, '2023-04-18'), auditor('2023-04-20'), needs).then(judged(outcome, '2023-04-18'));
});

test('their office records what they decided, citing it', () => {
  const decisionReference = 'Stadsrevisionen 2023-04-18 § 7';
  givenObligation(arisen())
    .when(recordJudgement, { ...judge('met', '2023-04-18'), decisionReference }, officer('2023-04-20'), needs)
    .then(event(ObligationJudged, { obligation: theObligation, judgement: judgementOf(), ...saying('met', '2023-04-18'), decisionReference }));
});

test('their office does not judge: without their decision it is refused as judgement.decision-not-cited', () => {
  givenObligation(arisen()).when(recordJudgement, judge('met', '2023-04-18'), officer('2023-04-20'), needs).thenRefused('judgement.decision-not-cited');
});

test('not met opens what the board held implemented, and asks it for a new last day', () => {
  const facts = [judged('not-met', '2023-04-18'), reopened()];
  givenObligation(arisen(), implemented('2023-03-16'))
    .when(recordJudgement, judge('not-met', '2023-04-18'), auditor('2023-04-20'), needs)
    .then(...facts);
  expect(stateAfter(arisen(), implemented('2023-03-16'), ...facts)).toMatchObject({ status: 'open', asksLastDay: true });
});

test('of one that is open it asks for a new last day too', () => {
  expect(stateAfter(arisen(), judged('not-met', '2023-04-18'))).toMatchObject({ status: 'open', asksLastDay: true });
});

test('unless the auditors set one', () => {
  const facts = [judged('not-met', '2023-04-18'), lastDaySet('2023-12-31'), reopened()];
  const wait = lastDayWait('2023-04-18', '2023-12-31');
  givenObligation(arisen(), implemented('2023-03-16'))
    .when(recordJudgement, { ...judge('not-met', '2023-04-18'), lastOn: day('2023-12-31') }, auditor('2023-04-20'), needs)
    .then(...facts, wait.set);
  expect(stateAfter(arisen(), implemented('2023-03-16'), ...facts)).toMatchObject({
    status: 'open',
    asksLastDay: false,
    lastDay: { on: '2023-12-31', by: 'auditors' },
  });
});

test('a new last day moves the one that is waited for', () => {
  const wait = lastDayWait('2023-01-10', '2023-06-30');
  const next = lastDayWait('2023-04-18', '2023-12-31').plan;
  givenObligation(arisen(), lastDaySet('2023-06-30'), wait.set)
    .when(recordJudgement, { ...judge('not-met', '2023-04-18'), lastOn: day('2023-12-31') }, auditor('2023-04-20'), needs)
    .then(judged('not-met', '2023-04-18'), lastDaySet('2023-12-31'), wait.moved(next, 'last-day-set'));
});

test('met in part leaves it open, and opens what the board held implemented, asking for no day', () => {
  const facts = [judged('met-in-part', '2023-04-18'), reopened('judged-met-in-part')];
  givenObligation(arisen(), implemented('2023-03-16'))
    .when(recordJudgement, judge('met-in-part', '2023-04-18'), auditor('2023-04-20'), needs)
    .then(...facts);
  expect(stateAfter(arisen(), implemented('2023-03-16'), ...facts)).toMatchObject({ status: 'open', asksLastDay: false });
});

test('a judgement decided before the board’s decision, entered after it, opens nothing', () => {
  givenObligation(arisen(), implemented('2023-03-16'))
    .when(recordJudgement, judge('not-met', '2023-01-18'), auditor('2023-04-20'), needs)
    .then(judged('not-met', '2023-01-18'));
});

test('met is not implemented: that the board decides. Nobody waits for the last day any more', () => {
  const wait = lastDayWait('2023-01-10', '2023-06-30');
  givenObligation(arisen(), lastDaySet('2023-06-30'), wait.set)
    .when(recordJudgement, judge('met', '2023-04-18'), auditor('2023-04-20'), needs)
    .then(judged('met', '2023-04-18'), wait.closed('2023-04-18', 'judged-met'));
  expect(stateAfter(arisen(), judged('met', '2023-04-18'))).toMatchObject({ status: 'open' });
});

test('a later judgement stands instead of an earlier one; one entered late does not', () => {
  givenObligation(arisen(), judged('met', '2023-04-18'))
    .when(recordJudgement, judge('not-met', '2022-04-18'), auditor('2023-05-20'), needs)
    .then(judged('not-met', '2022-04-18', 1));
  expect(stateAfter(arisen(), judged('met', '2023-04-18'), judged('not-met', '2022-04-18', 1))).toMatchObject({ asksLastDay: false });
  expect(stateAfter(arisen(), judged('not-met', '2022-04-18'), judged('met', '2023-04-18', 1))).toMatchObject({ asksLastDay: false });
});

test('the same judgement again says nothing new', () => {
  givenObligation(arisen(), judged('not-met', '2023-04-18')).when(recordJudgement, judge('not-met', '2023-04-18'), auditor('2023-04-21'), needs).thenNothing();
  givenObligation(arisen(), judged('not-met', '2023-04-18'), lastDaySet('2023-12-31'))
    .when(recordJudgement, { ...judge('not-met', '2023-04-18'), lastOn: day('2023-12-31') }, auditor('2023-04-21'), needs)
    .thenNothing();
});

test('a new last day for what is met or no longer relevant is refused as judgement.last-day-needless', () => {
  for (const outcome of ['met', 'no-longer-relevant'] as const)
    givenObligation(arisen())
      .when(recordJudgement, { ...judge(outcome, '2023-04-18'), lastOn: day('2023-12-31') }, auditor('2023-04-20'), needs)
      .thenRefused('judgement.last-day-needless');
});

test('a last day on the day of the decision is refused as last-day.too-early', () => {
  givenObligation(arisen())
    .when(recordJudgement, { ...judge('not-met', '2023-04-18'), lastOn: day('2023-04-18') }, auditor('2023-04-20'), needs)
    .thenRefused('last-day.too-early');
});

test('a decision tomorrow is refused as day.in-the-future, one before the report as judgement.before-report', () => {
  givenObligation(arisen()).when(recordJudgement, judge('met', '2023-04-21'), auditor('2023-04-20'), needs).thenRefused('day.in-the-future');
  givenObligation(arisen()).when(recordJudgement, judge('met', '2020-05-24'), auditor('2023-04-20'), needs).thenRefused('judgement.before-report');
  givenObligation(arisen({ receivedOn: '2020-05-28' }))
    .when(recordJudgement, judge('met', '2020-05-27'), auditor('2023-04-20'), needs)
    .thenRefused('judgement.before-report');
});

test('of a report whose days are unknown, any day that has been will do', () => {
  givenObligation(arisen({})).when(recordJudgement, judge('met', '2019-01-01'), auditor('2023-04-20'), needs).thenTypes('ObligationJudged');
});

test('what the auditors withdrew is refused as obligation.withdrawn, what is not there as obligation.unknown', () => {
  const withdrawn = event(ObligationWithdrawn, { obligation: theObligation, on: day('2021-02-16'), reason: 'Upphört.' });
  givenObligation(arisen(), withdrawn).when(recordJudgement, judge('met', '2023-04-18'), auditor('2023-04-20'), needs).thenRefused('obligation.withdrawn');
  givenObligation().when(recordJudgement, judge('met', '2023-04-18'), auditor('2023-04-20'), needs).thenRefused('obligation.unknown');
});
