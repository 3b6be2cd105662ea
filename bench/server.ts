import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
