import { expect, test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import { after, done, given, ids, on, paper, promised, statedDone, theDay, answers } from './action.given.js';
import { DoneDayCorrected, EvidenceAdded } from './action.events.js';
import { correctDoneDay } from './correct-done-day.js';

const correct = (doneOn: string, reason = 'Felskriven.') => ({ action: ids.action, doneOn: day(doneOn), reason });
const corrected = (from: string, to: string) => event(DoneDayCorrected, { action: ids.action, from: day(from), to: day(to), reason: 'Felskriven.' });
const doneLate = [...promised(), theDay().missed(), done('2021-01-18'), theDay().met('2021-01-18')];
const asked = on('2021-02-01');

test('done in time after all, the lateness is withdrawn', () => {
  given(doneLate)
    .when(correctDoneDay, correct('2020-12-18'), asked)
    .then(corrected('2021-01-18', '2020-12-18'), theDay().withdrawn(3), theDay().met('2020-12-18', 4));
  expect(after(doneLate, corrected('2021-01-18', '2020-12-18'))).toMatchObject({ status: 'done', doneOn: '2020-12-18' });
});

test('done late after all, it was missed', () => {
  given(promised(), done('2020-12-18'), theDay().met('2020-12-18'))
    .when(correctDoneDay, correct('2021-01-18'), asked)
    .then(corrected('2020-12-18', '2021-01-18'), theDay().missed(2), theDay().met('2021-01-18', 3));
});

test('of what awaits confirmation too, which it still does', () => {
  const marked = [...promised(), done('2020-12-18', { confirmed: false }), theDay().met('2020-12-18')];
  given(marked).when(correctDoneDay, correct('2020-12-17'), asked).then(corrected('2020-12-18', '2020-12-17'), theDay().met('2020-12-17', 3));
  expect(after(marked, corrected('2020-12-18', '2020-12-17'))).toMatchObject({ status: 'marked-done', marked: { doneOn: '2020-12-17' } });
});

test('the same day says nothing new', () => {
  given(doneLate).when(correctDoneDay, correct('2021-01-18'), asked).thenNothing();
});

test('without a reason, to a day to come, of what is not done or never had a day: refused', () => {
  given(doneLate)
    .when(correctDoneDay, { action: ids.action, doneOn: day('2020-12-18') }, asked)
    .thenRefused('action.reason-missing');
  given(doneLate).when(correctDoneDay, correct('2021-02-02'), asked).thenRefused('day.in-the-future');
  given(promised()).when(correctDoneDay, correct('2020-12-18'), asked).thenRefused('action.no-done-day');
  const shown = event(EvidenceAdded, { action: ids.action, documents: [paper('checklist')], ...answers('done', { kind: 'already-done' }) });
  given(statedDone(), shown).when(correctDoneDay, correct('2020-12-18'), asked).thenRefused('action.no-done-day');
  given().when(correctDoneDay, correct('2020-12-18'), asked).thenRefused('action.unknown');
});
