import { expect, test } from '@jest/globals';
import {
  AFTER,
  after,
  at,
  FIVE,
  from,
  id,
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
  WEEKLY,
} from './deadline.samples.js';
import { closeDeadline, metOn, moveDeadline, reopenDeadline } from './deadline-decisions.js';
import { day } from '#libs/kernel';
import { deadlineEvents } from './deadline.events.js';
import { evolveDeadlines, isLate, type Deadlines } from './deadline.js';

const [FIVE_AT, ONE_AT, AFTER_AT, WEEKLY_AT] = [at('2020-10-09T08:00'), at('2020-10-15T08:00'), at('2020-10-19T08:00'), at('2020-10-21T08:00')];
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

test('the same plan again moves nothing', () => {
  after(isSet()).move(from('2020-10-01'), at('2020-10-05T09:00')).thenNothing();
});

test('a corrected start moves the day and begins the ladder anew', () => {
  after(isSet())
    .move(from('2020-10-03'), at('2020-10-05T09:00'))
    .then(isMoved(from('2020-10-03'), 2));
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

test('everything about deadlines is recorded by timers, so that it makes nobody’s form stale', () => {
  expect(deadlineEvents.map(({ byTimer }) => byTimer)).toEqual(deadlineEvents.map(() => true));
});

test('every fact follows its declaration', () => {
  const facts = [
    isMoved(until('2020-10-01', '2020-10-30'), 2),
    isMet('2020-10-14', 2),
    isWithdrawn(),
    isClosed('2020-10-14', 2),
    isIssued(WEEKLY, WEEKLY_AT),
    ...after().set(plan, at('2020-10-20T09:00')).events,
  ];
  const wrong = facts.filter(
    ({ type, data }) =>
      !deadlineEvents
        .find((declared) => declared.type === type)
        ?.check()
        .Check(data),
  );
  expect(wrong).toEqual([]);
  expect(new Set(facts.map(({ type }) => type)).size).toBe(deadlineEvents.length);
  expect(facts.every(({ data }) => data.deadline === id)).toBe(true);
});

test('a late genomförandeplan is called so', () => {
  const missed = deadlineEvents.find(({ type }) => type === 'DeadlineMissed');
  expect(missed?.label?.(isMissed().data as never)).toEqual({ sv: 'Genomförandeplan försenad', en: 'Genomförandeplan late' });
  expect(missed?.label?.({ ...isMissed().data, type: 'other' } as never)).toBeUndefined();
});
