import { expect, test } from '@jest/globals';
import { day, derivedId, event, instant } from '#libs/kernel';
import { LateSummaryIssued, ReminderIssued } from '#libs/timers';
import { checkGoldenRows, foldAll, happenedIn } from '#libs/views';
import { MailAccepted, MailFailed } from './mail.events.js';
import { outbox } from './outbox.view.js';

const id = (name: string) => derivedId('outbox', name);
const reminder = id('reminder');
const order = `order-${id('order')}`;
const mail = `mail-${reminder}`;

const issued = event(ReminderIssued, {
  deadline: id('deadline'),
  type: 'genomforandeplan',
  generation: 1,
  reminder,
  rung: 'case-officer-1-calendar-days-before',
  occurrence: 0,
  role: 'case-officer',
  unit: id('unit'),
  dueOn: day('2020-10-16'),
  dueAt: instant('2020-10-15T06:00:00.000Z'),
});
const later = instant('2026-01-01T08:01:00.000Z');
const deferred = event(MailFailed, { reminder, attempt: 1, reason: 'deferred', code: 451, final: false, nextAt: later });
const unheld = event(MailFailed, { reminder, attempt: 1, reason: 'role-unheld', final: true });
const accepted = event(MailAccepted, { reminder, attempt: 2, code: 250, addressed: 2, refused: 1 });

const last = (...facts: Parameters<typeof foldAll>[1]) => foldAll(outbox, facts).at(-1);

test('what was issued waits for its mail', () => {
  expect(last(...happenedIn(order, issued))).toMatchObject({
    key: reminder,
    stream: order,
    role: 'case-officer',
    unit: id('unit'),
    dueOn: '2020-10-16',
    dueAt: '2020-10-15T06:00:00.000Z',
    issuedAt: '2026-01-01T08:00:00.000Z',
    status: 'waiting',
    attempts: 0,
    settledAt: null,
  });
});

const summary = event(LateSummaryIssued, {
  reminder: id('summary'),
  generation: 1,
  role: 'process-owner',
  unit: id('board'),
  units: [id('board'), id('unit')],
  dueAt: instant('2020-10-02T06:00:00.000Z'),
});

test('a summary of what was recorded late waits for its mail as a reminder does', () => {
  const stream = `late-summary-${id('summaries')}`;
  expect(last(...happenedIn(stream, summary))).toMatchObject({
    key: id('summary'),
    stream,
    type: 'late-summary',
    rung: 'late-summary',
    occurrence: 0,
    role: 'process-owner',
    unit: id('board'),
    dueOn: '2020-10-02',
    dueAt: '2020-10-02T06:00:00.000Z',
    status: 'waiting',
  });
});

test('a mail that failed and is tried again says when', () => {
  expect(last(...happenedIn(order, issued), ...happenedIn(mail, deferred))).toMatchObject({
    status: 'retrying',
    attempts: 1,
    reason: 'deferred',
    code: 451,
    nextAt: later,
    settledAt: null,
  });
});

test('a mail that was given up says why, and is tried no more', () => {
  expect(last(...happenedIn(order, issued), ...happenedIn(mail, unheld))).toMatchObject({
    status: 'failed',
    reason: 'role-unheld',
    code: null,
    nextAt: null,
    settledAt: '2026-01-01T08:00:01.000Z',
  });
});

test('a mail that was accepted after a failure keeps nothing of the failure', () => {
  expect(last(...happenedIn(order, issued), ...happenedIn(mail, deferred, accepted))).toMatchObject({
    status: 'accepted',
    attempts: 2,
    reason: null,
    code: 250,
    refused: 1,
    nextAt: null,
    settledAt: '2026-01-01T08:00:02.000Z',
  });
});

test('a mail of a reminder that was never issued puts the row into quarantine', () => {
  expect(last(...happenedIn(mail, accepted))).toMatchObject({ key: reminder, broken: derivedId('fact', 0) });
});

test('the same facts give the same rows as long as the version is the same', async () => {
  await checkGoldenRows(outbox, [...happenedIn(order, issued), ...happenedIn(mail, deferred, accepted)], new URL('./outbox.golden.json', import.meta.url));
});
