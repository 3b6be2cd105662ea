import { test } from '@jest/globals';
import { day, derivedId } from '#libs/kernel';
import { correctGivenDay } from './correct-given-day.js';
import { correctPreparationDay } from './correct-preparation-day.js';
import {
  approvedReply,
  awaited,
  consulted,
  decided,
  dispatched,
  due,
  given,
  givenDayCorrected,
  givenReply,
  ids,
  on,
  preparationDayCorrected,
  replyGiven,
  reportWritten,
  signedOff,
} from './reply.given.js';

const reason = 'Fel dag avläst.';
const givenOn = (date: string) => ({ reply: ids.reply, on: day(date), reason });

test('the day it was given was another: whether it was late follows', () => {
  given(givenReply())
    .when(correctGivenDay, givenOn('2020-10-16'), on('2020-10-20'), { decided: decided() })
    .then(givenDayCorrected('2020-10-09', '2020-10-16', reason), due().missed(2), due().met('2020-10-16', 3));
});

test('and that it was late is withdrawn', () => {
  const late = [...approvedReply(), due().missed(), replyGiven('2020-10-16'), due().met('2020-10-16')];
  given(late)
    .when(correctGivenDay, givenOn('2020-10-15'), on('2020-10-20'), { decided: dispatched('2020-10-15') })
    .then(givenDayCorrected('2020-10-16', '2020-10-15', reason), due().withdrawn(3), due().met('2020-10-15', 4));
});

test('the same day says nothing new', () => {
  given(givenReply()).when(correctGivenDay, givenOn('2020-10-09'), on('2020-10-20'), { decided: decided() }).thenNothing();
});

test('a day that the minutes contradict, before the decision counts or tomorrow is refused', () => {
  given(givenReply())
    .when(correctGivenDay, givenOn('2020-10-08'), on('2020-10-20'), { decided: dispatched('2020-10-09') })
    .thenRefused('reply.dispatched-another-day');
  given(givenReply()).when(correctGivenDay, givenOn('2020-10-01'), on('2020-10-20'), { decided: decided() }).thenRefused('reply.before-decision-counts');
  given(givenReply()).when(correctGivenDay, givenOn('2020-10-21'), on('2020-10-20'), { decided: decided() }).thenRefused('day.in-the-future');
});

test('a reply that is not given has no such day: reply.not-given', () => {
  given(approvedReply()).when(correctGivenDay, givenOn('2020-10-09'), on('2020-10-20'), { decided: decided() }).thenRefused('reply.not-given');
});

const consultation = derivedId(ids.reply, 'consultation', 'Rådet', '2020-09-17');
const signOff = derivedId(ids.reply, 'sign-off', 'head-of-administration', ids.administration, '2020-09-10', 'false');
const prepared = [...awaited(), reportWritten('2020-09-08'), consulted('Rådet', '2020-09-17'), signedOff('head-of-administration', '2020-09-10')];
const correct = (what: 'officer-report' | 'consultation' | 'sign-off', date: string, which?: string) => ({
  reply: ids.reply,
  what,
  on: day(date),
  reason,
  ...(which !== undefined && { which }),
});

test('the day of the officer’s report, of a consultation, of a sign-off is corrected', () => {
  given(prepared)
    .when(correctPreparationDay, correct('officer-report', '2020-09-07'), on('2020-09-20'))
    .then(preparationDayCorrected('officer-report', '2020-09-08', '2020-09-07'));
  given(prepared)
    .when(correctPreparationDay, correct('consultation', '2020-09-16', consultation), on('2020-09-20'))
    .then(preparationDayCorrected('consultation', '2020-09-17', '2020-09-16', consultation));
  given(prepared)
    .when(correctPreparationDay, correct('sign-off', '2020-09-09', signOff), on('2020-09-20'))
    .then(preparationDayCorrected('sign-off', '2020-09-10', '2020-09-09', signOff));
});

test('once corrected the same day says nothing new', () => {
  for (const [what, from, to, which] of [
    ['officer-report', '2020-09-08', '2020-09-07', undefined],
    ['consultation', '2020-09-17', '2020-09-16', consultation],
    ['sign-off', '2020-09-10', '2020-09-09', signOff],
  ] as const) {
    given(prepared, preparationDayCorrected(what, from, to, which))
      .when(correctPreparationDay, correct(what, to, which), on('2020-09-20'))
      .thenNothing();
  }
});

test('what was never recorded cannot be corrected: preparation.unknown', () => {
  given(prepared)
    .when(correctPreparationDay, correct('consultation', '2020-09-16', signOff), on('2020-09-20'))
    .thenRefused('preparation.unknown');
  given(awaited()).when(correctPreparationDay, correct('officer-report', '2020-09-07'), on('2020-09-20')).thenRefused('preparation.unknown');
});

test('a day that is not possible is refused', () => {
  given(prepared).when(correctPreparationDay, correct('officer-report', '2020-09-21'), on('2020-09-20')).thenRefused('day.in-the-future');
  given(prepared).when(correctPreparationDay, correct('officer-report', '2020-05-01'), on('2020-09-20')).thenRefused('day.before-referral');
});
