import { expect, test } from '@jest/globals';
import { day, derivedId, event, EventRegistry, instant } from '#libs/kernel';
import { makeStatement } from '#libs/statements';
import { ReminderIssued, RemindersSuppressed } from '#libs/timers';
import { checkGoldenRows, foldAll, happenedIn } from '#libs/views';
import {
  aDay,
  answers,
  done,
  ids,
  monthly,
  movedTo,
  moveId,
  moveRequested,
  occasion,
  ongoing,
  paper,
  promised,
  promisedFact,
  proposed,
  statedDone,
  theDay,
  undated,
  type Facts,
} from './action.given.js';
import * as events from './action.events.js';
import { action as stream } from './action.js';
import { actionObligationsView } from './action-obligations.view.js';
import { actionsView } from './actions.view.js';

const rowsAfter = (...facts: Facts) => foldAll(actionsView, happenedIn(`action-${ids.action}`, ...facts.flat()));
const rowAfter = (...facts: Facts) => rowsAfter(...facts).at(-1);
const linksAfter = (...facts: Facts) =>
  foldAll(actionObligationsView, happenedIn(`action-${ids.action}`, ...facts.flat())).filter(({ until }) => until === null);

const action = ids.action;
const firstDay = event(events.FirstDaySet, { action, on: day('2020-12-31'), setOn: day('2020-10-12'), ...answers('promised') });
const readAnew = event(events.TimeReadAnew, { action, to: day('2021-06-24'), reason: 'Midsommar.', ...answers('promised', { by: '2021-06-24' }) });
const readWords = event(events.TimeReadAnew, {
  action,
  timeAsWritten: 'innan sommaren',
  to: day('2021-06-24'),
  reason: 'Midsommar.',
  ...answers('promised', { by: '2021-06-24' }),
});
const frequencyRead = event(events.FrequencyReadAnew, { action, frequency: monthly, on: day('2020-10-12') });
const refused = event(events.MoveRefused, { action, move: moveId(), reason: 'Nej.' });
const progress = event(events.ProgressReported, { action, on: day('2020-11-02'), note: 'Tolv av trettio.', documents: [] });
const held = event(events.OccasionHeld, { action, occasion: day('2020-10-31'), heldOn: day('2020-10-21'), documents: [] });
const ended = event(events.ActionEnded, { action, on: day('2020-11-20'), reason: 'Ersatt.', ...answers('ended', { kind: 'ongoing' }) });
const confirmed = event(events.DoneConfirmed, { action, ...answers('done') });
const dayCorrected = event(events.DoneDayCorrected, { action, from: day('2020-12-18'), to: day('2020-12-17'), reason: 'Felskriven.' });
const rejected = event(events.DoneRejected, { action, reason: 'Saknas.', ...answers('promised') });
const shown = (status: 'done' | 'proposed' = 'done') =>
  event(events.EvidenceAdded, { action, documents: [paper('checklist')], ...answers(status, { kind: 'already-done' }) });
const dropped = event(events.ActionDropped, { action, on: day('2020-11-02'), reason: 'Onödig.', ...answers('dropped') });
const withdrawn = event(events.ActionWithdrawn, { action, reason: 'Dubblett.', ...answers('withdrawn') });
const elsewhere = event(events.ActionTransferred, {
  action,
  on: day('2020-11-02'),
  reason: 'Hör dit.',
  from: [ids.obligation],
  ...answers('promised', { obligations: [ids.otherObligation] }),
});
const replaced = event(events.ActionTransferred, {
  action,
  on: day('2020-11-02'),
  reason: 'Slås ihop.',
  from: [],
  toAction: ids.otherAction,
  ...answers('transferred'),
});
const handedOver = event(events.ResponsibleChanged, { action, unit: ids.neighbourUnit, role: 'unit-manager', from: { unit: ids.unit, role: 'case-officer' } });
const stated = [
  ...makeStatement(action, {}, { about: 'decided-on', value: 'april 2020', source: '[000]' }),
  ...makeStatement(action, {}, { about: 'decided-on', value: 'under 2021', source: '[002]' }),
];
const october = occasion('2020-10-31', '2020-09-24');
const november = occasion('2020-11-30', '2020-10-31');
const at = instant('2020-12-17T07:00:00.000Z');
const { deadline, type, dueOn } = theDay().plan;
const reminded = event(ReminderIssued, {
  deadline,
  type,
  generation: 1,
  reminder: derivedId('reminder'),
  rung: 'before',
  occurrence: 0,
  role: 'case-officer',
  unit: ids.unit,
  dueOn,
  dueAt: at,
});
const suppressed = event(RemindersSuppressed, {
  deadline,
  type,
  generation: 1,
  reason: 'superseded',
  fromAt: at,
  toAt: at,
  reminders: [{ rung: 'before', role: 'case-officer', first: 0, last: 0 }],
});

