import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { describeOnRedis, RedisServer } from '#libs/testing';
import { everything, lossOfRedis } from './redis-loss.samples.js';

// The sweep is turned off throughout, and two workers run: what comes, comes by the queue alone, and comes once.
describeOnRedis('losing Redis loses no reminder and issues none twice', () => {
  const { begin, counted, filled, kept, midway, skip, told } = lossOfRedis();

  test('nothing happens to it', async () => {
    const server = kept(await RedisServer.start({ persistent: true }));
    const owners = await begin(20);
    const { count, warnings } = await counted(server, owners, () => Promise.resolve());
    expect(count).toEqual(everything(owners));
    expect(warnings).toEqual([]);
  }, 120_000);

  test('kill -9 without persistence, restarted empty', async () => {
    const server = kept(await RedisServer.start());
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
    const server = kept(await RedisServer.start({ persistent: true }));
    const owners = await begin(30);
    const { count } = await counted(server, owners, async () => {
      await midway(server, owners);
      await server.kill();
      await server.start();
    });
    expect(count).toEqual(everything(owners));
  }, 120_000);

  test('FLUSHALL, again and again', async () => {
    const server = kept(await RedisServer.start());
    const owners = await begin(30);
    const { count } = await counted(server, owners, async () => {
      await filled(server, owners);
      for (let times = 0; times < 20; times++) {
        await server.ask('FLUSHALL');
        await pause(200);
      }
    });
    expect(count).toEqual(everything(owners));
  }, 120_000);

  test('eviction, which is warned of', async () => {
    const server = kept(await RedisServer.start({ settings: ['--maxmemory', '4mb', '--maxmemory-policy', 'allkeys-lru'] }));
    const owners = await begin(30);
    const { count, warnings } = await counted(server, owners, async () => {
      await filled(server, owners);
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
      const server = kept(await RedisServer.start());
      const owners = await begin(20, { soonMs: 4_000 });
      const { count } = await counted(server, owners, async () => {
        await filled(server, owners);
        await server.ask(...command);
      });
      expect(count).toEqual(everything(owners));
    },
    120_000,
  );

  test('ten minutes away', async () => {
    const server = kept(await RedisServer.start());
    const owners = await begin(30, { soonMs: 180_000, apartMs: 10_000 });
    const { count } = await counted(server, owners, async () => {
      await filled(server, owners);
      await server.kill();
      skip(600_000);
      await pause(3_000);
      await server.start();
    });
    expect(count).toEqual(everything(owners));
  }, 120_000);

  test('it was not there at start', async () => {
    const server = kept(await RedisServer.start());
    await server.kill();
    const owners = await begin(10, { soonMs: 1_000 });
    const { count } = await counted(server, owners, async () => {
      await told('ECONNREFUSED');
      await server.start();
    });
    expect(count).toEqual(everything(owners));
  }, 120_000);

  test('connections are cut, again and again', async () => {
    const server = kept(await RedisServer.start());
    const owners = await begin(30);
    const { count } = await counted(server, owners, async () => {
      await filled(server, owners);
      for (let times = 0; times < 20; times++) {
        await server.ask('CLIENT', 'KILL', 'TYPE', 'normal');
        await pause(200);
      }
    });
    expect(count).toEqual(everything(owners));
  }, 120_000);

  test('it hangs: whoever puts in fails after a while, and goes on when it is back', async () => {
    const server = kept(await RedisServer.start());
    const owners = await begin(20);
    const { count } = await counted(server, owners, async () => {
      await midway(server, owners);
      server.freeze();
      await told('timed out');
      server.thaw();
    });
    expect(count).toEqual(everything(owners));
  }, 180_000);
});
