import { test } from '@jest/globals';
import { day } from '#libs/kernel';
import { holdConsultation } from './hold-consultation.js';
import { awaited, consulted, given, ids, on, paper, reportWritten, signedOff, stored } from './reply.given.js';

const hold = (body: string, date: string, more: { documents?: string[] } = {}) => ({ reply: ids.reply, body, on: day(date), ...more });

test('consultations come after the sign-off, as on 16 and 17 September 2020 [003]', () => {
  const signed = [...awaited(), reportWritten('2020-09-08'), signedOff('head-of-administration', '2020-09-10')];
  given(signed)
    .when(holdConsultation, hold('Förvaltningsgruppen', '2020-09-16'), on('2020-09-16'), { stored })
    .then(consulted('Förvaltningsgruppen', '2020-09-16'));
  given(signed, consulted('Förvaltningsgruppen', '2020-09-16'))
    .when(holdConsultation, hold('Funktionshinderrådet', '2020-09-17'), on('2020-09-18'), { stored })
    .then(consulted('Funktionshinderrådet', '2020-09-17'));
});

test('or before anything else, and in any order of recording', () => {
  given(awaited(), consulted('Funktionshinderrådet', '2020-09-17'))
    .when(holdConsultation, hold('Förvaltningsgruppen', '2020-06-02'), on('2020-09-18'), { stored })
    .then(consulted('Förvaltningsgruppen', '2020-06-02'));
});

test('the same consultation again says nothing new; the same body on another day is another', () => {
  const held = [...awaited(), consulted('Förvaltningsgruppen', '2020-09-16')];
  given(held).when(holdConsultation, hold('Förvaltningsgruppen', '2020-09-16'), on('2020-09-18'), { stored }).thenNothing();
  given(held).when(holdConsultation, hold('Förvaltningsgruppen', '2020-09-18'), on('2020-09-18'), { stored }).thenTypes('ConsultationHeld');
});

test('minutes that are not stored are refused as document.unknown', () => {
  given(awaited())
    .when(holdConsultation, hold('Rådet', '2020-06-02', { documents: [paper('other')] }), on('2020-06-02'), { stored })
    .thenRefused('document.unknown');
});

test('tomorrow’s is refused as day.in-the-future, and that of no reply as reply.unknown', () => {
  given(awaited()).when(holdConsultation, hold('Rådet', '2020-06-03'), on('2020-06-02'), { stored }).thenRefused('day.in-the-future');
  given().when(holdConsultation, hold('Rådet', '2020-06-02'), on('2020-06-02'), { stored }).thenRefused('reply.unknown');
});