test('an action is one row from its proposal on', () => {
  expect(rowsAfter(proposed({ timeAsWritten: 'under hösten 2020' }))).toEqual([
    {
      tenant: 'stockholm',
      key: ids.action,
      since: 1,
      until: null,
      broken: null,
      title: 'Kollegial granskning av genomförandeplaner',
      kind: 'promised',
      status: 'proposed',
      board: ids.board,
      unit: ids.unit,
      role: 'case-officer',
      timeAsWritten: 'under hösten 2020',
      promisedOn: '2020-12-31',
      firstPromisedOn: '2020-12-31',
      moves: 0,
      askedTo: null,
      askedOf: null,
      undated: false,
      evidenceAwaited: false,
      frequency: null,
      nextOccasionOn: null,
      occasions: 0,
      missed: 0,
      dueOn: null,
      late: false,
      overOn: null,
      differs: false,
      reply: null,
      toAction: null,
      documents: [],
      obligations: [ids.obligation],
      awaited: [],
      missedOn: [],
      stated: {},
      givenOn: null,
    },
  ]);
});

test('promised, it is awaited by its day; late once that has passed', () => {
  expect(rowAfter(promised())).toMatchObject({ status: 'promised', givenOn: '2020-09-24', dueOn: '2020-12-31', late: false, undated: false });
  expect(rowAfter(promised(), theDay().missed())).toMatchObject({ late: true });
  expect(rowAfter(promised(), theDay().missed(), theDay().withdrawn())).toMatchObject({ late: false });
});

test('without a day it is undated, until one is set', () => {
  expect(rowAfter(undated())).toMatchObject({ undated: true, dueOn: null });
  expect(rowAfter(undated(), firstDay, aDay().met('2020-10-12'), theDay().set)).toMatchObject({
    undated: false,
    promisedOn: '2020-12-31',
    firstPromisedOn: '2020-12-31',
    dueOn: '2020-12-31',
    moves: 0,
  });
});

test('a time read anew moves the first day with it, and may bring the words', () => {
  expect(rowAfter(promised(), readAnew)).toMatchObject({ promisedOn: '2021-06-24', firstPromisedOn: '2021-06-24', timeAsWritten: null, moves: 0 });
  expect(rowAfter(promised(), readWords)).toMatchObject({ timeAsWritten: 'innan sommaren' });
});

test('a move is asked for, refused, or made; the first day stays', () => {
  expect(rowAfter(promised(), moveRequested('2021-05-31'))).toMatchObject({ askedTo: '2021-05-31', askedOf: 'unit-head', promisedOn: '2020-12-31' });
  expect(rowAfter(promised(), moveRequested('2021-05-31'), refused)).toMatchObject({ askedTo: null, askedOf: null, promisedOn: '2020-12-31' });
  expect(rowAfter(promised(), moveRequested('2021-05-31'), movedTo('2021-05-31', { needs: 'unit-head' }))).toMatchObject({
    askedTo: null,
    askedOf: null,
    promisedOn: '2021-05-31',
    firstPromisedOn: '2020-12-31',
    dueOn: '2021-05-31',
    moves: 1,
  });
});

test('a moved day is late no more', () => {
  const to = theDay('2021-01-31').plan;
  expect(rowAfter(promised(), theDay().missed(), movedTo('2021-01-31'), theDay().moved(to, 'day-moved', 2))).toMatchObject({
    late: false,
    dueOn: '2021-01-31',
  });
});

