import { expect, test } from '@jest/globals';
import { atLocalTime, day, event } from '#libs/kernel';
import {
  aDay,
  answers,
  decision,
  done,
  given,
  ids,
  known,
  monthly,
  movedTo,
  moveId,
  moveRequested,
  occasion,
  officer,
  on,
  ongoing,
  owner,
  paper,
  promised,
  promisedFact,
  proposed,
  statedDone,
  theDay,
  undated,
  type Facts,
} from './action.given.js';
import {
  ActionDropped,
  ActionEnded,
  ActionPromised,
  ActionTransferred,
  FirstDaySet,
  MoveRefused,
  OccasionHeld,
  ProgressReported,
  TimeReadAnew,
} from './action.events.js';
import { actionPage } from './action-page.js';
import { stateAboutAction } from './state-about-action.js';

const at = atLocalTime(day('2020-12-01'), '12:00');
const recorded = { recordedAt: at, role: 'case-officer', unit: ids.unit };
const pageAfter = (today: string, ...facts: Facts) =>
  actionPage(
    known(...facts),
    facts.flat().map((fact) => ({ ...fact, at, by: officer })),
    day(today),
  );

test('everything that was said of its day stands there, in the order it was recorded, by whom and when', () => {
  const readAnew = event(TimeReadAnew, {
    action: ids.action,
    timeAsWritten: 'till nyår',
    from: day('2020-12-31'),
    to: day('2020-12-30'),
    reason: 'Ordalydelsen.',
    ...answers('promised', { by: '2020-12-30' }),
  });
  const refused = event(MoveRefused, { action: ids.action, move: moveId(), reason: 'Det går.', decision });
  const facts = [...promised({ timeAsWritten: 'i december' }), readAnew, moveRequested('2021-05-31'), refused, movedTo('2021-01-31', { nth: 1, cites: true })];
  expect(pageAfter('2020-12-01', facts).days).toEqual([
    { what: 'proposed', to: '2020-12-31', timeAsWritten: 'i december', ...recorded },
    { what: 'read-anew', from: '2020-12-31', to: '2020-12-30', reason: 'Ordalydelsen.', timeAsWritten: 'till nyår', ...recorded },
    { what: 'move-requested', move: moveId(), to: '2021-05-31', reason: 'Sjukfrånvaro.', needs: 'unit-head', on: '2020-12-01', ...recorded },
    { what: 'move-refused', move: moveId(), reason: 'Det går.', decision, ...recorded },
    {
      what: 'moved',
      move: moveId(1),
      from: '2020-12-31',
      to: '2021-01-31',
      reason: 'Sjukfrånvaro.',
      needs: 'responsible',
      approvedBy: 'responsible',
      on: '2020-12-01',
      decision,
      ...recorded,
    },
  ]);
});

test('an undated one asks for a day, and says why that day; its first day stands there once it is set', () => {
  expect(pageAfter('2020-10-01', undated())).toMatchObject({
    undated: true,
    days: [],
    awaited: [{ type: 'undated-action', dueOn: '2020-10-22', why: { sv: 'arbetsdag 20 är torsdag 22 oktober 2020' }, late: false }],
  });
  const set = event(FirstDaySet, {
    action: ids.action,
    on: day('2021-03-31'),
    setOn: day('2020-10-12'),
    reason: 'Efter utbildningen.',
    ...answers('promised', { by: '2021-03-31' }),
  });
  expect(pageAfter('2020-10-12', undated(), set, aDay().met('2020-10-12'), theDay('2021-03-31', '2020-10-12').set)).toMatchObject({
    undated: false,
    days: [{ what: 'first-day-set', to: '2021-03-31', on: '2020-10-12', reason: 'Efter utbildningen.' }],
    awaited: [{ type: 'action-day', dueOn: '2021-03-31' }],
  });
});

test('past its day it is late, whether that is recorded or not', () => {
  expect(pageAfter('2021-01-01', promised()).awaited).toMatchObject([{ late: true }]);
  expect(pageAfter('2021-01-01', promised(), theDay().missed()).awaited).toMatchObject([{ late: true }]);
  expect(pageAfter('2020-12-31', promised()).awaited).toMatchObject([{ late: false }]);
});

