import { expect, test } from '@jest/globals';
import { day, derivedId, event } from '#libs/kernel';
import { checkGoldenRows, foldAll, happenedIn, type Fact } from '#libs/views';
import { calendarId } from './calendar.js';
import type { CalendarEvent } from './calendar.events.js';
import { OpenedMeetingCancelled, OpenedMeetingMoved, ParagraphCorrected, type MeetingEvent } from './meeting.events.js';
import {
  announced,
  annulled,
  approved,
  cancelled,
  content,
  corrected,
  dispatched,
  ended,
  ids,
  meetingOpened,
  moved,
  papersSent,
  paragraph,
  planned,
  points,
  recordedParagraph,
  reported,
  served,
  urgentOpened,
} from './meetings.given.js';
import { meetingsView } from './meetings.view.js';

const inCalendar = (...facts: readonly CalendarEvent[]): readonly Fact[] => happenedIn(`calendar-${calendarId('stockholm', ids.social)}`, ...facts);
const atMeeting = (...facts: readonly MeetingEvent[]): readonly Fact[] => happenedIn(`meeting-${ids.meeting}`, ...facts);
const rowAfter = (...facts: readonly (readonly Fact[])[]) => foldAll(meetingsView, facts.flat()).at(-1);
const rowsAfter = (...facts: readonly (readonly Fact[])[]) => foldAll(meetingsView, facts.flat());
const opened = [inCalendar(planned()), atMeeting(meetingOpened())] as const;
const minuted = [...opened, atMeeting(recordedParagraph(), approved('2022-06-20'))] as const;

test('a planned meeting is a row, with its stop day and the day of its papers', () => {
  expect(rowsAfter(inCalendar(planned()))).toEqual([
    {
      tenant: 'stockholm',
      key: ids.meeting,
      since: 1,
      until: null,
      broken: null,
      board: ids.social,
      on: '2022-06-14',
      kind: 'meeting',
      status: 'planned',
      stopOn: '2022-05-23',
      papersOn: '2022-06-07',
      papersSentOn: null,
      paragraphs: 0,
      approvals: [],
      approvedOn: null,
      announcedOn: null,
      endedOn: null,
      reportedOn: null,
    },
  ]);
});

test('it is moved and cancelled as the calendar says; an opened one says the same again', () => {
  expect(rowAfter(inCalendar(planned(), moved('2022-06-16', { papersOn: '2022-06-09' })))).toMatchObject({ on: '2022-06-16', papersOn: '2022-06-09' });
  expect(rowAfter(inCalendar(planned(), cancelled()))).toMatchObject({ status: 'cancelled' });
  const movedTo = event(OpenedMeetingMoved, { meeting: ids.meeting, from: day('2022-06-14'), to: day('2022-06-16') });
  expect(rowAfter(...opened, inCalendar(moved('2022-06-16')), atMeeting(movedTo))).toMatchObject({ on: '2022-06-16', status: 'opened' });
  const calledOff = event(OpenedMeetingCancelled, { meeting: ids.meeting, on: day('2022-06-14') });
  expect(rowAfter(...opened, inCalendar(cancelled()), atMeeting(calledOff))).toMatchObject({ status: 'cancelled' });
});

test('opened, papers sent, paragraphs recorded, approved, announced, taken down', () => {
  expect(rowAfter(...opened)).toMatchObject({ status: 'opened', stopOn: '2022-05-23' });
  expect(rowAfter(...opened, atMeeting(papersSent('2022-06-08'), papersSent('2022-06-07')))).toMatchObject({ papersSentOn: '2022-06-07' });
  expect(rowAfter(...opened, atMeeting(papersSent('2022-06-07'), papersSent('2022-06-08')))).toMatchObject({ papersSentOn: '2022-06-07' });
  expect(rowAfter(...opened, atMeeting(recordedParagraph()))).toMatchObject({ status: 'recorded', paragraphs: 1 });
  expect(rowAfter(...minuted)).toMatchObject({ status: 'approved', approvedOn: '2022-06-20' });
  expect(rowAfter(...minuted, atMeeting(announced('2022-06-21')))).toMatchObject({ status: 'announced', announcedOn: '2022-06-21' });
  expect(rowAfter(...minuted, atMeeting(announced('2022-06-21'), ended('2022-07-13')))).toMatchObject({ status: 'ended', endedOn: '2022-07-13' });
});

test('an approval of a part leaves the meeting as it is: the whole is still awaited', () => {
  const part = approved('2022-06-16', { paragraphs: [paragraph] });
  expect(rowAfter(...opened, atMeeting(recordedParagraph(), part, announced('2022-06-17')))).toMatchObject({
    status: 'recorded',
    approvedOn: null,
    announcedOn: null,
  });
  expect(rowAfter(...opened, atMeeting(recordedParagraph(), part, approved('2022-06-20', { approval: 2 })))).toMatchObject({ approvedOn: '2022-06-20' });
});

