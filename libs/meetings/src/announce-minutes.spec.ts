import { test } from '@jest/globals';
import { day } from '#libs/kernel';
import { announceMinutes } from './announce-minutes.js';
import { announced, approved, awaited, decidedUrgently, given, held, ids, minuted, minutes, needs, on, opened, paragraph } from './meetings.given.js';

const announce = (announcedOn: string, approval?: number) => ({ meeting: ids.meeting, on: day(announcedOn), ...(approval !== undefined && { approval }) });
const announcement = awaited('announcement', '2022-06-20', { nth: 1 });
/** § 13 was approved on 16 June, the whole on the 20th. */
const inParts = [
  ...held(),
  approved('2022-06-16', { paragraphs: [paragraph] }),
  awaited('announcement', '2022-06-16', { nth: 1 }).set,
  approved('2022-06-20', { approval: 2 }),
  minutes.met('2022-06-20'),
  awaited('announcement', '2022-06-20', { nth: 2 }).set,
];

test('the only approval is meant where none is named', () => {
  given(minuted()).when(announceMinutes, announce('2022-06-21'), on('2022-06-21'), needs).then(announced('2022-06-21'), announcement.met('2022-06-21'));
});

test('announced on the second day after is in time, on the third late', () => {
  given(minuted()).when(announceMinutes, announce('2022-06-22'), on('2022-06-22'), needs).thenTypes('MinutesAnnounced', 'DeadlineMet');
  given(minuted()).when(announceMinutes, announce('2022-06-23'), on('2022-06-23'), needs).thenTypes('MinutesAnnounced', 'DeadlineMissed', 'DeadlineMet');
});

test('of several approvals the one that remains is meant, or the one that is named', () => {
  const [part, whole] = [awaited('announcement', '2022-06-16', { nth: 1 }), awaited('announcement', '2022-06-20', { nth: 2 })];
  given(inParts, announced('2022-06-17', 1), part.met('2022-06-17'))
    .when(announceMinutes, announce('2022-06-21'), on('2022-06-21'), needs)
    .then(announced('2022-06-21', 2), whole.met('2022-06-21'));
  given(inParts).when(announceMinutes, announce('2022-06-17', 1), on('2022-06-20'), needs).then(announced('2022-06-17', 1), part.met('2022-06-17'));
});

test('where it is not clear which approval is meant, it is refused as approval.which', () => {
  given(inParts).when(announceMinutes, announce('2022-06-21'), on('2022-06-21'), needs).thenRefused('approval.which');
});

test('the same announcement again says nothing new', () => {
  given(minuted(), announced('2022-06-21')).when(announceMinutes, announce('2022-06-21'), on('2022-06-22'), needs).thenNothing();
  given(minuted(), announced('2022-06-21')).when(announceMinutes, announce('2022-06-21', 1), on('2022-06-22'), needs).thenNothing();
});

test('announced on another day again is refused as announcement.made', () => {
  given(minuted(), announced('2022-06-21')).when(announceMinutes, announce('2022-06-22'), on('2022-06-22'), needs).thenRefused('announcement.made');
});

test('before the approval it is refused as announcement.before-approval, without one as minutes.not-approved', () => {
  given(minuted()).when(announceMinutes, announce('2022-06-19'), on('2022-06-21'), needs).thenRefused('announcement.before-approval');
  given(opened()).when(announceMinutes, announce('2022-06-21'), on('2022-06-21'), needs).thenRefused('minutes.not-approved');
  given(opened()).when(announceMinutes, announce('2022-06-21', 1), on('2022-06-21'), needs).thenRefused('minutes.not-approved');
});

test('an approval that is not there is refused as approval.unknown', () => {
  given(minuted()).when(announceMinutes, announce('2022-06-21', 2), on('2022-06-21'), needs).thenRefused('approval.unknown');
});

test('tomorrow, at an urgent decision and where nobody has opened a meeting it is refused', () => {
  given(minuted()).when(announceMinutes, announce('2022-06-22'), on('2022-06-21'), needs).thenRefused('day.in-the-future');
  given(decidedUrgently()).when(announceMinutes, announce('2022-07-06'), on('2022-07-06'), needs).thenRefused('meeting.urgent-decision');
  given().when(announceMinutes, announce('2022-06-21'), on('2022-06-21'), needs).thenRefused('meeting.unknown');
});
