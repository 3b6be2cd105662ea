import { expect, test } from '@jest/globals';
import type { Instant } from '#libs/kernel';
import type { DeadlineEvent } from './deadline.events.js';
import { evolveDeadlines, type Deadlines } from './deadline.js';
import {
  AFTER,
  after,
  at,
  FIVE,
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
  until,
  WEEKLY,
} from './deadline.samples.js';
import { MISSED, nextKnock } from './knock.js';

const [FIVE_AT, ONE_AT, AFTER_AT, WEEKLY_AT] = [at('2020-10-09T08:00'), at('2020-10-15T08:00'), at('2020-10-19T08:00'), at('2020-10-21T08:00')];
const early = [isIssued(FIVE, FIVE_AT), isIssued(ONE, ONE_AT)];
const overdue = [isSet(), ...early, isMissed(), isIssued(AFTER, AFTER_AT)];
const week = (occurrence: number) => at(`2020-10-${21 + 7 * occurrence}T08:00`);
const WEEK_2 = '2020-10-28T07:00:00.000Z' as Instant; // winter time
const WEEK_3 = '2020-11-04T07:00:00.000Z' as Instant;
const toward = (rung: string, occurrence = 0, generation = 1) => ({ generation, rung, occurrence });
const nextAfter = (...facts: DeadlineEvent[]) => {
  const deadline = facts.reduce<Deadlines>(evolveDeadlines, {})[id];
  return deadline && nextKnock(deadline);
};

test('a reminder is issued when its moment has come', () => {
  after(isSet()).knock(toward(FIVE), FIVE_AT).then(isIssued(FIVE, FIVE_AT));
});

test('a knock that comes a millisecond too early says nothing', () => {
  after(isSet()).knock(toward(FIVE), at('2020-10-09T07:59:59.999')).thenNothing();
  after(isSet(), ...early)
    .knock(toward(MISSED), at('2020-10-16T23:59:59.999'))
    .thenNothing();
});

test('a knock too early says nothing of what else is due: it must not use up its own id', () => {
  after(isSet()).knock(toward(ONE), at('2020-10-14T08:00')).thenNothing();
  after(isSet()).knock(toward(MISSED), at('2020-10-15T08:00')).thenNothing();
});

test('a reminder is issued once', () => {
  after(isSet(), ...early)
    .knock(toward(FIVE), at('2020-10-15T08:01'))
    .thenNothing();
});

test('a knock of another generation says nothing', () => {
  after(isSet())
    .knock(toward(FIVE, 0, 2), FIVE_AT)
    .thenNothing();
  after(isSet(), isMoved(until('2020-10-01', '2020-10-30'), 2))
    .knock(toward(FIVE, 0, 1), at('2020-10-26T08:00'))
    .thenNothing();
});

test('a knock for a rung that is not in the ladder says nothing', () => {
  after(isSet()).knock(toward('nobody-1-calendar-days-before'), at('2020-11-26T08:00')).thenNothing();
});

test('a knock for a deadline that nobody set says nothing', () => {
  after().knock(toward(FIVE), FIVE_AT).thenNothing();
});

test('the end of the due day is recorded with its true moment, whenever the timer comes', () => {
  after(isSet(), ...early)
    .knock(toward(MISSED), at('2020-10-17T00:00'))
    .then(isMissed());
  after(isSet(), ...early)
    .knock(toward(MISSED), at('2020-10-18T12:34'))
    .then(isMissed());
});

test('it is recorded once', () => {
  after(isSet(), ...early, isMissed())
    .knock(toward(MISSED), at('2020-10-18T12:34'))
    .thenNothing();
});

test('a plan that comes on Saturday cancels Monday’s reminder', () => {
  after(isSet(), ...early, isMissed(), isMet('2020-10-17', 2))
    .knock(toward(AFTER), AFTER_AT)
    .thenNothing();
  after(isSet(), ...early, isMissed(), isMet('2020-10-17', 2))
    .knock(toward(AFTER, 0, 2), AFTER_AT)
    .thenNothing();
});

test('nothing is issued for what is closed', () => {
  after(isSet(), isClosed('2020-10-12', 2))
    .knock(toward(ONE, 0, 2), at('2020-10-15T08:00'))
    .thenNothing();
});

