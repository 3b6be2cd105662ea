import { test } from '@jest/globals';
import { day } from '#libs/kernel';
import { correctSentDay } from './correct-sent-day.js';
import { fifteenDays, fifteenDaysFrom, given, ids, on, orderEnded, overdue, planReceived, rule, sent, sentDayCorrected } from './order.given.js';

const correct = (sentOn: string, note?: string) => ({
  orderId: ids.order,
  sentOn: day(sentOn),
  reason: 'mistyped' as const,
  ...(note !== undefined && { note }),
});
const moved = (to: string, generation = 2) => fifteenDays().moved(fifteenDaysFrom(to), 'start-corrected', generation);

test('the fifteen days are counted anew from the right day, and both days stay', () => {
  given(sent())
    .when(correctSentDay, correct('2020-10-05', 'Läste fel.'), on('2020-10-06'), { rule })
    .then(sentDayCorrected('2020-10-01', '2020-10-05', 'Läste fel.'), moved('2020-10-05'));
});

test('a lateness is withdrawn where by the new day nothing is late yet', () => {
  given(overdue())
    .when(correctSentDay, correct('2020-10-05'), on('2020-10-18'), { rule })
    .then(sentDayCorrected('2020-10-01', '2020-10-05'), fifteenDays().withdrawn(), moved('2020-10-05', 3));
});

test('an earlier day can make the plan overdue at once', () => {
  given(sent())
    .when(correctSentDay, correct('2020-09-21'), on('2020-10-12'), { rule })
    .then(sentDayCorrected('2020-10-01', '2020-09-21'), moved('2020-09-21'), fifteenDays('2020-09-21').missed(2));
});

test('a plan that was late by the wrong day was on time by the right one', () => {
  given(overdue(), planReceived('2020-10-19'), fifteenDays().met('2020-10-19'))
    .when(correctSentDay, correct('2020-10-05'), on('2020-10-21'), { rule })
    .then(sentDayCorrected('2020-10-01', '2020-10-05'), fifteenDays().withdrawn(3), moved('2020-10-05', 4), fifteenDays('2020-10-05').met('2020-10-19', 5));
});

test('and the other way round', () => {
  given(sent(), planReceived('2020-10-15'), fifteenDays().met('2020-10-15'))
    .when(correctSentDay, correct('2020-09-28'), on('2020-10-21'), { rule })
    .then(
      sentDayCorrected('2020-10-01', '2020-09-28'),
      moved('2020-09-28', 3),
      fifteenDays('2020-09-28').missed(3),
      fifteenDays('2020-09-28').met('2020-10-15', 4),
    );
});

test('the same day says nothing new', () => {
  given(sent()).when(correctSentDay, correct('2020-10-01'), on('2020-10-06'), { rule }).thenNothing();
});

test('a day after a plan had come in is refused as order.sent-after-received', () => {
  given(sent(), planReceived('2020-10-09'), fifteenDays().met('2020-10-09'))
    .when(correctSentDay, correct('2020-10-10'), on('2020-10-12'), { rule })
    .thenRefused('order.sent-after-received');
});

test('the day on which a plan came in is not too late', () => {
  given(sent(), planReceived('2020-10-09'), fifteenDays().met('2020-10-09'))
    .when(correctSentDay, correct('2020-10-09'), on('2020-10-12'), { rule })
    .thenTypes('SentDayCorrected', 'DeadlineMoved', 'DeadlineMet');
});

test('an order that has ended is corrected too, but not to after its end: order.sent-after-ended', () => {
  const ended = [...sent(), orderEnded('2020-10-09'), fifteenDays().closed('2020-10-09', 'order-ended')];
  given(ended).when(correctSentDay, correct('2020-10-09'), on('2020-10-12'), { rule }).thenTypes('SentDayCorrected', 'DeadlineMoved', 'DeadlineClosed');
  given(ended).when(correctSentDay, correct('2020-10-10'), on('2020-10-12'), { rule }).thenRefused('order.sent-after-ended');
});

test('tomorrow is refused as day.in-the-future', () => {
  given(sent()).when(correctSentDay, correct('2020-10-07'), on('2020-10-06'), { rule }).thenRefused('day.in-the-future');
});

test('an order that is not there is refused as order.unknown', () => {
  given().when(correctSentDay, correct('2020-10-05'), on('2020-10-06'), { rule }).thenRefused('order.unknown');
});
