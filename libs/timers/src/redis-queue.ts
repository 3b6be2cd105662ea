import { setTimeout as pause } from 'node:timers/promises';
import type { DueKnock } from './due-knock.js';
import { jobId, knockQueue, QUEUE_NAME, WORKING, type Absent, type KnockQueue } from './queue.js';
import { telemetry } from './queue-observed.js';
import type { RedisAddress } from './redis-address.js';
import { redisWarnings } from './redis-check.js';
import { connectRedis, redisTrouble, type RedisClient, type RedisUse } from './redis-connection.js';

/** All keys of the queue lie in one slot of a cluster: its scripts touch several at once. */
const PREFIX = '{uppsikt}';
/** Of the ids of waiting jobs, so many are read at once: Redis does nothing else meanwhile. */
const READ_IDS = 5_000;
/** Events of the queue that Redis keeps. Nobody reads them. */
const KEPT_EVENTS = 100;
/** So long Redis may take to hear of what was finished before the connections are cut. What it does not hear of is knocked for again, which changes nothing. */
const FAREWELL_MS = 1_000;

/**
 * The queue on Redis.
 * @param onError told once when Redis goes away or does not do as it is told; the queue goes on trying by itself
 * @param warn told what should be mended in how Redis is set
 * @throws an error of one line when there is no connection; bounded in time
 */
export const openRedisQueue = async (address: RedisAddress, onError: (error: Error) => void, warn: (line: string) => void = () => {}): Promise<KnockQueue> => {
  const { Queue, Worker } = await import('bullmq');
  const clients: RedisClient[] = [];
  const told = new Set<string>();
  let isClosing = false;
  const trouble = (error: Error) => {
    if (isClosing || isOfALostJob(error)) return;
    const one = redisTrouble(address, error);
    if (told.has(one.message)) return; // it is told of at every attempt to connect again
    told.add(one.message);
    onError(one);
  };
  const connected = async (use: RedisUse) => {
    const client = await connectRedis(address, use);
    const closed = () => trouble(new Error('the connection was closed'));
    client.on('error', trouble).on('node error', trouble).on('close', closed).on('-node', closed);
    for (const back of ['ready', '+node']) client.on(back, () => told.clear());
    clients.push(client);
    return client;
  };

  const asking = await connected('asks');
  const warnings = await redisWarnings(asking);
  warnings.forEach(warn);
  // BullMQ reads INFO too and writes of it to the console; where it is not sound, that has been told of.
  const common = { prefix: PREFIX, skipVersionCheck: warnings.length > 0, ...(await telemetry()) };
  const queue = new Queue<DueKnock>(QUEUE_NAME, { ...common, connection: asking, streams: { events: { maxLen: KEPT_EVENTS } } });
  let working: RedisClient | undefined;
  const inner = knockQueue(
    {
      queue,
      workerOf: async (handle) => {
        working = await connected('waits');
        return new Worker<DueKnock>(QUEUE_NAME, ({ data }) => handle(data), { ...common, ...WORKING, connection: working });
      },
      compare: () => comparing(asking, (id) => queue.toKey(id)),
      // Answers come in order: with this one, those of all that was finished have come.
      heard: () => Promise.race([working?.ping(), pause(FAREWELL_MS)]).catch(() => {}),
    },
    trouble,
  );
  return {
    ...inner,
    close: async () => {
      isClosing = true;
      await inner.close();
      for (const client of clients) client.disconnect();
    },
  };
};

/** What was being worked on when Redis lost it: it has been knocked for. BullMQ numbers what it finds amiss below zero. */
const isOfALostJob = (error: Error & { readonly code?: unknown }): boolean => typeof error.code === 'number' && error.code < 0;

/**
 * Compares page by page, so that neither this process nor Redis ever has to do with all of them at once. Redis may have lost of a job the data
 * alone, or its place alone.
 */
const comparing = async (client: RedisClient, keyOf: (type: string) => string) => {
  const taken = await idsOf(client, [keyOf('wait'), keyOf('active')]);
  return async (page: readonly DueKnock[]): Promise<Absent> => {
    const ids = page.map(jobId);
    const keys = ids.map(keyOf);
    const [moments, stored] = await Promise.all([client.zmscore(keyOf('delayed'), ...ids), client.exists(...keys)]);
    if (stored === page.length && moments.every((moment) => moment !== null)) return { knocks: [], rests: [] };
    const data = await Promise.all(keys.map((key) => client.exists(key)));
    const parts = (nth: number) => Number(moments[nth] !== null) + Number(data[nth] === 1);
    const absent = ids.flatMap((id, nth) => (taken.has(id) || parts(nth) === 2 ? [] : [nth]));
    const knocksAt = (places: readonly number[]) => places.flatMap((nth) => page[nth] ?? []);
    return { knocks: knocksAt(absent), rests: knocksAt(absent.filter((nth) => parts(nth) === 1)) };
  };
};

/** Of lists that change meanwhile: one that leaves may be among them, one that comes may not. */
const idsOf = async (client: RedisClient, lists: readonly string[]): Promise<Set<string>> => {
  const ids = new Set<string>();
  for (const list of lists) {
    for (let from = 0, some: readonly string[] = ['']; some.length > 0; from += READ_IDS) {
      some = await client.lrange(list, from, from + READ_IDS - 1);
      for (const id of some) ids.add(id);
    }
  }
  return ids;
};
