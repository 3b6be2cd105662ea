import { expect, test } from '@jest/globals';
import { derivedId, instant } from '#libs/kernel';
import { checkGoldenRows, foldAll, happenedIn } from '#libs/views';
import {
  AFTER,
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
  owner,
  plan,
  unit,
  until,
} from './deadline.samples.js';
import type { DeadlineEvent } from './deadline.events.js';
import { deadlinesView } from './deadlines.view.js';

const rowsAfter = (...facts: DeadlineEvent[]) => foldAll(deadlinesView, happenedIn(`waiting-room-${owner}`, ...facts));
const rowAfter = (...facts: DeadlineEvent[]) => rowsAfter(...facts).at(-1);
const corr = (fact: number) => derivedId('corr', fact).replaceAll('-', '');
const early = [isIssued(FIVE, at('2020-10-09T08:00')), isIssued(ONE, at('2020-10-15T08:00'))];

test('a deadline is one row, by its id, with its owner and what it is next to be knocked for', () => {
  expect(rowAfter(isSet())).toEqual({
    tenant: 'stockholm',
    key: id,
    since: 1,
    until: null,
    broken: null,
    stream: 'waiting-room',
    owner,
    type: 'genomforandeplan',
    status: 'open',
    wait: 'awaited',
    late: false,
    recordedLate: true,
    unit,
    startOn: '2020-10-01',
    dueOn: '2020-10-16',
    overOn: null,
    responsible: 'case-officer',
    nextRole: 'case-officer',
    generation: 1,
    nextAt: '2020-10-09T06:00:00.000Z',
    nextRung: FIVE,
    nextOccurrence: 0,
    caus: derivedId('fact', 0),
    corr: corr(0),
    deadline: { status: 'open', plan: expect.objectContaining({ deadline: id, dueOn: '2020-10-16' }) as object, generation: 1, handled: [0, 0, 0, 0] },
  });
});

test('each reminder, issued or not, leads to what comes next', () => {
  expect(rowAfter(isSet(), ...early)).toMatchObject({ nextRung: 'missed', nextOccurrence: 0, nextAt: '2020-10-16T22:00:00.000Z', caus: derivedId('fact', 0) });
  const moment = at('2020-10-09T08:00');
  expect(rowAfter(isSet(), isSuppressed('superseded', [moment, moment], [[FIVE, 0, 0]]))).toMatchObject({ nextRung: ONE });
});

test('whoever is reminded next is told, also while the end of the day comes first', () => {
  expect(rowAfter(isSet(), ...early)).toMatchObject({ nextRung: 'missed', responsible: 'case-officer', nextRole: 'case-officer' });
  expect(rowAfter(isSet(), ...early, isMissed(), isIssued(AFTER, at('2020-10-19T08:00')))).toMatchObject({ nextRole: 'unit-manager' });
  expect(rowAfter(isSet({ ...plan, ladder: [] }))).toMatchObject({ nextRung: 'missed', responsible: null, nextRole: null });
});

test('what was set before its day had passed was not recorded late, also when it is missed later', () => {
  const [set, missed] = happenedIn(`waiting-room-${owner}`, isSet(), isMissed());
  const inTime = { ...set!, at: at('2020-10-16T23:59:59') };
  expect(foldAll(deadlinesView, [inTime, missed!]).map(({ recordedLate }) => recordedLate)).toEqual([false, false]);
});

test('a missed deadline is late, and no longer when that is withdrawn', () => {
  expect(rowAfter(isSet(), ...early, isMissed())).toMatchObject({ status: 'missed', late: true, nextRung: AFTER });
  expect(rowAfter(isSet(), ...early, isMissed(), isWithdrawn(2))).toMatchObject({ status: 'open', late: false, generation: 2 });
});

test('what is met or closed is knocked for no more; whether it was late stays to be seen', () => {
  const over = { nextAt: null, nextRung: null, nextOccurrence: null, nextRole: null };
  expect(rowAfter(isSet(), isMet('2020-10-14', 2))).toMatchObject({ ...over, status: 'met', wait: 'met', overOn: '2020-10-14', late: false });
  expect(rowAfter(isSet(), isMissed(), isMet('2020-10-19', 2))).toMatchObject({ ...over, status: 'met', late: true });
  expect(rowAfter(isSet(), isMissed(), isClosed('2020-10-19', 2))).toMatchObject({
    ...over,
    status: 'closed',
    wait: 'closed',
    overOn: '2020-10-19',
    late: true,
  });
});

test('a moved deadline is caused by its move', () => {
  const row = rowAfter(isSet(), isMoved(until('2020-10-01', '2020-10-30'), 2));
  expect(row).toMatchObject({ dueOn: '2020-10-30', generation: 2, caus: derivedId('fact', 1), corr: corr(1), nextAt: '2020-10-23T06:00:00.000Z' });
});

test('a fact about a deadline that was never set puts the row into quarantine, so that it cannot be overlooked', () => {
  expect(rowAfter(isMissed())).toMatchObject({ key: id, broken: derivedId('fact', 0) });
});

test('the same facts give the same rows as long as the version is the same', async () => {
  const moment = instant('2020-10-21T06:00:00.000Z');
  const to = until('2020-10-01', '2020-10-30');
  const life = [
    isSet(),
    ...early,
    isMissed(),
    isWithdrawn(2),
    isMoved(to, 3),
    isSuppressed('moved', [moment, moment], [[FIVE, 0, 0]], 3),
    isMet('2020-10-14', 4, '2020-10-30'),
    isClosed('2020-10-15', 5),
  ];
  await checkGoldenRows(deadlinesView, happenedIn(`waiting-room-${owner}`, ...life), new URL('./deadlines.golden.json', import.meta.url));
});
