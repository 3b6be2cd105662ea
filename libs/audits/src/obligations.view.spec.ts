import { expect, test } from '@jest/globals';
import { day, derivedId, event } from '#libs/kernel';
import { checkGoldenRows, foldAll, happenedIn } from '#libs/views';
import {
  arisen,
  boards,
  documentsRequested,
  ids,
  implemented,
  judged,
  judgementOf,
  lastDaySet,
  lastDayWait,
  ongoing,
  paper,
  promised,
  recommendation,
  reopened,
  requestOf,
  requestWait,
  saying,
  theObligation,
} from './audits.given.js';
import {
  ActionNoted,
  AddresseeConfirmed,
  DocumentsDelivered,
  ImplementationWithdrawn,
  JudgementCorrected,
  ObjectionRecorded,
  ObligationAllotted,
  ObligationDaysNoted,
  ObligationWithdrawn,
  ReopeningWithdrawn,
  ReplyDayNoted,
  ReplyNoted,
  type ObligationEvent,
} from './obligation.events.js';
import { obligationsView } from './obligations.view.js';

type Facts = readonly (ObligationEvent | readonly ObligationEvent[])[];
const rowsAfter = (...facts: Facts) => foldAll(obligationsView, happenedIn(`obligation-${theObligation}`, ...facts.flat()));
const rowAfter = (...facts: Facts) => rowsAfter(...facts).at(-1);

const obligation = theObligation;
const replyDue = (dueOn?: string) => event(ReplyDayNoted, { obligation, ...(dueOn !== undefined && { dueOn: day(dueOn) }) });
const replied = (givenOn: string) => event(ReplyNoted, { obligation, reply: ids.reply, givenOn: day(givenOn), position: 'agrees' });
const proposed = event(ReplyNoted, { obligation, reply: ids.reply, proposed: true });
const action = (kind: 'already-done' | 'ongoing' | 'promised', status: ActionNotedStatus, promisedOn?: string, first = promisedOn, id = ids.otherAction) =>
  event(ActionNoted, {
    obligation,
    action: id,
    kind,
    status,
    ...(promisedOn !== undefined && { promisedOn: day(promisedOn) }),
    ...(first !== undefined && { firstPromisedOn: day(first) }),
  });
type ActionNotedStatus = 'proposed' | 'promised' | 'done' | 'ended' | 'dropped' | 'transferred' | 'withdrawn';
const allotted = (to: string, on: string) => event(ObligationAllotted, { obligation, to, on: day(on), decision: 'Kommunfullmäktige' });
const withdrawn = event(ObligationWithdrawn, { obligation, on: day('2021-02-16'), reason: 'Upphört.' });
const corrected = (...said: Parameters<typeof saying>) =>
  event(JudgementCorrected, { obligation, judgement: judgementOf(), ...saying(...said), reason: 'Fel rad.' });

test('an obligation is one row from its arising on: open, not judged, without a day', () => {
  expect(rowsAfter(arisen({ handedOverOn: '2020-05-25', receivedOn: '2020-05-28' }))).toMatchObject([
    {
      key: theObligation,
      since: 1,
      until: null,
      broken: null,
      audit: ids.audit,
      recommendation,
      number: 'R3',
      board: boards.ostermalm,
      allotted: null,
      unit: boards.ostermalm,
      addressed: 'group',
      repeats: null,
      status: 'open',
      handedOverOn: '2020-05-25',
      receivedOn: '2020-05-28',
      arisenOn: '2020-05-28',
      lastOn: null,
      promisedOn: null,
      undated: true,
      nextOn: null,
      judged: null,
    },
  ]);
});

