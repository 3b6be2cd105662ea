import type { KnockQueue } from './queue.js';
import { openPostgresQueue } from './postgres-queue.js';
import { redisAddress } from './redis-address.js';
import { openRedisQueue } from './redis-queue.js';

/** Where the queue is kept. */
export interface QueuePlace {
  /** `REDIS_URL`; left out, the queue is kept in PostgreSQL. */
  readonly redisUrl?: string | undefined;
  /** Of the worker's role. */
  readonly databaseUrl: string;
  /** Told, once, what should be mended in how Redis is set. */
  readonly warn?: (line: string) => void;
}

/**
 * How to open the queue: on Redis where there is one, else on PostgreSQL.
 * @returns what timers need: it opens the queue, as often as it has to be
 * @throws RedisUrlError
 */
export const openQueueOn = ({ redisUrl, databaseUrl, warn = () => {} }: QueuePlace): ((trouble: (error: Error) => void) => Promise<KnockQueue>) => {
  if (redisUrl === undefined) return (trouble) => openPostgresQueue(databaseUrl, trouble);
  const address = redisAddress(redisUrl);
  const told = new Set<string>();
  const once = (line: string) => {
    if (!told.has(line)) warn(line);
    told.add(line);
  };
  return (trouble) => openRedisQueue(address, trouble, once);
};
