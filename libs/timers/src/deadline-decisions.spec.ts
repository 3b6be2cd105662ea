import { expect, test } from '@jest/globals';
import {
  AFTER,
  after,
  at,
  FIVE,
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
import { closeDeadline, metOn, moveDeadline, reopenDeadline } from './deadline-decisions.js';
import { day, event } from '#libs/kernel';
import { DeadlineMoved, DeadlineSet } from './deadline.events.js';
import { evolveDeadlines, isLate, type Deadlines } from './deadline.js';

const FIVE_AT = at('2020-10-09T08:00');
const ONE_AT = at('2020-10-15T08:00');
const AFTER_AT = at('2020-10-19T08:00');
const early = [isIssued(FIVE, FIVE_AT), isIssued(ONE, ONE_AT)];

test('a deadline is set with its whole plan, the day stored', () => {
  after().set(plan, at('2020-10-01T10:00')).then(isSet());
});

test('what is entered late is overdue at once, with the true moment; reminders of the past are not issued, and that is said once', () => {
  after()
    .set(plan, at('2020-10-20T09:00'))
    .then(
      isSet(),
      isMissed(),
      isSuppressed(
        'past-when-set',
        [FIVE_AT, AFTER_AT],
        [
          [FIVE, 0, 0],
          [ONE, 0, 0],
          [AFTER, 0, 0],
        ],
      ),
    );
});

test('what is entered on its last day is not overdue yet, in the last second either', () => {
  after().set(plan, at('2020-10-16T23:59:59')).thenTypes('DeadlineSet', 'RemindersSuppressed');
  after().set(plan, at('2020-10-17T00:00')).thenTypes('DeadlineSet', 'DeadlineMissed', 'RemindersSuppressed');
});

test('a plan that comes on day 15 is on time', () => {
  after(isSet(), ...early)
    .met('2020-10-16', at('2020-10-16T16:00'))
    .then(isMet('2020-10-16', 2));
});

test('a plan that comes on day 16 is late, also where no timer has said so yet', () => {
  after(isSet(), ...early)
    .met('2020-10-17', at('2020-10-17T09:00'))
    .then(isMissed(), isMet('2020-10-17', 2));
});

test('a late plan after the deadline was called missed only says that it came', () => {
  after(isSet(), ...early, isMissed())
    .met('2020-10-17', at('2020-10-17T09:00'))
    .then(isMet('2020-10-17', 2));
});

test('a plan that came in time and is entered after it was called overdue withdraws the lateness', () => {
  after(isSet(), ...early, isMissed(), isIssued(AFTER, AFTER_AT))
    .met('2020-10-14', at('2020-10-20T09:00'))
    .then(isWithdrawn(2), isMet('2020-10-14', 3));
});

test('reminders that a stopped timer left behind are not issued any more when the plan comes', () => {
  after(isSet())
    .met('2020-10-14', at('2020-10-20T09:00'))
    .then(
      isSuppressed(
        'met',
        [FIVE_AT, AFTER_AT],
        [
          [FIVE, 0, 0],
          [ONE, 0, 0],
          [AFTER, 0, 0],
        ],
      ),
      isMet('2020-10-14', 2),
    );
});

test('the same day again says nothing new', () => {
  after(isSet(), isMet('2020-10-14', 2)).met('2020-10-14', at('2020-10-20T09:00')).thenNothing();
});

test('a corrected day that was late after all is recorded as late', () => {
  after(isSet(), isMet('2020-10-14', 2)).met('2020-10-19', at('2020-10-20T09:00')).then(isMissed(2), isMet('2020-10-19', 3));
});

test('a corrected day that was in time after all withdraws the lateness, and back again', () => {
  const late = [isSet(), ...early, isMissed(), isMet('2020-10-19', 2)];
  after(...late)
    .met('2020-10-16', at('2020-10-20T09:00'))
    .then(isWithdrawn(3), isMet('2020-10-16', 4));
  after(...late, isWithdrawn(3), isMet('2020-10-16', 4))
    .met('2020-10-17', at('2020-10-20T10:00'))
    .then(isMissed(4), isMet('2020-10-17', 5));
});

test('a corrected day that changes nothing about being late is still a new fact', () => {
  after(isSet(), isMet('2020-10-14', 2)).met('2020-10-15', at('2020-10-20T09:00')).then(isMet('2020-10-15', 3));
  after(isSet(), isMissed(), isMet('2020-10-19', 2)).met('2020-10-20', at('2020-10-20T09:00')).then(isMet('2020-10-20', 3));
});

test('an order that ends before the due day was never late', () => {
  after(isSet(), isIssued(FIVE, FIVE_AT)).close('2020-10-12', at('2020-10-12T09:00')).then(isClosed('2020-10-12', 2));
});

test('an end before the due day, entered after it, withdraws the lateness', () => {
  after(isSet(), ...early, isMissed(), isIssued(AFTER, AFTER_AT))
    .close('2020-10-16', at('2020-10-20T09:00'))
    .then(isWithdrawn(2), isClosed('2020-10-16', 3));
});

test('an order that ends after the due day leaves the lateness standing, recorded now where no timer has said so', () => {
  after(isSet(), ...early, isMissed(), isIssued(AFTER, AFTER_AT))
    .close('2020-10-19', at('2020-10-19T09:00'))
    .then(isClosed('2020-10-19', 2));
  after(isSet(), ...early)
    .close('2020-10-18', at('2020-10-18T09:00'))
    .then(isMissed(), isClosed('2020-10-18', 2));
});

test('an end that lies ahead makes nothing late that has not passed', () => {
  after(isSet(), isIssued(FIVE, FIVE_AT)).close('2020-12-31', at('2020-10-12T09:00')).then(isClosed('2020-12-31', 2));
});

test('reminders that a stopped timer left behind are not issued any more when nothing is awaited', () => {
  after(isSet())
    .close('2020-10-09', at('2020-10-09T09:00'))
    .then(isSuppressed('closed', [FIVE_AT, FIVE_AT], [[FIVE, 0, 0]]), isClosed('2020-10-09', 2));
});

test('the same end again says nothing new; another day does', () => {
  const facts = [isSet(), ...early, isMissed(), isClosed('2020-10-18', 2)];
  after(...facts)
    .close('2020-10-18', at('2020-10-18T09:00'))
    .thenNothing();
  after(...facts)
    .close('2020-10-15', at('2020-10-18T09:00'))
    .then(isWithdrawn(3), isClosed('2020-10-15', 4));
});

test('what has come is not closed afterwards', () => {
  after(isSet(), isMet('2020-10-14', 2)).close('2020-10-20', at('2020-10-20T09:00')).thenNothing();
});

test('a plan that came in while the order ran, entered after it ended, withdraws the lateness', () => {
  after(isSet(), ...early, isMissed(), isClosed('2020-10-18', 2))
    .met('2020-10-15', at('2020-10-20T09:00'))
    .then(isWithdrawn(3), isMet('2020-10-15', 4));
});

test('a plan that came in late while the order ran leaves the lateness standing', () => {
  after(isSet(), ...early, isMissed(), isClosed('2020-10-18', 2))
    .met('2020-10-17', at('2020-10-20T09:00'))
    .then(isMet('2020-10-17', 3));
});

test('nothing is said of a deadline that nobody set', () => {
  const now = at('2020-10-20T09:00');
  expect(metOn(undefined, day('2020-10-14'), now)).toEqual([]);
  expect(closeDeadline(undefined, day('2020-10-14'), 'order-ended', now)).toEqual([]);
  expect(moveDeadline(undefined, plan, 'start-corrected', now)).toEqual([]);
  expect(reopenDeadline(undefined, plan, 'returned', now)).toEqual([]);
});

test('facts of one deadline leave the others of its owner alone, and those of an unknown one change nothing', () => {
  const other = { ...plan, deadline: 'b0f5f9a2-6b80-4a39-9a5c-0e7f8e1c2d03' };
  const both = [isSet(), isSet(other), isMissed()].reduce<Deadlines>(evolveDeadlines, {});
  expect(Object.values(both).map(isLate)).toEqual([true, false]);
  expect(evolveDeadlines({}, isMissed())).toEqual({});
});

const told = { ...plan, summary: true as const };
const toldUntil = (due: string) => ({ ...until('2020-10-01', due), summary: true as const });

test('where the rule says so, what is entered when its day has passed is marked for a summary', () => {
  after().set(told, at('2020-10-16T23:59:59')).thenTypes('DeadlineSet', 'RemindersSuppressed');
  const { events } = after().set(told, at('2020-10-20T09:00'));
  expect(events.slice(0, 2)).toEqual([event(DeadlineSet, { ...told, generation: 1, enteredLate: true }), isMissed()]);
  expect(after().set(told, at('2020-10-16T09:00')).events[0]).toEqual(isSet(told));
});

test('so is what is moved to a day that had passed, unless it was called late already', () => {
  const late = { reason: 'start-corrected', enteredLate: true as const };
  const to = toldUntil('2020-10-14');
  expect(after(isSet(told)).move(to, at('2020-10-15T09:00')).events).toContainEqual(event(DeadlineMoved, { ...to, generation: 2, ...late }));
  expect(after(isSet(told), isMissed()).move(to, at('2020-10-20T09:00')).events).toContainEqual(isMoved(to, 2));
  expect(after(isSet(told), isMet('2020-10-12', 2)).move(to, at('2020-10-20T09:00')).events).toContainEqual(isMoved(to, 3));
});

test('so is what is awaited again by a day that had passed', () => {
  const to = toldUntil('2020-10-14');
  expect(after(isSet(told), isMet('2020-10-12', 2)).reopen(to, at('2020-10-20T09:00')).events[0]).toEqual(
    event(DeadlineMoved, { ...to, reason: 'returned', generation: 3, enteredLate: true }),
  );
});