test('its age is counted from the day it was received, else from the handing over, else it is unknown', () => {
  expect(rowAfter(arisen())).toMatchObject({ arisenOn: '2020-05-25', receivedOn: null });
  expect(rowAfter(arisen({}))).toMatchObject({ arisenOn: null });
  expect(rowAfter(arisen({}), event(ObligationDaysNoted, { obligation, receivedOn: day('2020-05-28') }))).toMatchObject({
    arisenOn: '2020-05-28',
    handedOverOn: null,
  });
  expect(rowAfter(arisen(), event(ObligationDaysNoted, { obligation, handedOverOn: day('2020-05-26') }))).toMatchObject({ arisenOn: '2020-05-26' });
});

test('an addressee that was interpreted is confirmed', () => {
  expect(rowAfter(arisen({ addressed: 'as-interpreted' }))).toMatchObject({ addressed: 'as-interpreted' });
  expect(rowAfter(arisen({ addressed: 'as-interpreted' }), event(AddresseeConfirmed, { obligation }))).toMatchObject({ addressed: 'named' });
});

test('the last day is the reply’s until the reply is given, then the one that was set, else there is none', () => {
  expect(rowAfter(arisen(), replyDue('2020-10-15'))).toMatchObject({ replyDueOn: '2020-10-15', lastOn: '2020-10-15', nextOn: '2020-10-15' });
  expect(rowAfter(arisen(), replyDue('2020-10-15'), lastDaySet('2021-12-31'))).toMatchObject({
    setLastOn: '2021-12-31',
    setBy: 'auditors',
    lastOn: '2020-10-15',
  });
  expect(rowAfter(arisen(), replyDue('2020-10-15'), lastDaySet('2021-12-31'), replied('2020-10-01'))).toMatchObject({ lastOn: '2021-12-31' });
  expect(rowAfter(arisen(), replyDue('2020-10-15'), replied('2020-10-01'))).toMatchObject({ lastOn: null, repliedOn: '2020-10-01', position: 'agrees' });
  expect(rowAfter(arisen(), lastDaySet('2021-12-31'))).toMatchObject({ lastOn: '2021-12-31' });
});

test('a last day for the reply that is moved, or unknown after all', () => {
  expect(rowAfter(arisen(), replyDue('2020-10-15'), replyDue('2020-11-15'))).toMatchObject({ lastOn: '2020-11-15' });
  expect(rowAfter(arisen(), replyDue('2020-10-15'), replyDue())).toMatchObject({ replyDueOn: null, lastOn: null });
});

test('a proposed reply is none yet: its last day still holds', () => {
  expect(rowAfter(arisen(), replyDue('2020-10-15'), proposed)).toMatchObject({ proposedReply: true, repliedOn: null, lastOn: '2020-10-15' });
  expect(rowAfter(arisen(), proposed, replied('2020-10-01'))).toMatchObject({ proposedReply: false, repliedOn: '2020-10-01' });
});

test('the promised day is the earliest of the promised actions that are open, with what was promised first of it', () => {
  const later = action('promised', 'promised', '2021-06-30', '2021-03-31');
  expect(rowAfter(arisen(), promised(), later)).toMatchObject({
    promisedOn: '2020-12-31',
    firstPromisedOn: '2020-12-31',
    promises: 2,
    driftDays: 91,
    undated: false,
  });
  expect(rowAfter(arisen(), promised(), later, promised('done'))).toMatchObject({ promisedOn: '2021-06-30', firstPromisedOn: '2021-03-31', promises: 1 });
  expect(rowAfter(arisen(), action('promised', 'promised'), promised())).toMatchObject({ promisedOn: '2020-12-31', promises: 2 });
});

test('the next day is the earlier of the last day and the promised one', () => {
  expect(rowAfter(arisen(), replyDue('2020-10-15'), promised())).toMatchObject({ nextOn: '2020-10-15' });
  expect(rowAfter(arisen(), lastDaySet('2021-12-31'), promised())).toMatchObject({ nextOn: '2020-12-31' });
});

test('what is only proposed is no promise', () => {
  expect(rowAfter(arisen(), promised('proposed'))).toMatchObject({ promisedOn: null, promises: 0, undated: false });
});

