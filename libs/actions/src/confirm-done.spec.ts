import { test } from '@jest/globals';
import { atLocalTime, day, derivedId, event } from '#libs/kernel';
import { stateAfter } from '#libs/testing';
import { answers, done, given, head, ids, manager, officer, on, owner, promised, theDay, undated, aDay } from './action.given.js';
import { DoneConfirmed, DoneRejected, FirstDaySet, type ActionEvent } from './action.events.js';
import { action } from './action.js';
import { confirmDone } from './confirm-done.js';
import { rejectDone } from './reject-done.js';

const confirmed = event(DoneConfirmed, { action: ids.action, ...answers('done') });
const rejected = event(DoneRejected, { action: ids.action, reason: 'Planerna saknas.', ...answers('promised') });
const confirm = { action: ids.action };
const reject = { action: ids.action, reason: 'Planerna saknas.' };
/** Marked as done by whoever asks in `given`, which records every fact as its own asker's: the case officer. */
const marked: readonly ActionEvent[] = [...promised(), done('2020-12-18', { confirmed: false }), theDay().met('2020-12-18')];

/** The facts recorded by the case officer; whoever is named asks then. */
const askedBy = (by: typeof officer) => {
  const state = stateAfter(action, marked, { by: officer, now: atLocalTime(day('2020-12-18'), '12:00') });
  return { state, given: { ...on('2020-12-21', by), today: day('2020-12-21'), tenant: 'stockholm', subject: derivedId('subject') } };
};
const outcome = (by: typeof officer): string => {
  const { state, given: asked } = askedBy(by);
  try {
    return confirmDone(confirm, state, asked)
      .map(({ type }) => type)
      .join();
  } catch (error) {
    return (error as { code: string }).code;
  }
};

test.each([
  ['another role', manager, 'DoneConfirmed'],
  ['the head of administration', head, 'DoneConfirmed'],
  ['the process owner', owner, 'DoneConfirmed'],
  ['the same person', officer, 'action.same-role-confirms'],
  ['another person in the same role', { ...officer, actor: derivedId('another') }, 'action.same-role-confirms'],
  ['the same person in another role', { ...manager, actor: officer.actor }, 'action.same-role-confirms'],
])('what the case officer marked as done is confirmed by %s: %s', (_who, by, expected) => {
  if (outcome(by) !== expected) throw new Error(`${outcome(by)} instead of ${expected}`);
});

test('confirmed, it is done on the day that was said; again says nothing new', () => {
  given(marked, confirmed).when(confirmDone, confirm, on('2020-12-22', head)).thenNothing();
});

test('what is not marked as done, needs no confirmation or is not there is refused', () => {
  given(promised()).when(confirmDone, confirm, on('2020-12-21', head)).thenRefused('action.nothing-to-confirm');
  given(promised()).when(rejectDone, reject, on('2020-12-21', head)).thenRefused('action.nothing-to-confirm');
  given(promised(), done('2020-12-18')).when(rejectDone, reject, on('2020-12-21', head)).thenRefused('action.nothing-to-confirm');
  given().when(confirmDone, confirm, on('2020-12-21', head)).thenRefused('action.unknown');
  given().when(rejectDone, reject, on('2020-12-21', head)).thenRefused('action.unknown');
});

test('not accepted, it goes on by the day it had', () => {
  given(marked)
    .when(rejectDone, reject, on('2020-12-21', head))
    .then(rejected, theDay().moved(theDay().plan, 'done-rejected', 3));
  given(marked).when(rejectDone, reject, on('2021-01-11', head)).thenTypes('DoneRejected', 'DeadlineMoved', 'DeadlineMissed');
});

test('one without a day asks for one again; one that got its day since does not', () => {
  const close = aDay().closed('2020-10-05', 'action-done');
  given(undated(), done('2020-10-05', { confirmed: false }), close)
    .when(rejectDone, reject, on('2020-10-06', head))
    .thenTypes('DoneRejected', 'DeadlineMoved');
  const firstDay = event(FirstDaySet, { action: ids.action, on: day('2020-12-31'), setOn: day('2020-10-01'), ...answers('promised') });
  const dated = [...undated(), firstDay, aDay().met('2020-10-01'), theDay('2020-12-31', '2020-10-01').set];
  given(dated, done('2020-10-05', { confirmed: false }), theDay('2020-12-31', '2020-10-01').met('2020-10-05'))
    .when(rejectDone, reject, on('2020-10-06', head))
    .thenTypes('DoneRejected', 'DeadlineMoved');
});

test('without a reason it is refused', () => {
  given(marked).when(rejectDone, confirm, on('2020-12-21', head)).thenRefused('action.reason-missing');
});
