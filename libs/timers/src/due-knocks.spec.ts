import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { addMilliseconds, instant, type Instant } from '#libs/kernel';
import { from } from './deadline.samples.js';
import { lateSummaries } from './late-summary.js';
import { id, issued, MORNING, noted, owner } from './late-summary.samples.js';
import { steppedClock, timersOn } from './timers.samples.js';

let spec: Awaited<ReturnType<typeof timersOn>>;
beforeAll(async () => {
  spec = await timersOn(steppedClock(instant('2020-10-01T09:00:00+02:00')));
  await spec.await(id('a wait'), { ...from('2020-10-01'), deadline: id('a wait') });
  await spec.record(lateSummaries, owner, [noted('a', 'Östermalm')]);
  await spec.drained();
}, 60_000);
afterAll(() => spec.close());

const until = async (moment: Instant) => (await Array.fromAsync(spec.due.until(moment))).flat();

test('the next moment is the earliest of deadlines and summaries', async () => {
  expect(await spec.due.next()).toBe(MORNING);
  expect(await spec.due.next({ after: MORNING })).toBe('2020-10-09T06:00:00.000Z');
  expect(await spec.due.next({ until: addMilliseconds(MORNING, -1) })).toBeUndefined();
});

test('both are knocked for, the earliest first', async () => {
  expect(await until(addMilliseconds(MORNING, -1))).toEqual([]);
  const [summary, wait, ...more] = await until(instant('2020-10-09T08:00:00+02:00'));
  expect(more).toEqual([]);
  expect(summary).toMatchObject({ tenant: 'stockholm', stream: 'late-summary', owner, deadline: owner, generation: 1, rung: 'late-summary', at: MORNING });
  expect(wait).toMatchObject({ stream: 'wait', owner: id('a wait'), generation: 1 });
});

test('those stand whose moment has come, since the moment of the earliest', async () => {
  expect(await spec.due.standing(addMilliseconds(MORNING, -1))).toEqual({ due: 0, earliest: undefined });
  expect(await spec.due.standing(MORNING)).toEqual({ due: 1, earliest: MORNING });
  expect(await spec.due.standing(instant('2020-10-09T08:00:00+02:00'))).toEqual({ due: 2, earliest: MORNING });
});

test('a summary that was issued is knocked for no more', async () => {
  await spec.record(lateSummaries, owner, [issued('Östermalm', ['Östermalm'])]);
  await spec.drained();
  expect(await spec.due.next()).toBe('2020-10-09T06:00:00.000Z');
});
