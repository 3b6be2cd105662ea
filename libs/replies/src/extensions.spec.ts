import { expect, test } from '@jest/globals';
import { day } from '#libs/kernel';
import { grantExtension } from './grant-extension.js';
import { refuseExtension } from './refuse-extension.js';
import {
  answerDue,
  answerRule,
  approvedReply,
  awaited,
  awaitedUndated,
  counting,
  due,
  duePlan,
  given,
  givenReply,
  granted,
  ids,
  noLongerAwaited,
  on,
  planning,
  refused,
  replyAwaited,
  reportWritten,
  requested,
  ruleOn,
  unmerged,
} from './reply.given.js';
import { requestExtension } from './request-extension.js';

const reason = 'Nämnden sammanträder för sent.';
const request = (until: string, date: string) => ({ reply: ids.reply, until: day(until), on: day(date), reason });
const grant = (until: string, date: string) => ({ reply: ids.reply, until: day(until), on: day(date) });
const refuse = (date: string, why?: string) => ({ reply: ids.reply, on: day(date), ...(why !== undefined && { reason: why }) });
const rules = { rule: answerRule };
const needs = { ruleOn, planning: planning(unmerged) };
const asking = [...awaited(), requested('2020-11-15', '2020-09-01'), answerDue('2020-09-01').set];

test('an extension is asked for, and its answer awaited by a day of its own', () => {
  given(awaited())
    .when(requestExtension, request('2020-11-15', '2020-09-01'), on('2020-09-01'), rules)
    .then(requested('2020-11-15', '2020-09-01'), answerDue('2020-09-01').set);
});

test('the same request again says nothing new; another while it is not answered is refused as extension.pending', () => {
  given(asking).when(requestExtension, request('2020-11-15', '2020-09-01'), on('2020-09-02'), rules).thenNothing();
  given(asking).when(requestExtension, request('2020-11-30', '2020-09-02'), on('2020-09-02'), rules).thenRefused('extension.pending');
});

test('a second request after the first was answered is another', () => {
  given(asking, refused('2020-09-03'), answerDue('2020-09-01').met('2020-09-03'))
    .when(requestExtension, request('2020-11-01', '2020-09-04'), on('2020-09-04'), rules)
    .then(requested('2020-11-01', '2020-09-04', 2), answerDue('2020-09-04', 2).set);
});

test('no later than the last day it is refused as extension.not-later, without one as extension.no-last-day', () => {
  given(awaited()).when(requestExtension, request('2020-10-15', '2020-09-01'), on('2020-09-01'), rules).thenRefused('extension.not-later');
  given(awaitedUndated()).when(requestExtension, request('2020-10-15', '2020-09-01'), on('2020-09-01'), rules).thenRefused('extension.no-last-day');
});

test('after the reply it is refused as extension.after-reply; one before it may be recorded late, and awaits nothing', () => {
  given(givenReply()).when(requestExtension, request('2020-11-15', '2020-10-12'), on('2020-10-12'), rules).thenRefused('extension.after-reply');
  given(givenReply()).when(requestExtension, request('2020-11-15', '2020-09-01'), on('2020-10-12'), rules).then(requested('2020-11-15', '2020-09-01'));
});

test('a day that is not possible is refused', () => {
  given(awaited()).when(requestExtension, request('2020-11-15', '2020-09-02'), on('2020-09-01'), rules).thenRefused('day.in-the-future');
  given(awaited()).when(requestExtension, request('2020-11-15', '2020-05-20'), on('2020-09-01'), rules).thenRefused('day.before-referral');
});

test('granted: the last day moves, the answer has come, and the plan is counted again', () => {
  const { events } = given(asking).when(grantExtension, grant('2020-11-15', '2020-09-04'), on('2020-09-04'), { ruleOn, planning: counting });
  expect(events.slice(0, 3)).toEqual([
    granted('2020-11-15', '2020-09-04'),
    answerDue('2020-09-01').met('2020-09-04'),
    due().moved(duePlan('2020-11-15'), 'extension-granted', 2),
  ]);
  expect(events[3]?.data).toMatchObject({ because: 'extension-granted', plan: { lastOn: '2020-11-15', dispatchOn: '2020-11-13' } });
});