test('what is stated done awaits evidence, and is done once there is some', () => {
  expect(rowAfter(statedDone())).toMatchObject({ status: 'promised', evidenceAwaited: true, dueOn: null, undated: false });
  expect(rowAfter(statedDone(), shown())).toMatchObject({ status: 'done', evidenceAwaited: false, documents: [paper('checklist')] });
  expect(rowAfter(proposed({ kind: 'already-done' }), shown('proposed'))).toMatchObject({ status: 'proposed', evidenceAwaited: false });
});

test('an ongoing one is awaited by its next occasion; held and missed ones are counted', () => {
  expect(rowAfter(ongoing())).toMatchObject({ undated: false, nextOccasionOn: '2020-10-31', dueOn: '2020-10-31', occasions: 0, missed: 0 });
  expect(rowAfter(ongoing(), held, october.met('2020-10-21'), november.set)).toMatchObject({
    nextOccasionOn: '2020-11-30',
    dueOn: '2020-11-30',
    occasions: 1,
    missed: 0,
  });
  expect(rowAfter(ongoing(), october.missed(), november.set)).toMatchObject({ nextOccasionOn: '2020-11-30', dueOn: '2020-10-31', missed: 1 });
  expect(rowAfter(ongoing(), october.missed(), november.set, october.withdrawn(), october.met('2020-10-30', 3))).toMatchObject({
    dueOn: '2020-11-30',
    missed: 0,
  });
  expect(rowAfter(ongoing(), october.missed(), november.set, october.closed('2020-11-18', 'occasion-passed'))).toMatchObject({
    dueOn: '2020-11-30',
    missed: 1,
  });
});

test('one whose frequency nobody has read asks for it', () => {
  const unread = [proposed({ kind: 'ongoing', frequency: { asWritten: 'regelbundet' } }), promisedFact({ kind: 'ongoing' }), aDay().set];
  expect(rowAfter(unread)).toMatchObject({ undated: true, dueOn: null });
  expect(rowAfter(unread, frequencyRead)).toMatchObject({ undated: false, frequency: monthly });
});

test('an occasion awaited anew by another responsible is awaited once', () => {
  expect(rowAfter(ongoing(), october.moved(october.plan, 'responsible-changed', 2))).toMatchObject({ awaited: ['2020-10-31'] });
});

test('done it is over, marked as done it goes on until it is confirmed, and goes on where it is not', () => {
  expect(rowAfter(promised(), done('2020-12-18'))).toMatchObject({ status: 'done', overOn: '2020-12-18', dueOn: null });
  const marked = [...promised(), done('2020-12-18', { confirmed: false }), theDay().met('2020-12-18')];
  expect(rowAfter(marked)).toMatchObject({ status: 'marked-done', overOn: '2020-12-18', dueOn: null });
  expect(rowAfter(marked, confirmed)).toMatchObject({ status: 'done', overOn: '2020-12-18' });
  expect(rowAfter(marked, dayCorrected)).toMatchObject({ status: 'marked-done', overOn: '2020-12-17' });
  expect(rowAfter(marked, rejected)).toMatchObject({ status: 'promised', overOn: null, dueOn: '2020-12-31' });
});

test.each([
  ['ended', [...ongoing(), ended, october.closed('2020-11-20', 'action-ended')], { overOn: '2020-11-20' }],
  ['dropped', [...promised(), dropped, theDay().closed('2020-11-02', 'action-dropped')], { overOn: '2020-11-02' }],
  ['transferred', [...promised(), replaced, theDay().closed('2020-11-02', 'action-transferred')], { overOn: '2020-11-02', toAction: ids.otherAction }],
  ['withdrawn', [proposed(), withdrawn], { overOn: null }],
])('%s, nothing is awaited of it any more', (status, facts, more) => {
  expect(rowAfter(facts)).toMatchObject({ status, dueOn: null, nextOccasionOn: null, undated: false, ...more });
});

test('it may answer other obligations, and another unit and role may be responsible', () => {
  expect(rowAfter(promised(), elsewhere)).toMatchObject({ status: 'promised', obligations: [ids.otherObligation] });
  expect(rowAfter(promised(), handedOver)).toMatchObject({ unit: ids.neighbourUnit, role: 'unit-manager', board: ids.board });
});

