import { test } from '@jest/globals';
import { day } from '#libs/kernel';
import { approveReply } from './approve-reply.js';
import { approved, approvedReply, awaited, chainSet, decided, given, givenReply, ids, noLongerAwaited, on, register, unmerged } from './reply.given.js';

const approve = { reply: ids.reply, decision: { meeting: ids.meeting, point: ids.point } };
const later = on('2020-10-06');
const by = (more: Parameters<typeof decided>[0] = {}) => ({ decided: decided(more), register });

test('the board that holds the reply on that day approves it: Hägersten-Älvsjö, for Älvsjö', () => {
  given(awaited()).when(approveReply, approve, later, by()).then(approved());
});

test('approved with changes is approved', () => {
  given(awaited())
    .when(approveReply, approve, later, by({ outcome: 'approved-with-changes' }))
    .then(approved());
});

test('the deciding board of the chain decides, not the one that was asked', () => {
  const toExecutive = [...awaited(), chainSet(ids.executive, ids.board)];
  given(toExecutive)
    .when(approveReply, approve, later, by({ board: ids.executive }))
    .thenTypes('ReplyApproved');
  given(toExecutive).when(approveReply, approve, later, by()).thenRefused('decision.other-board');
});

test('a decision of a board that is no more on that day is refused as decision.board-ended', () => {
  given(awaited())
    .when(approveReply, approve, later, by({ board: ids.board }))
    .thenRefused('decision.board-ended');
});

test('its own decision before it was succeeded is good, however late it is recorded', () => {
  given(awaited())
    .when(approveReply, approve, later, by({ board: ids.board, on: day('2020-06-11'), countsFrom: day('2020-06-18') }))
    .thenTypes('ReplyApproved');
});

test('another board’s decision is refused as decision.other-board', () => {
  given(awaited())
    .when(approveReply, approve, later, { decided: decided({ board: ids.executive }), register: unmerged })
    .thenRefused('decision.other-board');
});

test('a decision that did not approve is refused as decision.not-approved', () => {
  for (const outcome of ['rejected', 'referred-back', 'tabled', 'noted'] as const) {
    given(awaited()).when(approveReply, approve, later, by({ outcome })).thenRefused('decision.not-approved');
  }
});

test('a decision that is about something else is refused as decision.other-object; one about this reply is not', () => {
  given(awaited())
    .when(approveReply, approve, later, by({ object: { kind: 'reply', id: ids.otherPoint } }))
    .thenRefused('decision.other-object');
  given(awaited())
    .when(approveReply, approve, later, by({ object: { kind: 'action', id: ids.reply } }))
    .thenRefused('decision.other-object');
  given(awaited())
    .when(approveReply, approve, later, by({ object: { kind: 'reply', id: ids.reply } }))
    .then(approved());
});

test('a decision that is in no minutes, that does not count yet or has been annulled is refused', () => {
  const { countsFrom: _countsFrom, ...uncounted } = decided();
  given(awaited()).when(approveReply, approve, later, { decided: undefined, register }).thenRefused('decision.unknown');
  given(awaited())
    .when(approveReply, approve, later, { decided: { ...uncounted, counts: false }, register })
    .thenRefused('decision.not-counting');
  given(awaited())
    .when(approveReply, approve, later, by({ counts: false, annulledOn: day('2020-10-05') }))
    .thenRefused('decision.annulled');
});

test('a decision before the report was handed over is refused as day.before-referral', () => {
  given(awaited())
    .when(approveReply, approve, later, by({ board: ids.board, on: day('2020-05-20'), countsFrom: day('2020-05-22') }))
    .thenRefused('day.before-referral');
});

test('the same decision again says nothing new; another one takes its place', () => {
  given(approvedReply()).when(approveReply, approve, later, by()).thenNothing();
  given(approvedReply())
    .when(approveReply, { reply: ids.reply, decision: { meeting: ids.meeting, point: ids.otherPoint } }, later, by({ point: ids.otherPoint }))
    .then(approved(ids.otherPoint));
});

test('a reply that is given, not awaited or not there is refused', () => {
  given(givenReply()).when(approveReply, approve, on('2020-10-12'), by()).thenRefused('reply.given');
  given(awaited(), noLongerAwaited).when(approveReply, approve, later, by()).thenRefused('reply.not-awaited');
  given().when(approveReply, approve, later, by()).thenRefused('reply.unknown');
});
