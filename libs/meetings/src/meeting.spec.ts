import { expect, test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import { boardOfCalendar, calendar, plannedIn } from './calendar.js';
import { OpenedMeetingMoved, ParagraphCorrected } from './meeting.events.js';
import { boardOf, countsFrom, deadlinesOf, paragraphCountsFrom, undispatched, type Opened } from './meeting.js';
import {
  approved,
  calendarAfter,
  cancelled,
  content,
  corrected,
  decidedUrgently,
  dispatched,
  held,
  ids,
  meetingAfter,
  minuted,
  moved,
  next,
  opened,
  papersSent,
  paragraph,
  planned,
  points,
  recordedParagraph,
} from './meetings.given.js';
import type { MeetingEvent } from './meeting.events.js';

const after = (...facts: readonly (MeetingEvent | readonly MeetingEvent[])[]): Opened => {
  const state = meetingAfter(...facts);
  if (state.status === 'none') throw new Error('Nobody opened it.');
  return state;
};

test('a meeting begins with its opening: nothing else can stand first', () => {
  expect(meetingAfter(papersSent('2022-06-07'))).toEqual({ status: 'none' });
  expect([boardOf({ status: 'none' }), deadlinesOf({ status: 'none' })]).toEqual([undefined, {}]);
  expect([boardOf(meetingAfter(opened())), Object.keys(deadlinesOf(meetingAfter(opened())))]).toEqual([ids.social, [expect.any(String)]]);
});

test('points declared approved at once make one approval of the day of the meeting, and follow when that is moved', () => {
  const state = after(held({ atOnce: true }), recordedParagraph({ atOnce: true, number: '§ 14' }));
  expect(state.approvals).toMatchObject([{ approval: 1, on: '2022-06-14', covers: 'points', atOnce: true }]);
  expect(state.approvals[0]?.ids).toHaveLength(2);
  const movedTo = event(OpenedMeetingMoved, { meeting: ids.meeting, from: day('2022-06-14'), to: day('2022-06-15') });
  expect(after(held({ atOnce: true }), movedTo).approvals).toMatchObject([{ on: '2022-06-15' }]);
});

test('a point that is not approved at once after all is taken out of that approval, whose number stays', () => {
  const state = after(held({ atOnce: true }), event(ParagraphCorrected, { ...content(), reason: 'Skäl.' }), approved('2022-06-20', { approval: 2 }));
  expect(state.approvals).toMatchObject([
    { approval: 1, ids: [] },
    { approval: 2, covers: 'all' },
  ]);
  expect(countsFrom(state, paragraph, points[0])).toBe('2022-06-20');
});

test('a point counts from the first day on which it was approved, however that was', () => {
  expect(countsFrom(after(held()), paragraph, points[0])).toBeUndefined();
  expect(countsFrom(after(minuted()), paragraph, points[0])).toBe('2022-06-20');
  const inParts = after(minuted({ atOnce: true }), approved('2022-06-16', { approval: 3, paragraphs: [paragraph] }));
  expect([countsFrom(inParts, paragraph, points[0]), countsFrom(inParts, paragraph, points[1])]).toEqual(['2022-06-14', '2022-06-16']);
  expect(paragraphCountsFrom(inParts, inParts.paragraphs[0]!)).toBe('2022-06-14');
});

test('an urgent decision counts from its own day', () => {
  const state = after(decidedUrgently());
  expect(paragraphCountsFrom(state, state.paragraphs[0]!)).toBe('2022-07-05');
});

test('whom it is still to be dispatched to', () => {
  const [education, county] = [{ body: ids.education }, { name: 'Länsstyrelsen' }];
  const state = after(minuted({ dispatchTo: [education, county] }), dispatched('2022-06-21', [county]));
  expect(undispatched(state.paragraphs[0]!)).toEqual([education]);
});

test('a corrected day concerns what was recorded on it, and nothing else', () => {
  const state = after(
    opened(),
    papersSent('2022-06-07'),
    papersSent('2022-06-09'),
    corrected({ fact: 'papers-sent', from: day('2022-06-07'), to: day('2022-06-08') }),
  );
  expect(state.papersSentOn).toEqual(['2022-06-08', '2022-06-09']);
});

test('a calendar has its meetings by day, cancelled ones among them', () => {
  const { meetings } = calendarAfter(next, planned(), moved('2022-08-30'), cancelled(ids.nextMeeting));
  expect(meetings).toMatchObject([
    { meeting: ids.nextMeeting, on: '2022-08-23', cancelled: true },
    { meeting: ids.meeting, on: '2022-08-30', cancelled: false },
  ]);
  expect(calendarAfter(planned(), cancelled()).meetings).toMatchObject([{ cancelled: true }]);
});

test('a calendar that nobody has written in is nobody’s and has nothing', () => {
  expect([boardOfCalendar(calendar.initial), plannedIn(calendar.initial, ids.meeting)]).toEqual([undefined, undefined]);
});
