import { expect, test } from '@jest/globals';
import { day, derivedId, event, instant } from '#libs/kernel';
import { ReminderIssued, RemindersSuppressed } from '#libs/timers';
import { checkGoldenRows, foldAll, happenedIn } from '#libs/views';
import { countBack } from './count-back.js';
import { repliesView } from './replies.view.js';
import {
  answerDue,
  approved,
  approvedReply,
  awaited,
  awaitedUndated,
  chainSet,
  commented,
  consulted,
  due,
  duePlan,
  executive,
  givenDayCorrected,
  givenReply,
  granted,
  ids,
  meetings,
  noLongerAwaited,
  planned,
  preparationDayCorrected,
  refused,
  replyAwaited,
  replyGiven,
  reportWritten,
  requested,
  signedOff,
  takenUp,
} from './reply.given.js';
import type { ReplyEvent } from './reply.events.js';

type Facts = readonly (ReplyEvent | readonly ReplyEvent[])[];
const rowsAfter = (...facts: Facts) => foldAll(repliesView, happenedIn(`reply-${ids.reply}`, ...facts.flat()));
const rowAfter = (...facts: Facts) => rowsAfter(...facts).at(-1);

const lastOn = day('2020-10-15');
const today = day('2020-06-01');
const plan = countBack({ lastOn, today, deciding: [meetings.september] });
const both = countBack({ lastOn, today, deciding: executive.meetings.map((one) => ({ ...one, board: ids.executive })), preparing: [meetings.september] });
const none = countBack({ lastOn, today, deciding: [] });

const about = { deadline: duePlan().deadline, type: 'reply', generation: 1, dueOn: duePlan().dueOn };
const reminded = event(ReminderIssued, {
  deadline: about.deadline,
  type: about.type,
  generation: 1,
  reminder: derivedId('reminder'),
  rung: 'before',
  occurrence: 0,
  role: 'process-owner',
  unit: ids.board,
  dueOn: about.dueOn,
  dueAt: instant('2020-10-01T06:00:00.000Z'),
});
const suppressed = event(RemindersSuppressed, {
  deadline: about.deadline,
  type: about.type,
  generation: 1,
  reason: 'superseded',
  fromAt: instant('2020-10-01T06:00:00.000Z'),
  toAt: instant('2020-10-01T06:00:00.000Z'),
  reminders: [{ rung: 'before', role: 'process-owner', first: 0, last: 0 }],
});

test('a reply that is awaited, decided on by the board itself', () => {
  expect(rowAfter(awaited())).toMatchObject({
    status: 'awaited',
    kind: 'for-reply',
    dueOn: '2020-10-15',
    firstDueOn: '2020-10-15',
    decidingBoard: ids.board,
    late: false,
  });
  expect(rowAfter(awaitedUndated('possible-reply'))).toMatchObject({ kind: 'possible-reply', dueOn: null, problem: null });
});

test('the referral was corrected; an extension that was granted stands', () => {
  expect(rowAfter(awaited(), replyAwaited('2020-09-30'))).toMatchObject({ dueOn: '2020-09-30', firstDueOn: '2020-09-30' });
  expect(rowAfter(awaited(), granted('2020-11-15', '2020-06-02'), replyAwaited('2020-09-30'))).toMatchObject({ dueOn: '2020-11-15', firstDueOn: '2020-09-30' });
});

test('not awaited any more, and again', () => {
  expect(rowAfter(awaited(), noLongerAwaited)).toMatchObject({ status: 'not-awaited' });
  expect(rowAfter(awaited(), noLongerAwaited, replyAwaited('2020-10-15'))).toMatchObject({ status: 'awaited' });
  expect(rowAfter(approvedReply(), replyAwaited('2020-10-14'))).toMatchObject({ status: 'approved' });
});

test('the meeting that is to decide it, and the one that prepares', () => {
  expect(rowAfter(awaited(), planned(plan, 'reply-awaited', [ids.board]))).toMatchObject({
    meeting: meetings.september.meeting,
    meetingBoard: ids.board,
    meetingOn: '2020-09-22',
    minutesOn: '2020-10-06',
    preparingMeeting: null,
    problem: null,
    calendars: [ids.board],
  });
  expect(rowAfter(awaited(), chainSet(ids.executive, ids.board), planned(both, 'chain-set', [ids.board, ids.executive]))).toMatchObject({
    decidingBoard: ids.executive,
    preparingBoard: ids.board,
    meetingBoard: ids.executive,
    meetingOn: '2020-10-01',
    preparingMeeting: meetings.september.meeting,
    preparingOn: '2020-09-22',
  });
});

