import type { JobsOptions, Queue, Worker } from 'bullmq';
import { withClient } from '#libs/database';
import { millisecondsBetween, type Instant } from '#libs/kernel';
import { inChain } from '#libs/telemetry';
import type { DueKnock } from './due-knock.js';
import { counted, telemetry, type Counted } from './queue-observed.js';

const NAME = 'knocks';
const SCHEMA = 'bullmq';
/** How many knocks are decided at once. */
const CONCURRENCY = 8;
const ATTEMPTS = 3;

/** Delayed jobs that knock. It may lose any of them, or all: the deadlines themselves stand in the log. */
export interface KnockQueue {
  /** Puts in what is to be knocked for, each at its moment; what is in already stays as it is. */
  fill(knocks: AsyncIterable<readonly DueKnock[]>, now: Instant): Promise<void>;
  /** Begins to take jobs out at their moment. One that fails is tried again a few times and then forgotten, so that it can be put in anew. */
  work(handle: (knock: DueKnock) => Promise<unknown>): Promise<void>;
  close(): Promise<void>;
}

/** The same knock has the same job, however often it is put in. No `:`, and never digits alone: BullMQ takes neither. */
const jobId = ({ deadline, generation, rung, occurrence }: DueKnock): string => [deadline, generation, rung, occurrence].join('-');

const optionsOf = (knock: DueKnock, now: Instant): JobsOptions => ({
  jobId: jobId(knock),
  delay: Math.max(0, millisecondsBetween(now, knock.at)),
  attempts: ATTEMPTS,
  backoff: { type: 'exponential', delay: 1_000 },
  // An id that still exists swallows the next job of that id.
  removeOnComplete: true,
  removeOnFail: true,
});

/**
 * The queue on PostgreSQL.
 * @param url of the worker's role
 * @param onError told when the queue cannot be reached; it goes on trying by itself
 */
export const openPostgresQueue = async (url: string, onError: (error: Error) => void): Promise<KnockQueue> => {
  // Only the process that knocks loads it.
  const { createPostgresBackend, withBackend } = await import('bullmq');
  const backend = withBackend(createPostgresBackend);
  const connection = { connectionString: url, schema: SCHEMA, max: 3 };
  const traced = await telemetry();
  const queue = new backend.Queue<DueKnock>(NAME, { connection, ...traced });
  return knockQueue(
    queue,
    (handle) => new backend.Worker<DueKnock>(NAME, ({ data }) => handle(data), { connection, concurrency: CONCURRENCY, autorun: false, ...traced }),
    onError,
  );
};

/** What both backends have of a queue and a worker. */
type AnyQueue = Counted & Pick<Queue<DueKnock>, 'add' | 'getRanges' | 'close'> & { on(event: 'error', listener: (error: Error) => void): unknown };
type AnyWorker = Pick<Worker<DueKnock>, 'run' | 'close' | 'waitUntilReady'> & { on(event: 'error', listener: (error: Error) => void): unknown };

const knockQueue = (queue: AnyQueue, workerOf: (handle: (knock: DueKnock) => Promise<unknown>) => AnyWorker, onError: (error: Error) => void): KnockQueue => {
  let worker: AnyWorker | undefined;
  let ended: Error | undefined;
  const end = (error = new Error('The queue takes no more jobs out.')) => void (ended = error);
  queue.on('error', onError);
  const uncount = counted(queue);
  return {
    fill: async (knocks, now) => {
      if (ended) throw ended; // what nobody takes out need not be put in: the queue is opened anew
      // In the order in which a job moves, so that none is overlooked; one that is looked for in vain is only put in again, which changes nothing.
      const there = new Set(await queue.getRanges(['delayed', 'wait', 'active'], 0, -1));
      for await (const page of knocks) {
        const missing = page.filter((knock) => !there.has(jobId(knock)));
        // Not in bulk: that needs temporary tables, which the worker may not make.
        await Promise.all(missing.map((knock) => inChain(knock.corr, () => queue.add('knock', knock, optionsOf(knock, now)))));
      }
    },
    work: async (handle) => {
      worker = workerOf(handle);
      worker.on('error', onError);
      await worker.waitUntilReady();
      worker.run().then(() => end(), end);
    },
    close: async () => {
      uncount();
      await worker?.close();
      await queue.close();
    },
  };
};

/** Makes or brings forward the queue's tables, as the role that owns them, and lets the worker use them. */
export const migrateQueue = async (ownerUrl: string): Promise<void> => {
  const { createPostgresBackend, withBackend } = await import('bullmq');
  const { Queue: PostgresQueue } = withBackend(createPostgresBackend);
  const queue = new PostgresQueue(NAME, { connection: { connectionString: ownerUrl, schema: SCHEMA, migrate: true, max: 1 } });
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
