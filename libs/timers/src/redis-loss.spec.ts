import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { addDays, addMilliseconds, randomId, stockholmDay, type Clock, type Instant } from '#libs/kernel';
import { describeOnRedis, RedisServer, startCluster, startSentinels, type RedisGroup } from '#libs/testing';
import type { DeadlinePlan } from './deadline-plan.js';
import { from } from './deadline.samples.js';
import { openQueueOn } from './open-queue.js';
import { timersOn, wallClock } from './timers.samples.js';

/** Reminders of three roles and a missed day, within the second after its moment. */
const plan = (missedAt: Instant): DeadlinePlan => {
  const on = stockholmDay(missedAt);
  const rung = (role: string, ms: number) => ({ rung: `${role}-rung`, role, on, at: addMilliseconds(missedAt, ms) });
  const ladder = [rung('case-officer', -500), rung('unit-manager', 200), rung('process-owner', 500)];
  return { ...from('2026-02-02'), deadline: randomId(), startOn: addDays(on, -1), dueOn: on, missedAt, steps: [], ladder };
};
const FACTS = 5;

/** Whether somebody still has a connection to one of them. */
const isHeld = async (servers: readonly RedisServer[]) => {
  const clients = await Promise.all(servers.map((server) => server.ask('CLIENT', 'LIST').catch(() => '')));
  return clients.some((list) => /name=\S*uppsikt/.test(list));
};

const everything = (owners: readonly string[]) => {
  const due = owners.length * 3;
  return { due, issued: due, distinct: due, missed: owners.length, others: 0, early: 0 };
};

const filled = async (server: RedisServer) => {
  while (Number(await server.ask('ZCARD', '{uppsikt}:knocks:delayed')) === 0) await pause(20);
};