test('no meeting suffices, until one does or the board has decided', () => {
  const problem = [...awaited(), planned(plan, 'reply-awaited', [ids.board]), planned(none, 'calendar-changed', [ids.board])];
  expect(rowAfter(problem)).toMatchObject({ problem: 'no-meetings-known', meeting: null, meetingOn: null });
  expect(rowAfter(problem, planned(plan, 'calendar-changed', [ids.board]))).toMatchObject({ problem: null, meetingOn: '2020-09-22' });
  expect(rowAfter(problem, approved())).toMatchObject({ problem: null, status: 'approved' });
});

test('obligations to be answered, and recommendations commented, each once', () => {
  expect(rowAfter(awaited(), takenUp('2020-10-15'), commented('a'), commented('b'), commented('c', 'agrees', ids.otherRecommendation))).toMatchObject({
    obligations: [ids.obligation],
    commented: [ids.recommendation, ids.otherRecommendation],
  });
});

test('the officer’s report, and its day corrected', () => {
  const written = [...awaited(), reportWritten('2020-09-08')];
  expect(rowAfter(written)).toMatchObject({ officerReportOn: '2020-09-08' });
  expect(rowAfter(written, preparationDayCorrected('officer-report', '2020-09-08', '2020-09-07'))).toMatchObject({ officerReportOn: '2020-09-07' });
  expect(rowAfter(written, preparationDayCorrected('sign-off', '2020-09-10', '2020-09-09', ids.point))).toMatchObject({ officerReportOn: '2020-09-08' });
});

test('approved, given, and its day corrected', () => {
  expect(rowAfter(approvedReply())).toMatchObject({
    status: 'approved',
    approvedOn: '2020-09-24',
    decisionMeeting: ids.meeting,
    decisionParagraph: ids.paragraph,
  });
  expect(rowAfter(givenReply())).toMatchObject({ status: 'given', givenOn: '2020-10-09' });
  expect(rowAfter(givenReply(), givenDayCorrected('2020-10-09', '2020-10-08', 'Fel dag.'))).toMatchObject({ givenOn: '2020-10-08' });
});

test('an extension asked for, granted, refused', () => {
  const asking = [...awaited(), requested('2020-11-15', '2020-09-01')];
  expect(rowAfter(asking)).toMatchObject({ extension: 'requested', extendedTo: '2020-11-15', dueOn: '2020-10-15' });
  expect(rowAfter(asking, granted('2020-11-01', '2020-09-04'))).toMatchObject({ extension: 'granted', extendedTo: '2020-11-01', dueOn: '2020-11-01' });
  expect(rowAfter(asking, refused('2020-09-04'))).toMatchObject({ extension: 'refused', extendedTo: null, dueOn: '2020-10-15' });
});

test('late by its own day, not by that of an answer about an extension', () => {
  expect(rowAfter(awaited(), due().missed())).toMatchObject({ late: true });
  expect(rowAfter(awaited(), due().missed(), due().withdrawn())).toMatchObject({ late: false });
  expect(rowAfter(awaited(), answerDue('2020-09-01').set, answerDue('2020-09-01').missed())).toMatchObject({ late: false });
  expect(rowAfter(awaited(), due().missed(), answerDue('2020-09-01').withdrawn())).toMatchObject({ late: true });
});

test('what stands on the page alone changes nothing in the list', () => {
  const same = [
    consulted('Rådet', '2020-09-17'),
    signedOff('head-of-administration', '2020-09-10'),
    answerDue('2020-09-01').set,
    due().moved(duePlan('2020-11-15'), 'extension-granted', 2),
    due().met('2020-10-09'),
    due().closed('2020-10-09', 'no-last-day'),
    reminded,
    suppressed,
  ];
  for (const one of same) expect(rowsAfter(awaited(), one)).toHaveLength(1);
});

test('a fact of a reply that was never awaited puts the row into quarantine', () => {
  expect(rowsAfter(approved())).toMatchObject([{ broken: expect.any(String) }]);
});

test('golden rows', async () => {
  const facts = [
    ...awaited(),
    takenUp('2020-10-15'),
    chainSet(ids.executive, ids.board),
    planned(both, 'chain-set', [ids.board, ids.executive]),
    reportWritten('2020-09-08'),
    commented('Vi instämmer.', 'agrees'),
    requested('2020-11-15', '2020-09-01'),
    granted('2020-11-15', '2020-09-04', 'proposed'),
    planned(none, 'calendar-changed', [ids.board]),
    due().missed(),
    due().withdrawn(),
    approved(),
    replyGiven('2020-10-09', { dueOn: '2020-11-15' }),
    givenDayCorrected('2020-10-09', '2020-10-08', 'Fel dag.'),
    noLongerAwaited,
  ];
  await checkGoldenRows(repliesView, happenedIn(`reply-${ids.reply}`, ...facts), new URL('replies.golden.json', import.meta.url));
});
