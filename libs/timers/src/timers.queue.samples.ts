import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { addMilliseconds, randomId, type Entry, type Instant } from '#libs/kernel';
import type { DueKnock } from './due-knock.js';
import { Knocker } from './knocker.js';
import { Knock } from './knocks.js';
import type { KnockQueue } from './queue.js';
import { shortPlan, timersOn, wallClock } from './timers.samples.js';

type Open = (trouble: (error: Error) => void) => Promise<KnockQueue>;

/** A store of jobs that a spec does things to. */
export interface StoreOfJobs {
  readonly open: Open;
  /** How many jobs there are, in whatever state. */
  readonly jobs: () => Promise<number>;
  readonly empty: () => Promise<unknown>;
  readonly disconnectAll: () => Promise<unknown>;
  readonly stop: () => Promise<unknown>;
}

const ALL = ['DeadlineSet', 'ReminderIssued', 'DeadlineMissed', 'ReminderIssued'];
const types = (facts: readonly Entry[]) => facts.map(({ type }) => type);
/** Facts recorded before their moment: there may be none. */
const early = (facts: readonly Entry[]) => facts.filter(({ at, type, data }) => type !== 'DeadlineSet' && at < ((data.dueAt ?? data.missedAt) as Instant));

const SOME_KNOCK = {
  tenant: 'stockholm',
  stream: 'wait',
  owner: randomId(),
  generation: 1,
  unit: randomId(),
  rung: 'before',
  caus: randomId(),
  corr: 'a'.repeat(32),
};
const knockAt = (at: Instant, nth = 0): DueKnock => ({ ...SOME_KNOCK, deadline: randomId(), occurrence: nth, at });

async function* pagesOf(pages: readonly (readonly DueKnock[])[], before = (): Promise<unknown> => Promise.resolve()) {
  for (const page of pages) {
    await before();
    yield page;
  }
}

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
  const opened = async (handle: () => Promise<unknown>) => {
    const queue = await store.open(() => {});
    await queue.work(handle);
    return queue;
  };

  test('a knock that was answered is not made again, whatever the answer was', async () => {
    const made: unknown[] = [];
    const queue = await opened(() => Promise.resolve({ nth: made.push('once'), position: 1n }));
    await queue.fill(pagesOf([[knockAt(wallClock.now())]]), wallClock.now());
    while (made.length === 0 || (await store.jobs()) > 0) await pause(20);
    await queue.close();
    expect(made).toEqual(['once']);
  }, 60_000);

  test('knocks are put in page by page, each when the one before is in, and none twice', async () => {
    const queue = await opened(() => Promise.resolve());
    const later = addMilliseconds(wallClock.now(), 3_600_000);
    const pages = Array.from({ length: 5 }, () => Array.from({ length: 200 }, (_, nth) => knockAt(later, nth)));
    const there: number[] = [];
    await queue.fill(
      pagesOf(pages, async () => there.push(await store.jobs())),
      wallClock.now(),
    );
    expect(there).toEqual([0, 200, 400, 600, 800]);
    expect(await queue.missing(pagesOf([...pages, [knockAt(later)]]))).toEqual({ due: 1_001, missing: 1 });
    await queue.fill(pagesOf(pages), wallClock.now());
    expect(await store.jobs()).toBe(1_000);
    await queue.close();
    await store.empty();
  }, 60_000);

  test('a queue that is closed finishes what it has begun', async () => {
    const [begun, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let isDone = false;
    const queue = await opened(async () => {
      begun.resolve();
      await goOn.promise;
      isDone = true;
    });
    await queue.fill(pagesOf([[knockAt(wallClock.now())]]), wallClock.now());
    await begun.promise;
    const closed = queue.close();
    goOn.resolve();
    await closed;
    expect(isDone).toBe(true);
    expect(await store.jobs()).toBe(0);
  }, 60_000);

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
      while ((await store.jobs()) === 0) await pause(20);
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
