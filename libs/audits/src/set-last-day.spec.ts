import { expect, test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import {
  arisen,
  auditor,
  boards,
  by,
  CITED,
  decided,
  givenObligation,
  implemented,
  judged,
  lastDayRules,
  lastDaySet,
  lastDayWait,
  owner,
  theObligation,
} from './audits.given.js';
import { ObligationAllotted } from './obligation.events.js';
import { obligation as stream } from './obligation.js';
import { setLastDay } from './set-last-day.js';

const set = (on: string) => ({ obligation: theObligation, on: day(on) });
const needs = (decision?: ReturnType<typeof decided>) => ({ ...by(decision), lastDayRules });

test('the board sets one by its decision: it is waited for from the day it decided', () => {
  givenObligation(arisen(), judged('not-met', '2023-04-18'))
    .when(setLastDay, { ...set('2023-12-31'), decision: CITED }, owner('2023-06-01'), needs(decided('2023-05-25')))
    .then(lastDaySet('2023-12-31', 'board'), lastDayWait('2023-05-25', '2023-12-31').set);
});

test('it is no longer asked for one', () => {
  const facts = [arisen(), judged('not-met', '2023-04-18'), lastDaySet('2023-12-31', 'board')];
  expect(facts.reduce((state, fact) => stream.evolve(state, fact, {} as never), stream.initial)).toMatchObject({ asksLastDay: false });
});

test('the auditors set one without a decision of the board', () => {
  givenObligation(arisen())
    .when(setLastDay, set('2023-12-31'), auditor('2023-06-01'), needs())
    .then(lastDaySet('2023-12-31'), lastDayWait('2023-06-01', '2023-12-31').set);
  givenObligation(arisen())
    .when(setLastDay, { ...set('2023-12-31'), decidedOn: day('2023-05-20') }, auditor('2023-06-01'), needs())
    .then(lastDaySet('2023-12-31'), lastDayWait('2023-05-20', '2023-12-31').set);
});

test('another day moves it', () => {
  const wait = lastDayWait('2023-05-25', '2023-12-31');
  givenObligation(arisen(), lastDaySet('2023-12-31', 'board'), wait.set)
    .when(setLastDay, set('2024-03-31'), auditor('2023-06-01'), needs())
    .then(lastDaySet('2024-03-31'), wait.moved(lastDayWait('2023-06-01', '2024-03-31').plan, 'last-day-set'));
});

test('one that has passed when it is entered is overdue at once', () => {
  const wait = lastDayWait('2023-05-25', '2023-12-31');
  givenObligation(arisen())
    .when(setLastDay, { ...set('2023-12-31'), decision: CITED }, owner('2024-02-01'), needs(decided('2023-05-25')))
    .then(lastDaySet('2023-12-31', 'board'), wait.set, wait.missed());
});

test('of an obligation allotted to another board, that board is reminded', () => {
  const allotted = event(ObligationAllotted, { obligation: theObligation, to: boards.socialnamnden, on: day('2023-01-01'), decision: 'Kommunfullmäktige' });
  givenObligation(arisen(), allotted)
    .when(setLastDay, { ...set('2023-12-31'), decision: CITED }, owner('2023-06-01'), needs(decided('2023-05-25', { board: boards.socialnamnden })))
    .then(lastDaySet('2023-12-31', 'board'), lastDayWait('2023-05-25', '2023-12-31', boards.socialnamnden).set);
});

test('of what is judged met nobody waits for it', () => {
  const wait = lastDayWait('2023-06-01', '2023-12-31');
  givenObligation(arisen(), judged('met', '2023-04-18'))
    .when(setLastDay, set('2023-12-31'), auditor('2023-06-01'), needs())
    .then(lastDaySet('2023-12-31'), wait.set, wait.closed('2023-04-18', 'judged-met'));
});

test('the same day again says nothing new', () => {
  givenObligation(arisen(), lastDaySet('2023-12-31')).when(setLastDay, set('2023-12-31'), auditor('2023-06-01'), needs()).thenNothing();
});

test('a board without a decision is refused as last-day.decision-not-cited, with another’s as decision.other-board', () => {
  givenObligation(arisen()).when(setLastDay, set('2023-12-31'), owner('2023-06-01'), needs()).thenRefused('last-day.decision-not-cited');
  givenObligation(arisen())
    .when(setLastDay, { ...set('2023-12-31'), decision: CITED }, owner('2023-06-01'), needs(decided('2023-05-25', { board: boards.norrmalm })))
    .thenRefused('decision.other-board');
});

test('a last day that is not after the decision is refused as last-day.too-early, a decision tomorrow as day.in-the-future', () => {
  givenObligation(arisen())
    .when(setLastDay, { ...set('2023-05-25'), decision: CITED }, owner('2023-06-01'), needs(decided('2023-05-25')))
    .thenRefused('last-day.too-early');
  givenObligation(arisen())
    .when(setLastDay, { ...set('2023-12-31'), decidedOn: day('2023-06-02') }, auditor('2023-06-01'), needs())
    .thenRefused('day.in-the-future');
});

test('of what is implemented it is refused as obligation.implemented, of what is not there as obligation.unknown', () => {
  givenObligation(arisen(), implemented('2023-03-16'))
    .when(setLastDay, set('2023-12-31'), auditor('2023-06-01'), needs())
    .thenRefused('obligation.implemented');
  givenObligation().when(setLastDay, set('2023-12-31'), auditor('2023-06-01'), needs()).thenRefused('obligation.unknown');
});