test('points approved at once make one approval, numbered as in the meeting’s own stream', () => {
  const atOnce = [recordedParagraph({ atOnce: true }), recordedParagraph({ atOnce: true, number: '§ 14' })];
  expect(rowAfter(...opened, atMeeting(...atOnce, announced('2022-06-15')))).toMatchObject({
    status: 'recorded',
    approvals: [{ approval: 1, whole: false, announcedOn: '2022-06-15' }],
  });
  expect(rowAfter(...opened, atMeeting(...atOnce, approved('2022-06-20', { approval: 2 }), announced('2022-06-21', 2)))).toMatchObject({
    status: 'announced',
    announcedOn: '2022-06-21',
  });
  const later = event(ParagraphCorrected, { ...content({ atOnce: true }), reason: 'Skäl.' });
  expect(rowAfter(...opened, atMeeting(recordedParagraph(), later))).toMatchObject({ approvals: [{ approval: 1, whole: false }] });
});

test('an urgent decision is unreported, then reported', () => {
  const urgent = happenedIn(`meeting-${ids.urgent}`, urgentOpened(), recordedParagraph({ of: ids.urgent, number: '1/2022', atOnce: true }));
  expect(rowAfter(urgent)).toMatchObject({ key: ids.urgent, kind: 'urgent', status: 'unreported', stopOn: null, approvals: [] });
  const told = [urgent, happenedIn(`meeting-${ids.urgent}`, reported('2022-08-23'))] as const;
  expect(rowAfter(...told)).toMatchObject({ status: 'reported', reportedOn: '2022-08-23' });
  const correction = corrected({ fact: 'urgent-reported', from: day('2022-08-23'), to: day('2022-08-25') });
  const ofUrgent = { ...correction, data: { ...correction.data, meeting: ids.urgent } };
  expect(rowAfter(...told, happenedIn(`meeting-${ids.urgent}`, ofUrgent))).toMatchObject({ status: 'reported', reportedOn: '2022-08-25' });
});

test.each([
  ['papers-sent', '2022-06-07', '2022-06-08', { papersSentOn: '2022-06-08' }],
  ['minutes-approved', '2022-06-20', '2022-06-19', { approvedOn: '2022-06-19' }],
  ['minutes-announced', '2022-06-21', '2022-06-22', { announcedOn: '2022-06-22' }],
  ['announcement-ended', '2022-07-13', '2022-07-14', { endedOn: '2022-07-14' }],
  ['urgent-decided', '2022-06-14', '2022-06-13', { on: '2022-06-13' }],
] as const)('a corrected day is shown: %s', (fact, from, to, shown) => {
  const facts = atMeeting(
    papersSent('2022-06-07'),
    announced('2022-06-21'),
    ended('2022-07-13'),
    corrected({ fact, approval: 1, from: day(from), to: day(to) }),
  );
  expect(rowAfter(...minuted, facts)).toMatchObject(shown);
});

test.each([
  ['papers-sent', '2022-06-09'],
  ['decision-dispatched', '2022-06-21'],
  ['decision-served', '2022-06-21'],
  ['decision-annulled', '2022-11-15'],
] as const)('%s of another day, paragraph or point changes nothing in it', (fact, from) => {
  const facts = [...minuted, atMeeting(papersSent('2022-06-07'))];
  expect(rowsAfter(...facts, atMeeting(corrected({ fact, from: day(from), to: day('2022-12-01') })))).toEqual(rowsAfter(...facts));
});

test('what becomes of its decisions stands in rows of their own', () => {
  const more = atMeeting(dispatched('2022-06-21', [{ body: ids.education }]), served('2022-06-22'), annulled('2022-11-15'));
  expect(rowsAfter(...minuted, more)).toEqual(rowsAfter(...minuted));
});

test('a fact about a meeting that was neither planned nor opened puts the row into quarantine', () => {
  expect(rowsAfter(atMeeting(papersSent('2022-06-07')))).toMatchObject([{ key: ids.meeting, broken: derivedId('fact', 0) }]);
});

test('the same facts give the same rows as long as the version is the same', async () => {
  const facts = [
    ...minuted,
    atMeeting(
      papersSent('2022-06-07'),
      approved('2022-06-16', { approval: 2, points: [points[0]] }),
      announced('2022-06-21'),
      ended('2022-07-13'),
      corrected({ fact: 'minutes-announced', approval: 1, from: day('2022-06-21'), to: day('2022-06-22') }),
      recordedParagraph({ number: '§ 14', atOnce: true }),
    ),
    inCalendar(moved('2022-06-15', { correction: true }), planned('2022-09-20', { of: ids.nextMeeting }), cancelled(ids.nextMeeting)),
    happenedIn(`meeting-${ids.urgent}`, urgentOpened(), recordedParagraph({ of: ids.urgent, number: '1/2022' }), reported('2022-08-23')),
  ];
  await checkGoldenRows(meetingsView, facts.flat(), new URL('./meetings.golden.json', import.meta.url));
});
