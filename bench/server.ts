import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
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
  const main = fileURLToPath(new URL('../libs/testing/src/event-store-server-main.ts', import.meta.url));
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
  if (spawnSync('redis-server', ['--version']).status !== 0) {
    console.error('redis-server is not installed: nothing is measured on Redis.');
    return undefined;
  }
  const folder = await mkdtemp(join(tmpdir(), 'uppsikt-bench-'));
  const port = await freePort();
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--appendonly', 'yes', '--maxmemory-policy', 'noeviction'];
  const server = spawn('redis-server', settings, { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    for await (const line of createInterface({ input: server.stdout })) if (line.includes('Ready to accept connections')) break;
    server.stdout.resume();
    return await work(`redis://127.0.0.1:${port}`);
  } finally {
    server.kill();
    await once(server, 'exit');
    await rm(folder, { recursive: true });
  }
};

const freePort = (): Promise<number> =>
  new Promise((found) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => found(port));
    });
  });
