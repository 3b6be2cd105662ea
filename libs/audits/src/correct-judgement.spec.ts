import { expect, test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import {
  arisen,
  auditor,
  givenObligation,
  implemented,
  judged,
  judgementOf,
  lastDaySet,
  lastDayWait,
  officer,
  recommendation,
  reopened,
  saying,
  theObligation,
} from './audits.given.js';
import { correctJudgement } from './correct-judgement.js';
import { JudgementCorrected, ReopeningWithdrawn, type ObligationEvent } from './obligation.events.js';
import { obligation as stream, type Obligation } from './obligation.js';

const reason = 'Fel rad i bilagan.';
const correct = (...said: Parameters<typeof saying>) => ({ obligation: theObligation, judgement: judgementOf(), reason, ...saying(...said) });
const corrected = (...said: Parameters<typeof saying>) =>
  event(JudgementCorrected, { obligation: theObligation, judgement: judgementOf(), ...saying(...said), reason });
const stateAfter = (...facts: readonly ObligationEvent[]): Obligation => facts.reduce((state, fact) => stream.evolve(state, fact, {} as never), stream.initial);

test('what it says now stands; what it said stays recorded', () => {
  givenObligation(arisen(), judged('met', '2023-04-18'))
    .when(correctJudgement, correct('met-in-part', '2023-04-18'), auditor('2023-05-02'))
    .then(corrected('met-in-part', '2023-04-18'));
});

test('corrected to met, it gives the board’s decision back that it had overruled', () => {
  const facts = [arisen(), implemented('2023-03-16'), judged('not-met', '2023-04-18'), reopened()];
  const undone = [corrected('met', '2023-04-18'), event(ReopeningWithdrawn, { obligation: theObligation })];
  givenObligation(facts)
    .when(correctJudgement, correct('met', '2023-04-18'), auditor('2023-05-02'))
    .then(...undone);
  expect(stateAfter(...facts, ...undone)).toMatchObject({ status: 'implemented', asksLastDay: false, implementation: { on: '2023-03-16' } });
});

test('corrected to a day before the board’s decision, it gives that back too', () => {
  givenObligation(arisen(), implemented('2023-03-16'), judged('not-met', '2023-04-18'), reopened())
    .when(correctJudgement, correct('not-met', '2023-01-18'), auditor('2023-05-02'))
    .thenTypes('JudgementCorrected', 'ReopeningWithdrawn');
});

test('corrected to not met, it opens what the board held implemented, and asks for a new last day', () => {
  const facts = [arisen(), implemented('2023-03-16'), judged('met', '2023-04-18')];
  const now = [corrected('not-met', '2023-04-18'), reopened()];
  givenObligation(facts)
    .when(correctJudgement, correct('not-met', '2023-04-18'), auditor('2023-05-02'))
    .then(...now);
  expect(stateAfter(...facts, ...now)).toMatchObject({ status: 'open', asksLastDay: true });
});

test('not met, corrected in its grounds alone, asks for no day a second time', () => {
  const facts = [arisen(), judged('not-met', '2023-04-18'), lastDaySet('2023-12-31', 'board')];
  const grounds = { ...corrected('not-met', '2023-04-18').data, grounds: 'Andra skäl.' };
  expect(stateAfter(...facts, event(JudgementCorrected, grounds))).toMatchObject({ asksLastDay: false });
});

test('corrected from met, its last day is waited for again', () => {
  const wait = lastDayWait('2023-01-10', '2023-06-30');
  givenObligation(arisen(), lastDaySet('2023-06-30'), wait.set, judged('met', '2023-04-18'), wait.closed('2023-04-18', 'judged-met'))
    .when(correctJudgement, correct('met-in-part', '2023-04-18'), auditor('2023-05-02'))
    .then(corrected('met-in-part', '2023-04-18'), wait.moved(wait.plan, 'obligation-open-again', 3));
});

test('saying the same again says nothing new', () => {
  givenObligation(arisen(), judged('met', '2023-04-18')).when(correctJudgement, correct('met', '2023-04-18'), auditor('2023-05-02')).thenNothing();
});

test('the auditors’ office cites their decision here too', () => {
  givenObligation(arisen(), judged('met', '2023-04-18'))
    .when(correctJudgement, correct('not-met', '2023-04-18'), officer('2023-05-02'))
    .thenRefused('judgement.decision-not-cited');
});

test('a judgement that was never recorded is refused as judgement.unknown, an obligation as obligation.unknown', () => {
  givenObligation(arisen(), judged('met', '2023-04-18'))
    .when(correctJudgement, { ...correct('not-met', '2023-04-18'), judgement: recommendation }, auditor('2023-05-02'))
    .thenRefused('judgement.unknown');
  givenObligation().when(correctJudgement, correct('not-met', '2023-04-18'), auditor('2023-05-02')).thenRefused('obligation.unknown');
});

test('a day that has not been is refused as day.in-the-future', () => {
  givenObligation(arisen(), judged('met', '2023-04-18'))
    .when(correctJudgement, { ...correct('met', '2023-04-18'), decidedOn: day('2023-05-03') }, auditor('2023-05-02'))
    .thenRefused('day.in-the-future');
});
