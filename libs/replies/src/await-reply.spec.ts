import { expect, test } from '@jest/globals';
import { awaitReply } from './await-reply.js';
import {
  answerDue,
  awaited,
  awaitedUndated,
  counting,
  countingMerged,
  due,
  duePlan,
  given,
  givenReply,
  granted,
  ids,
  meetings,
  noLongerAwaited,
  on,
  own,
  planning,
  referral,
  replyAwaited,
  requested,
  ruleOn,
  unmerged,
} from './reply.given.js';
import { isThere } from './reply-plan.js';

const asked = { audit: ids.audit, board: ids.board };
const needs = (of = referral('2020-10-15')) => ({ referral: of, ruleOn, planning: counting });
const noCalendar = (of = referral('2020-10-15')) => ({ referral: of, ruleOn, planning: planning(unmerged) });
const planOf = (events: readonly { readonly type: string; readonly data: unknown }[]) =>
  (events.find(({ type }) => type === 'ReplyPlanned')?.data as { plan: Parameters<typeof isThere>[0] } | undefined)?.plan;

test('a reply that is asked for by a day is awaited until that day, and its plan is counted back from it', () => {
  const { events } = given().when(awaitReply, asked, on('2020-06-01'), needs());
  expect(events.slice(0, 2)).toEqual([replyAwaited('2020-10-15'), due().set]);
  expect(planOf(events)).toMatchObject({ meeting: { meeting: meetings.september.meeting }, dispatchOn: '2020-10-15' });
});

test('its last day is unknown: no deadline is made up, and no plan', () => {
  given().when(awaitReply, asked, on('2020-06-01'), needs(referral())).then(replyAwaited());
});

test('a reply that the board may give has no deadline, whatever day is said', () => {
  given()
    .when(awaitReply, asked, on('2020-06-01'), needs({ ...referral(undefined, 'possible-reply') }))
    .then(replyAwaited(undefined, 'possible-reply'));
});

test('a report for information gives no reply', () => {
  given()
    .when(awaitReply, asked, on('2020-06-01'), needs(referral(undefined, 'information')))
    .thenNothing();
});

test('a report that was not referred to the board gives none', () => {
  given().when(awaitReply, asked, on('2020-06-01'), { referral: undefined, ruleOn, planning: counting }).thenNothing();
});

test('entered after its last day it is late at once, and no meeting suffices', () => {
  const { events } = given().when(awaitReply, asked, on('2020-10-20'), needs());
  expect(events.slice(0, 3)).toEqual([replyAwaited('2020-10-15'), due().setLate, due().missed()]);
  expect(planOf(events)).toMatchObject({ none: 'last-day-passed' });
});

test('the day of handing over is unknown: its deadline begins on the day it is recorded', () => {
  const { referredOn: _referredOn, ...unknown } = referral('2020-10-15');
  const { events } = given().when(awaitReply, asked, on('2020-06-01'), noCalendar(unknown));
  expect(events[1]).toEqual(due('2020-10-15', '2020-06-01').set);
});

test('a last day before the day it is recorded, of a report handed over on an unknown day, begins its deadline itself', () => {
  const { referredOn: _referredOn, ...unknown } = referral('2020-05-29');
  const { events } = given().when(awaitReply, asked, on('2020-06-01'), noCalendar(unknown));
  expect(events[1]).toEqual(due('2020-05-29', '2020-05-29').setLate);
});

test('the same referral again says nothing new', () => {
  given(awaited()).when(awaitReply, asked, on('2020-06-02'), needs()).thenNothing();
  given(awaitedUndated()).when(awaitReply, asked, on('2020-06-02'), needs(referral())).thenNothing();
});

test('the referral was corrected: the deadline moves, and the plan is counted again', () => {
  const { events } = given(awaited()).when(awaitReply, asked, on('2020-06-02'), needs(referral('2020-09-15')));
  expect(events.slice(0, 2)).toEqual([replyAwaited('2020-09-15'), due().moved(duePlan('2020-09-15'), 'referral-corrected', 2)]);
  expect(events[2]?.data).toMatchObject({ because: 'last-day-changed', plan: { none: 'no-meeting-before-last-day' } });
});

test('its last day has become known', () => {
  const { events } = given(awaitedUndated()).when(awaitReply, asked, on('2020-06-02'), needs());
  expect(events.slice(0, 2)).toEqual([replyAwaited('2020-10-15'), due().set]);
  expect(planOf(events)).toMatchObject({ lastOn: '2020-10-15' });
});

test('its last day was wrong and is unknown: nothing is awaited by a day any more', () => {
  given(awaited()).when(awaitReply, asked, on('2020-06-02'), needs(referral())).then(replyAwaited(), due().closed('2020-06-02', 'no-last-day'));
});

test('an extension stands, whatever is corrected in the referral', () => {
  const extended = [...awaited(), granted('2020-11-15', '2020-06-01'), due().moved(duePlan('2020-11-15'), 'extension-granted', 2)];
  const { events } = given(extended).when(awaitReply, asked, on('2020-06-02'), noCalendar(referral('2020-09-30')));
  expect(events.map(({ type }) => type)).toEqual(['ReplyAwaited', 'ReplyPlanned']);
  expect(events[0]?.data).toMatchObject({ dueOn: '2020-09-30', stands: { dueOn: '2020-11-15' } });
  expect(planOf(events)).toMatchObject({ lastOn: '2020-11-15' });
});

test('the referral was corrected to information only: nothing is awaited any more, no answer either', () => {
  given(awaited(), requested('2020-11-15', '2020-06-01'), answerDue('2020-06-01').set)
    .when(awaitReply, asked, on('2020-06-02'), needs(referral(undefined, 'information')))
    .then(noLongerAwaited, due().closed('2020-06-02', 'not-awaited'), answerDue('2020-06-01').closed('2020-06-02', 'not-awaited'));
  given(awaitedUndated(), noLongerAwaited)
    .when(awaitReply, asked, on('2020-06-03'), needs(referral(undefined, 'information')))
    .thenNothing();
});

test('and corrected back: it is awaited again', () => {
  const closed = [...awaited(), noLongerAwaited, due().closed('2020-06-02', 'not-awaited')];
  const { events } = given(closed).when(awaitReply, asked, on('2020-06-03'), noCalendar());
  expect(events.slice(0, 2)).toEqual([replyAwaited('2020-10-15'), due().moved(duePlan(), 'reply-awaited-again', 3)]);
});

test('a reply that is given stays given, asked for or not', () => {
  given(givenReply())
    .when(awaitReply, asked, on('2020-10-12'), needs(referral(undefined, 'information')))
    .thenNothing();
});

test('Älvsjö’s reply is counted by Hägersten-Älvsjö’s calendar once the merger is known', () => {
  const { events } = given().when(awaitReply, asked, on('2020-06-01'), { ...needs(), planning: countingMerged });
  expect(planOf(events)).toMatchObject({ meeting: { meeting: meetings.merged.meeting, board: ids.successor, on: '2020-09-24' } });
});

test('the steps are the board’s own, where its successor has set none', () => {
  const { events } = given().when(awaitReply, asked, on('2020-06-01'), { ...needs(), planning: countingMerged });
  expect(planOf(events)).toMatchObject({ steps: [{ name: own.steps[0]?.name, on: '2020-09-07', before: 'stop', beforeOn: '2020-09-10' }] });
});
