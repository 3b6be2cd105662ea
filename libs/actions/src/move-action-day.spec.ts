import { expect, test } from '@jest/globals';
import { day, type By } from '#libs/kernel';
import {
  after,
  dayRule,
  decided,
  decision,
  departmentHead,
  done,
  given,
  head,
  ids,
  known,
  manager,
  movedTo,
  moveRequested,
  officer,
  on,
  ongoing,
  organisation,
  owner,
  promised,
  proposed,
  rules,
  statedDone,
  theDay,
  undated,
  who,
} from './action.given.js';
import { DEFAULT_RULE } from './action-rules.js';
import { moveActionDay, ruleOfMove, type MoveActionDay } from './move-action-day.js';

const needs = { rule: dayRule, rules, organisation, decided: undefined };
const move = (to: string, more: Partial<MoveActionDay> = {}): MoveActionDay => ({ action: ids.action, to: day(to), reason: 'Sjukfrånvaro.', ...more });
const inDecember = (by: By) => on('2020-12-01', by);
const awaited = (to: string) => theDay().moved(theDay(to).plan, 'day-moved', 2);

test('within three months the responsible role moves the day', () => {
  given(promised()).when(moveActionDay, move('2021-03-31'), inDecember(officer), needs).then(movedTo('2021-03-31'), awaited('2021-03-31'));
});

test('a day past them is the unit’s head’s to move: its manager’s, or its department’s head’s', () => {
  for (const by of [manager, departmentHead])
    given(promised())
      .when(moveActionDay, move('2021-04-01'), inDecember(by), needs)
      .then(movedTo('2021-04-01', { needs: 'unit-head' }), awaited('2021-04-01'));
});

test('past six months it is the head of administration’s', () => {
  given(promised())
    .when(moveActionDay, move('2021-07-01'), inDecember(head), needs)
    .then(movedTo('2021-07-01', { needs: 'administration-head' }), awaited('2021-07-01'));
});

test('past twelve it is the board’s, whose decision anyone who records it cites: its day is the day of the move', () => {
  given(promised())
    .when(moveActionDay, move('2022-01-01', { decision }), on('2020-12-20', owner), { ...needs, decided: decided('2020-12-15') })
    .then(movedTo('2022-01-01', { needs: 'board', decidedOn: '2020-12-15', cites: true }), awaited('2022-01-01'));
});

test('a higher level may move it a little, and what it approved stands recorded', () => {
  given(promised())
    .when(moveActionDay, move('2021-01-31'), inDecember(head), needs)
    .then(movedTo('2021-01-31', { approvedBy: 'administration-head' }), awaited('2021-01-31'));
});

test('without the level that is needed it is refused as action.level-missing', () => {
  for (const [to, by] of [
    ['2021-04-01', officer],
    ['2021-07-01', manager],
    ['2022-01-01', head],
    ['2021-01-31', owner],
    ['2021-01-31', who('unit-manager', ids.neighbourUnit)],
  ] as const) {
    given(promised()).when(moveActionDay, move(to), inDecember(by), needs).thenRefused('action.level-missing');
  }
});

test('all moves count together, from the first promised day', () => {
  const moved = [...promised(), movedTo('2021-03-15'), awaited('2021-03-15')];
  given(moved).when(moveActionDay, move('2021-03-31'), on('2021-02-01', officer), needs).thenTypes('ActionDayMoved', 'DeadlineMoved');
  given(moved).when(moveActionDay, move('2021-04-15'), on('2021-02-01', officer), needs).thenRefused('action.level-missing');
  expect(after(moved)).toMatchObject({ firstPromisedOn: '2020-12-31', promisedOn: '2021-03-15', moves: 1 });
});

test('back to an earlier day is the responsible role’s, as long as it has not passed', () => {
  const moved = [...promised(), movedTo('2021-05-31', { needs: 'unit-head' }), awaited('2021-05-31')];
  given(moved).when(moveActionDay, move('2021-01-15'), on('2020-12-15', officer), needs).thenTypes('ActionDayMoved', 'DeadlineMoved');
});

test('moved before the day had passed and recorded after, the lateness is withdrawn', () => {
  given(promised(), theDay().missed())
    .when(moveActionDay, move('2021-03-31', { decidedOn: day('2020-12-28') }), on('2021-01-11', officer), needs)
    .then(movedTo('2021-03-31', { decidedOn: '2020-12-28' }), theDay().withdrawn(), theDay().moved(theDay('2021-03-31').plan, 'day-moved', 3));
});

test('to a day before the move was decided it is refused as action.move-to-past', () => {
  given(promised()).when(moveActionDay, move('2020-11-30'), inDecember(officer), needs).thenRefused('action.move-to-past');
  given(promised())
    .when(moveActionDay, move('2021-01-07', { decision }), on('2021-02-01', owner), { ...needs, decided: decided('2021-01-08') })
    .thenRefused('action.move-to-past');
});

