import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isRedisInstalled, RedisServer } from '#libs/test-servers';
import { startPostgres } from '../apps/standalone/src/postgres.js';

/** Does some work on a PostgreSQL of its own, as the embedded profile starts it; nothing is left behind. */
export const withServer = async (work: (superuserUrl: string) => Promise<void>): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'uppsikt-bench-'));
  await chmod(folder, 0o755); // started by root, the server runs as another user
  const server = await startPostgres(folder);
  try {
    await work(server.superuserUrl);
  } finally {
    await server.stop();
    await rm(folder, { recursive: true });
  }
};

/** The server of EVENTSTORE_URL, or the test server in a process of its own. */
export const withEventStore = async (work: (url: string) => Promise<void>): Promise<void> => {
  const { EVENTSTORE_URL: given } = process.env;
  if (given) return work(given);
  const main = fileURLToPath(new URL('../libs/test-servers/src/event-store-server-main.ts', import.meta.url));
  const server = spawn(process.execPath, [...process.execArgv, main], { stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    const [line] = (await once(server.stdout, 'data')) as [Buffer];
    await work(line.toString().trim());
  } finally {
    server.stdin.end();
  }
};

/** A Redis of its own that writes to disk every second, as in production; undefined, and said, where `redis-server` is not installed. */
export const withRedis = async <T>(work: (url: string) => Promise<T>): Promise<T | undefined> => {
  if (!isRedisInstalled()) {
    console.error('redis-server is not installed: nothing is measured on Redis.');
    return undefined;
  }
  const redis = await RedisServer.start({ settings: ['--appendonly', 'yes', '--appendfsync', 'everysec', '--maxmemory-policy', 'noeviction'] });
  try {
    return await work(redis.url);
  } finally {
    await redis.stop();
  }
};
