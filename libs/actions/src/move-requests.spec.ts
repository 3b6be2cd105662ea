import { expect, test } from '@jest/globals';
import { day, event, type By } from '#libs/kernel';
import {
  after,
  dayRule,
  decided,
  decision,
  done,
  given,
  head,
  ids,
  manager,
  movedTo,
  moveId,
  moveRequested,
  officer,
  on,
  organisation,
  owner,
  promised,
  rules,
  theDay,
  undated,
} from './action.given.js';
import { MoveRefused } from './action.events.js';
import { approveMove, type ApproveMove } from './approve-move.js';
import { refuseMove, type RefuseMove } from './refuse-move.js';
import { requestMove } from './request-move.js';

const needs = { rule: dayRule, rules, organisation, decided: undefined };
const request = (to: string, more: { requestedOn?: string; reason?: string } = { reason: 'Sjukfrånvaro.' }) => ({
  action: ids.action,
  to: day(to),
  ...(more.reason !== undefined && { reason: more.reason }),
  ...(more.requestedOn !== undefined && { requestedOn: day(more.requestedOn) }),
});
const inDecember = (by: By) => on('2020-12-01', by);
const later = (by: By, date = '2020-12-08') => on(date, by);
const approve = (more: Partial<ApproveMove> = {}): ApproveMove => ({ action: ids.action, move: moveId(), ...more });
const refuse = (more: Partial<RefuseMove> = {}): RefuseMove => ({ action: ids.action, move: moveId(), reason: 'Det går att göra i tid.', ...more });
const refused = event(MoveRefused, { action: ids.action, move: moveId(), reason: 'Det går att göra i tid.' });
const asked = [...promised(), moveRequested('2021-05-31')];

test.each([
  ['2021-02-28', 'responsible'],
  ['2021-05-31', 'unit-head'],
  ['2021-11-30', 'administration-head'],
  ['2022-05-31', 'board'],
] as const)('a move to %s is asked of: %s; the old day stands', (to, level) => {
  given(promised()).when(requestMove, request(to), inDecember(officer), { rules }).then(moveRequested(to, level));
  expect(after(promised(), moveRequested(to, level))).toMatchObject({ promisedOn: '2020-12-31', asked: { to, needs: level } });
});

test('asked for the same day, or for the one it has, it says nothing new', () => {
  given(asked).when(requestMove, request('2021-05-31'), inDecember(officer), { rules }).thenNothing();
  given(promised()).when(requestMove, request('2020-12-31'), inDecember(officer), { rules }).thenNothing();
});

test('another request, without a reason, to a day past, of what is undated: each is refused', () => {
  given(asked).when(requestMove, request('2021-06-30'), inDecember(officer), { rules }).thenRefused('action.move-asked');
  given(promised()).when(requestMove, request('2021-05-31', {}), inDecember(officer), { rules }).thenRefused('action.reason-missing');
  given(promised()).when(requestMove, request('2020-11-30'), inDecember(officer), { rules }).thenRefused('action.move-to-past');
  given(undated()).when(requestMove, request('2021-05-31'), inDecember(officer), { rules }).thenRefused('action.undated');
  given(promised())
    .when(requestMove, request('2021-05-31', { reason: 'Sjukfrånvaro.', requestedOn: '2020-12-02' }), inDecember(officer), { rules })
    .thenRefused('day.in-the-future');
  given(promised())
    .when(requestMove, request('2021-05-31', { reason: 'Sjukfrånvaro.', requestedOn: '2020-09-02' }), inDecember(officer), { rules })
    .thenRefused('day.before-promise');
});

test('whoever it needs approves it, and the day is moved', () => {
  given(asked)
    .when(approveMove, approve(), later(manager), needs)
    .then(movedTo('2021-05-31', { needs: 'unit-head', decidedOn: '2020-12-08' }), theDay().moved(theDay('2021-05-31').plan, 'day-moved', 2));
});