test('granted though nobody asked', () => {
  given(awaited())
    .when(grantExtension, grant('2020-11-15', '2020-09-04'), on('2020-09-04'), needs)
    .thenTypes('ExtensionGranted', 'DeadlineMoved', 'ReplyPlanned');
});

test('granted after the day had passed: the lateness is withdrawn', () => {
  given(awaited(), due().missed())
    .when(grantExtension, grant('2020-11-15', '2020-10-14'), on('2020-10-20'), needs)
    .thenTypes('ExtensionGranted', 'LatenessWithdrawn', 'DeadlineMoved', 'ReplyPlanned');
});

test('a reply that is proposed is so after it too', () => {
  const { events } = given(awaited(), reportWritten('2020-09-01')).when(grantExtension, grant('2020-11-15', '2020-09-04'), on('2020-09-04'), needs);
  expect(events[0]).toEqual(granted('2020-11-15', '2020-09-04', 'proposed'));
});

test('the board has decided: the last day moves, and there is nothing to plan', () => {
  given(approvedReply()).when(grantExtension, grant('2020-11-15', '2020-10-06'), on('2020-10-06'), needs).thenTypes('ExtensionGranted', 'DeadlineMoved');
});

test('the same again says nothing new; another day takes its place', () => {
  const extended = [...awaited(), granted('2020-11-15', '2020-09-04'), due().moved(duePlan('2020-11-15'), 'extension-granted', 2)];
  given(extended).when(grantExtension, grant('2020-11-15', '2020-09-04'), on('2020-09-05'), needs).thenNothing();
  given(extended)
    .when(grantExtension, grant('2020-11-01', '2020-09-04'), on('2020-09-05'), needs)
    .thenTypes('ExtensionGranted', 'DeadlineMoved', 'ReplyPlanned');
});

test('an extension to the last day that the referral set, or without one, is refused', () => {
  given(awaited()).when(grantExtension, grant('2020-10-15', '2020-09-04'), on('2020-09-04'), needs).thenRefused('extension.not-later');
  given(awaitedUndated()).when(grantExtension, grant('2020-10-15', '2020-09-04'), on('2020-09-04'), needs).thenRefused('extension.no-last-day');
});

test('after the reply it is refused as extension.after-reply; one before it may be recorded late, and what was late is not', () => {
  given(givenReply()).when(grantExtension, grant('2020-11-15', '2020-10-12'), on('2020-10-12'), needs).thenRefused('extension.after-reply');
  given(givenReply())
    .when(grantExtension, grant('2020-11-15', '2020-10-08'), on('2020-10-12'), needs)
    .thenTypes('ExtensionGranted', 'DeadlineMoved', 'DeadlineMet');
});

test('refused: the last day stands, the answer has come', () => {
  given(asking)
    .when(refuseExtension, refuse('2020-09-04', 'Tiden räcker.'), on('2020-09-04'))
    .then(refused('2020-09-04', 'Tiden räcker.'), answerDue('2020-09-01').met('2020-09-04'));
});

test('refused again says nothing new; where nothing is asked it is refused as extension.not-requested', () => {
  given(asking, refused('2020-09-04')).when(refuseExtension, refuse('2020-09-04'), on('2020-09-05')).thenNothing();
  given(asking, refused('2020-09-04')).when(refuseExtension, refuse('2020-09-05'), on('2020-09-05')).thenRefused('extension.not-requested');
  given(awaited()).when(refuseExtension, refuse('2020-09-04'), on('2020-09-05')).thenRefused('extension.not-requested');
});

test('refused before it was asked for is refused as extension.before-request, tomorrow as day.in-the-future', () => {
  given(asking).when(refuseExtension, refuse('2020-08-31'), on('2020-09-04')).thenRefused('extension.before-request');
  given(asking).when(refuseExtension, refuse('2020-09-05'), on('2020-09-04')).thenRefused('day.in-the-future');
});

test('of a reply that is not there, or not awaited any more, nothing is asked or answered', () => {
  given().when(requestExtension, request('2020-11-15', '2020-09-01'), on('2020-09-01'), rules).thenRefused('reply.unknown');
  given(replyAwaited('2020-10-15'), noLongerAwaited)
    .when(grantExtension, grant('2020-11-15', '2020-09-04'), on('2020-09-04'), needs)
    .thenRefused('reply.not-awaited');
});