test('without a reason it is refused as action.reason-missing', () => {
  given(promised())
    .when(moveActionDay, { action: ids.action, to: day('2021-01-31') }, inDecember(officer), needs)
    .thenRefused('action.reason-missing');
});

test('decided tomorrow, or before the promise, it is refused', () => {
  given(promised())
    .when(moveActionDay, move('2021-01-31', { decidedOn: day('2020-12-02') }), inDecember(officer), needs)
    .thenRefused('day.in-the-future');
  given(promised())
    .when(moveActionDay, move('2021-01-31', { decidedOn: day('2020-09-23') }), inDecember(officer), needs)
    .thenRefused('day.before-promise');
});

/** Moved by a decision of that board on that day. */
const cites = (board: string, date: string, outcome: 'approved' | 'rejected' = 'approved') =>
  given(promised()).when(moveActionDay, move('2024-12-31', { decision }), on('2023-12-01', owner), {
    ...needs,
    decided: decided(date, { board, outcome }),
  });

test('another board’s decision, one of a board that is no more, or one that did not approve is refused', () => {
  cites(ids.otherBoard, '2023-06-15').thenRefused('decision.other-board');
  cites(ids.board, '2023-07-01').thenRefused('decision.board-ended');
  cites(ids.successor, '2023-09-21', 'rejected').thenRefused('decision.not-approved');
  cites(ids.successor, '2023-09-21').thenTypes('ActionDayMoved', 'DeadlineMoved');
});

/** Moved by the board’s decision of 15 December, said to be of another day. */
const saidToBeOf = (decidedOn: string) =>
  given(promised()).when(moveActionDay, move('2022-01-01', { decision, decidedOn: day(decidedOn) }), on('2020-12-20', owner), {
    ...needs,
    decided: decided('2020-12-15'),
  });

test('a day that is not the cited decision’s is refused as action.decided-another-day', () => {
  saidToBeOf('2020-12-16').thenRefused('action.decided-another-day');
  saidToBeOf('2020-12-15').thenTypes('ActionDayMoved', 'DeadlineMoved');
});

test('the board that promised it decides too, though another answers for the action', () => {
  const byTheCouncilsBoard = [proposed(), { ...promised()[1]!, data: { ...promised()[1]!.data, decidedBy: ids.otherBoard } }, theDay().set] as ReturnType<
    typeof promised
  >;
  given(byTheCouncilsBoard)
    .when(moveActionDay, move('2022-06-30', { decision }), on('2020-12-20', owner), { ...needs, decided: decided('2020-12-15', { board: ids.otherBoard }) })
    .thenTypes('ActionDayMoved', 'DeadlineMoved');
});

test('the limits are those of the day it was decided on', () => {
  const wider = {
    ...needs,
    rules: (date: string) => ({ ...DEFAULT_RULE, limits: { ...DEFAULT_RULE.limits, responsibleMonths: date < '2021-01-01' ? 3 : 5 } }),
  };
  given(promised()).when(moveActionDay, move('2021-05-31'), inDecember(officer), wider).thenRefused('action.level-missing');
  given(promised()).when(moveActionDay, move('2021-05-31'), on('2021-01-01', officer), wider).thenTypes('ActionDayMoved', 'DeadlineMoved');
});

test('the rule of the wait is that of the day on which it began; of what is not awaited there is none', () => {
  expect([ruleOfMove(known(promised())), ruleOfMove(known(proposed()))]).toEqual([{ type: 'action-day', startOn: '2020-09-24' }, undefined]);
});

test('to the day that it has already it says nothing new', () => {
  given(promised())
    .when(moveActionDay, { action: ids.action, to: day('2020-12-31') }, inDecember(officer), needs)
    .thenNothing();
});

test('while a move is asked for, that is decided first: action.move-asked', () => {
  given(promised(), moveRequested('2021-05-31')).when(moveActionDay, move('2021-01-31'), inDecember(officer), needs).thenRefused('action.move-asked');
});

test('what has no day has nothing to be moved', () => {
  given(undated()).when(moveActionDay, move('2021-01-31'), inDecember(officer), needs).thenRefused('action.undated');
  given(ongoing()).when(moveActionDay, move('2021-01-31'), inDecember(officer), needs).thenRefused('action.has-no-day');
  given(statedDone()).when(moveActionDay, move('2021-01-31'), inDecember(officer), needs).thenRefused('action.has-no-day');
});

test('what is only proposed, done, marked as done or not there is not moved', () => {
  given(proposed()).when(moveActionDay, move('2021-01-31'), inDecember(officer), needs).thenRefused('action.not-promised');
  given(promised(), done('2020-11-20')).when(moveActionDay, move('2021-01-31'), inDecember(officer), needs).thenRefused('action.over');
  given(promised(), done('2020-11-20', { confirmed: false }))
    .when(moveActionDay, move('2021-01-31'), inDecember(officer), needs)
    .thenRefused('action.marked-done');
  given().when(moveActionDay, move('2021-01-31'), inDecember(officer), needs).thenRefused('action.unknown');
});