// The sweep is turned off throughout, and two workers run: what comes, comes by the queue alone, and comes once.
describeOnRedis('losing Redis loses no reminder and issues none twice', () => {
  let skippedMs = 0;
  /** The wall clock, moved on by what the spec skips. */
  const clock: Clock = { real: true, now: () => addMilliseconds(wallClock.now(), skippedMs) };
  let spec: Awaited<ReturnType<typeof timersOn>>;
  const stops: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    spec = await timersOn(clock);
  }, 120_000);
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
    spec.faults.length = 0;
  });
  afterAll(() => spec.close());

  const redis = async (options: Parameters<typeof RedisServer.start>[0] = {}) => {
    const server = await RedisServer.start(options);
    stops.push(() => server.stop());
    return server;
  };

  /** Deadlines that are missed one after the other, from soon on. */
  const begin = async (count: number, { soonMs = 2_000, apartMs = 50 } = {}) => {
    const owners = Array.from({ length: count }, () => randomId());
    const first = addMilliseconds(clock.now(), soonMs);
    await Promise.all(owners.map((owner, nth) => spec.await(owner, plan(addMilliseconds(first, nth * apartMs)))));
    await spec.drained();
    return owners;
  };

  /** Works with two workers until every deadline has had everything, and counts. */
  const counted = async (store: RedisServer | RedisGroup, owners: readonly string[], work: () => Promise<unknown>) => {
    const { url } = store;
    const warnings: string[] = [];
    const openQueue = openQueueOn({ redisUrl: url, databaseUrl: '', warn: (line) => void warnings.push(line) });
    const worker = { sweepEveryMs: 'never', openQueue, reconcileEveryMs: 500 } as const;
    const all = await spec.running(worker, () =>
      spec.running(worker, async () => {
        await work();
        const facts = await Promise.all(owners.map((owner) => spec.until(owner, FACTS)));
        await pause(1_000); // whoever would issue one again has the time to
        return facts.length === owners.length ? Promise.all(owners.map((owner) => spec.factsOf(owner))) : [];
      }),
    );
    while (await isHeld('servers' in store ? store.servers : [store])) await pause(100);
    const facts = all.flat();
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
  };
  /** The first has begun to be knocked for, the last has not. */
  const midway = async (server: RedisServer, [first = '']: readonly string[]) => {
    await spec.until(first, 2);
    await filled(server);
  };

  test('nothing happens to it', async () => {
    const server = await redis({ persistent: true });
    const owners = await begin(20);
    const { count, warnings } = await counted(server, owners, () => Promise.resolve());
    expect(count).toEqual(everything(owners));
    expect(warnings).toEqual([]);
  }, 120_000);

  test('kill -9 without persistence, restarted empty', async () => {
    const server = await redis();
    const owners = await begin(30);
    const { count } = await counted(server, owners, async () => {
      await midway(server, owners);
      await server.kill();
      await pause(1_000);
      await server.start();
    });
    expect(count).toEqual(everything(owners));
  }, 120_000);

  test('kill -9 with persistence', async () => {
    const server = await redis({ persistent: true });
    const owners = await begin(30);
    const { count } = await counted(server, owners, async () => {
      await midway(server, owners);
      await server.kill();
      await server.start();
    });
    expect(count).toEqual(everything(owners));
  }, 120_000);

  test('FLUSHALL, again and again', async () => {
    const server = await redis();
    const owners = await begin(30);
    const { count } = await counted(server, owners, async () => {
      await filled(server);
      for (let times = 0; times < 20; times++) {
        await server.ask('FLUSHALL');
        await pause(200);
      }
    });
    expect(count).toEqual(everything(owners));
  }, 120_000);

  test('eviction, which is warned of', async () => {
    const server = await redis({ settings: ['--maxmemory', '4mb', '--maxmemory-policy', 'allkeys-lru'] });
    const owners = await begin(30);
    const { count, warnings } = await counted(server, owners, async () => {
      await filled(server);
      for (let batch = 0; batch < 40; batch++) {
        await server.ask('EVAL', 'for i = 1, 200 do redis.call("SET", ARGV[1] .. i, string.rep("x", 1000)) end', '0', `others-${batch}-`);
        await pause(100);
      }
      expect(await server.ask('INFO', 'stats')).toMatch(/evicted_keys:[1-9]/);
    });
    expect(count).toEqual(everything(owners));
    expect(warnings).toEqual([
      'Redis has maxmemory-policy allkeys-lru: when its memory is full it drops knocks, which then come late. Set maxmemory-policy to noeviction.',
      'Redis writes nothing to disk: when it is restarted the queue is made anew, and some knocks come late. Set appendonly to yes.',
    ]);
  }, 120_000);

  test.each([
    ['the place of every job, but not its data', ['DEL', '{uppsikt}:knocks:delayed', '{uppsikt}:knocks:wait', '{uppsikt}:knocks:active']],
    ['the data of every job, but not its place', ['EVAL', 'for _, key in ipairs(redis.call("KEYS", "*-rung-0")) do redis.call("DEL", key) end', '0']],
  ])(
    'it loses %s',
    async (_, command) => {
      const server = await redis();
      const owners = await begin(20, { soonMs: 4_000 });
      const { count } = await counted(server, owners, async () => {
        await filled(server);
        await server.ask(...command);
      });
      expect(count).toEqual(everything(owners));
    },
    120_000,
  );

  test('ten minutes away', async () => {
    const server = await redis();
    const owners = await begin(30, { soonMs: 180_000, apartMs: 10_000 });
    const { count } = await counted(server, owners, async () => {
      await filled(server);
      await server.kill();
      skippedMs += 600_000;
      await pause(3_000);
      await server.start();
    });
    expect(count).toEqual(everything(owners));
  }, 120_000);

  test('it was not there at start', async () => {
    const server = await redis();
    await server.kill();
    const owners = await begin(10, { soonMs: 1_000 });
    const { count } = await counted(server, owners, async () => {
      while (spec.faults.length === 0) await pause(50);
      await server.start();
    });
    expect(count).toEqual(everything(owners));
  }, 120_000);

  test('connections are cut, again and again', async () => {
    const server = await redis();
    const owners = await begin(30);
    const { count } = await counted(server, owners, async () => {
      await filled(server);
      for (let times = 0; times < 20; times++) {
        await server.ask('CLIENT', 'KILL', 'TYPE', 'normal');
        await pause(200);
      }
    });
    expect(count).toEqual(everything(owners));
  }, 120_000);

  test('it hangs: whoever puts in fails after a while, and goes on when it is back', async () => {
    const server = await redis();
    const owners = await begin(20);
    const { count } = await counted(server, owners, async () => {
      await midway(server, owners);
      server.freeze();
      while (!spec.faults.some((error) => String(error).includes('timed out'))) await pause(100);
      server.thaw();
    });
    expect(count).toEqual(everything(owners));
  }, 180_000);

  test('a failover by sentinels', async () => {
    const group = await startSentinels();
    stops.push(() => group.stop());
    const [master, replica] = group.servers as [RedisServer, RedisServer];
    const owners = await begin(30);
    const { count } = await counted(group, owners, async () => {
      await midway(master, owners);
      await master.kill();
      while (!(await replica.ask('ROLE')).startsWith('master')) await pause(50);
    });
    expect(count).toEqual(everything(owners));
  }, 180_000);

  test('a cluster, of which the node that holds the queue is restarted', async () => {
    const group = await startCluster();
    stops.push(() => group.stop());
    const owners = await begin(30);
    const { count } = await counted(group, owners, async () => {
      let holder: RedisServer | undefined;
      while (!holder) for (const server of group.servers) if ((await server.ask('DBSIZE')) !== '0') holder = server;
      await midway(holder, owners);
      await holder.kill();
      await pause(1_000);
      await holder.start();
    });
    expect(count).toEqual(everything(owners));
  }, 180_000);
});
