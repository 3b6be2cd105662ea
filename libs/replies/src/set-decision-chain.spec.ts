import { expect, test } from '@jest/globals';
import { day } from '#libs/kernel';
import { countBack } from './count-back.js';
import {
  approvedReply,
  awaited,
  awaitedUndated,
  chainSet,
  counting,
  executive,
  given,
  ids,
  meetings,
  on,
  own,
  planned,
  planning,
  register,
  unmerged,
} from './reply.given.js';
import { setDecisionChain } from './set-decision-chain.js';

const withExecutive = planning(unmerged, own, executive);
const needs = { register, planning: withExecutive };
const toExecutive = { reply: ids.reply, preparingBoard: ids.board, decidingBoard: ids.executive };

test('the board prepares for kommunstyrelsen, which the report was not referred to [004]; the plan goes by both calendars', () => {
  const plan = countBack({
    lastOn: day('2020-10-15'),
    today: day('2020-06-01'),
    deciding: [meetings.executive],
    preparing: [meetings.june, meetings.september],
    steps: own.steps,
  });
  expect(plan).toMatchObject({ meeting: { on: '2020-10-01' }, preparing: { on: '2020-09-22' } });
  given(awaited())
    .when(setDecisionChain, toExecutive, on('2020-06-01'), needs)
    .then(chainSet(ids.executive, ids.board), planned(plan, 'chain-set', [ids.board, ids.executive]));
});

test('a reply without a known last day has a chain and no plan', () => {
  given(awaitedUndated()).when(setDecisionChain, toExecutive, on('2020-06-01'), needs).then(chainSet(ids.executive, ids.board));
});

test('steps of its own, each said in the same way', () => {
  const steps = [
    { name: 'Rådet', calendar: [day('2020-09-18'), day('2020-08-20')], afterPapers: true },
    { name: 'Attest', workingDays: 2, afterPapers: false },
  ];
  given(awaitedUndated())
    .when(setDecisionChain, { reply: ids.reply, decidingBoard: ids.board, steps }, on('2020-06-01'), needs)
    .then(
      chainSet(ids.board, undefined, 'ordinary', [
        { name: 'Rådet', calendar: [day('2020-08-20'), day('2020-09-18')], afterPapers: true },
        { name: 'Attest', workingDays: 2 },
      ]),
    );
});

test('to be approved at once: a later meeting is possible', () => {
  const late = planning(unmerged, { ...own, meetings: [meetings.september, { ...meetings.mergedLate, on: day('2020-10-13') }] });
  const { events } = given(awaited()).when(setDecisionChain, { reply: ids.reply, decidingBoard: ids.board, minutes: 'at-once' as const }, on('2020-06-01'), {
    register,
    planning: late,
  });
  expect(events[1]?.data).toMatchObject({ plan: { meeting: { on: '2020-10-13' }, atOnce: true } });
});

test('the same chain again says nothing new', () => {
  given(awaited(), chainSet(ids.executive, ids.board)).when(setDecisionChain, toExecutive, on('2020-06-02'), needs).thenNothing();
  given(awaited()).when(setDecisionChain, { reply: ids.reply, decidingBoard: ids.board }, on('2020-06-02'), { register, planning: counting }).thenNothing();
});

test('a board that prepares for itself is refused as chain.prepares-for-itself, what is no board as board.unknown', () => {
  given(awaited())
    .when(setDecisionChain, { ...toExecutive, decidingBoard: ids.board }, on('2020-06-01'), needs)
    .thenRefused('chain.prepares-for-itself');
  given(awaited())
    .when(setDecisionChain, { ...toExecutive, decidingBoard: ids.council }, on('2020-06-01'), needs)
    .thenRefused('board.unknown');
  given(awaited())
    .when(setDecisionChain, { ...toExecutive, preparingBoard: ids.department }, on('2020-06-01'), needs)
    .thenRefused('board.unknown');
});

test('once the board has approved the chain stands: reply.approved', () => {
  given(approvedReply()).when(setDecisionChain, toExecutive, on('2020-10-06'), needs).thenRefused('reply.approved');
});
