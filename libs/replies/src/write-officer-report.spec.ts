import { test } from '@jest/globals';
import { day } from '#libs/kernel';
import { awaited, given, givenReply, ids, noLongerAwaited, on, paper, register, reportWritten, stored } from './reply.given.js';
import { writeOfficerReport } from './write-officer-report.js';

const write = (date: string, more: { registryNumber?: string; documents?: string[] } = {}) => ({ reply: ids.reply, on: day(date), ...more });
const needs = { register, stored };

test('an officer’s report proposes the reply', () => {
  given(awaited()).when(writeOfficerReport, write('2020-09-08'), on('2020-09-10'), needs).then(reportWritten('2020-09-08'));
});

test('its registry number is written as the board writes its numbers, or it is shown that it is not', () => {
  given(awaited())
    .when(writeOfficerReport, write('2020-09-08', { registryNumber: 'ÄLV 2020/614' }), on('2020-09-10'), needs)
    .then(reportWritten('2020-09-08', '2020-10-15', { registryNumber: 'ÄLV 2020/614', patternKnown: true }));
  given(awaited())
    .when(writeOfficerReport, write('2020-09-08', { registryNumber: '614-2020' }), on('2020-09-10'), needs)
    .then(reportWritten('2020-09-08', '2020-10-15', { registryNumber: '614-2020', patternKnown: false }));
});

test('with the document itself, which is stored', () => {
  given(awaited())
    .when(writeOfficerReport, write('2020-09-08', { documents: [paper('report')] }), on('2020-09-10'), needs)
    .then(reportWritten('2020-09-08', '2020-10-15', { documents: [paper('report')] }));
  given(awaited())
    .when(writeOfficerReport, write('2020-09-08', { documents: [paper('other')] }), on('2020-09-10'), needs)
    .thenRefused('document.unknown');
});

test('the same report again says nothing new; a later one takes its place', () => {
  const written = [...awaited(), reportWritten('2020-09-08')];
  given(written).when(writeOfficerReport, write('2020-09-08'), on('2020-09-11'), needs).thenNothing();
  given(written).when(writeOfficerReport, write('2020-09-10'), on('2020-09-11'), needs).then(reportWritten('2020-09-10'));
});

test('recorded late, after the reply was given, it is taken; one that is said to be later than the reply is refused as reply.given', () => {
  given(givenReply()).when(writeOfficerReport, write('2020-09-08'), on('2020-10-12'), needs).thenTypes('OfficerReportWritten');
  given(givenReply()).when(writeOfficerReport, write('2020-10-12'), on('2020-10-12'), needs).thenRefused('reply.given');
});

test('tomorrow’s is refused as day.in-the-future, one before the report was handed over as day.before-referral', () => {
  given(awaited()).when(writeOfficerReport, write('2020-09-11'), on('2020-09-10'), needs).thenRefused('day.in-the-future');
  given(awaited()).when(writeOfficerReport, write('2020-05-24'), on('2020-09-10'), needs).thenRefused('day.before-referral');
});

test('of a reply that is not there, or not awaited any more, it is refused', () => {
  given().when(writeOfficerReport, write('2020-09-08'), on('2020-09-10'), needs).thenRefused('reply.unknown');
  given(awaited(), noLongerAwaited).when(writeOfficerReport, write('2020-09-08'), on('2020-09-10'), needs).thenRefused('reply.not-awaited');
});
