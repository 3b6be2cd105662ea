import { setTimeout as pause } from 'node:timers/promises';
import { createPostgresBackend, withBackend } from 'bullmq';
import { openPostgresQueue } from './postgres-queue.js';
import { queueContract } from './timers.queue.samples.js';

const absent = 'postgres://nobody:nothing@127.0.0.1:1/nowhere';

queueContract(
  async ({ database }) => {
    const { Queue } = withBackend(createPostgresBackend);
    const queue = new Queue('knocks', { connection: { connectionString: database.owner, schema: 'bullmq', max: 1 } });
    queue.on('error', () => {}); // the spec ends its connections too
    return {
      open: (trouble) => openPostgresQueue(database.worker, trouble),
      filled: async () => {
        while ((await queue.getDelayedCount()) === 0) await pause(20);
      },
      empty: () => queue.obliterate({ force: true }),
      disconnectAll: () => database.disconnectAll(),
      stop: () => queue.close(),
    };
  },
  (trouble) => openPostgresQueue(absent, trouble),
);