test('undated: open, and no action has a day; what was dropped, transferred or withdrawn does not count', () => {
  expect(rowAfter(arisen(), ongoing())).toMatchObject({ undated: true, ongoing: 1 });
  expect(rowAfter(arisen(), action('promised', 'promised'))).toMatchObject({ undated: true });
  for (const status of ['dropped', 'transferred', 'withdrawn'] as const)
    expect(rowAfter(arisen(), promised(), action('promised', status, '2020-12-31', '2020-12-31', ids.action))).toMatchObject({
      undated: true,
      promisedOn: null,
    });
  expect(rowAfter(arisen(), promised(), promised('done'))).toMatchObject({ undated: false });
  expect(rowAfter(arisen(), implemented('2023-03-16'))).toMatchObject({ undated: false });
});

test('actions stated done are counted apart until their evidence comes', () => {
  expect(rowAfter(arisen(), action('already-done', 'promised'))).toMatchObject({ statedDone: 1, promises: 0 });
  expect(rowAfter(arisen(), action('already-done', 'promised'), action('already-done', 'done'))).toMatchObject({ statedDone: 0 });
});

test('implemented, nothing is awaited any more; taken back, everything is again', () => {
  const facts = [arisen(), lastDaySet('2021-12-31'), promised('done'), implemented('2021-03-16')];
  expect(rowAfter(facts)).toMatchObject({ status: 'implemented', implementedOn: '2021-03-16', lastOn: null, promisedOn: null, nextOn: null, driftDays: 0 });
  expect(rowAfter(facts, event(ImplementationWithdrawn, { obligation, reason: 'Fel.' }))).toMatchObject({
    status: 'open',
    implementedOn: null,
    lastOn: '2021-12-31',
  });
});

test('a judgement stands; not met opens it again and asks for a new last day until one is set', () => {
  const facts = [arisen(), implemented('2023-03-16'), judged('not-met', '2023-04-18'), reopened()];
  expect(rowAfter(facts)).toMatchObject({
    status: 'open',
    judged: 'not-met',
    judgedOn: '2023-04-18',
    lastDayAsked: true,
    implementedOn: null,
    reopenedOn: '2023-03-16',
  });
  expect(rowAfter(facts, lastDaySet('2023-12-31', 'board'))).toMatchObject({ lastDayAsked: false, setBy: 'board', lastOn: '2023-12-31' });
  expect(rowAfter(facts, corrected('met', '2023-04-18'), event(ReopeningWithdrawn, { obligation }))).toMatchObject({
    status: 'implemented',
    judged: 'met',
    lastDayAsked: false,
    implementedOn: '2023-03-16',
    reopenedOn: null,
  });
});

test('judged met, it is open still, and no last day is waited for', () => {
  expect(rowAfter(arisen(), lastDaySet('2023-12-31'), judged('met', '2023-04-18'))).toMatchObject({ status: 'open', judged: 'met', lastOn: null });
  expect(rowAfter(arisen(), lastDaySet('2023-12-31'), judged('no-longer-relevant', '2023-04-18'))).toMatchObject({ lastOn: null });
  expect(rowAfter(arisen(), lastDaySet('2023-12-31'), judged('met-in-part', '2023-04-18'))).toMatchObject({ lastOn: '2023-12-31', lastDayAsked: false });
});

test('of several judgements the one decided last stands, whenever it was recorded', () => {
  expect(rowAfter(arisen(), judged('met', '2023-04-18'), judged('not-met', '2022-04-18', 1))).toMatchObject({ judged: 'met', lastDayAsked: false });
});

test('an objection is seen, and changes nothing else', () => {
  const [before, after] = [
    rowAfter(arisen(), judged('met', '2023-04-18')),
    rowAfter(arisen(), judged('met', '2023-04-18'), event(ObjectionRecorded, { obligation, judgement: judgementOf(), text: 'Nej.' })),
  ];
  expect({ ...after, since: before?.since, objected: false }).toEqual(before);
  expect(after).toMatchObject({ objected: true });
});

