import { InMemorySpanExporter } from '@opentelemetry/sdk-trace';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomId } from '#libs/kernel';
import { instruments, traceInto } from '#libs/telemetry';
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
  const exporter = new InMemorySpanExporter();
  exporter.shutdown = () => Promise.resolve(); // it would forget what it was given
  const end = await traceInto({ service: 'spec', exporter });
  const owner = randomId();
  await spec.await(owner, shortPlan(randomId(), wallClock.now()));
  const [set] = await spec.running(queueAlone, () => spec.until(owner, 4));
  await end();
  const spans = exporter.getFinishedSpans().filter((span) => span.spanContext().traceId === set?.corr);
  const names = new Map(spans.map((span) => [span.spanContext().spanId, span.name]));
  const told = spans.map(({ name, parentSpanContext }) => [names.get(parentSpanContext?.spanId ?? ''), name].filter(Boolean).join(' > '));
  expect(told).toEqual(
    expect.arrayContaining([
      'add knocks.knock',
      'add knocks.knock > process knocks',
      'process knocks > knock',
      'knock > command Knock at wait',
      'command Knock at wait > append',
    ]),
  );
  expect(spans.flatMap(({ attributes }) => Object.keys(attributes)).filter((name) => !/^(?:uppsikt|bullmq)\./.test(name))).toEqual([]);
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
