import { expect, test } from '@jest/globals';
import type { Position } from '#libs/event-log';
import { derivedId } from '#libs/kernel';
import type { Seen } from '#libs/views';
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
  unit,
  until,
} from './deadline.samples.js';
import type { DeadlineEvent } from './deadline.events.js';
import { deadlinesView } from './deadlines.view.js';

const seen = (fact: DeadlineEvent, rev: number): Seen => ({
  ...fact,
  id: derivedId('fact', rev),
  rev,
  at: at('2020-10-01T10:00'),
  by: { actor: 'timers', role: 'system', unit },
  tenant: 'stockholm',
  stream: `waiting-room-${owner}`,
  position: BigInt(rev + 1) as Position,
  recordedAt: at('2020-10-01T10:00'),
  cmd: derivedId('command', rev),
  corr: String(rev).repeat(32),
});

type Row = ReturnType<typeof deadlinesView.fold>;
const rowAfter = (...facts: DeadlineEvent[]): Row => facts.reduce<Row>((row, fact, rev) => deadlinesView.fold(row, seen(fact, rev), id), undefined);
const early = [isIssued(FIVE, at('2020-10-09T08:00')), isIssued(ONE, at('2020-10-15T08:00'))];

test('a deadline is one row, by its id, with its owner and what it is next to be knocked for', () => {
  expect(deadlinesView.keys(seen(isSet(), 0))).toEqual([id]);
  expect(rowAfter(isSet())).toEqual({
    stream: 'waiting-room',
    owner,
    type: 'genomforandeplan',
    status: 'open',
    late: false,
    unit,
    dueOn: '2020-10-16',
    generation: 1,
    nextAt: '2020-10-09T06:00:00.000Z',
    nextRung: FIVE,
    nextOccurrence: 0,
    caus: derivedId('fact', 0),
    corr: '0'.repeat(32),
    deadline: { status: 'open', plan: expect.objectContaining({ deadline: id, dueOn: '2020-10-16' }) as object, generation: 1, handled: [0, 0, 0, 0] },
  });
});

test('each reminder, issued or not, leads to what comes next', () => {
  expect(rowAfter(isSet(), ...early)).toMatchObject({ nextRung: 'missed', nextOccurrence: 0, nextAt: '2020-10-16T22:00:00.000Z', caus: derivedId('fact', 0) });
  const moment = at('2020-10-09T08:00');
  expect(rowAfter(isSet(), isSuppressed('superseded', [moment, moment], [[FIVE, 0, 0]]))).toMatchObject({ nextRung: ONE });
});

test('a missed deadline is late, and no longer when that is withdrawn', () => {
  expect(rowAfter(isSet(), ...early, isMissed())).toMatchObject({ status: 'missed', late: true, nextRung: AFTER });
  expect(rowAfter(isSet(), ...early, isMissed(), isWithdrawn(2))).toMatchObject({ status: 'open', late: false, generation: 2 });
});

test('what is met or closed is knocked for no more; whether it was late stays to be seen', () => {
  const over = { nextAt: null, nextRung: null, nextOccurrence: null };
  expect(rowAfter(isSet(), isMet('2020-10-14', 2))).toMatchObject({ ...over, status: 'met', late: false });
  expect(rowAfter(isSet(), isMissed(), isMet('2020-10-19', 2))).toMatchObject({ ...over, status: 'met', late: true });
  expect(rowAfter(isSet(), isMissed(), isClosed('2020-10-19', 2))).toMatchObject({ ...over, status: 'closed', late: true });
});

test('a moved deadline is caused by its move', () => {
  const row = rowAfter(isSet(), isMoved(until('2020-10-01', '2020-10-30'), 2));
  expect(row).toMatchObject({ dueOn: '2020-10-30', generation: 2, caus: derivedId('fact', 1), corr: '1'.repeat(32), nextAt: '2020-10-23T06:00:00.000Z' });
});

test('a fact about a deadline that was never set makes no row', () => {
  expect(rowAfter(isMissed())).toBeUndefined();
});
