import { expect, test } from '@jest/globals';
import { addMilliseconds, event, instant, type Instant } from '#libs/kernel';
import { given, stateAfter } from '#libs/testing';
import { MailAccepted, MailFailed, type MailEvent, type MailFailure } from './mail.events.js';
import { mailStream } from './mail.js';
import { recordMailAccepted } from './record-mail-accepted.js';
import { MAX_ATTEMPTS, recordMailFailed } from './record-mail-failed.js';

const reminder = '11111111-1111-4111-8111-111111111111';
const now = instant('2020-10-09T06:00:00.000Z');
const asked = { now, id: reminder, by: { actor: 'mailer', role: 'system', unit: '22222222-2222-4222-8222-222222222222' } };

const accept = { reminder, attempt: 1, code: 250, addressed: 1, refused: 0 };
const accepted = event(MailAccepted, accept);
const fail = (reason: MailFailure, attempt = 1, code?: number) => ({ reminder, attempt, reason, ...(code !== undefined && { code }) });
const failed = (reason: MailFailure, attempt = 1, minutes?: number, code?: number) =>
  event(MailFailed, {
    reminder,
    attempt,
    reason,
    ...(code !== undefined && { code }),
    final: minutes === undefined,
    ...(minutes !== undefined && { nextAt: addMilliseconds(now, minutes * 60_000) }),
  });

test('a mail that the server took is recorded as accepted', () => {
  given(mailStream).when(recordMailAccepted, accept, asked).then(accepted);
});

test('a mail is accepted once: a second answer says nothing new', () => {
  given(mailStream, accepted)
    .when(recordMailAccepted, { ...accept, attempt: 2 }, asked)
    .thenNothing();
});

test('a mail that was given up and went all the same is accepted', () => {
  given(mailStream, failed('refused')).when(recordMailAccepted, accept, asked).then(accepted);
});

test.each(['unreachable', 'timed-out', 'server-refused', 'fault'] as const)('a mail that failed as %s is tried again after a minute', (reason) => {
  given(mailStream)
    .when(recordMailFailed, fail(reason), asked)
    .then(failed(reason, 1, 1));
});

test('a mail that the server asks to be sent later is tried again, and its reply is kept', () => {
  given(mailStream)
    .when(recordMailFailed, fail('deferred', 1, 451), asked)
    .then(failed('deferred', 1, 1, 451));
});

test('pauses double, up to four hours', () => {
  given(mailStream, failed('unreachable', 1, 1))
    .when(recordMailFailed, fail('unreachable', 2), asked)
    .then(failed('unreachable', 2, 2));
  given(mailStream, failed('unreachable', 8, 1))
    .when(recordMailFailed, fail('unreachable', 9), asked)
    .then(failed('unreachable', 9, 240));
});

test('a mail is given up after its last attempt, close to five days on', () => {
  let facts: readonly MailEvent[] = [];
  let at: Instant = now;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    facts = [...facts, ...given(mailStream, ...facts).when(recordMailFailed, fail('unreachable', attempt), { ...asked, now: at }).events];
    const last = facts.at(-1);
    if (last?.type === 'MailFailed') at = last.data.nextAt ?? at;
  }
  expect(facts).toHaveLength(MAX_ATTEMPTS);
  expect(stateAfter(mailStream, facts, asked)).toEqual({ status: 'failed' });
  expect(at > '2020-10-13T18:00:00.000Z' && at < '2020-10-14T06:00:00.000Z').toBe(true);
});

test.each(['refused', 'role-unheld', 'address-unknown', 'nothing-left'] as const)('a mail that failed as %s is not tried again', (reason) => {
  given(mailStream).when(recordMailFailed, fail(reason), asked).then(failed(reason));
});

test('a failure that was recorded already says nothing new', () => {
  given(mailStream, failed('unreachable', 2, 2))
    .when(recordMailFailed, fail('unreachable', 2), asked)
    .thenNothing();
});

test('a failure after the mail went says nothing', () => {
  given(mailStream, accepted).when(recordMailFailed, fail('unreachable', 2), asked).thenNothing();
});

test('a failure after the mail was given up says nothing', () => {
  given(mailStream, failed('refused')).when(recordMailFailed, fail('unreachable', 2), asked).thenNothing();
});
