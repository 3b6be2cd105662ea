import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { describeOnRedis, startCluster, startSentinels, type RedisServer } from '#libs/testing';
import { everything, lossOfRedis } from './redis-loss.samples.js';

describeOnRedis('losing one Redis of several loses no reminder and issues none twice', () => {
  const { begin, counted, kept, midway } = lossOfRedis();

  test('a failover by sentinels', async () => {
    const group = kept(await startSentinels());
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
    const group = kept(await startCluster());
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
