import type { Cluster, Redis, RedisOptions } from 'ioredis';
import { never } from '#libs/kernel';
import { nameOf, type RedisAddress } from './redis-address.js';
import { within } from './within.js';

/** A connection to whatever kind of Redis. */
export type RedisClient = Redis | Cluster;

/** How long a connection, and how long an answer to one who puts knocks in, may take. */
const CONNECT_MS = 10_000;
const ANSWER_MS = 10_000;
/** A connection on which nothing was heard for so long, although something was asked, is dead. The longest that a worker waits for a job is 10 s. */
const SILENCE_MS = 25_000;
const LONGEST_RETRY_MS = 2_000;

/**
 * What it is for. `asks`: every command is answered or fails, and soon. `waits`: a worker's, which waits for jobs, and for the server to
 * come back.
 */
export type RedisUse = 'asks' | 'waits';

/**
 * Connects, once; after that it reconnects by itself until it is disconnected.
 * @throws an error that says what is wrong, in words that an operator can read, when there is no connection after ten seconds or none can be
 */
export const connectRedis = async (address: RedisAddress, use: RedisUse): Promise<RedisClient> => {
  const client = await clientOf(address, use);
  let last: unknown;
  client.on('error', (error: unknown) => void (last = error)); // without a listener it is written to the console
  try {
    await within(CONNECT_MS, client.connect(), `no connection within ${CONNECT_MS / 1_000} seconds`);
    return client;
  } catch (error) {
    client.disconnect();
    throw redisTrouble(address, last ?? error);
  }
};

/** What went wrong with Redis, in one line that an operator can read. */
export const redisTrouble = (address: RedisAddress, error: unknown): Error =>
  new Error(
    `The queue's Redis at ${nameOf(address)} does not serve (${reasonOf(error)}). It is tried again; until then the sweep knocks, and nothing is lost.`,
    { cause: error },
  );

/** The error of a name with several addresses says nothing itself. */
const reasonOf = (error: unknown): string => {
  const { message, code, errors } = error as { message?: string; code?: string; errors?: readonly unknown[] };
  if (errors?.[0]) return reasonOf(errors[0]);
  return message?.trim() ? message.trim() : (code ?? String(error));
};

const retryStrategy = (times: number): number => Math.min(50 * 2 ** Math.min(times, 10), LONGEST_RETRY_MS);

/** A master that was deposed while it lived answers so: another connection leads to the new one. */
const reconnectOnError = (error: Error): 2 | false => (error.message.startsWith('READONLY') ? 2 : false);

const clientOf = async (address: RedisAddress, use: RedisUse): Promise<RedisClient> => {
  const { Cluster: ClusterClient, Redis: Client } = await import('ioredis'); // only the process that knocks loads it
  const { kind, tls, username, password } = address;
  const common: Omit<RedisOptions, 'replyMapping'> = {
    username,
    password,
    tls: tls ? {} : undefined,
    connectionName: 'uppsikt',
    connectTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    ...(use === 'asks' ? { commandTimeout: ANSWER_MS, maxRetriesPerRequest: 0, autoResendUnfulfilledCommands: false } : { maxRetriesPerRequest: null }),
  };
  const patience = { lazyConnect: true, enableOfflineQueue: use === 'waits' };
  switch (kind) {
    case 'server':
      return new Client({ ...common, ...patience, ...address.hosts[0], db: address.db, retryStrategy, reconnectOnError });
    case 'sentinel':
      return new Client({
        ...common,
        ...patience,
        sentinels: [...address.hosts],
        name: address.master,
        db: address.db,
        sentinelUsername: username,
        sentinelPassword: password,
        sentinelTLS: tls ? {} : undefined,
        enableTLSForSentinelMode: tls,
        failoverDetector: true,
        retryStrategy,
        sentinelRetryStrategy: retryStrategy,
        reconnectOnError,
      });
    case 'cluster':
      return new ClusterClient([...address.hosts], {
        ...patience,
        redisOptions: common,
        clusterRetryStrategy: retryStrategy,
        slotsRefreshTimeout: CONNECT_MS,
        slotsRefreshInterval: 0, // a node says itself what has moved; and a round that is under way goes on for ever after the connection was given up
        dnsLookup: (host, found) => found(null, host), // a certificate is for the name, not for what the name stands for today
      });
    default:
      return never(kind);
  }
};
