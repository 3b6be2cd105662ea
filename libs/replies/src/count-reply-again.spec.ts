import { expect, test } from '@jest/globals';
import { day } from '#libs/kernel';
import { countBack } from './count-back.js';
import { countReplyAgain } from './count-reply-again.js';
import { approvedReply, awaited, awaitedUndated, counting, countingMerged, given, ids, meetings, on, own, planned, planning, unmerged } from './reply.given.js';
import type { CountedBecause } from './reply.codes.js';

const again = (because: CountedBecause, undecidedAt?: string) => ({ reply: ids.reply, because, ...(undecidedAt !== undefined && { undecidedAt }) });
const plan = countBack({ lastOn: day('2020-10-15'), today: day('2020-06-01'), deciding: [meetings.june, meetings.september], steps: own.steps });
const counted = [...awaited(), planned(plan, 'reply-awaited', [ids.board])];
const without = planning(unmerged, { ...own, meetings: own.meetings.map((one) => (one.on === '2020-09-22' ? { ...one, cancelled: true } : one)) });

test('the same calendar gives the same plan, and nothing new', () => {
  given(counted).when(countReplyAgain, again('calendar-changed'), on('2020-06-02'), { planning: counting }).thenNothing();
});

test('that days have passed meanwhile is no other plan', () => {
  given(counted).when(countReplyAgain, again('calendar-changed'), on('2020-09-10'), { planning: counting }).thenNothing();
});

test('its meeting is cancelled while there is another: the plan leads to that', () => {
  const { events } = given(awaited(), planned(plan, 'reply-awaited', [ids.board])).when(countReplyAgain, again('calendar-changed'), on('2020-05-27'), {
    planning: without,
  });
  expect(events[0]?.data).toMatchObject({ because: 'calendar-changed', plan: { meeting: { on: '2020-06-11' } } });
});

test('its meeting is cancelled and there is none left: found at once, with what stays visible of the plan before', () => {
  const { events } = given(counted).when(countReplyAgain, again('calendar-changed'), on('2020-06-02'), { planning: without });
  expect(events[0]?.data).toMatchObject({ plan: { none: 'no-meetings-known', lastOn: '2020-10-15' } });
});

test('the board is succeeded: from then on its successor’s calendar counts', () => {
  const { events } = given(counted).when(countReplyAgain, again('board-succeeded'), on('2020-06-20'), { planning: countingMerged });
  expect(events[0]?.data).toMatchObject({
    because: 'board-succeeded',
    plan: { meeting: { meeting: meetings.merged.meeting, board: ids.successor } },
    calendars: [ids.board, ids.successor].toSorted(),
  });
});

test('a succession that leaves the plan as it is adds the calendar that it is counted with', () => {
  const early = countBack({ lastOn: day('2020-06-30'), today: day('2020-05-26'), deciding: [meetings.june], steps: own.steps });
  given(awaited('2020-06-30'), planned(early, 'reply-awaited', [ids.board]))
    .when(countReplyAgain, again('board-succeeded'), on('2020-05-26'), { planning: countingMerged })
    .then(planned(early, 'board-succeeded', [ids.board, ids.successor]));
});

test('a meeting that tabled the matter does not decide it: the next one does, or none', () => {
  const { events } = given(counted).when(countReplyAgain, again('not-decided', meetings.september.meeting), on('2020-09-23'), { planning: counting });
  expect(events[0]?.data).toMatchObject({ because: 'not-decided', undecidedAt: [meetings.september.meeting], plan: { none: 'no-meetings-known' } });
});

test('what a meeting did not decide stays undecided there, however often it is counted', () => {
  const none = countBack({ lastOn: day('2020-10-15'), today: day('2020-09-23'), deciding: [meetings.june], steps: own.steps });
  given(counted, planned(none, 'not-decided', [ids.board], [meetings.september.meeting]))
    .when(countReplyAgain, again('not-decided', meetings.september.meeting), on('2020-09-24'), { planning: counting })
    .thenNothing();
});

test('where nothing is due, or the board has decided, there is nothing to count', () => {
  given(awaitedUndated()).when(countReplyAgain, again('calendar-changed'), on('2020-06-02'), { planning: counting }).thenNothing();
  given(approvedReply()).when(countReplyAgain, again('calendar-changed'), on('2020-10-06'), { planning: without }).thenNothing();
});

test('a reply that is not there is refused as reply.unknown', () => {
  given().when(countReplyAgain, again('calendar-changed'), on('2020-06-02'), { planning: counting }).thenRefused('reply.unknown');
});
