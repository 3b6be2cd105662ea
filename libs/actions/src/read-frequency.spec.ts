import { expect, test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import { aDay, after, given, ids, known, monthly, occasion, occasionRule, on, ongoing, promised, promisedFact, proposed } from './action.given.js';
import { FrequencyReadAnew, OccasionHeld, type Frequency } from './action.events.js';
import { readFrequency, ruleOfFrequency } from './read-frequency.js';

const rule = { rule: occasionRule };
const quarterly: Frequency = { asWritten: 'regelbundna stickprov', everyMonths: 3, startsOn: day('2020-10-01') };
const read = (frequency: Frequency, more: { reason?: string; on?: string } = {}) => ({
  action: ids.action,
  frequency,
  ...(more.reason !== undefined && { reason: more.reason }),
  ...(more.on !== undefined && { on: day(more.on) }),
});
const fact = (frequency: Frequency, date: string, reason?: string) =>
  event(FrequencyReadAnew, { action: ids.action, frequency, on: day(date), ...(reason !== undefined && { reason }) });
const unread = [proposed({ kind: 'ongoing', frequency: { asWritten: 'regelbundna stickprov' } }), promisedFact({ kind: 'ongoing' }), aDay().set];
const october = occasion('2020-10-31', '2020-09-24');

test('read for the first time, no frequency is asked for any more, and the occasion of the period is awaited', () => {
  given(unread)
    .when(readFrequency, read(quarterly), on('2020-10-12'), rule)
    .then(fact(quarterly, '2020-10-12'), aDay().met('2020-10-12'), occasion('2020-12-31', '2020-10-12').set);
  expect(after(unread, fact(quarterly, '2020-10-12'))).toMatchObject({ frequency: quarterly });
});

test('read anew, with a reason, another occasion is awaited instead', () => {
  given(ongoing())
    .when(readFrequency, read(quarterly, { reason: 'Varje kvartal räcker.' }), on('2020-10-12'), rule)
    .then(
      fact(quarterly, '2020-10-12', 'Varje kvartal räcker.'),
      october.closed('2020-10-12', 'frequency-read-anew'),
      occasion('2020-12-31', '2020-10-12').set,
    );
});

test('read back, the occasion that was awaited before is awaited again', () => {
  const there = [...ongoing(), fact(quarterly, '2020-10-12'), october.closed('2020-10-12', 'frequency-read-anew'), occasion('2020-12-31', '2020-10-12').set];
  given(there)
    .when(readFrequency, read(monthly, { reason: 'Månadsvis ändå.' }), on('2020-10-13'), rule)
    .then(
      fact(monthly, '2020-10-13', 'Månadsvis ändå.'),
      occasion('2020-12-31', '2020-10-12').closed('2020-10-13', 'frequency-read-anew'),
      october.moved(october.plan, 'frequency-read-anew', 3),
    );
});

test('where the period’s occasion has been held nothing more of it is awaited', () => {
  const held = event(OccasionHeld, { action: ids.action, occasion: day('2020-10-31'), heldOn: day('2020-10-05'), documents: [], note: 'Möte.' });
  const fortnightly: Frequency = { asWritten: 'månatliga metodmöten', everyMonths: 1 };
  given(ongoing(), held, october.met('2020-10-05'))
    .when(readFrequency, read({ ...fortnightly, startsOn: day('2020-10-01'), asWritten: 'varje månad' }, { reason: 'Ordalydelsen.' }), on('2020-10-12'), rule)
    .thenTypes('FrequencyReadAnew');
});

test('of what is only proposed nothing is awaited yet', () => {
  given(proposed({ kind: 'ongoing', frequency: { asWritten: 'regelbundna stickprov' } }))
    .when(readFrequency, read(quarterly), on('2020-09-10'), { rule: undefined })
    .then(fact(quarterly, '2020-09-10'));
});

test('the rule is that of the day from which it is read so', () => {
  const state = known(unread);
  expect(ruleOfFrequency(state, read(quarterly), day('2020-10-12'))).toEqual({ type: 'action-occasion', startOn: '2020-10-12' });
  expect(ruleOfFrequency(state, read(quarterly, { on: '2020-10-01' }), day('2020-10-12'))).toEqual({ type: 'action-occasion', startOn: '2020-10-01' });
});

test('the same reading says nothing new', () => {
  given(ongoing()).when(readFrequency, read(monthly), on('2020-10-12'), rule).thenNothing();
});

test('saying neither months nor days, or both, or no reason the second time, is refused', () => {
  given(unread)
    .when(readFrequency, read({ asWritten: 'ofta' }), on('2020-10-12'), rule)
    .thenRefused('action.frequency-unread');
  given(unread)
    .when(readFrequency, read({ asWritten: 'ofta', everyDays: 7, everyMonths: 1 }), on('2020-10-12'), rule)
    .thenRefused('action.frequency-twice');
  given(ongoing()).when(readFrequency, read(quarterly), on('2020-10-12'), rule).thenRefused('action.reason-missing');
});

test('from a day to come, from before the promise, or of what is not ongoing, it is refused', () => {
  given(unread)
    .when(readFrequency, read(quarterly, { on: '2020-10-13' }), on('2020-10-12'), rule)
    .thenRefused('day.in-the-future');
  given(unread)
    .when(readFrequency, read(quarterly, { on: '2020-09-13' }), on('2020-10-12'), rule)
    .thenRefused('day.before-promise');
  given(promised()).when(readFrequency, read(quarterly), on('2020-10-12'), rule).thenRefused('action.not-ongoing');
  given().when(readFrequency, read(quarterly), on('2020-10-12'), rule).thenRefused('action.unknown');
});