const held = (heldOn: string) =>
  event(OccasionHeld, { action: ids.action, occasion: day('2020-10-31'), heldOn: day(heldOn), documents: [paper('minutes')], note: 'Metodmöte.' });

test('of an ongoing one each occasion is shown with what shows it, and each that was missed', () => {
  const october = occasion('2020-10-31', '2020-09-24');
  const november = occasion('2020-11-30', '2020-10-31');
  const late = [...ongoing(), october.missed(), november.set];
  expect(pageAfter('2020-11-02', late)).toMatchObject({ frequency: monthly, occasions: [], missed: ['2020-10-31'], undated: false });
  expect(pageAfter('2020-12-01', late).missed).toEqual(['2020-10-31', '2020-11-30']);
  expect(pageAfter('2020-11-05', late, held('2020-11-04'), october.met('2020-11-04'))).toMatchObject({
    occasions: [{ occasion: '2020-10-31', heldOn: '2020-11-04', late: true, documents: [paper('minutes')], note: 'Metodmöte.' }],
    missed: [],
    awaited: [{ type: 'action-occasion', dueOn: '2020-11-30' }],
  });
});

test('what is stated done awaits evidence', () => {
  expect(pageAfter('2020-10-01', statedDone())).toMatchObject({ evidenceAwaited: true, status: 'promised', promise: { on: '2020-09-24' }, awaited: [] });
});

test('progress and statements stand there, and the decision that it was promised by', () => {
  const progress = event(ProgressReported, { action: ids.action, on: day('2020-11-02'), note: 'Tolv av trettio.', documents: [paper('list')] });
  const stated = given(promised()).when(
    stateAboutAction,
    { action: ids.action, about: 'decided-on', value: 'april 2020', source: '[000]' },
    on('2020-11-03', owner),
  ).events;
  const byDecision = event(ActionPromised, { action: ids.action, on: day('2020-09-24'), decision, decidedBy: ids.board, ...answers('promised') });
  const page = pageAfter('2020-11-03', proposed(), byDecision, theDay().set, progress, stated);
  expect(page).toMatchObject({
    promise: { on: '2020-09-24', decision },
    progress: [{ on: '2020-11-02', note: 'Tolv av trettio.', documents: [paper('list')], ...recorded }],
    statements: [{ about: 'decided-on', differ: false, statements: [{ value: 'april 2020' }] }],
  });
});

test('a move that awaits approval stands there', () => {
  expect(pageAfter('2020-12-01', promised(), moveRequested('2021-05-31')).moveAsked).toEqual({
    move: moveId(),
    to: '2021-05-31',
    reason: 'Sjukfrånvaro.',
    needs: 'unit-head',
  });
});

test('however it ended, the day and what took its place stand there', () => {
  expect(pageAfter('2021-01-01', promised(), done('2020-12-18'))).toMatchObject({ status: 'done', doneOn: '2020-12-18', documents: [paper('report')] });
  expect(pageAfter('2021-01-01', promised(), done('2020-12-18', { confirmed: false }))).toMatchObject({ status: 'marked-done', doneOn: '2020-12-18' });
  const dropped = event(ActionDropped, { action: ids.action, on: day('2020-11-02'), reason: 'Onödig.', ...answers('dropped') });
  expect(pageAfter('2021-01-01', promised(), dropped)).toMatchObject({ status: 'dropped', overOn: '2020-11-02' });
  const ended = event(ActionEnded, { action: ids.action, on: day('2020-11-20'), ...answers('ended', { kind: 'ongoing' }) });
  expect(pageAfter('2021-01-01', proposed({ kind: 'ongoing' }), promisedFact({ kind: 'ongoing' }), ended)).toMatchObject({
    status: 'ended',
    overOn: '2020-11-20',
  });
  const replaced = event(ActionTransferred, {
    action: ids.action,
    on: day('2020-11-02'),
    reason: 'Hör dit.',
    from: [],
    toAction: ids.otherAction,
    ...answers('transferred'),
  });
  expect(pageAfter('2021-01-01', promised(), replaced)).toMatchObject({ status: 'transferred', toAction: ids.otherAction });
});
