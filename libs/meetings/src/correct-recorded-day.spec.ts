import { test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import { correctRecordedDay } from './correct-recorded-day.js';
import type { DatedFact } from './meeting.codes.js';
import { RecordedDayCorrected } from './meeting.events.js';
import {
  announced,
  annulled,
  awaited,
  corrected,
  decidedUrgently,
  dispatched,
  ended,
  given,
  held,
  ids,
  minuted,
  needs,
  on,
  papersSent,
  paragraph,
  points,
  reported,
  served,
  urgentReport,
} from './meetings.given.js';

const education = [{ body: ids.education }];
const correct = (fact: DatedFact, from: string, to: string, about: { approval?: number; paragraph?: string; point?: string } = {}) => ({
  meeting: ids.meeting,
  fact,
  ...about,
  from: day(from),
  to: day(to),
  reason: 'Skäl.',
});
const told = (fact: DatedFact, from: string, to: string, about: { approval?: number; paragraph?: string; point?: string } = {}) =>
  corrected({ fact, ...about, from: day(from), to: day(to) });
const urgentlyOn = (to: string) => ({ ...correct('urgent-decided', '2022-07-05', to), meeting: ids.urgent });
/** Everything that can have a day. */
const everything = [
  ...minuted(),
  papersSent('2022-06-07'),
  announced('2022-06-21'),
  awaited('announcement', '2022-06-20', { nth: 1 }).met('2022-06-21'),
  ended('2022-07-13'),
  dispatched('2022-06-21', education),
  served('2022-06-22'),
  annulled('2022-11-15'),
];

test.each([
  ['papers-sent', '2022-06-07', '2022-06-08', {}],
  ['announcement-ended', '2022-07-13', '2022-07-14', { approval: 1 }],
  ['decision-dispatched', '2022-06-21', '2022-06-22', { paragraph }],
  ['decision-served', '2022-06-22', '2022-06-23', { paragraph }],
  ['decision-annulled', '2022-11-15', '2022-11-16', { point: points[0] }],
] as const)('%s: the day is corrected, with the reason', (fact, from, to, about) => {
  given(everything)
    .when(correctRecordedDay, correct(fact, from, to, about), on('2022-12-01'), needs)
    .then(told(fact, from, to, about));
});

test('the day of approval is corrected: the minutes were in time or not, and their announcement is counted anew', () => {
  const announcement = awaited('announcement', '2022-06-20', { nth: 1 });
  given(minuted())
    .when(correctRecordedDay, correct('minutes-approved', '2022-06-20', '2022-06-29', { approval: 1 }), on('2022-06-29'), needs)
    .thenTypes('RecordedDayCorrected', 'DeadlineMissed', 'DeadlineMet', 'DeadlineMoved');
  given(minuted(), announced('2022-06-21'), announcement.met('2022-06-21'))
    .when(correctRecordedDay, correct('minutes-approved', '2022-06-20', '2022-06-17', { approval: 1 }), on('2022-06-29'), needs)
    .thenTypes('RecordedDayCorrected', 'DeadlineMet', 'DeadlineMoved', 'DeadlineMissed', 'DeadlineMet');
});

test('the day of announcement is corrected: it was late', () => {
  given(minuted(), announced('2022-06-21'), awaited('announcement', '2022-06-20', { nth: 1 }).met('2022-06-21'))
    .when(correctRecordedDay, correct('minutes-announced', '2022-06-21', '2022-06-23', { approval: 1 }), on('2022-06-29'), needs)
    .thenTypes('RecordedDayCorrected', 'DeadlineMissed', 'DeadlineMet');
});

test('the day of dispatch is corrected: the day on which everybody had it follows', () => {
  const wait = awaited('dispatch', '2022-06-20', { nth: 1 });
  given(minuted({ dispatchTo: education }), wait.set, dispatched('2022-06-21', education), wait.met('2022-06-21'))
    .when(correctRecordedDay, correct('decision-dispatched', '2022-06-21', '2022-06-22', { paragraph }), on('2022-06-29'), needs)
    .then(told('decision-dispatched', '2022-06-21', '2022-06-22', { paragraph }), wait.met('2022-06-22', 3));
});

test('the day of an urgent decision is corrected: its report is counted from the right one', () => {
  const said = { ...correct('urgent-decided', '2022-07-05', '2022-07-04'), meeting: ids.urgent };
  given(decidedUrgently())
    .when(correctRecordedDay, said, on('2022-07-10', { id: ids.urgent }), { ...needs, nextMeetingOn: day('2022-08-23') })
    .then(
      event(RecordedDayCorrected, { ...said }),
      awaited('urgent-report', '2022-07-04', { of: ids.urgent, until: '2022-08-23' }).moved('start-corrected', 2),
    );
});

test('the day on which it was reported is corrected, as where the meeting’s own was: it was late or not', () => {
  const said = { ...correct('urgent-reported', '2022-08-23', '2022-08-25'), meeting: ids.urgent };
  given(decidedUrgently(), reported('2022-08-23'), urgentReport.met('2022-08-23'))
    .when(correctRecordedDay, said, on('2022-09-10', { id: ids.urgent }), { ...needs, nextMeetingOn: day('2022-08-23') })
    .then(event(RecordedDayCorrected, { ...said }), urgentReport.missed(2), urgentReport.met('2022-08-25', 3));
});

test('the same day says nothing new', () => {
  given(everything)
    .when(correctRecordedDay, correct('papers-sent', '2022-06-07', '2022-06-07'), on('2022-12-01'), needs)
    .thenNothing();
});

test.each([
  ['papers-sent', '2022-06-08', {}],
  ['minutes-approved', '2022-06-20', {}],
  ['minutes-approved', '2022-06-21', { approval: 1 }],
  ['minutes-announced', '2022-06-21', { approval: 2 }],
  ['announcement-ended', '2022-07-13', {}],
  ['decision-dispatched', '2022-06-21', {}],
  ['decision-served', '2022-06-21', { paragraph }],
  ['decision-annulled', '2022-11-15', {}],
  ['decision-annulled', '2022-11-15', { point: points[1] }],
  ['urgent-decided', '2022-06-14', {}],
  ['urgent-reported', '2022-06-14', {}],
] as const)('%s on %s, %j: what is not recorded so is refused as day.not-recorded', (fact, from, about) => {
  given(everything)
    .when(correctRecordedDay, correct(fact, from, '2022-06-30', about), on('2022-12-01'), needs)
    .thenRefused('day.not-recorded');
});

test('points approved at once have the meeting’s day, which the calendar corrects', () => {
  given(held({ atOnce: true }))
    .when(correctRecordedDay, correct('minutes-approved', '2022-06-14', '2022-06-15', { approval: 1 }), on('2022-06-20'), needs)
    .thenRefused('day.not-recorded');
});

test.each([
  ['papers-sent', '2022-06-07', '2022-06-15', {}, 'papers.after-meeting'],
  ['minutes-approved', '2022-06-20', '2022-06-13', { approval: 1 }, 'minutes.approved-before-meeting'],
  ['minutes-approved', '2022-06-20', '2022-06-22', { approval: 1 }, 'announcement.before-approval'],
  ['minutes-announced', '2022-06-21', '2022-06-22', { approval: 1 }, 'announcement.ended-too-early'],
  ['decision-dispatched', '2022-06-21', '2022-06-19', { paragraph }, 'dispatch.before-approval'],
  ['decision-served', '2022-06-22', '2022-06-19', { paragraph }, 'serving.before-approval'],
  ['decision-annulled', '2022-11-15', '2022-06-13', { point: points[0] }, 'annulment.before-decision'],
  ['papers-sent', '2022-06-07', '2022-12-02', {}, 'day.in-the-future'],
] as const)('%s moved from %s to %s contradicts the others', (fact, from, to, about, code) => {
  given(everything)
    .when(correctRecordedDay, correct(fact, from, to, about), on('2022-12-01'), needs)
    .thenRefused(code);
});

test('an urgent decision cannot have been made after it was reported, nor when its board was no more', () => {
  const asked = on('2022-09-01', { id: ids.urgent });
  given(decidedUrgently(), reported('2022-08-23'), urgentReport.met('2022-08-23'))
    .when(correctRecordedDay, urgentlyOn('2022-08-24'), asked, needs)
    .thenRefused('urgent.reported-before-decided');
  const [opened, ...rest] = decidedUrgently();
  const old = { ...opened!, data: { ...opened!.data, board: ids.alvsjo } } as NonNullable<typeof opened>;
  given(old, ...rest)
    .when(correctRecordedDay, urgentlyOn('2022-07-04'), asked, needs)
    .thenRefused('decision.board-ended');
});

test('what is not there is meeting.unknown', () => {
  given()
    .when(correctRecordedDay, correct('papers-sent', '2022-06-07', '2022-06-08'), on('2022-12-01'), needs)
    .thenRefused('meeting.unknown');
});
