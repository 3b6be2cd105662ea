import { expect, test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import {
  aDay,
  after,
  answers,
  dayRule,
  given,
  ids,
  known,
  movedTo,
  on,
  ongoing,
  promised,
  proposed,
  rules,
  theDay,
  undated,
  type Facts,
} from './action.given.js';
import { TimeReadAnew } from './action.events.js';
import { readTimeAnew, ruleOfReading } from './read-time-anew.js';

const written = { timeAsWritten: 'innan sommaren', by: '2021-06-30' };
const read = (to: string, more: { timeAsWritten?: string; reason?: string } = { reason: 'Med sommaren avses midsommar.' }) => ({
  action: ids.action,
  to: day(to),
  ...more,
});
interface Reading {
  readonly from?: string | null;
  readonly by?: string;
  readonly status?: 'promised' | 'proposed';
  readonly timeAsWritten?: string;
}
const reading = (to: string, { from = '2021-06-30', by = to, status = 'promised', timeAsWritten }: Reading = {}) =>
  event(TimeReadAnew, {
    action: ids.action,
    ...(timeAsWritten !== undefined && { timeAsWritten }),
    ...(from !== null && { from: day(from) }),
    to: day(to),
    reason: 'Med sommaren avses midsommar.',
    ...answers(status, { by, first: to }),
  });
const needs = { rule: dayRule, rules };

test('a time is taken to mean another day: a correction with reason, no move', () => {
  given(promised(written))
    .when(readTimeAnew, read('2021-06-24'), on('2020-11-02'), needs)
    .then(reading('2021-06-24'), theDay('2021-06-30').moved(theDay('2021-06-24').plan, 'time-read-anew', 2));
  expect(after(promised(written), reading('2021-06-24'))).toMatchObject({ firstPromisedOn: '2021-06-24', promisedOn: '2021-06-24', moves: 0 });
});

test('the words of the reply may be recorded with it', () => {
  given(promised({ by: '2021-06-30' }))
    .when(readTimeAnew, read('2021-06-24', { timeAsWritten: 'innan sommaren', reason: 'Med sommaren avses midsommar.' }), on('2020-11-02'), needs)
    .then(reading('2021-06-24', { timeAsWritten: 'innan sommaren' }), theDay('2021-06-30').moved(theDay('2021-06-24').plan, 'time-read-anew', 2));
});

test('read as a day that has passed it is late; as one that has not, late no more', () => {
  given(promised(written)).when(readTimeAnew, read('2021-05-31'), on('2021-06-07'), needs).thenTypes('TimeReadAnew', 'DeadlineMoved', 'DeadlineMissed');
  given(promised({ ...written, by: '2021-05-31' }), theDay('2021-05-31').missed())
    .when(readTimeAnew, read('2021-06-24'), on('2021-06-07'), needs)
    .thenTypes('TimeReadAnew', 'LatenessWithdrawn', 'DeadlineMoved');
});

test('a time that was taken to mean no day gets one: it is awaited by it from the promise on, and no day is asked for any more', () => {
  given(undated({ timeAsWritten: 'innan sommaren' }))
    .when(readTimeAnew, read('2021-06-24'), on('2020-10-12'), needs)
    .then(reading('2021-06-24', { from: null }), aDay().met('2020-10-12'), theDay('2021-06-24').set);
});

test('a day that has been moved since stays where it was moved to; the moves are counted from the new reading', () => {
  const moves = movedTo('2021-07-31', { from: '2021-06-30', first: '2021-06-30' });
  given(promised(written), moves)
    .when(readTimeAnew, read('2021-06-24'), on('2020-12-02'), needs)
    .then(reading('2021-06-24', { by: '2021-07-31' }));
  expect(after(promised(written), moves, reading('2021-06-24', { by: '2021-07-31' }))).toMatchObject({
    firstPromisedOn: '2021-06-24',
    promisedOn: '2021-07-31',
    moves: 1,
  });
});

test('a reading by which the day has been moved further than anyone approved is refused as action.reading-past-limit', () => {
  const moves = movedTo('2021-09-30', { from: '2021-06-30', first: '2021-06-30' });
  given(promised(written), moves).when(readTimeAnew, read('2021-06-24'), on('2020-12-02'), needs).thenRefused('action.reading-past-limit');
  const approved = movedTo('2021-09-30', { from: '2021-06-30', first: '2021-06-30', approvedBy: 'unit-head' });
  given(promised(written), approved).when(readTimeAnew, read('2021-06-24'), on('2020-12-02'), needs).thenTypes('TimeReadAnew');
});

test('a proposal is read anew too, and nothing is awaited of it', () => {
  given(proposed(written))
    .when(readTimeAnew, read('2021-06-24'), on('2020-09-10'), { ...needs, rule: undefined })
    .then(reading('2021-06-24', { status: 'proposed' }));
});

const asked = (...facts: Facts) => ruleOfReading(known(...facts));

test('the rule is that of the day on which the wait began', () => {
  expect(asked(promised(written))).toEqual({ type: 'action-day', startOn: '2020-09-24' });
  expect(asked(undated())).toEqual({ type: 'action-day', startOn: '2020-09-24' });
  expect(asked(proposed())).toBeUndefined();
});

test('the same reading says nothing new', () => {
  given(promised(written)).when(readTimeAnew, read('2021-06-30', {}), on('2020-11-02'), needs).thenNothing();
});

test('without a reason, without words to read, or of what has no day it is refused', () => {
  given(promised(written)).when(readTimeAnew, read('2021-06-24', {}), on('2020-11-02'), needs).thenRefused('action.reason-missing');
  given(promised()).when(readTimeAnew, read('2021-06-24'), on('2020-11-02'), needs).thenRefused('action.nothing-to-read');
  given(ongoing()).when(readTimeAnew, read('2021-06-24'), on('2020-11-02'), needs).thenRefused('action.has-no-day');
  given().when(readTimeAnew, read('2021-06-24'), on('2020-11-02'), needs).thenRefused('action.unknown');
});
