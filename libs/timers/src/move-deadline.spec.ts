import { expect, test } from '@jest/globals';
import {
  AFTER,
  after,
  at,
  FIVE,
  from,
  isClosed,
  isIssued,
  isMet,
  isMissed,
  isMoved,
  isSet,
  isSuppressed,
  isWithdrawn,
  ONE,
  plan,
  until,
} from './deadline.samples.js';

const FIVE_AT = at('2020-10-09T08:00');
const ONE_AT = at('2020-10-15T08:00');
const AFTER_AT = at('2020-10-19T08:00');
const early = [isIssued(FIVE, FIVE_AT), isIssued(ONE, ONE_AT)];

test('the same plan again moves nothing', () => {
  after(isSet()).move(from('2020-10-01'), at('2020-10-05T09:00')).thenNothing();
});

test('a corrected start moves the day and begins the ladder anew', () => {
  after(isSet())
    .move(from('2020-10-03'), at('2020-10-05T09:00'))
    .then(isMoved(from('2020-10-03'), 2));
});

test('another role that answers for the thing begins the ladder anew, though the day is the same', () => {
  const to = { ...plan, ladder: plan.ladder.map((rung) => (rung.role === 'case-officer' ? { ...rung, role: 'registrar' } : rung)) };
  after(isSet()).move(to, at('2020-10-05T09:00')).then(isMoved(to, 2));
});

test('a move to a day that has not passed withdraws the lateness', () => {
  after(isSet(), ...early, isMissed())
    .move(until('2020-10-01', '2020-10-30'), at('2020-10-17T09:00'))
    .then(isWithdrawn(2), isMoved(until('2020-10-01', '2020-10-30'), 3));
});

test('a move to another day of the past moves the moment of being missed, too', () => {
  after(isSet(), ...early, isMissed(), isIssued(AFTER, AFTER_AT))
    .move(from('2020-10-03'), at('2020-10-20T09:00'))
    .thenTypes('DeadlineMoved', 'DeadlineMissed', 'RemindersSuppressed');
  const [, missedAgain] = after(isSet(), ...early, isMissed(), isIssued(AFTER, AFTER_AT)).move(from('2020-10-03'), at('2020-10-20T09:00')).events;
  expect(missedAgain).toEqual(isMissed(2, '2020-10-18'));
});

test('a move into the past makes what was open overdue', () => {
  after(isSet()).move(from('2020-09-20'), at('2020-10-06T09:00')).thenTypes('DeadlineMoved', 'DeadlineMissed', 'RemindersSuppressed');
});

test('reminders that a stopped timer left behind are said not to be issued when the deadline moves', () => {
  const to = until('2020-10-01', '2020-10-30');
  after(isSet())
    .move(to, at('2020-10-09T09:00'))
    .then(isSuppressed('moved', [FIVE_AT, FIVE_AT], [[FIVE, 0, 0]]), isMoved(to, 2));
});

test('a corrected start leaves met what is met, and reckons anew whether it came late', () => {
  const now = at('2020-10-20T09:00');
  after(isSet(), isMet('2020-10-14', 2))
    .move(from('2020-10-02'), now)
    .then(isMoved(from('2020-10-02'), 3), isMet('2020-10-14', 4, '2020-10-17'));
  after(isSet(), isMet('2020-10-14', 2))
    .move(from('2020-09-20'), now)
    .then(isMoved(from('2020-09-20'), 3), isMissed(3, '2020-10-05'), isMet('2020-10-14', 4, '2020-10-05'));
  after(isSet(), isMissed(), isMet('2020-10-17', 2))
    .move(from('2020-10-02'), now)
    .then(isWithdrawn(3), isMoved(from('2020-10-02'), 4), isMet('2020-10-17', 5, '2020-10-17'));
  after(isSet(), isMissed(), isMet('2020-10-19', 2))
    .move(from('2020-10-02'), now)
    .then(isMoved(from('2020-10-02'), 3), isMissed(3, '2020-10-17'), isMet('2020-10-19', 4, '2020-10-17'));
});

test('a corrected start leaves closed what is closed', () => {
  after(isSet(), ...early, isMissed(), isClosed('2020-10-18', 2))
    .move(from('2020-10-03'), at('2020-10-20T09:00'))
    .then(isWithdrawn(3), isMoved(from('2020-10-03'), 4), isClosed('2020-10-18', 5, '2020-10-18'));
});

test('what was returned is awaited again by a new day', () => {
  const to = until('2020-10-19', '2020-10-30');
  after(isSet(), isMet('2020-10-14', 2))
    .reopen(to, at('2020-10-19T09:00'))
    .then(isMoved(to, 3, 'returned'));
});

test('that the first one came late stays recorded when another is awaited', () => {
  const to = until('2020-10-19', '2020-10-30');
  const facts = [isSet(), isMissed(), isMet('2020-10-17', 2)];
  after(...facts)
    .reopen(to, at('2020-10-19T09:00'))
    .then(isMoved(to, 3, 'returned'));
  after(...facts, isMoved(to, 3, 'returned'))
    .met('2020-10-30', at('2020-10-30T09:00'))
    .thenTypes('RemindersSuppressed', 'DeadlineMet');
});

test('what was closed by mistake is awaited again, and a lateness that the new day does not know is withdrawn', () => {
  const facts = [isSet(), ...early, isMissed(), isClosed('2020-10-18', 2)];
  after(...facts)
    .reopen(plan, at('2020-10-18T10:00'))
    .thenTypes('DeadlineMoved', 'DeadlineMissed', 'RemindersSuppressed');
  const to = until('2020-10-19', '2020-10-30');
  after(...facts)
    .reopen(to, at('2020-10-19T09:00'))
    .then(isWithdrawn(3), isMoved(to, 4, 'returned'));
});

test('what is awaited still is moved when it is reopened', () => {
  after(isSet())
    .reopen(from('2020-10-03'), at('2020-10-05T09:00'))
    .then(isMoved(from('2020-10-03'), 2, 'returned'));
});
