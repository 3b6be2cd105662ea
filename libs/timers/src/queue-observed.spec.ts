import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomId } from '#libs/kernel';
import { instruments } from '#libs/telemetry';
import { spansOf } from '#libs/testing';
import { openPostgresQueue } from './postgres-queue.js';
import { shortPlan, timersOn, wallClock } from './timers.samples.js';

let spec: Awaited<ReturnType<typeof timersOn>>;
beforeAll(async () => {
  spec = await timersOn(wallClock);
}, 60_000);
afterAll(() => spec.close());

const queueAlone = {
  sweepEveryMs: 'never',
  openQueue: (trouble: (error: Error) => void) => openPostgresQueue(spec.database.worker, trouble),
  reconcileEveryMs: 300,
} as const;
const numbers = (name: string): Promise<string> => instruments.getSingleMetricAsString(name);

test('a job is put in, taken out and knocks as part of the chain that set the deadline', async () => {
  const owner = randomId();
  let corr: string | undefined;
  const spans = await spansOf(async () => {
    await spec.await(owner, shortPlan(randomId(), wallClock.now()));
    const [set] = await spec.running(queueAlone, () => spec.until(owner, 4));
    corr = set?.corr;
  });
  const chain = spans.filter((span) => span.corr === corr);
  expect(chain.map(({ path }) => path)).toEqual(
    expect.arrayContaining([
      'add knocks.knock',
      'add knocks.knock > process knocks',
      'process knocks > knock',
      'knock > command Knock at wait',
      'command Knock at wait > append',
    ]),
  );
  expect(chain.flatMap(({ attributes }) => Object.keys(attributes)).filter((name) => !/^(?:uppsikt|bullmq)\./.test(name))).toEqual([]);
}, 60_000);

test('its jobs are counted by state while it is open, and knocks by how late they were', async () => {
  expect(await numbers('uppsikt_queue_jobs')).not.toMatch(/^uppsikt_queue_jobs/m);
  const owner = randomId();
  await spec.await(owner, shortPlan(randomId(), wallClock.now()));
  await spec.running(queueAlone, async () => {
    while (!/^uppsikt_queue_jobs\{state="delayed"\} [1-9]/m.test(await numbers('uppsikt_queue_jobs'))) await new Promise(setImmediate);
    await spec.until(owner, 4);
  });
  expect(await numbers('uppsikt_queue_jobs')).not.toMatch(/^uppsikt_queue_jobs/m);
  expect(await numbers('uppsikt_knock_late_seconds')).toMatch(/^uppsikt_knock_late_seconds_count [1-9]/m);
}, 60_000);
