import { expect, test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import {
  evidence,
  given,
  ids,
  known,
  monthly,
  occasion,
  occasionRule,
  on,
  ongoing,
  paper,
  promised,
  promisedFact,
  proposed,
  undatedRule,
} from './action.given.js';
import { OccasionHeld } from './action.events.js';
import { awaitNextOccasion, ruleAfterMissed } from './await-next-occasion.js';
import { holdOccasion, ruleOfNextOccasion, type HoldOccasion } from './hold-occasion.js';

const needs = { rule: occasionRule, evidence };
const hold = (heldOn: string, more: Partial<HoldOccasion> = {}): HoldOccasion => ({
  action: ids.action,
  heldOn: day(heldOn),
  documents: [paper('minutes')],
  ...more,
});
const held = (heldOn: string, of = '2020-10-31') =>
  event(OccasionHeld, { action: ids.action, occasion: day(of), heldOn: day(heldOn), documents: [paper('minutes')] });
const october = occasion('2020-10-31', '2020-09-24');
const november = occasion('2020-11-30', '2020-10-31');
const december = occasion('2020-12-31', '2020-11-30');
const missedOnce = [...ongoing(), october.missed(), november.set];

test('an occasion is held for the period in which it was, and the next one is awaited', () => {
  given(ongoing()).when(holdOccasion, hold('2020-10-21'), on('2020-10-22'), needs).then(held('2020-10-21'), october.met('2020-10-21'), november.set);
});

test('a second one of the same period is recorded too, and nothing more is awaited', () => {
  given(ongoing(), held('2020-10-21'), october.met('2020-10-21'), november.set)
    .when(holdOccasion, hold('2020-10-28'), on('2020-10-28'), needs)
    .then(held('2020-10-28'));
});

test('an earlier one of the period, recorded later, is the one that was awaited', () => {
  given(ongoing(), held('2020-10-28'), october.met('2020-10-28'), november.set)
    .when(holdOccasion, hold('2020-10-14'), on('2020-11-02'), needs)
    .then(held('2020-10-14'), october.met('2020-10-14', 3));
});

test('a missed occasion is shown; the next one is awaited all the same', () => {
  given(ongoing(), october.missed())
    .when(awaitNextOccasion, { action: ids.action, missed: day('2020-10-31') }, on('2020-11-01'), { rule: occasionRule })
    .then(november.set);
  given(missedOnce)
    .when(awaitNextOccasion, { action: ids.action, missed: day('2020-10-31') }, on('2020-11-01'), { rule: occasionRule })
    .thenNothing();
});

test('when the next is held, or missed too, nobody is reminded of the first any more; that it was missed stays', () => {
  given(missedOnce)
    .when(holdOccasion, hold('2020-11-18'), on('2020-11-18'), needs)
    .then(held('2020-11-18', '2020-11-30'), november.met('2020-11-18'), october.closed('2020-11-18', 'occasion-passed'), december.set);
  given(missedOnce, november.missed())
    .when(awaitNextOccasion, { action: ids.action, missed: day('2020-11-30') }, on('2020-12-01'), { rule: occasionRule })
    .then(october.closed('2020-11-30', 'occasion-passed'), december.set);
});

test('held in time and recorded after it was missed, it was not missed', () => {
  given(missedOnce).when(holdOccasion, hold('2020-10-30'), on('2020-11-05'), needs).then(held('2020-10-30'), october.withdrawn(), october.met('2020-10-30', 3));
});

test('held late for a period that is named, it was missed and has been held', () => {
  given(missedOnce)
    .when(holdOccasion, hold('2020-11-04', { occasion: day('2020-10-31') }), on('2020-11-05'), needs)
    .then(held('2020-11-04'), october.met('2020-11-04'));
});

test('held early for the next period that is named, this one’s is still awaited', () => {
  given(ongoing())
    .when(holdOccasion, hold('2020-10-30', { occasion: day('2020-11-30') }), on('2020-10-30'), needs)
    .then(held('2020-10-30', '2020-11-30'), december.set);
});

test('a note tells of it where there is no document', () => {
  given(ongoing())
    .when(holdOccasion, { action: ids.action, heldOn: day('2020-10-21'), note: 'Delmål diskuterades.' }, on('2020-10-22'), needs)
    .thenTypes('OccasionHeld', 'DeadlineMet', 'DeadlineSet');
});

test('before the frequency is read it is recorded by its day, and none is awaited', () => {
  const unread = [proposed({ kind: 'ongoing', frequency: { asWritten: 'regelbundet' } }), promisedFact({ kind: 'ongoing' })];
  given(unread)
    .when(holdOccasion, hold('2020-10-21'), on('2020-10-22'), { ...needs, rule: undefined })
    .then(held('2020-10-21', '2020-10-21'));
});

test('the rule is that of the day from which the next is awaited', () => {
  const going = known(ongoing());
  const unread = known(proposed({ kind: 'ongoing', frequency: { asWritten: 'ofta' } }), promisedFact({ kind: 'ongoing' }));
  expect(ruleOfNextOccasion(going, hold('2020-10-21'))).toEqual({ type: 'action-occasion', startOn: '2020-10-31' });
  expect(ruleOfNextOccasion(unread, hold('2020-10-21'))).toBeUndefined();
  expect(ruleAfterMissed(going, { action: ids.action, missed: day('2020-10-31') })).toEqual({ type: 'action-occasion', startOn: '2020-10-31' });
  expect(ruleAfterMissed(unread, { action: ids.action, missed: day('2020-10-31') })).toBeUndefined();
});

test('the same again says nothing new', () => {
  given(ongoing(), held('2020-10-21'), october.met('2020-10-21'), november.set).when(holdOccasion, hold('2020-10-21'), on('2020-10-22'), needs).thenNothing();
});

test('of an action that has ended no next occasion is awaited', () => {
  given(promised())
    .when(awaitNextOccasion, { action: ids.action, missed: day('2020-10-31') }, on('2020-11-01'), { rule: undefined })
    .thenNothing();
  given()
    .when(awaitNextOccasion, { action: ids.action, missed: day('2020-10-31') }, on('2020-11-01'), { rule: undatedRule })
    .thenNothing();
});

test('a day to come, or before the first period and the promise, is refused', () => {
  given(ongoing()).when(holdOccasion, hold('2020-10-23'), on('2020-10-22'), needs).thenRefused('day.in-the-future');
  given(ongoing()).when(holdOccasion, hold('2020-09-23'), on('2020-10-22'), needs).thenRefused('action.before-first-occasion');
  given(ongoing()).when(holdOccasion, hold('2020-09-24'), on('2020-10-22'), needs).thenTypes('OccasionHeld', 'DeadlineMet', 'DeadlineSet');
  given(ongoing({ ...monthly, startsOn: day('2020-01-01') }))
    .when(holdOccasion, hold('2019-12-31'), on('2020-10-22'), needs)
    .thenRefused('action.before-first-occasion');
});

test('a period that is none, or lies too far ahead, is refused as action.no-such-occasion', () => {
  given(ongoing())
    .when(holdOccasion, hold('2020-10-21', { occasion: day('2020-10-30') }), on('2020-10-22'), needs)
    .thenRefused('action.no-such-occasion');
  given(ongoing())
    .when(holdOccasion, hold('2020-10-21', { occasion: day('2020-12-31') }), on('2020-10-22'), needs)
    .thenRefused('action.no-such-occasion');
});

test('nothing that shows it, a document that is not stored, an action that is not ongoing or not there: refused', () => {
  given(ongoing())
    .when(holdOccasion, { action: ids.action, heldOn: day('2020-10-21') }, on('2020-10-22'), needs)
    .thenRefused('action.evidence-missing');
  given(ongoing())
    .when(holdOccasion, hold('2020-10-21', { documents: [paper('lost')] }), on('2020-10-22'), needs)
    .thenRefused('document.unknown');
  given(promised()).when(holdOccasion, hold('2020-10-21'), on('2020-10-22'), needs).thenRefused('action.not-ongoing');
  given(proposed({ kind: 'ongoing', frequency: monthly }))
    .when(holdOccasion, hold('2020-10-21'), on('2020-10-22'), needs)
    .thenRefused('action.not-promised');
  given().when(holdOccasion, hold('2020-10-21'), on('2020-10-22'), needs).thenRefused('action.unknown');
});
