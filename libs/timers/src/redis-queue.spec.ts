import { setTimeout as pause } from 'node:timers/promises';
import { describeOnRedis, RedisServer } from '#libs/testing';
import { redisAddress } from './redis-address.js';
import { openRedisQueue } from './redis-queue.js';
import { queueContract } from './timers.queue.samples.js';

describeOnRedis('the queue on Redis', () => {
  queueContract(
    async () => {
      const server = await RedisServer.start();
      return {
        open: (trouble) => openRedisQueue(redisAddress(server.url), trouble),
        filled: async () => {
          while ((await server.ask('ZCARD', '{uppsikt}:knocks:delayed')) === '0') await pause(20);
        },
        empty: () => server.ask('FLUSHALL'),
        disconnectAll: () => server.ask('CLIENT', 'KILL', 'TYPE', 'normal'),
        stop: () => server.stop(),
      };
    },
    (trouble) => openRedisQueue(redisAddress('redis://127.0.0.1:1'), trouble),
  );
});
