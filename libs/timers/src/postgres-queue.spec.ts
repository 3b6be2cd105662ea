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
      jobs: async () => Object.values(await queue.getJobCounts()).reduce((sum, count) => sum + count, 0),
      empty: () => queue.obliterate({ force: true }),
      disconnectAll: () => database.disconnectAll(),
      stop: () => queue.close(),
    };
  },
  (trouble) => openPostgresQueue(absent, trouble),
);
