import { expect, test } from '@jest/globals';
import { day } from '#libs/kernel';
import {
  aDay,
  after,
  confirming,
  done,
  evidence,
  given,
  ids,
  on,
  ongoing,
  paper,
  promised,
  proposed,
  rules,
  statedDone,
  theDay,
  undated,
} from './action.given.js';
import { markDone, type MarkDone } from './mark-done.js';

const needs = { rules, evidence };
const mark = (doneOn: string, more: Partial<MarkDone> = {}): MarkDone => ({ action: ids.action, doneOn: day(doneOn), documents: [paper('report')], ...more });

test('it is done on the day, with what shows it, and nothing is awaited any more', () => {
  given(promised()).when(markDone, mark('2020-12-18'), on('2020-12-21'), needs).then(done('2020-12-18'), theDay().met('2020-12-18'));
});

test('done in time and recorded after it was called late, the lateness is withdrawn; done late, it stands', () => {
  given(promised(), theDay().missed())
    .when(markDone, mark('2020-12-31'), on('2021-01-11'), needs)
    .then(done('2020-12-31'), theDay().withdrawn(), theDay().met('2020-12-31', 3));
  given(promised(), theDay().missed()).when(markDone, mark('2021-01-08'), on('2021-01-11'), needs).then(done('2021-01-08'), theDay().met('2021-01-08'));
});

test('one that never got a day asks for none any more', () => {
  const fact = done('2020-10-05');
  const { promisedOn: _, firstPromisedOn: __, ...stands } = fact.data.stands;
  given(undated())
    .when(markDone, mark('2020-10-05'), on('2020-10-05'), needs)
    .then({ ...fact, data: { ...fact.data, stands } }, aDay().closed('2020-10-05', 'action-done'));
});

test('where the rule asks for it a second role confirms first: to its obligations it is still promised', () => {
  given(promised())
    .when(markDone, mark('2020-12-18'), on('2020-12-21'), { ...needs, rules: confirming })
    .then(done('2020-12-18', { confirmed: false }), theDay().met('2020-12-18'));
  expect(after(promised(), done('2020-12-18', { confirmed: false }))).toMatchObject({ status: 'marked-done', marked: { doneOn: '2020-12-18' } });
});

test('more about it may be written', () => {
  const fact = done('2020-12-18');
  given(promised())
    .when(markDone, mark('2020-12-18', { note: 'Alla planer.' }), on('2020-12-21'), needs)
    .then({ ...fact, data: { ...fact.data, note: 'Alla planer.' } }, theDay().met('2020-12-18'));
});

test('the same day again says nothing new, confirmed or not', () => {
  given(promised(), done('2020-12-18')).when(markDone, mark('2020-12-18'), on('2020-12-21'), needs).thenNothing();
  given(promised(), done('2020-12-18', { confirmed: false }))
    .when(markDone, mark('2020-12-18'), on('2020-12-21'), needs)
    .thenNothing();
});

test('with nothing that shows it, it is refused as action.evidence-missing', () => {
  given(promised())
    .when(markDone, mark('2020-12-18', { documents: [] }), on('2020-12-21'), needs)
    .thenRefused('action.evidence-missing');
  given(promised())
    .when(markDone, { action: ids.action, doneOn: day('2020-12-18') }, on('2020-12-21'), needs)
    .thenRefused('action.evidence-missing');
});

test('with a document that is not stored it is refused as document.unknown', () => {
  given(promised())
    .when(markDone, mark('2020-12-18', { documents: [paper('lost')] }), on('2020-12-21'), needs)
    .thenRefused('document.unknown');
});

test('a day to come is refused', () => {
  given(promised()).when(markDone, mark('2020-12-22'), on('2020-12-21'), needs).thenRefused('day.in-the-future');
});

test('what is ongoing is ended, and what is stated done is shown instead', () => {
  given(ongoing()).when(markDone, mark('2020-12-18'), on('2020-12-21'), needs).thenRefused('action.ongoing');
  given(statedDone()).when(markDone, mark('2020-12-18'), on('2020-12-21'), needs).thenRefused('action.stated-done');
});

test('what is only proposed, done on another day, marked as done on another day, or not there is refused', () => {
  given(proposed()).when(markDone, mark('2020-12-18'), on('2020-12-21'), needs).thenRefused('action.not-promised');
  given(promised(), done('2020-12-17')).when(markDone, mark('2020-12-18'), on('2020-12-21'), needs).thenRefused('action.over');
  given(promised(), done('2020-12-17', { confirmed: false }))
    .when(markDone, mark('2020-12-18'), on('2020-12-21'), needs)
    .thenRefused('action.marked-done');
  given().when(markDone, mark('2020-12-18'), on('2020-12-21'), needs).thenRefused('action.unknown');
});
