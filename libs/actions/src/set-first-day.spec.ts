import { expect, test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import {
  aDay,
  after,
  answers,
  dayRule,
  done,
  given,
  ids,
  known,
  movedTo,
  on,
  ongoing,
  promised,
  proposed,
  statedDone,
  theDay,
  undated,
} from './action.given.js';
import { FirstDaySet } from './action.events.js';
import { ruleOfFirstDay, setFirstDay } from './set-first-day.js';

const set = (date: string, more: { setOn?: string; reason?: string } = {}) => ({
  action: ids.action,
  on: day(date),
  ...(more.setOn !== undefined && { setOn: day(more.setOn) }),
  ...(more.reason !== undefined && { reason: more.reason }),
});
const firstDay = (date: string, setOn: string, status: 'proposed' | 'promised' = 'promised', reason?: string) =>
  event(FirstDaySet, { action: ids.action, on: day(date), setOn: day(setOn), ...(reason !== undefined && { reason }), ...answers(status, { by: date }) });
const rule = { rule: dayRule };

test('an undated action gets its first day: it asks for none any more, and is awaited by it', () => {
  given(undated())
    .when(setFirstDay, set('2021-03-31', { reason: 'Efter utbildningen.' }), on('2020-10-12'), rule)
    .then(firstDay('2021-03-31', '2020-10-12', 'promised', 'Efter utbildningen.'), aDay().met('2020-10-12'), theDay('2021-03-31', '2020-10-12').set);
});

test('that is no move: the limits are counted from it', () => {
  expect(after(undated(), firstDay('2021-03-31', '2020-10-12'))).toMatchObject({ firstPromisedOn: '2021-03-31', promisedOn: '2021-03-31', moves: 0 });
});

test('said in time and recorded after it was called missed, the lateness is withdrawn', () => {
  given(undated(), aDay().missed())
    .when(setFirstDay, set('2021-03-31', { setOn: '2020-10-20' }), on('2020-11-02'), rule)
    .then(firstDay('2021-03-31', '2020-10-20'), aDay().withdrawn(), aDay().met('2020-10-20', 3), theDay('2021-03-31', '2020-10-20').set);
});

test('of what is only proposed nothing is awaited yet', () => {
  given(proposed({ by: null }))
    .when(setFirstDay, set('2021-03-31'), on('2020-09-10'), { rule: undefined })
    .then(firstDay('2021-03-31', '2020-09-10', 'proposed'));
});

test('the rule is that of the day it was said', () => {
  const state = known(undated());
  expect(ruleOfFirstDay(state, set('2021-03-31', { setOn: '2020-10-02' }), day('2020-10-12'))).toEqual({ type: 'action-day', startOn: '2020-10-02' });
  expect(ruleOfFirstDay(state, set('2021-03-31'), day('2020-10-12'))).toEqual({ type: 'action-day', startOn: '2020-10-12' });
});

test('the same day again says nothing new', () => {
  given(promised()).when(setFirstDay, set('2020-12-31'), on('2020-10-12'), rule).thenNothing();
});

test('another day, or one that was moved since, is refused as action.day-set', () => {
  given(promised()).when(setFirstDay, set('2021-01-31'), on('2020-10-12'), rule).thenRefused('action.day-set');
  given(promised(), movedTo('2021-01-31')).when(setFirstDay, set('2021-01-31'), on('2020-12-12'), rule).thenRefused('action.day-set');
});

test('a day before it was said is refused as action.first-day-past', () => {
  given(undated()).when(setFirstDay, set('2020-10-01'), on('2020-10-12'), rule).thenRefused('action.first-day-past');
});

test('said tomorrow, or before the promise, it is refused', () => {
  given(undated())
    .when(setFirstDay, set('2021-03-31', { setOn: '2020-10-13' }), on('2020-10-12'), rule)
    .thenRefused('day.in-the-future');
  given(undated())
    .when(setFirstDay, set('2021-03-31', { setOn: '2020-09-01' }), on('2020-10-12'), rule)
    .thenRefused('day.before-promise');
});

test('what is ongoing or stated done has no day: action.has-no-day', () => {
  given(ongoing()).when(setFirstDay, set('2021-03-31'), on('2020-10-12'), rule).thenRefused('action.has-no-day');
  given(statedDone()).when(setFirstDay, set('2021-03-31'), on('2020-10-12'), rule).thenRefused('action.has-no-day');
});

test('an action that is done, marked as done or not there is refused', () => {
  given(undated(), done('2020-10-10')).when(setFirstDay, set('2021-03-31'), on('2020-10-12'), rule).thenRefused('action.over');
  given(undated(), done('2020-10-10', { confirmed: false }))
    .when(setFirstDay, set('2021-03-31'), on('2020-10-12'), rule)
    .thenRefused('action.marked-done');
  given().when(setFirstDay, set('2021-03-31'), on('2020-10-12'), rule).thenRefused('action.unknown');
});