test('allotted to another board it is that board’s; of two allotments the later day counts', () => {
  expect(rowAfter(arisen(), allotted(boards.socialnamnden, '2022-01-01'))).toMatchObject({
    board: boards.ostermalm,
    allotted: boards.socialnamnden,
    unit: boards.socialnamnden,
  });
  expect(rowAfter(arisen(), allotted(boards.socialnamnden, '2022-01-01'), allotted(boards.norrmalm, '2021-01-01'))).toMatchObject({
    unit: boards.socialnamnden,
  });
});

test('withdrawn it is in no count', () => {
  expect(rowAfter(arisen(), lastDaySet('2023-12-31'), promised(), withdrawn)).toMatchObject({
    status: 'withdrawn',
    lastOn: null,
    promisedOn: null,
    undated: false,
  });
});

test('the earliest of the requests for documents that nobody has answered', () => {
  expect(rowAfter(arisen(), documentsRequested())).toMatchObject({ requestDueOn: '2023-03-31' });
  const delivered = event(DocumentsDelivered, { obligation, request: requestOf(), documents: [paper], on: day('2023-03-20') });
  expect(rowAfter(arisen(), documentsRequested(), delivered)).toMatchObject({ requestDueOn: null });
});

test.each([
  ['a deadline set', lastDayWait('2023-01-10', '2023-06-30').set],
  ['a deadline missed', lastDayWait('2023-01-10', '2023-06-30').missed()],
  ['a deadline met', requestWait('2023-01-10', '2023-06-30').met('2023-06-29')],
])('%s changes nothing in it: the facts that it follows from do', (_what, fact) => {
  expect(rowsAfter(arisen(), fact)).toEqual(rowsAfter(arisen()));
});

test('a fact about an obligation that never arose puts the row into quarantine, so that it cannot be overlooked', () => {
  expect(rowsAfter(judged('met', '2023-04-18'))).toMatchObject([{ key: theObligation, broken: derivedId('fact', 0) }]);
});

test('deadlines of other things are none of its business', () => {
  expect(foldAll(obligationsView, happenedIn(`action-${ids.action}`, lastDayWait('2023-01-10', '2023-06-30').set))).toEqual([]);
});

test('the same facts give the same rows as long as the version is the same', async () => {
  const facts: readonly ObligationEvent[] = [
    arisen({ addressed: 'as-interpreted', handedOverOn: '2020-05-25' }),
    event(AddresseeConfirmed, { obligation }),
    event(ObligationDaysNoted, { obligation, handedOverOn: day('2020-05-25'), receivedOn: day('2020-05-28') }),
    replyDue('2020-10-15'),
    proposed,
    promised('proposed'),
    replied('2020-10-01'),
    promised(),
    promised('promised', '2021-03-31', '2020-12-31'),
    ongoing(),
    action('already-done', 'promised', undefined, undefined, ids.earlier),
    documentsRequested(),
    requestWait('2023-03-01', '2023-03-31').set,
    event(DocumentsDelivered, { obligation, request: requestOf(), documents: [paper], on: day('2023-03-20') }),
    promised('done', '2021-03-31', '2020-12-31'),
    implemented('2021-04-16'),
    event(ImplementationWithdrawn, { obligation, reason: 'Fel.' }),
    implemented('2021-05-16'),
    judged('not-met', '2023-04-18'),
    reopened(),
    event(ObjectionRecorded, { obligation, judgement: judgementOf(), text: 'Nej.' }),
    lastDaySet('2023-12-31', 'board'),
    corrected('met', '2023-04-18'),
    event(ReopeningWithdrawn, { obligation }),
    judged('met-in-part', '2024-04-18', 1),
    reopened('judged-met-in-part'),
    allotted(boards.socialnamnden, '2024-06-01'),
    withdrawn,
  ];
  await checkGoldenRows(obligationsView, happenedIn(`obligation-${theObligation}`, ...facts), new URL('./obligations.golden.json', import.meta.url));
});
