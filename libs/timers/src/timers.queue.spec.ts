import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createPostgresBackend, withBackend } from 'bullmq';
import { randomId, type Entry, type Instant } from '#libs/kernel';
import { Knocker } from './knocker.js';
import { Knock } from './knocks.js';
import { openPostgresQueue } from './queue.js';
import { shortPlan, timersOn, wallClock } from './timers.samples.js';

let spec: Awaited<ReturnType<typeof timersOn>>;
beforeAll(async () => {
  spec = await timersOn(wallClock);
}, 60_000);
afterAll(() => spec.close());

const openQueue = (trouble: (error: Error) => void) => openPostgresQueue(spec.database.worker, trouble);
const openAbsentQueue = (trouble: (error: Error) => void) => openPostgresQueue('postgres://nobody:nothing@127.0.0.1:1/nowhere', trouble);
const queueAlone = () => ({ sweepEveryMs: 'never', openQueue, reconcileEveryMs: 300 }) as const;

const begin = async () => {
  const owner = randomId();
  await spec.await(owner, shortPlan(randomId(), wallClock.now()));
  return owner;
};
const ALL = ['DeadlineSet', 'ReminderIssued', 'DeadlineMissed', 'ReminderIssued'];
const types = (facts: readonly Entry[]) => facts.map(({ type }) => type);
/** Facts recorded before their moment: there may be none. */
const early = (facts: readonly Entry[]) => facts.filter(({ at, type, data }) => type !== 'DeadlineSet' && at < ((data.dueAt ?? data.missedAt) as Instant));

test('the sweep does everything without a queue', async () => {
  const owner = await begin();
  const facts = await spec.running({ sweepEveryMs: 100 }, () => spec.until(owner, 4));
  expect(types(facts)).toEqual(ALL);
  expect(early(facts)).toEqual([]);
}, 60_000);

test('the queue does everything without the sweep', async () => {
  const owner = await begin();
  const facts = await spec.running(queueAlone(), () => spec.until(owner, 4));
  expect(types(facts)).toEqual(ALL);
  expect(early(facts)).toEqual([]);
}, 60_000);

test('both together do everything once', async () => {
  const owners = await Promise.all(Array.from({ length: 20 }, begin));
  const all = await spec.running({ sweepEveryMs: 50, openQueue, reconcileEveryMs: 100 }, () => Promise.all(owners.map((owner) => spec.until(owner, 4))));
  expect(new Set(all.map((facts) => types(facts).join()))).toEqual(new Set([ALL.join()]));
}, 60_000);

test('a job that failed for good is made anew, and its reminder still comes', async () => {
  const owner = await begin();
  let tried = 0;
  const isOurs = (command: object) => command instanceof Knock && command.owner === owner;
  const knocker = new Knocker(
    { send: (command, context) => (isOurs(command) && tried++ < 4 ? Promise.reject(new Error('Not now.')) : spec.commands.send(command, context)) },
    wallClock,
  );
  const facts = await spec.running({ ...queueAlone(), knocker }, () => spec.until(owner, 4));
  expect(tried).toBe(5); // three times the first job, then the second
  expect(types(facts)).toEqual(['DeadlineSet', 'DeadlineMissed', 'RemindersSuppressed', 'ReminderIssued']);
}, 60_000);

test('an emptied queue is filled again', async () => {
  const { Queue } = withBackend(createPostgresBackend);
  const queue = new Queue('knocks', { connection: { connectionString: spec.database.owner, schema: 'bullmq', max: 1 } });
  const owner = await begin();
  const facts = await spec.running(queueAlone(), async () => {
    while ((await queue.getDelayedCount()) === 0) await pause(20);
    await queue.obliterate({ force: true });
    return spec.until(owner, 4);
  });
  await queue.close();
  expect(types(facts)).toEqual(ALL);
}, 60_000);

test('after the store of the queue was away, its knocks still come', async () => {
  const owner = await begin();
  const facts = await spec.running(queueAlone(), async () => {
    await spec.until(owner, 2);
    await spec.database.disconnectAll();
    return spec.until(owner, 4);
  });
  expect(types(facts)).toEqual(ALL);
}, 60_000);

test('a queue that cannot be opened leaves the sweep alone', async () => {
  const owner = await begin();
  const facts = await spec.running({ sweepEveryMs: 100, openQueue: openAbsentQueue }, () => spec.until(owner, 4));
  expect(types(facts)).toEqual(ALL);
}, 60_000);

test('a job holds ids, codes and numbers alone', async () => {
  const owner = await begin();
  await spec.drained();
  const jobs: object[] = [];
  for await (const page of spec.due.until(shortPlan(randomId(), wallClock.now()).missedAt)) jobs.push(...page.filter((knock) => knock.owner === owner));
  expect(Object.keys(jobs[0] ?? {}).toSorted()).toEqual([
    'at',
    'caus',
    'corr',
    'deadline',
    'generation',
    'occurrence',
    'owner',
    'rung',
    'stream',
    'tenant',
    'unit',
  ]);
});