test('what sources state differently is flagged', () => {
  expect(rowAfter(promised(), stated.slice(0, 1))).toMatchObject({ differs: false });
  expect(rowAfter(promised(), stated)).toMatchObject({ differs: true });
});

test.each([
  ['progress', progress],
  ['a reminder', reminded],
  ['a reminder that was not issued', suppressed],
])('%s changes nothing in it', (_what, fact) => {
  expect(rowsAfter(promised(), fact)).toEqual(rowsAfter(promised()));
});

test('deadlines of other things are none of its business', () => {
  expect(foldAll(actionsView, happenedIn(`matter-${ids.action}`, theDay().set, theDay().missed()))).toEqual([]);
});

test('a fact about an action that was never proposed puts the row into quarantine, so that it cannot be overlooked', () => {
  expect(rowsAfter(promisedFact())).toMatchObject([{ key: ids.action, broken: derivedId('fact', 0) }]);
});

test('each obligation that it answers is one link, which says how the action stands', () => {
  const both = { obligations: [ids.obligation, ids.otherObligation] };
  expect(linksAfter(proposed(both))).toMatchObject([
    { key: `${ids.action}.${ids.obligation}`, action: ids.action, obligation: ids.obligation, kind: 'promised', status: 'proposed', promisedOn: '2020-12-31' },
    { obligation: ids.otherObligation },
  ]);
  expect(linksAfter(promised(), movedTo('2021-01-31'))).toMatchObject([{ status: 'promised', promisedOn: '2021-01-31', firstPromisedOn: '2020-12-31' }]);
  expect(linksAfter(proposed({ obligations: [] }))).toEqual([]);
});

test('a link that was taken away stays, as transferred, beside the new one', () => {
  expect(linksAfter(promised(), elsewhere).map(({ obligation, status }) => [obligation, status])).toEqual([
    [ids.otherObligation, 'promised'],
    [ids.obligation, 'transferred'],
  ]);
});

const story = [
  ...happenedIn(
    `action-${ids.action}`,
    ...undated({ timeAsWritten: 'innan sommaren' }),
    firstDay,
    aDay().met('2020-10-12'),
    theDay().set,
    moveRequested('2021-05-31'),
    refused,
    movedTo('2021-01-31'),
    theDay().moved(theDay('2021-01-31').plan, 'day-moved', 2),
    theDay('2021-01-31').missed(2),
    theDay('2021-01-31').withdrawn(3),
    progress,
    reminded,
    suppressed,
    readWords,
    elsewhere,
    handedOver,
    ...stated,
    done('2021-01-20', { confirmed: false, by: '2021-01-31' }),
    theDay('2021-01-31').met('2021-01-20', 4),
    rejected,
    done('2021-01-25', { by: '2021-01-31' }),
    dayCorrected,
    confirmed,
  ),
  ...happenedIn(
    `action-${ids.otherAction}`,
    ...ongoing(),
    held,
    october.met('2020-10-21'),
    november.set,
    frequencyRead,
    ended,
    november.closed('2020-11-20', 'action-ended'),
  ),
  ...happenedIn(`action-${ids.point}`, ...statedDone(), shown()),
  ...happenedIn(`action-${ids.meeting}`, ...promised(), dropped),
  ...happenedIn(`action-${ids.council}`, ...promised(), replaced),
  ...happenedIn(`action-${ids.successor}`, proposed(), withdrawn),
];

test('every fact follows its declaration, and has a name in both languages', () => {
  const declared = new EventRegistry(stream.events);
  expect(story.filter(({ event: { type: name, data } }) => declared.find(name)?.check().Check(data) !== true)).toEqual([]);
  const told = new Set(story.map(({ event: { type: name } }) => name));
  expect(stream.events.filter(({ type: name }) => !told.has(name)).map(({ type: name }) => name)).toEqual(['WorkingValueChosen']);
});

test('the same facts give the same rows as long as the version is the same', async () => {
  await checkGoldenRows(actionsView, story, new URL('./actions.golden.json', import.meta.url));
  await checkGoldenRows(actionObligationsView, story, new URL('./action_obligations.golden.json', import.meta.url));
});
