import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureCluster } from '../../src/postgres/cluster.ts';
import { locate, run } from '../../src/postgres/place.ts';

const freePort = () =>
  new Promise<number>((found) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => found(port));
    });
  });

/** A PostgreSQL server of a spec's own that can be restarted under whoever works on it. */
export interface OwnPostgres {
  readonly superuserUrl: string;
  /** `fast` ends every session; `immediate` stops as a crash does, and recovers from the write-ahead log. */
  restart(mode: 'fast' | 'immediate'): Promise<void>;
  stop(): Promise<void>;
}

export const ownPostgres = async (): Promise<OwnPostgres> => {
  const data = await mkdtemp(join(tmpdir(), 'uppsikt-many-postgres-'));
  await chmod(data, 0o755); // started by root, the server runs as another user
  const place = await locate(data);
  await ensureCluster(place);
  const { cluster, programs } = place;
  const port = await freePort();
  const log = join(cluster, 'server.log');
  const flags = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c timezone=UTC -c max_connections=200`;
  const control = (...args: string[]) => run(place, programs.pg_ctl, [...args, '-D', cluster, '-w', '-t', '120', '-l', log]);
  await control('start', '-o', flags);
  const password = await readFile(join(cluster, 'password'), 'utf8');
  return {
    superuserUrl: `postgres://postgres:${password.trim()}@127.0.0.1:${port}/postgres`,
    restart: async (mode) => void (await control('restart', '-m', mode)),
    stop: async () => {
      await control('stop', '-m', 'immediate');
      await rm(data, { recursive: true, force: true });
    },
  };
};
