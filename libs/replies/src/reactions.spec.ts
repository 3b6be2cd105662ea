import { expect, test } from '@jest/globals';
import { actionsView, PromiseAction } from '#libs/actions';
import {
  AuditReportCompleted,
  NoteReferralReply,
  NoteReply,
  NoteReplyDay,
  ObligationArisen,
  obligationsView,
  ReferralCorrected,
  ReferralMade,
} from '#libs/audits';
import { day, derivedId, event, instant, type Event } from '#libs/kernel';
import { MeetingCancelled, MeetingMoved, MeetingPlanned, ParagraphCorrected, ParagraphRecorded, PreparationStepsSet, type Outcome } from '#libs/meetings';
import { BoardSucceeded, SuccessionWithdrawn } from '#libs/organisation';
import type { AsOfEvent, Happened, Reaction } from '#libs/reactions';
import type { Read, View } from '#libs/views';
import { AwaitReply } from './await-reply.js';
import { CountReplyAgain } from './count-reply-again.js';
import { repliesAreAwaited, repliesTakeUpObligations } from './replies-await.reaction.js';
import { repliesAreCountedAgain } from './replies-counted.reaction.js';
import { obligationsNoteReplies, referralsNoteReplies } from './replies-told.reaction.js';
import { repliesPromiseActions } from './promises-of-reply.reaction.js';
import { repliesView } from './replies.view.js';
import { commented, decision, givenDayCorrected, granted, ids, noLongerAwaited, replyAwaited, replyGiven, reportWritten, takenUp } from './reply.given.js';
import { TakeUpObligation } from './take-up-obligation.js';

// What follows from an event, and for whom: what the views answer is given here, that they answer so is told by the spec on a database.

const happened = (fact: Event): Happened =>
  ({ ...fact, id: derivedId('event'), rev: 0, at: instant('2020-06-01T08:00:00.000Z'), stream: 'x' }) as unknown as Happened;

/** A reaction's commands by target, where the views answer with these ids; and which views were asked. */
const after = async (reaction: Reaction, fact: Event, answer: readonly string[] = []) => {
  const asked: View[] = [];
  const row = answer.length === 0 ? undefined : { obligations: answer };
  const read = {
    rows: () => ({}),
    query: () => Promise.resolve(answer.map((key) => ({ key, board: key }))),
    find: () => Promise.resolve(row),
  } as unknown as Read;
  const asOf: AsOfEvent = (views, questions) => {
    asked.push(...views);
    return questions(read);
  };
  expect(reaction.on.has(fact.type)).toBe(true);
  const targets = await reaction.targets(happened(fact), asOf);
  return { asked, targets, commands: targets.map((target) => reaction.react(happened(fact), target)) };
};
const command = <C extends object>(of: new () => C, said: Partial<C>) => Object.assign(new of(), said);
const { audit, board, reply, obligation, recommendation } = ids;
/** What the referral is told, and the obligations. */
const told = async (fact: Event) => (await after(referralsNoteReplies, fact)).commands;
const noted = async (fact: Event, answer: readonly string[] = [obligation]) => (await after(obligationsNoteReplies, fact, answer)).commands;

test('a referral, or its correction, awaits the board’s reply', async () => {
  for (const fact of [
    event(ReferralMade, { audit, board, kind: 'for-reply', lastReplyOn: day('2020-10-15') }),
    event(ReferralCorrected, { audit, board, kind: 'information', reason: 'Fel slag.' }),
  ]) {
    expect(await after(repliesAreAwaited, fact)).toEqual({ asked: [], targets: [board], commands: [command(AwaitReply, { audit, board })] });
  }
});

test('the day of handing over becomes known: each board’s reply follows; anything else of the report concerns none', async () => {
  const known = event(AuditReportCompleted, { audit, handedOverOn: day('2020-05-25'), reason: 'Missivet.' });
  expect(await after(repliesAreAwaited, known, [board])).toEqual({ asked: [repliesView], targets: [board], commands: [command(AwaitReply, { audit, board })] });
  expect((await after(repliesAreAwaited, event(AuditReportCompleted, { audit, title: 'Titel', reason: 'Missivet.' }), [board])).targets).toEqual([]);
});

const arisen = event(ObligationArisen, { obligation, audit, recommendation, board, number: '3', addressed: 'named' });

test('an obligation is taken up by the reply that is awaited, and a reply takes up those that are there', async () => {
  const taken = [command(TakeUpObligation, { reply, obligation })];
  expect(await after(repliesTakeUpObligations, arisen, ['anything'])).toEqual({ asked: [repliesView], targets: [obligation], commands: taken });
  expect((await after(repliesTakeUpObligations, arisen)).targets).toEqual([]);
  expect(await after(repliesTakeUpObligations, replyAwaited('2020-10-15'), [obligation])).toEqual({
    asked: [obligationsView],
    targets: [obligation],
    commands: taken,
  });
});

test('the referral shows where the reply stands', async () => {
  const of = { audit, board, reply };
  expect(await told(replyAwaited('2020-10-15'))).toEqual([command(NoteReferralReply, { ...of, state: 'awaited', dueOn: day('2020-10-15') })]);
  expect(await told(replyAwaited(undefined, 'possible-reply'))).toEqual([command(NoteReferralReply, { ...of, state: 'not-expected' })]);
  expect(await told(noLongerAwaited)).toEqual([command(NoteReferralReply, { ...of, state: 'not-expected' })]);
  expect(await told(reportWritten('2020-09-08'))).toEqual([command(NoteReferralReply, { ...of, state: 'proposed', dueOn: day('2020-10-15') })]);
  expect(await told(commented('Vi instämmer.'))).toEqual([command(NoteReferralReply, { ...of, state: 'proposed', dueOn: day('2020-10-15') })]);
  expect(await told(granted('2020-11-15', '2020-09-04'))).toEqual([command(NoteReferralReply, { ...of, state: 'awaited', dueOn: day('2020-11-15') })]);
  for (const fact of [replyGiven('2020-10-09'), givenDayCorrected('2020-10-08', '2020-10-09', 'Fel dag.')]) {
    expect(await told(fact)).toEqual([command(NoteReferralReply, { ...of, state: 'given', dueOn: day('2020-10-15'), givenOn: day('2020-10-09') })]);
  }
});

