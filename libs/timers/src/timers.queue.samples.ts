import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomId, type Entry, type Instant } from '#libs/kernel';
import { Knocker } from './knocker.js';
import { Knock } from './knocks.js';
import type { KnockQueue } from './queue.js';
import { shortPlan, timersOn, wallClock } from './timers.samples.js';

type Open = (trouble: (error: Error) => void) => Promise<KnockQueue>;

/** A store of jobs that a spec does things to. */
export interface StoreOfJobs {
  readonly open: Open;
  /** Resolves when a job waits for its moment. */
  readonly filled: () => Promise<unknown>;
  readonly empty: () => Promise<unknown>;
  readonly disconnectAll: () => Promise<unknown>;
  readonly stop: () => Promise<unknown>;
}

const ALL = ['DeadlineSet', 'ReminderIssued', 'DeadlineMissed', 'ReminderIssued'];
const types = (facts: readonly Entry[]) => facts.map(({ type }) => type);
/** Facts recorded before their moment: there may be none. */
const early = (facts: readonly Entry[]) => facts.filter(({ at, type, data }) => type !== 'DeadlineSet' && at < ((data.dueAt ?? data.missedAt) as Instant));

/** What the queue does, whatever its store. The sweep is turned off wherever the queue is tried. */
export const queueContract = (storeOf: (spec: Awaited<ReturnType<typeof timersOn>>) => Promise<StoreOfJobs>, openAbsent: Open): void => {
  let spec: Awaited<ReturnType<typeof timersOn>>;
  let store: StoreOfJobs;
  beforeAll(async () => {
    spec = await timersOn(wallClock);
    store = await storeOf(spec);
  }, 120_000);
  afterAll(async () => {
    await store.stop();
    await spec.close();
  });

  const queueAlone = () => ({ sweepEveryMs: 'never', openQueue: store.open, reconcileEveryMs: 300 }) as const;
  const begin = async () => {
    const owner = randomId();
    await spec.await(owner, shortPlan(randomId(), wallClock.now()));
    return owner;
  };
  test('the queue does everything without the sweep', async () => {
    const owner = await begin();
    const facts = await spec.running(queueAlone(), () => spec.until(owner, 4));
    expect(types(facts)).toEqual(ALL);
    expect(early(facts)).toEqual([]);
  }, 60_000);

  test('the sweep does everything without a queue', async () => {
    const owner = await begin();
    const facts = await spec.running({ sweepEveryMs: 100 }, () => spec.until(owner, 4));
    expect(types(facts)).toEqual(ALL);
    expect(early(facts)).toEqual([]);
  }, 60_000);

  test('both together do everything once', async () => {
    const owners = await Promise.all(Array.from({ length: 20 }, begin));
    const both = { sweepEveryMs: 50, openQueue: store.open, reconcileEveryMs: 100 } as const;
    const all = await spec.running(both, () => Promise.all(owners.map((owner) => spec.until(owner, 4))));
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
    const owner = await begin();
    const facts = await spec.running(queueAlone(), async () => {
      await store.filled();
      await store.empty();
      return spec.until(owner, 4);
    });
    expect(types(facts)).toEqual(ALL);
  }, 60_000);

  test('after the store of the queue was away, its knocks still come', async () => {
    const owner = await begin();
    const facts = await spec.running(queueAlone(), async () => {
      await spec.until(owner, 2);
      await store.disconnectAll();
      return spec.until(owner, 4);
    });
    expect(types(facts)).toEqual(ALL);
  }, 60_000);

  test('a queue that cannot be opened leaves the sweep alone', async () => {
    const owner = await begin();
    const facts = await spec.running({ sweepEveryMs: 100, openQueue: openAbsent }, () => spec.until(owner, 4));
    expect(types(facts)).toEqual(ALL);
  }, 60_000);
};
