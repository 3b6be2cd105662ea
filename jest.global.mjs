import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPostgres } from './apps/standalone/src/postgres.ts';

const home = fileURLToPath(new URL('node_modules/.cache/uppsikt-test', import.meta.url));

/** Starts one PostgreSQL for the whole run, as `npm start` does, and hands its superuser's address to the specs as TEST_DATABASE_URL. */
export default async function start() {
  await mkdir(home, { recursive: true });
  await takeDownLeftovers();
  const folder = join(home, String(process.pid));
  const server = await startPostgres(folder, { settings: { max_connections: '300' } });
  process.env.TEST_DATABASE_URL = server.superuserUrl;
  const down = () => process.kill(server.pid, 'SIGINT');
  process.once('exit', down);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1)); // by default a signal skips the line above
  globalThis.stopPostgres = async () => {
    process.removeListener('exit', down);
    await server.stop();
    await rm(folder, { recursive: true });
  };
}

// A killed run never stops its server. Folders are named by the run's process id, so that the next run finds those whose run is gone;
// starting on such a folder takes an orphan down by its lock, and leaves alone whatever else got the same process id since.
async function takeDownLeftovers() {
  for (const pid of await readdir(home)) {
    if (lives(Number(pid))) continue;
    try {
      const server = await startPostgres(join(home, pid));
      await server.stop();
      await rm(join(home, pid), { recursive: true, force: true });
    } catch (error) {
      process.stderr.write(`An earlier run left ${join(home, pid)}, which could not be taken down: ${error.message}\n`);
    }
  }
}

function lives(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