test('the officer hears of it on Monday, the manager on Wednesday, then weekly', () => {
  after(isSet(), ...early, isMissed())
    .knock(toward(AFTER), AFTER_AT)
    .then(isIssued(AFTER, AFTER_AT));
  after(...overdue)
    .knock(toward(WEEKLY), WEEKLY_AT)
    .then(isIssued(WEEKLY, WEEKLY_AT));
  after(...overdue, isIssued(WEEKLY, WEEKLY_AT))
    .knock(toward(WEEKLY, 1), WEEK_2)
    .then(isIssued(WEEKLY, WEEK_2, { occurrence: 1 }));
});

test('after three weeks of standstill the latest reminder of each role is issued; the skipped ones are one fact with their range', () => {
  after(isSet(), isIssued(FIVE, FIVE_AT))
    .knock(toward(ONE), '2020-11-05T12:00:00.000Z' as Instant)
    .then(
      isMissed(),
      isSuppressed(
        'superseded',
        [ONE_AT, WEEK_2],
        [
          [ONE, 0, 0],
          [WEEKLY, 0, 1],
        ],
      ),
      isIssued(AFTER, AFTER_AT),
      isIssued(WEEKLY, WEEK_3, { occurrence: 2 }),
    );
});

test('whichever of the due things the knock came for, all of them are recorded', () => {
  const now = at('2020-10-19T08:05');
  const said = [toward(ONE), toward(MISSED), toward(AFTER)].map((command) => after(isSet(), isIssued(FIVE, FIVE_AT)).knock(command, now).events);
  expect(said[0]).toEqual([isMissed(), isSuppressed('superseded', [ONE_AT, ONE_AT], [[ONE, 0, 0]]), isIssued(AFTER, AFTER_AT)]);
  expect(said[1]).toEqual(said[0]);
  expect(said[2]).toEqual(said[0]);
});

test('after a withdrawal and a new lateness nothing is issued that was issued before', () => {
  const facts = [...overdue, isWithdrawn(2), isMet('2020-10-14', 3), isMissed(3), isMet('2020-10-20', 4)];
  after(...facts)
    .knock(toward(AFTER, 0, 4), at('2020-10-21T08:00'))
    .thenNothing();
});

test('what is next to be done is in turn each reminder, the end of the day, and the weekly reminders until their limit', () => {
  expect(nextAfter(isSet())).toEqual({ rung: FIVE, occurrence: 0, at: FIVE_AT });
  expect(nextAfter(isSet(), isIssued(FIVE, FIVE_AT))).toEqual({ rung: ONE, occurrence: 0, at: ONE_AT });
  expect(nextAfter(isSet(), ...early)).toEqual({ rung: MISSED, occurrence: 0, at: at('2020-10-17T00:00') });
  expect(nextAfter(isSet(), ...early, isMissed())).toEqual({ rung: AFTER, occurrence: 0, at: AFTER_AT });
  expect(nextAfter(...overdue)).toEqual({ rung: WEEKLY, occurrence: 0, at: week(0) });
  expect(nextAfter(...overdue, isIssued(WEEKLY, WEEKLY_AT))).toEqual({ rung: WEEKLY, occurrence: 1, at: WEEK_2 });
  expect(nextAfter(...overdue, isSuppressed('superseded', [WEEKLY_AT, WEEK_3], [[WEEKLY, 0, 11]]))).toBeUndefined();
  expect(nextAfter(...overdue, isMet('2020-10-20', 2))).toBeUndefined();
  expect(nextAfter(isSet(), isClosed('2020-10-12', 2))).toBeUndefined();
});

test('where every reminder comes after the due day, its end is next', () => {
  const lateOnly = { ...isSet(), data: { ...isSet().data, ladder: isSet().data.ladder.slice(2) } };
  expect(nextAfter(lateOnly)?.rung).toBe(MISSED);
  const noLadder = { ...isSet(), data: { ...isSet().data, ladder: [] } };
  expect(nextAfter(noLadder)?.rung).toBe(MISSED);
  expect(nextAfter(noLadder, isMissed())).toBeUndefined();
});
