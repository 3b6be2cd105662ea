import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll } from '@jest/globals';
import { addDays, addMilliseconds, randomId, stockholmDay, type Clock, type Instant } from '#libs/kernel';
import { RedisServer, type RedisGroup } from '#libs/testing';
import type { DeadlinePlan } from './deadline-plan.js';
import { from } from './deadline.samples.js';
import { openQueueOn } from './open-queue.js';
import { timersOn, wallClock } from './timers.samples.js';

const FACTS = 5;
/** Reminders of three roles and a missed day, within the second after its moment. */
const planOf = (missedAt: Instant): DeadlinePlan => {
  const on = stockholmDay(missedAt);
  const rung = (role: string, ms: number) => ({ rung: `${role}-rung`, role, on, at: addMilliseconds(missedAt, ms) });
  const ladder = [rung('case-officer', -500), rung('unit-manager', 200), rung('process-owner', 500)];
  return { ...from('2026-02-02'), deadline: randomId(), startOn: addDays(on, -1), dueOn: on, missedAt, steps: [], ladder };
};

/** What is counted where nothing was lost and nothing came twice or too early. */
export const everything = (owners: readonly string[]) => {
  const due = owners.length * 3;
  return { due, issued: due, distinct: due, missed: owners.length, others: 0, early: 0 };
};

/** Whether somebody still has a connection to one of them. */
const isHeld = async (servers: readonly RedisServer[]) => {
  const clients = await Promise.all(servers.map((server) => server.ask('CLIENT', 'LIST').catch(() => '')));
  return clients.some((list) => /name=\S*uppsikt/.test(list));
};

const until = async (isSo: () => Promise<boolean>) => {
  while (!(await isSo())) await pause(20);
};

/** Deadlines, two workers that have only the queue, and a Redis that things are done to. To be called in a suite. */
export const lossOfRedis = () => {
  let skippedMs = 0;
  /** The wall clock, moved on by what the spec skips. */
  const clock: Clock = { real: true, now: () => addMilliseconds(wallClock.now(), skippedMs) };
  let spec: Awaited<ReturnType<typeof timersOn>>;
  const started: (RedisServer | RedisGroup)[] = [];
  beforeAll(async () => {
    spec = await timersOn(clock);
  }, 120_000);
  afterEach(async () => {
    for (const one of started.splice(0)) await one.stop();
    spec.faults.length = 0;
  });
  afterAll(() => spec.close());

  /** A job waits for its moment in the queue; or on a slow machine, all have had theirs. */
  const filled = (server: RedisServer, owners: readonly string[]) =>
    until(async () => {
      if (Number(await server.ask('ZCARD', '{uppsikt}:knocks:delayed')) > 0) return true;
      const all = await Promise.all(owners.map((owner) => spec.factsOf(owner)));
      return all.every((facts) => facts.length === FACTS);
    });

  return {
    /** Ends with the test. */
    kept: <T extends RedisServer | RedisGroup>(store: T): T => {
      started.push(store);
      return store;
    },
    skip: (ms: number) => void (skippedMs += ms),
    /** Somebody was told of something like that. */
    told: (what: string) => until(() => Promise.resolve(spec.faults.some((error) => String(error).includes(what)))),
    filled,
    /** The first has begun to be knocked for, the last has not. */
    midway: async (server: RedisServer, owners: readonly string[]) => {
      await spec.until(owners[0] ?? '', 2);
      await filled(server, owners);
    },

    /** Deadlines that are missed one after the other, from soon on. */
    begin: async (count: number, { soonMs = 2_000, apartMs = 50 } = {}) => {
      const owners = Array.from({ length: count }, () => randomId());
      const first = addMilliseconds(clock.now(), soonMs);
      await Promise.all(owners.map((owner, nth) => spec.await(owner, planOf(addMilliseconds(first, nth * apartMs)))));
      await spec.drained();
      return owners;
    },

    /** Works with two workers until every deadline has had everything, and counts. Nobody has a connection left in the end. */
    counted: async (store: RedisServer | RedisGroup, owners: readonly string[], work: () => Promise<unknown>) => {
      const warnings: string[] = [];
      const openQueue = openQueueOn({ redisUrl: store.url, databaseUrl: '', warn: (line) => void warnings.push(line) });
      const worker = { sweepEveryMs: 'never', openQueue, reconcileEveryMs: 500 } as const;
      await spec.running(worker, () =>
        spec.running(worker, async () => {
          await work();
          await Promise.all(owners.map((owner) => spec.until(owner, FACTS)));
          await pause(1_000); // whoever would issue one again has the time to
        }),
      );
      await until(async () => !(await isHeld('servers' in store ? store.servers : [store])));
      const facts = (await Promise.all(owners.map((owner) => spec.factsOf(owner)))).flat();
      const issued = facts.filter(({ type }) => type === 'ReminderIssued');
      const count = {
        due: owners.length * 3,
        issued: issued.length,
        distinct: new Set(issued.map(({ data }) => data.reminder)).size,
        missed: facts.filter(({ type }) => type === 'DeadlineMissed').length,
        others: facts.length - issued.length - owners.length * 2,
        early: issued.filter(({ at, data }) => at < (data.dueAt as Instant)).length,
      };
      return { count, warnings };
    },
  };
};
