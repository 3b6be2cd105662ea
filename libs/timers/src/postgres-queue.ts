import { withClient } from '#libs/database';
import type { DueKnock } from './due-knock.js';
import { jobId, knockQueue, QUEUE_NAME, WORKING, type KnockQueue } from './queue.js';
import { telemetry } from './queue-observed.js';

const SCHEMA = 'bullmq';

/**
 * The queue on PostgreSQL.
 * @param url of the worker's role
 * @param onError told when the queue cannot be reached; it goes on trying by itself
 */
export const openPostgresQueue = async (url: string, onError: (error: Error) => void): Promise<KnockQueue> => {
  // Only the process that knocks loads it.
  const { createPostgresBackend, withBackend } = await import('bullmq');
  const backend = withBackend(createPostgresBackend);
  // The queue may be lost, so nothing in it waits for the disk: whoever notifies, as every job does, holds up all others who do until it is committed.
  const connection = { connectionString: url, schema: SCHEMA, max: 3, options: '-c synchronous_commit=off' };
  const traced = await telemetry();
  const queue = new backend.Queue<DueKnock>(QUEUE_NAME, { connection, ...traced });
  return knockQueue(
    {
      queue,
      workerOf: async (handle) => new backend.Worker<DueKnock>(QUEUE_NAME, ({ data }) => handle(data), { connection, ...WORKING, ...traced }),
      compare: async () => {
        // In the order in which a job moves, so that none is overlooked.
        const there = new Set(await queue.getRanges(['delayed', 'wait', 'active'], 0, -1));
        return (page) => ({ knocks: page.filter((knock) => !there.has(jobId(knock))), rests: [] });
      },
    },
    onError,
  );
};

/** Makes or brings forward the queue's tables, as the role that owns them, and lets the worker use them. */
export const migrateQueue = async (ownerUrl: string): Promise<void> => {
  const { createPostgresBackend, withBackend } = await import('bullmq');
  const { Queue: PostgresQueue } = withBackend(createPostgresBackend);
  const queue = new PostgresQueue(QUEUE_NAME, { connection: { connectionString: ownerUrl, schema: SCHEMA, migrate: true, max: 1 } });
  queue.on('error', () => {}); // the call under way says it too; without a listener the process would end
  try {
    await queue.waitUntilReady();
  } finally {
    await queue.close();
  }
  await withClient(ownerUrl, 'uppsikt migrate', (client) =>
    client.query(`
      grant usage on schema ${SCHEMA} to uppsikt_worker;
      grant select, insert, update, delete on all tables in schema ${SCHEMA} to uppsikt_worker;
      grant usage, select, update on all sequences in schema ${SCHEMA} to uppsikt_worker;
      grant execute on all functions in schema ${SCHEMA} to uppsikt_worker;`),
  );
};