test('an obligation learns the reply’s last day when it is taken up, and each new one', async () => {
  expect(await noted(takenUp('2020-10-15'), [])).toEqual([command(NoteReplyDay, { obligation, dueOn: day('2020-10-15') })]);
  expect(await noted(takenUp(), [])).toEqual([command(NoteReplyDay, { obligation })]);
  expect(await noted(replyAwaited('2020-09-30'))).toEqual([command(NoteReplyDay, { obligation, dueOn: day('2020-09-30') })]);
  expect(await noted(replyAwaited('2020-09-30'), [])).toEqual([]);
  expect(await noted(granted('2020-11-15', '2020-09-04'))).toEqual([command(NoteReplyDay, { obligation, dueOn: day('2020-11-15') })]);
  expect(await noted(noLongerAwaited)).toEqual([command(NoteReplyDay, { obligation })]);
});

test('an obligation learns what the reply says of it: proposed, then given', async () => {
  expect(await noted(commented('Vi instämmer.', 'agrees'))).toEqual([command(NoteReply, { obligation, reply, position: 'agrees', proposed: true })]);
  expect(await noted(commented('Se ovan.'))).toEqual([command(NoteReply, { obligation, reply, proposed: true })]);
  const positions = [{ recommendation, position: 'agrees' as const }];
  expect(await noted(replyGiven('2020-10-09', { positions }))).toEqual([
    command(NoteReply, { obligation, reply, givenOn: day('2020-10-09'), position: 'agrees' }),
  ]);
  expect(await noted(replyGiven('2020-10-09', { positions: [{ recommendation }] }))).toEqual([
    command(NoteReply, { obligation, reply, givenOn: day('2020-10-09') }),
  ]);
  expect(await noted(replyGiven('2020-10-09'))).toEqual([]);
});

test('a given reply promises the actions that it proposed', async () => {
  const action = derivedId('action');
  expect(await after(repliesPromiseActions, replyGiven('2020-10-09'), [action])).toEqual({
    asked: [actionsView],
    targets: [action],
    commands: [command(PromiseAction, { action, on: day('2020-10-09'), decision })],
  });
});

const meeting = derivedId('meeting');
const days = { on: day('2020-09-24'), stopOn: day('2020-09-10'), papersOn: day('2020-09-17') };

test('a calendar that a plan was counted with has changed: it is counted again', async () => {
  for (const fact of [
    event(MeetingPlanned, { meeting, board, ...days }),
    event(MeetingMoved, { meeting, board, ...days, reason: 'Lokalbyte.' }),
    event(MeetingCancelled, { meeting, board, reason: 'För få ärenden.' }),
    event(PreparationStepsSet, { board, steps: [] }),
  ]) {
    expect(await after(repliesAreCountedAgain, fact, [reply])).toEqual({
      asked: [repliesView],
      targets: [reply],
      commands: [command(CountReplyAgain, { reply, because: 'calendar-changed' })],
    });
  }
});

test('a board was succeeded: the replies counted with its calendar are counted with its successor’s', async () => {
  const succeeded = event(BoardSucceeded, {
    from: [board, ids.neighbour],
    to: [ids.successor],
    on: day('2020-07-01'),
    decision: 'KF',
    exceptions: [],
    units: [],
  });
  const withdrawn = event(SuccessionWithdrawn, { succession: derivedId('succession'), from: [board], to: [ids.successor], reason: 'Fel dag.' });
  for (const fact of [succeeded, withdrawn]) {
    expect((await after(repliesAreCountedAgain, fact, [reply])).commands).toEqual([command(CountReplyAgain, { reply, because: 'board-succeeded' })]);
  }
});

test('a meeting tabled it, referred it back or rejected it: it is counted without that meeting; an approval counts nothing', async () => {
  const point = (outcome: Outcome, kind: 'reply' | 'action' = 'reply') => ({ point: ids.point, text: 'Yttrandet', outcome, object: { kind, id: reply } });
  const recorded = (outcome: Outcome, kind?: 'action') =>
    event(ParagraphRecorded, { meeting, paragraph: ids.paragraph, number: '§ 13', title: 'Yttrande', points: [point(outcome, kind)] });
  for (const outcome of ['tabled', 'referred-back', 'rejected'] as const) {
    expect((await after(repliesAreCountedAgain, recorded(outcome))).commands).toEqual([
      command(CountReplyAgain, { reply, because: 'not-decided', undecidedAt: meeting }),
    ]);
  }
  const corrected = event(ParagraphCorrected, { ...recorded('tabled').data, reason: 'Fel utfall.' });
  expect((await after(repliesAreCountedAgain, corrected)).targets).toEqual([reply]);
  for (const outcome of ['approved', 'approved-with-changes', 'noted'] as const)
    expect((await after(repliesAreCountedAgain, recorded(outcome))).targets).toEqual([]);
  expect((await after(repliesAreCountedAgain, recorded('tabled', 'action'))).targets).toEqual([]);
});
