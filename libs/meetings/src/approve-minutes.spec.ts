import { test } from '@jest/globals';
import { day } from '#libs/kernel';
import { approveMinutes } from './approve-minutes.js';
import {
  approved,
  awaited,
  decidedUrgently,
  given,
  held,
  ids,
  minuted,
  minutes,
  needs,
  on,
  opened,
  paragraph,
  points,
  recordedParagraph,
} from './meetings.given.js';

const approve = (approvedOn: string, only: { paragraphs?: string[]; points?: string[] } = {}) => ({ meeting: ids.meeting, on: day(approvedOn), ...only });
const announcement = awaited('announcement', '2022-06-20', { nth: 1 });

test('approved on 20 June, as [000] has it: in time, and to be announced by the 22nd', () => {
  given(held()).when(approveMinutes, approve('2022-06-20'), on('2022-06-20'), needs).then(approved('2022-06-20'), minutes.met('2022-06-20'), announcement.set);
});

test('approved on day 14 is in time, on day 15 late', () => {
  given(held()).when(approveMinutes, approve('2022-06-28'), on('2022-06-28'), needs).thenTypes('MinutesApproved', 'DeadlineMet', 'DeadlineSet');
  given(held())
    .when(approveMinutes, approve('2022-06-29'), on('2022-06-29'), needs)
    .thenTypes('MinutesApproved', 'DeadlineMissed', 'DeadlineMet', 'DeadlineSet');
});

test('approved in time and entered after the minutes were called late: the lateness is withdrawn', () => {
  given(held(), minutes.missed())
    .when(approveMinutes, approve('2022-06-20'), on('2022-07-01'), needs)
    .then(approved('2022-06-20'), minutes.withdrawn(), minutes.met('2022-06-20', 3), announcement.set, announcement.missed());
});

test('what is to be dispatched is awaited from the approval on', () => {
  const dispatchTo = [{ body: ids.education }];
  given(held({ dispatchTo }))
    .when(approveMinutes, approve('2022-06-20'), on('2022-06-20'), needs)
    .then(approved('2022-06-20'), minutes.met('2022-06-20'), announcement.set, awaited('dispatch', '2022-06-20', { nth: 1 }).set);
});

test('named paragraphs are approved before the rest: the minutes are still awaited', () => {
  given(held())
    .when(approveMinutes, approve('2022-06-16', { paragraphs: [paragraph] }), on('2022-06-16'), needs)
    .then(approved('2022-06-16', { paragraphs: [paragraph] }), awaited('announcement', '2022-06-16', { nth: 1 }).set);
});

test('points are declared approved at once', () => {
  given(held())
    .when(approveMinutes, approve('2022-06-14', { points: [points[0]] }), on('2022-06-14'), needs)
    .then(approved('2022-06-14', { points: [points[0]] }), awaited('announcement', '2022-06-14', { nth: 1 }).set);
});

test('the whole is approved after a part, as the second approval, announced for itself', () => {
  given(held(), approved('2022-06-16', { paragraphs: [paragraph] }), awaited('announcement', '2022-06-16', { nth: 1 }).set)
    .when(approveMinutes, approve('2022-06-20'), on('2022-06-20'), needs)
    .then(approved('2022-06-20', { approval: 2 }), minutes.met('2022-06-20'), awaited('announcement', '2022-06-20', { nth: 2 }).set);
});

test('a part may be entered after the whole', () => {
  given(minuted())
    .when(approveMinutes, approve('2022-06-16', { paragraphs: [paragraph] }), on('2022-06-21'), needs)
    .thenTypes('MinutesApproved', 'DeadlineSet', 'DeadlineMissed');
});

test('minutes may be approved before their paragraphs are entered', () => {
  given(opened()).when(approveMinutes, approve('2022-06-20'), on('2022-06-20'), needs).thenTypes('MinutesApproved', 'DeadlineMet', 'DeadlineSet');
});

test('the same approval again says nothing new', () => {
  given(minuted()).when(approveMinutes, approve('2022-06-20'), on('2022-06-21'), needs).thenNothing();
  given(held(), approved('2022-06-16', { paragraphs: [paragraph] }))
    .when(approveMinutes, approve('2022-06-16', { paragraphs: [paragraph] }), on('2022-06-21'), needs)
    .thenNothing();
});

test('approved again on another day is refused as minutes.approved-already', () => {
  given(minuted()).when(approveMinutes, approve('2022-06-21'), on('2022-06-21'), needs).thenRefused('minutes.approved-already');
  given(held(), approved('2022-06-16', { points: [points[0]] }))
    .when(approveMinutes, approve('2022-06-17', { points: [...points] }), on('2022-06-21'), needs)
    .thenRefused('minutes.approved-already');
});

test('approved before the meeting is refused as minutes.approved-before-meeting', () => {
  given(held()).when(approveMinutes, approve('2022-06-13'), on('2022-06-20'), needs).thenRefused('minutes.approved-before-meeting');
});

test('approved tomorrow is refused as day.in-the-future', () => {
  given(held()).when(approveMinutes, approve('2022-06-21'), on('2022-06-20'), needs).thenRefused('day.in-the-future');
});

test('both paragraphs and points are refused as minutes.paragraphs-or-points; what is not in the minutes as unknown', () => {
  given(held())
    .when(approveMinutes, approve('2022-06-20', { paragraphs: [paragraph], points: [points[0]] }), on('2022-06-20'), needs)
    .thenRefused('minutes.paragraphs-or-points');
  given(held(), recordedParagraph({ number: '§ 14' }))
    .when(approveMinutes, approve('2022-06-20', { paragraphs: [paragraph, ids.agreement] }), on('2022-06-20'), needs)
    .thenRefused('paragraph.unknown');
  given(held())
    .when(approveMinutes, approve('2022-06-20', { points: [ids.agreement] }), on('2022-06-20'), needs)
    .thenRefused('point.unknown');
});

test('an urgent decision needs no approval, and a meeting that nobody has opened has none', () => {
  given(decidedUrgently()).when(approveMinutes, approve('2022-07-05'), on('2022-07-06'), needs).thenRefused('meeting.urgent-decision');
  given().when(approveMinutes, approve('2022-06-20'), on('2022-06-20'), needs).thenRefused('meeting.unknown');
});
