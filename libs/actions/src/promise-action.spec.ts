import { expect, test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import {
  aDay,
  after,
  answers,
  dayRule,
  decided,
  decision,
  given,
  ids,
  known,
  monthly,
  occasion,
  occasionRule,
  on,
  owner,
  paper,
  promised,
  promisedFact,
  proposed,
  system,
  theDay,
  undatedRule,
  type Facts,
} from './action.given.js';
import { ActionPromised, ActionWithdrawn, EvidenceAdded } from './action.events.js';
import { promiseAction, ruleOfPromise } from './promise-action.js';

const promise = { action: ids.action, on: day('2020-09-24') };
const nothing = { rule: undefined, decided: undefined };
const byDay = { ...nothing, rule: dayRule };
const cites = { ...promise, decision };

test('when the reply is given its actions are promised, and awaited by their day', () => {
  given(proposed()).when(promiseAction, promise, on('2020-09-24', system), byDay).then(promisedFact(), theDay().set);
});

test('a person cites the board’s decision, which need not be that of the board that answers for the action', () => {
  const fact = event(ActionPromised, { action: ids.action, on: day('2020-09-24'), decision, decidedBy: ids.otherBoard, ...answers('promised') });
  given(proposed())
    .when(promiseAction, cites, on('2020-09-25', owner), { ...byDay, decided: decided('2020-09-24', { board: ids.otherBoard }) })
    .then(fact, theDay().set);
});

test('one without a day is awaited to get one, within twenty working days', () => {
  given(proposed({ by: null }))
    .when(promiseAction, promise, on('2020-09-24', system), { ...nothing, rule: undatedRule })
    .then(promisedFact({ by: null }), aDay().set);
  expect(aDay().plan.dueOn).toBe('2020-10-22');
});

test('an ongoing one is awaited by the end of its first period; by its frequency to be read where it is not', () => {
  given(proposed({ kind: 'ongoing', frequency: monthly }))
    .when(promiseAction, promise, on('2020-09-24', system), { ...nothing, rule: occasionRule })
    .then(promisedFact({ kind: 'ongoing' }), occasion('2020-10-31', '2020-09-24').set);
  const { startsOn: _, ...fromThePromise } = monthly;
  given(proposed({ kind: 'ongoing', frequency: fromThePromise }))
    .when(promiseAction, promise, on('2020-09-24', system), { ...nothing, rule: occasionRule })
    .then(promisedFact({ kind: 'ongoing' }), occasion('2020-10-23', '2020-09-24').set);
  given(proposed({ kind: 'ongoing', frequency: { asWritten: 'regelbundet' } }))
    .when(promiseAction, promise, on('2020-09-24', system), { ...nothing, rule: undatedRule })
    .then(promisedFact({ kind: 'ongoing' }), aDay().set);
});

test('one stated done awaits evidence, and is done at once where that came with it', () => {
  given(proposed({ kind: 'already-done' }))
    .when(promiseAction, promise, on('2020-09-24', system), nothing)
    .then(promisedFact({ kind: 'already-done' }));
  const shown = event(EvidenceAdded, { action: ids.action, documents: [paper('checklist')], ...answers('proposed', { kind: 'already-done' }) });
  const atOnce = event(ActionPromised, { action: ids.action, on: day('2020-09-24'), ...answers('done', { kind: 'already-done' }) });
  given(proposed({ kind: 'already-done' }), shown)
    .when(promiseAction, promise, on('2020-09-24', system), nothing)
    .then(atOnce);
  expect(after(proposed({ kind: 'already-done' }), shown, atOnce)).toMatchObject({ status: 'done' });
});

test('recorded long after, what was promised by a day that has passed is late at once', () => {
  given(proposed()).when(promiseAction, promise, on('2021-02-01', system), byDay).thenTypes('ActionPromised', 'DeadlineSet', 'DeadlineMissed');
});

const asked = (...facts: Facts) => ruleOfPromise(known(...facts), promise)?.type;

test('which rule is asked for follows from what will be awaited, and none for what is promised already', () => {
  expect([asked(proposed()), asked(proposed({ by: null })), asked(proposed({ kind: 'ongoing', frequency: monthly }))]).toEqual([
    'action-day',
    'undated-action',
    'action-occasion',
  ]);
  expect([asked(proposed({ kind: 'already-done' })), asked(promised())]).toEqual([undefined, undefined]);
});

test('promised again it says nothing new', () => {
  given(promised()).when(promiseAction, promise, on('2020-09-25', system), nothing).thenNothing();
});

test('a person who cites no decision is refused as action.decision-missing', () => {
  given(proposed()).when(promiseAction, promise, on('2020-09-24', owner), byDay).thenRefused('action.decision-missing');
});

test('a decision that is not there, does not count or did not approve is refused', () => {
  const by = on('2020-09-25', owner);
  given(proposed()).when(promiseAction, cites, by, byDay).thenRefused('decision.unknown');
  given(proposed())
    .when(promiseAction, cites, by, { ...byDay, decided: decided('2020-09-24', { counts: false }) })
    .thenRefused('decision.not-counting');
  given(proposed())
    .when(promiseAction, cites, by, { ...byDay, decided: decided('2020-09-24', { outcome: 'rejected' }) })
    .thenRefused('decision.not-approved');
});

test('a day before the decision, or one that has not come, is refused', () => {
  given(proposed())
    .when(promiseAction, cites, on('2020-09-28', owner), { ...byDay, decided: decided('2020-09-25') })
    .thenRefused('action.promised-before-decision');
  given(proposed()).when(promiseAction, promise, on('2020-09-23', system), byDay).thenRefused('day.in-the-future');
});

test('what was withdrawn, or never proposed, cannot be promised', () => {
  const withdrawn = event(ActionWithdrawn, { action: ids.action, reason: 'Dubblett.', ...answers('withdrawn') });
  given(proposed(), withdrawn).when(promiseAction, promise, on('2020-09-24', system), nothing).thenRefused('action.over');
  given().when(promiseAction, promise, on('2020-09-24', system), nothing).thenRefused('action.unknown');
});
