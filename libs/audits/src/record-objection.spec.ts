import { expect, test } from '@jest/globals';
import { event } from '#libs/kernel';
import { arisen, boards, by, CITED, decided, givenObligation, judged, judgementOf, owner, recommendation, theObligation } from './audits.given.js';
import { ObjectionRecorded } from './obligation.events.js';
import { obligation as stream } from './obligation.js';
import { recordObjection } from './record-objection.js';

const text = 'Uppföljningen är införd sedan 2022.';
const object = { obligation: theObligation, judgement: judgementOf(), text };
const objected = event(ObjectionRecorded, object);
const facts = [arisen(), judged('not-met', '2023-04-18')];
const nothing = by(undefined);

test('it is recorded beside the judgement and changes nothing of it', () => {
  givenObligation(facts).when(recordObjection, object, owner('2023-05-02'), nothing).then(objected);
  const [before, after] = [facts, [...facts, objected]].map((all) => all.reduce((state, fact) => stream.evolve(state, fact, {} as never), stream.initial));
  expect({ ...after, objections: [] }).toEqual(before);
});

test('it may cite the board’s decision', () => {
  givenObligation(facts)
    .when(recordObjection, { ...object, decision: CITED }, owner('2023-05-26'), by(decided('2023-05-25')))
    .then(event(ObjectionRecorded, { ...object, decision: CITED }));
});

test('another board’s decision is refused as decision.other-board', () => {
  givenObligation(facts)
    .when(recordObjection, { ...object, decision: CITED }, owner('2023-05-26'), by(decided('2023-05-25', { board: boards.norrmalm })))
    .thenRefused('decision.other-board');
});

test('the same again says nothing new', () => {
  givenObligation(facts, objected).when(recordObjection, object, owner('2023-05-02'), nothing).thenNothing();
});

test('to a judgement that was never recorded it is refused as judgement.unknown, to what is not there as obligation.unknown', () => {
  givenObligation(facts)
    .when(recordObjection, { ...object, judgement: recommendation }, owner('2023-05-02'), nothing)
    .thenRefused('judgement.unknown');
  givenObligation().when(recordObjection, object, owner('2023-05-02'), nothing).thenRefused('obligation.unknown');
});
