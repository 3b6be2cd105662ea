import { describeOnRedis, RedisServer } from '#libs/testing';
import { redisAddress } from './redis-address.js';
import { openRedisQueue } from './redis-queue.js';
import { queueContract } from './timers.queue.samples.js';

/** All that docs/redis.md asks for. */
const RIGHTS = ['~{uppsikt}:*', '+@all', '-@admin', '-@dangerous', '+info', '+config|get'];

describeOnRedis('the queue on Redis', () => {
  queueContract(
    async () => {
      const server = await RedisServer.start({ settings: ['--user', 'worker', 'on', '>secret', ...RIGHTS] });
      return {
        open: (trouble) => openRedisQueue(redisAddress(`redis://worker:secret@127.0.0.1:${server.port}`), trouble),
        jobs: async () => {
          const counts = [
            ['ZCARD', 'delayed'],
            ['LLEN', 'wait'],
            ['LLEN', 'active'],
            ['ZCARD', 'failed'],
            ['ZCARD', 'completed'],
          ] as const;
          const all = await Promise.all(counts.map(([command, state]) => server.ask(command, `{uppsikt}:knocks:${state}`)));
          return all.reduce((sum, count) => sum + Number(count), 0);
        },
        empty: () => server.ask('FLUSHALL'),
        disconnectAll: () => server.ask('CLIENT', 'KILL', 'TYPE', 'normal'),
        stop: () => server.stop(),
      };
    },
    (trouble) => openRedisQueue(redisAddress('redis://127.0.0.1:1'), trouble),
  );
});