test('the board approves by its decision', () => {
  given(promised(), moveRequested('2022-05-31', 'board'))
    .when(approveMove, approve({ decision }), on('2020-12-20', owner), { ...needs, decided: decided('2020-12-15') })
    .then(movedTo('2022-05-31', { needs: 'board', decidedOn: '2020-12-15', cites: true }), theDay().moved(theDay('2022-05-31').plan, 'day-moved', 2));
});

test('whoever asked cannot approve what is above them', () => {
  given(asked).when(approveMove, approve(), later(officer), needs).thenRefused('action.level-missing');
  given(promised(), moveRequested('2022-05-31', 'board')).when(approveMove, approve(), later(head), needs).thenRefused('action.level-missing');
});

test('approved on a day after the one asked for, it is refused as action.move-to-past', () => {
  given(asked).when(approveMove, approve(), on('2021-06-01', manager), needs).thenRefused('action.move-to-past');
  given(asked)
    .when(approveMove, approve({ decidedOn: day('2021-05-28') }), on('2021-06-01', manager), needs)
    .thenTypes('ActionDayMoved', 'DeadlineMoved', 'DeadlineMissed');
});

test('refused, the old day stands, and another move can be asked for', () => {
  given(asked).when(refuseMove, refuse(), later(manager), { organisation, decided: undefined }).then(refused);
  given(asked, refused)
    .when(requestMove, request('2021-04-30'), on('2020-12-09', officer), { rules })
    .then(moveRequested('2021-04-30', 'unit-head', { requestedOn: '2020-12-09', nth: 1 }));
});

test('whoever is responsible may take the request back; the head of administration need not bring it to the board', () => {
  given(asked).when(refuseMove, refuse(), later(officer), { organisation, decided: undefined }).then(refused);
  given(promised(), moveRequested('2022-05-31', 'board')).when(refuseMove, refuse(), later(head), { organisation, decided: undefined }).then(refused);
  given(promised(), moveRequested('2022-05-31', 'board'))
    .when(refuseMove, refuse(), later(manager), { organisation, decided: undefined })
    .thenRefused('action.level-missing');
});

test('the board refuses by its decision', () => {
  given(promised(), moveRequested('2022-05-31', 'board'))
    .when(refuseMove, refuse({ decision }), on('2020-12-20', owner), { organisation, decided: decided('2020-12-15', { outcome: 'rejected' }) })
    .then(event(MoveRefused, { action: ids.action, move: moveId(), reason: 'Det går att göra i tid.', decision }));
  given(promised(), moveRequested('2022-05-31', 'board'))
    .when(refuseMove, refuse({ decision }), on('2020-12-20', owner), { organisation, decided: decided('2020-12-15', { board: ids.otherBoard }) })
    .thenRefused('decision.other-board');
});

test('others do not refuse it, and not without a reason', () => {
  given(asked).when(refuseMove, refuse(), later(owner), { organisation, decided: undefined }).thenRefused('action.level-missing');
  given(asked)
    .when(refuseMove, { action: ids.action, move: moveId() }, later(manager), { organisation, decided: undefined })
    .thenRefused('action.reason-missing');
});

test('a move that nobody asked for, or that is decided, is refused as action.move-unknown', () => {
  given(promised()).when(approveMove, approve(), later(manager), needs).thenRefused('action.move-unknown');
  given(asked, refused).when(approveMove, approve(), later(manager), needs).thenRefused('action.move-unknown');
  given(asked)
    .when(refuseMove, refuse({ move: ids.otherAction }), later(manager), { organisation, decided: undefined })
    .thenRefused('action.move-unknown');
});

test('once it is done nothing is left to be approved', () => {
  given(asked, done('2020-12-05')).when(approveMove, approve(), later(manager), needs).thenRefused('action.over');
  expect(after(asked, done('2020-12-05'))).toMatchObject({ asked: undefined });
});
