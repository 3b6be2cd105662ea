import type { JobsOptions, Queue, Worker, WorkerOptions } from 'bullmq';
import { millisecondsBetween, type Instant } from '#libs/kernel';
import { inChain } from '#libs/telemetry';
import type { DueKnock } from './due-knock.js';
import { counted, type Counted } from './queue-observed.js';
import { within } from './within.js';

export const QUEUE_NAME = 'knocks';
const ATTEMPTS = 3;
/** Whoever waits for a store that neither answers nor fails waits no longer than this. */
const READY_MS = 15_000;
const PAGE_MS = 60_000;

/** How a worker takes jobs out, whatever the store. */
export const WORKING = {
  /** How many knocks are decided at once. */
  concurrency: 32,
  autorun: false,
  // A knock takes milliseconds: one whose worker is gone need not wait for half a minute.
  lockDuration: 10_000,
  stalledInterval: 10_000,
  // After an error.
  runRetryDelay: 1_000,
  // Also where the job has lost what says so.
  removeOnComplete: { count: 0 },
  removeOnFail: { count: 0 },
} satisfies Partial<WorkerOptions>;

/** Delayed jobs that knock. It may lose any of them, or all: the deadlines themselves stand in the log. */
export interface KnockQueue {
  /** Puts in what is to be knocked for, each at its moment; what is in already stays as it is. */
  fill(knocks: AsyncIterable<readonly DueKnock[]>, now: Instant): Promise<void>;
  /** How many knocks there are, and how many of them have no job: those that the next filling puts in. */
  missing(knocks: AsyncIterable<readonly DueKnock[]>): Promise<{ readonly due: number; readonly missing: number }>;
  /** Begins to take jobs out at their moment. One that fails is tried again a few times and then forgotten, so that it can be put in anew. */
  work(handle: (knock: DueKnock) => Promise<unknown>): Promise<void>;
  close(): Promise<void>;
}

/** The same knock has the same job, however often it is put in. No `:`, and never digits alone: BullMQ takes neither. */
export const jobId = ({ deadline, generation, rung, occurrence }: DueKnock): string => [deadline, generation, rung, occurrence].join('-');

const optionsOf = (knock: DueKnock, now: Instant): JobsOptions => ({
  jobId: jobId(knock),
  delay: Math.max(0, millisecondsBetween(now, knock.at)),
  attempts: ATTEMPTS,
  backoff: { type: 'exponential', delay: 1_000 },
  // An id that still exists swallows the next job of that id.
  removeOnComplete: true,
  removeOnFail: true,
});

type Handle = (knock: DueKnock) => Promise<unknown>;
type Tells = { on(event: 'error', listener: (error: Error) => void): unknown };

/** Knocks that have no job, and those of them of which something is left that would swallow a new one. */
export interface Absent {
  readonly knocks: readonly DueKnock[];
  readonly rests: readonly DueKnock[];
}

/** A store of jobs: PostgreSQL or Redis. */
export interface QueueStore {
  readonly queue: Pick<Queue<DueKnock>, 'add' | 'remove' | 'close'> & Tells & Counted;
  readonly workerOf: (handle: (knock: DueKnock) => Promise<void>) => Promise<Pick<Worker<DueKnock>, 'run' | 'pause' | 'close' | 'waitUntilReady'> & Tells>;
  /** Begins to compare: says, of some knocks at a time, which have no job. One that has but is not found is only put in again, which changes nothing. */
  readonly compare: () => Promise<(page: readonly DueKnock[]) => Absent | Promise<Absent>>;
  /**
   * Waits, not for long, until the store has heard of what was finished. Where it is given, a worker's connections are cut after it and not
   * asked to end: the store may be away, and would be waited for.
   */
  readonly heard?: () => Promise<unknown>;
}

/** A job's result would be written as JSON: an answer holds a position, which cannot be, and the job would be taken for failed. */
const answered = async (handle: Handle, knock: DueKnock): Promise<void> => void (await handle(knock));

/**
 * What the queue does, whatever the store.
 * @param onError told when the store cannot be reached; it goes on trying by itself
 */
export const knockQueue = ({ queue, workerOf, compare, heard }: QueueStore, onError: (error: Error) => void): KnockQueue => {
  let worker: Awaited<ReturnType<QueueStore['workerOf']>> | undefined;
  let ended: Error | undefined;
  const underWay = new Set<Promise<unknown>>();
  const end = (error = new Error('The queue takes no more jobs out.')) => void (ended = error);
  queue.on('error', onError);
  const uncount = counted(queue);
  return {
    fill: async (knocks, now) => {
      if (ended) throw ended; // what nobody takes out need not be put in: the queue is opened anew
      const absentOf = await compare();
      const put = async (page: readonly DueKnock[]) => {
        const absent = await absentOf(page);
        await Promise.all(absent.rests.map((knock) => queue.remove(jobId(knock))));
        // Not in bulk: on PostgreSQL that needs temporary tables, which the worker may not make.
        await Promise.all(absent.knocks.map((knock) => inChain(knock.corr, () => queue.add('knock', knock, optionsOf(knock, now)))));
      };
      // No more than a page is under way at once, however many are due.
      for await (const page of knocks) await within(PAGE_MS, put(page), 'Putting knocks into the queue takes too long.');
    },
    missing: async (knocks) => {
      const absentOf = await compare();
      let [due, missing] = [0, 0];
      for await (const page of knocks) {
        due += page.length;
        missing += (await absentOf(page)).knocks.length;
      }
      return { due, missing };
    },
    work: async (handle) => {
      worker = await workerOf((knock) => {
        const one = answered(handle, knock).finally(() => underWay.delete(one));
        underWay.add(one);
        return one;
      });
      worker.on('error', onError);
      await within(READY_MS, worker.waitUntilReady(), 'The queue does not let jobs be taken out.');
      worker.run().then(() => end(), end);
    },
    close: async () => {
      uncount();
      await worker?.pause(true);
      await Promise.allSettled(underWay);
      await heard?.();
      await worker?.close(heard !== undefined);
      await queue.close();
    },
  };
};
