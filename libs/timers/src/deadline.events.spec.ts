import { expect, test } from '@jest/globals';
import { after, at, id, isClosed, isIssued, isMet, isMissed, isMoved, isWithdrawn, plan, until, WEEKLY } from './deadline.samples.js';
import { deadlineEvents } from './deadline.events.js';

const WEEKLY_AT = at('2020-10-21T08:00');

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
