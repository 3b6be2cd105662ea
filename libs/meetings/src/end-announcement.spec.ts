import { expect, test } from '@jest/globals';
import { day } from '#libs/kernel';
import { endAnnouncement } from './end-announcement.js';
import { lastDayOfAppeal } from './in-order.js';
import { announced, decidedUrgently, ended, given, ids, minuted, on } from './meetings.given.js';

const end = (endedOn: string, approval?: number) => ({ meeting: ids.meeting, on: day(endedOn), ...(approval !== undefined && { approval }) });
/** The three weeks end on Tuesday 12 July. */
const standing = [...minuted(), announced('2022-06-21')];

test('the announcement is taken down on the day after the three weeks of appeal', () => {
  given(standing).when(endAnnouncement, end('2022-07-13'), on('2022-07-13')).then(ended('2022-07-13'));
  given(standing).when(endAnnouncement, end('2022-09-01', 1), on('2022-09-01')).then(ended('2022-09-01'));
});

test('before that it is refused as announcement.ended-too-early, on the last day of appeal too', () => {
  given(standing).when(endAnnouncement, end('2022-07-12'), on('2022-07-13')).thenRefused('announcement.ended-too-early');
});

test('three weeks that end where no office works go on to the next working day', () => {
  expect(lastDayOfAppeal(day('2022-06-21'))).toBe('2022-07-12');
  expect(lastDayOfAppeal(day('2022-06-03'))).toBe('2022-06-27'); // Midsummer's Eve is Friday 24
});

test('the same again says nothing new; on another day it is refused as announcement.ended', () => {
  given(standing, ended('2022-07-13')).when(endAnnouncement, end('2022-07-13'), on('2022-07-14')).thenNothing();
  given(standing, ended('2022-07-13')).when(endAnnouncement, end('2022-07-14'), on('2022-07-14')).thenRefused('announcement.ended');
});

test('what was not announced is refused as announcement.not-made', () => {
  given(minuted()).when(endAnnouncement, end('2022-07-13'), on('2022-07-13')).thenRefused('announcement.not-made');
  given(minuted()).when(endAnnouncement, end('2022-07-13', 1), on('2022-07-13')).thenRefused('announcement.not-made');
});

test('tomorrow, at an urgent decision and where nobody has opened a meeting it is refused', () => {
  given(standing).when(endAnnouncement, end('2022-07-14'), on('2022-07-13')).thenRefused('day.in-the-future');
  given(decidedUrgently()).when(endAnnouncement, end('2022-07-13'), on('2022-07-13')).thenRefused('meeting.urgent-decision');
  given().when(endAnnouncement, end('2022-07-13'), on('2022-07-13')).thenRefused('meeting.unknown');
});
