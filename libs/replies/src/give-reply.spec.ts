import { test } from '@jest/globals';
import { day } from '#libs/kernel';
import { giveReply } from './give-reply.js';
import {
  answerDue,
  approved,
  approvedReply,
  awaited,
  awaitedUndated,
  commented,
  decided,
  dispatched,
  due,
  given,
  givenReply,
  ids,
  noLongerAwaited,
  on,
  replyGiven,
  requested,
} from './reply.given.js';

const give = (date?: string) => ({ reply: ids.reply, ...(date !== undefined && { on: day(date) }) });

test('a reply is given on the day its decision was dispatched, to whom it was', () => {
  given(approvedReply())
    .when(giveReply, give(), on('2020-10-12'), { decided: dispatched('2020-10-09') })
    .then(replyGiven('2020-10-09'), due().met('2020-10-09'));
});

test('with what it says of each recommendation', () => {
  given(awaited(), commented('Vi instämmer.', 'agrees'), commented('Se ovan.', undefined, ids.otherRecommendation), approved())
    .when(giveReply, give(), on('2020-10-12'), { decided: dispatched('2020-10-09') })
    .then(
      replyGiven('2020-10-09', { positions: [{ recommendation: ids.recommendation, position: 'agrees' }, { recommendation: ids.otherRecommendation }] }),
      due().met('2020-10-09'),
    );
});

test('dispatched after the last day it is late, whenever that is recorded', () => {
  given(approvedReply(), due().missed())
    .when(giveReply, give(), on('2020-10-20'), { decided: dispatched('2020-10-19') })
    .then(replyGiven('2020-10-19'), due().met('2020-10-19'));
});

test('dispatched in time and recorded after it was called late: the lateness is withdrawn', () => {
  given(approvedReply(), due().missed())
    .when(giveReply, give(), on('2020-10-20'), { decided: dispatched('2020-10-15') })
    .then(replyGiven('2020-10-15'), due().withdrawn(), due().met('2020-10-15', 3));
});

test('without a last day nothing was late', () => {
  given(awaitedUndated(), approved())
    .when(giveReply, give(), on('2020-12-01'), { decided: dispatched('2020-12-01') })
    .then(replyGiven('2020-12-01', { dueOn: null }));
});

test('the minutes say no dispatch yet: the day that is told counts', () => {
  given(approvedReply())
    .when(giveReply, give('2020-10-09'), on('2020-10-12'), { decided: decided() })
    .then(replyGiven('2020-10-09', { to: [] }), due().met('2020-10-09'));
  given(approvedReply()).when(giveReply, give(), on('2020-10-12'), { decided: decided() }).thenRefused('reply.not-dispatched');
});

test('dispatched to several on several days: the one that is told, or the first', () => {
  const twice = dispatched('2020-10-08', '2020-10-09');
  given(approvedReply()).when(giveReply, give('2020-10-09'), on('2020-10-12'), { decided: twice }).then(replyGiven('2020-10-09'), due().met('2020-10-09'));
  given(approvedReply()).when(giveReply, give(), on('2020-10-12'), { decided: twice }).then(replyGiven('2020-10-08'), due().met('2020-10-08'));
});

test('another day than the minutes say is refused as reply.dispatched-another-day', () => {
  given(approvedReply())
    .when(giveReply, give('2020-10-08'), on('2020-10-12'), { decided: dispatched('2020-10-09') })
    .thenRefused('reply.dispatched-another-day');
});

test('an answer about an extension is not waited for any more', () => {
  given(awaited(), requested('2020-11-15', '2020-10-07'), answerDue('2020-10-07').set, approved())
    .when(giveReply, give(), on('2020-10-12'), { decided: dispatched('2020-10-09') })
    .then(replyGiven('2020-10-09'), due().met('2020-10-09'), answerDue('2020-10-07').closed('2020-10-09', 'reply-given'));
});

test('without the deciding board’s decision it is refused as reply.not-decided', () => {
  given(awaited()).when(giveReply, give('2020-10-09'), on('2020-10-12'), { decided: undefined }).thenRefused('reply.not-decided');
});

test('so it is where the decision has been annulled since', () => {
  given(approvedReply())
    .when(giveReply, give(), on('2020-10-12'), { decided: { ...dispatched('2020-10-09'), counts: false, annulledOn: day('2020-10-08') } })
    .thenRefused('reply.not-decided');
});

test('before the decision counts it is refused as reply.before-decision-counts, tomorrow as day.in-the-future', () => {
  given(approvedReply()).when(giveReply, give('2020-10-02'), on('2020-10-12'), { decided: decided() }).thenRefused('reply.before-decision-counts');
  given(approvedReply()).when(giveReply, give('2020-10-13'), on('2020-10-12'), { decided: decided() }).thenRefused('day.in-the-future');
});

test('the same again says nothing new; another day is refused as reply.given', () => {
  given(givenReply())
    .when(giveReply, give(), on('2020-10-12'), { decided: dispatched('2020-10-09') })
    .thenNothing();
  given(givenReply())
    .when(giveReply, give('2020-10-09'), on('2020-10-12'), { decided: dispatched('2020-10-09') })
    .thenNothing();
  given(givenReply())
    .when(giveReply, give('2020-10-12'), on('2020-10-12'), { decided: dispatched('2020-10-09') })
    .thenRefused('reply.given');
});

test('of a reply that is not awaited any more, or not there, it is refused', () => {
  given(awaited(), noLongerAwaited).when(giveReply, give(), on('2020-10-12'), { decided: undefined }).thenRefused('reply.not-awaited');
  given().when(giveReply, give(), on('2020-10-12'), { decided: undefined }).thenRefused('reply.unknown');
});
