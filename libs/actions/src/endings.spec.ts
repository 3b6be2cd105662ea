import { expect, test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import {
  aDay,
  after,
  answered,
  answers,
  decided,
  decision,
  done,
  given,
  head,
  ids,
  manager,
  moveRequested,
  occasion,
  officer,
  on,
  ongoing,
  organisation,
  owner,
  promised,
  proposed,
  statedDone,
  theDay,
  undated,
} from './action.given.js';
import { ActionDropped, ActionEnded, ActionTransferred } from './action.events.js';
import { dropAction } from './drop-action.js';
import { endAction, type EndAction } from './end-action.js';
import { transferAction, type TransferAction } from './transfer-action.js';

// However an action ends other than by being done: ended by decision, dropped with reason, transferred.

const reason = 'Ersatt av stadens granskning.';
const needs = { organisation, decided: undefined };
const october = occasion('2020-10-31', '2020-09-24');

const end = (more: Partial<EndAction> = { reason }) => ({ action: ids.action, on: day('2020-10-20'), ...more });
const endedFact = event(ActionEnded, { action: ids.action, on: day('2020-10-20'), reason, ...answers('ended', { kind: 'ongoing' }) });

test('an ongoing action is ended by a head’s decision, with the reason, and no occasion is awaited any more', () => {
  given(ongoing()).when(endAction, end(), on('2020-10-21', manager), needs).then(endedFact, october.closed('2020-10-20', 'action-ended'));
  given(ongoing()).when(endAction, end(), on('2020-10-21', head), needs).then(endedFact, october.closed('2020-10-20', 'action-ended'));
});

test('or by the board’s, which is cited', () => {
  const { reason: _, ...data } = endedFact.data;
  given(ongoing())
    .when(endAction, end({ decision }), on('2020-10-21', owner), { ...needs, decided: decided('2020-10-15') })
    .then({ ...endedFact, data: { ...data, decision } }, october.closed('2020-10-20', 'action-ended'));
});

test('ended after an occasion was missed, that it was missed stays', () => {
  given(ongoing(), october.missed())
    .when(endAction, { ...end(), on: day('2020-11-05') }, on('2020-11-05', manager), needs)
    .thenTypes('ActionEnded', 'DeadlineClosed');
});

test('ended on the same day again it says nothing new', () => {
  given(ongoing(), endedFact).when(endAction, end(), on('2020-10-22', manager), needs).thenNothing();
});

test('by nobody’s decision, without a reason, by another board’s decision: refused', () => {
  given(ongoing()).when(endAction, end(), on('2020-10-21', owner), needs).thenRefused('action.decision-missing');
  given(ongoing()).when(endAction, end(), on('2020-10-21', officer), needs).thenRefused('action.decision-missing');
  given(ongoing()).when(endAction, end({}), on('2020-10-21', manager), needs).thenRefused('action.reason-missing');
  given(ongoing())
    .when(endAction, end({ decision }), on('2020-10-21', owner), { ...needs, decided: decided('2020-10-15', { board: ids.otherBoard }) })
    .thenRefused('decision.other-board');
});

test('ended tomorrow, before the promise, when it has ended, or when it is not ongoing: refused', () => {
  given(ongoing()).when(endAction, end(), on('2020-10-19', manager), needs).thenRefused('day.in-the-future');
  given(ongoing())
    .when(endAction, { ...end(), on: day('2020-09-01') }, on('2020-10-19', manager), needs)
    .thenRefused('day.before-promise');
  given(ongoing(), endedFact)
    .when(endAction, { ...end(), on: day('2020-10-21') }, on('2020-10-22', manager), needs)
    .thenRefused('action.over');
  given(promised()).when(endAction, end(), on('2020-10-21', manager), needs).thenRefused('action.not-ongoing');
  given(statedDone()).when(endAction, end(), on('2020-10-21', manager), needs).thenRefused('action.not-ongoing');
  given().when(endAction, end(), on('2020-10-21', manager), needs).thenRefused('action.unknown');
});

const drop = { action: ids.action, reason };
const dropped = (date: string, more: { decision?: typeof decision } = {}) =>
  event(ActionDropped, { action: ids.action, on: day(date), reason, ...more, ...answers('dropped') });

test('a promised action is dropped with a reason, and awaited no more', () => {
  given(promised()).when(dropAction, drop, on('2020-11-02', owner), needs).then(dropped('2020-11-02'), theDay().closed('2020-11-02', 'action-dropped'));
});

test('the board’s decision is cited where there is one, and its day is the day', () => {
  given(promised())
    .when(dropAction, { ...drop, decision }, on('2020-11-20', owner), { ...needs, decided: decided('2020-11-12') })
    .then(dropped('2020-11-12', { decision }), theDay().closed('2020-11-12', 'action-dropped'));
});

test('dropped before its day and recorded after, it was not late; with no day it asks for none any more', () => {
  given(promised(), theDay().missed())
    .when(dropAction, { ...drop, on: day('2020-12-30') }, on('2021-01-11', owner), needs)
    .then(dropped('2020-12-30'), theDay().withdrawn(), theDay().closed('2020-12-30', 'action-dropped', 3));
  given(undated()).when(dropAction, drop, on('2020-10-02', owner), needs).thenTypes('ActionDropped', 'DeadlineClosed');
  expect(aDay().plan.type).toBe('undated-action');
});

test('a move that was asked for is asked for no more', () => {
  const state = after(promised(), moveRequested('2021-05-31'), dropped('2020-12-02'));
  expect(state).toMatchObject({ status: 'dropped', overOn: '2020-12-02' });
});

test('dropped again it says nothing new', () => {
  given(promised(), dropped('2020-11-02')).when(dropAction, drop, on('2020-11-03', owner), needs).thenNothing();
});

test('without a reason, on a day that cannot be, of what is only proposed or over: refused', () => {
  given(promised()).when(dropAction, { action: ids.action }, on('2020-11-02', owner), needs).thenRefused('action.reason-missing');
  given(promised())
    .when(dropAction, { ...drop, on: day('2020-11-03') }, on('2020-11-02', owner), needs)
    .thenRefused('day.in-the-future');
  given(promised())
    .when(dropAction, { ...drop, on: day('2020-09-01') }, on('2020-11-02', owner), needs)
    .thenRefused('day.before-promise');
  given(promised())
    .when(dropAction, { ...drop, decision }, on('2020-11-02', owner), needs)
    .thenRefused('decision.unknown');
  given(proposed()).when(dropAction, drop, on('2020-11-02', owner), needs).thenRefused('action.not-promised');
  given(promised(), done('2020-11-01')).when(dropAction, drop, on('2020-11-02', owner), needs).thenRefused('action.over');
  given().when(dropAction, drop, on('2020-11-02', owner), needs).thenRefused('action.unknown');
});

const transfer = (more: Partial<TransferAction>): TransferAction => ({ action: ids.action, reason, ...more });
const other = (() => {
  const state = after(promised());
  if (state.status !== 'promised') throw new Error('It should have been promised.');
  return { ...state, action: ids.otherAction };
})();
const known = { organisation, answered, other: undefined };

test('a promised action answers other obligations from now on: those it answers no more are told so', () => {
  given(promised())
    .when(transferAction, transfer({ toObligations: [ids.otherObligation] }), on('2020-11-02', owner), known)
    .then(
      event(ActionTransferred, {
        action: ids.action,
        on: day('2020-11-02'),
        reason,
        from: [ids.obligation],
        ...answers('promised', { obligations: [ids.otherObligation] }),
      }),
    );
});

const replaced = event(ActionTransferred, {
  action: ids.action,
  on: day('2020-11-02'),
  reason,
  from: [],
  toAction: ids.otherAction,
  ...answers('transferred'),
});

test('another action takes its place: it is over, and awaited no more', () => {
  given(promised())
    .when(transferAction, transfer({ toAction: ids.otherAction }), on('2020-11-02', owner), { ...known, other })
    .then(replaced, theDay().closed('2020-11-02', 'action-transferred'));
  expect(after(promised(), replaced)).toMatchObject({ status: 'transferred', toAction: ids.otherAction });
});

test('the same transfer again says nothing new', () => {
  given(promised(), replaced)
    .when(transferAction, transfer({ toAction: ids.otherAction }), on('2020-11-03', owner), { ...known, other })
    .thenNothing();
  given(promised())
    .when(transferAction, transfer({ toObligations: [ids.obligation] }), on('2020-11-03', owner), known)
    .thenNothing();
});

test('to neither or both, without a reason, to another board’s obligation: refused', () => {
  given(promised()).when(transferAction, transfer({}), on('2020-11-02', owner), known).thenRefused('action.transfer-unclear');
  given(promised())
    .when(transferAction, transfer({ toAction: ids.otherAction, toObligations: [ids.otherObligation] }), on('2020-11-02', owner), { ...known, other })
    .thenRefused('action.transfer-unclear');
  given(promised())
    .when(transferAction, { action: ids.action, toObligations: [ids.otherObligation] }, on('2020-11-02', owner), known)
    .thenRefused('action.reason-missing');
  given(promised())
    .when(transferAction, transfer({ toObligations: [ids.foreignObligation] }), on('2020-11-02', owner), known)
    .thenRefused('action.obligation-unknown');
});

test('an action that is none, itself, over, only proposed or another board’s takes no place: action.no-successor', () => {
  const overDone = after(promised(), done('2020-11-01'));
  const cases = [undefined, { status: 'none' } as const, { ...other, action: ids.action }, overDone, after(proposed()), { ...other, unit: ids.otherUnit }];
  for (const one of cases)
    given(promised())
      .when(transferAction, transfer({ toAction: ids.otherAction }), on('2020-11-02', owner), { ...known, other: one })
      .thenRefused('action.no-successor');
});

test('on a day that cannot be, or of what is not promised, it is refused', () => {
  const to = { toObligations: [ids.otherObligation] };
  given(promised())
    .when(transferAction, transfer({ ...to, on: day('2020-11-03') }), on('2020-11-02', owner), known)
    .thenRefused('day.in-the-future');
  given(promised())
    .when(transferAction, transfer({ ...to, on: day('2020-09-03') }), on('2020-11-02', owner), known)
    .thenRefused('day.before-promise');
  given(proposed()).when(transferAction, transfer(to), on('2020-11-02', owner), known).thenRefused('action.not-promised');
  given().when(transferAction, transfer(to), on('2020-11-02', owner), known).thenRefused('action.unknown');
});
