import { expect, test } from '@jest/globals';
import { day, instant, type Instant } from '#libs/kernel';
import { given } from '#libs/testing';
import type { LateSummaryEvent } from './late-summary.events.js';
import { lateSummaries, nextMorning } from './late-summary.js';
import { id, issued, MORNING, noted, owner } from './late-summary.samples.js';
import { NoteLateRecording, noteLateRecording } from './note-late-recording.js';

const by = { actor: 'reactions', role: 'system', unit: id('Östermalm') };
const note = (name: string): NoteLateRecording =>
  Object.assign(new NoteLateRecording(), { deadline: id(name), stream: `reply-${id(name)}`, type: 'reply', unit: id('Östermalm'), dueOn: day('2019-10-15') });
const noting = (name: string, now: Instant, ...facts: LateSummaryEvent[]) =>
  given(lateSummaries, ...facts).when(noteLateRecording, note(name), { now, by, id: owner });

test('what was recorded late waits for the next morning', () => {
  noting('a', instant('2020-10-01T14:00:00+02:00')).then(noted('a', 'Östermalm'));
});

test('what is noted until then goes with the same summary', () => {
  noting('b', instant('2020-10-01T23:59:00+02:00'), noted('a', 'Östermalm')).then(noted('b', 'Östermalm'));
  noting('b', instant('2020-10-02T08:00:01+02:00'), noted('a', 'Östermalm')).then(noted('b', 'Östermalm'));
});

test('what is noted after a summary was issued waits for the next one', () => {
  noting('b', instant('2020-10-02T08:00:01+02:00'), noted('a', 'Östermalm'), issued('Östermalm', ['Östermalm'])).then(
    noted('b', 'Östermalm', instant('2020-10-05T08:00:00+02:00')),
  );
});

test.each([
  ['before eight on a working day', '2020-10-01T07:59:59+02:00', '2020-10-01T06:00:00.000Z'],
  ['at eight', '2020-10-01T08:00:00+02:00', '2020-10-02T06:00:00.000Z'],
  ['on a Friday', '2020-10-02T15:00:00+02:00', '2020-10-05T06:00:00.000Z'],
  ['on a Saturday', '2020-10-03T06:00:00+02:00', '2020-10-05T06:00:00.000Z'],
  ['on the eve of Christmas', '2020-12-24T09:00:00+01:00', '2020-12-28T07:00:00.000Z'],
])('of what is recorded %s people are told the next morning on which offices work', (_when, now, morning) => {
  expect(nextMorning(instant(now))).toBe(morning);
});

test('the sample’s morning is the one after', () => {
  expect(nextMorning(instant('2020-10-01T14:00:00+02:00'))).toBe(MORNING);
});
