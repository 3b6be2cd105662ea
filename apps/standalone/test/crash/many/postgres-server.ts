import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { withClient } from '#libs/database';
import { freePort } from '#libs/test-servers';
import { ensureCluster } from '../../../src/postgres/cluster.js';
import { command, locate, type Place } from '../../../src/postgres/place.js';

/** How a server is ended: sessions are broken off and a checkpoint is written, or nothing is and the next start recovers. */
export type Ending = 'fast' | 'immediate';
const SIGNALS = { fast: 'SIGINT', immediate: 'SIGQUIT' } as const;

/** A PostgreSQL that stands by itself and is restarted where it stands. */
export class PostgresServer {
  #child: ChildProcess | undefined;

  private constructor(
    private readonly place: Place,
    private readonly port: number,
    readonly superuserUrl: string,
  ) {}

  static async start(folder: string): Promise<PostgresServer> {
    const place = await locate(folder);
    await ensureCluster(place);
    const port = await freePort();
    const password = await readFile(join(place.cluster, 'password'), 'utf8');
    const server = new PostgresServer(place, port, `postgres://postgres:${password}@127.0.0.1:${port}/postgres`);
    await server.#start();
    return server;
  }

  /** @returns how long nobody could reach it, in milliseconds */
  async restart(ending: Ending): Promise<number> {
    const began = performance.now();
    await this.stop(ending);
    await this.#start();
    return Math.round(performance.now() - began);
  }

  async stop(ending: Ending = 'fast'): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(SIGNALS[ending]);
    await ended;
  }

  async #start(): Promise<void> {
    const settings = { port: this.port, listen_addresses: '127.0.0.1', unix_socket_directories: '', timezone: 'UTC', max_connections: 200 };
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const [program, args, how] = command(this.place, this.place.programs.postgres, ['-D', this.place.cluster, ...flags]);
    await using log = await open(this.place.log, 'a', 0o600);
    this.#child = spawn(program, args, { ...how, stdio: ['ignore', log.fd, log.fd] });
    const answers = () =>
      withClient(this.superuserUrl, 'crash test', (client) => client.query('select')).then(
        () => true,
        () => false,
      );
    while (!(await answers())) {
      if (this.#child.exitCode !== null) throw new Error(`PostgreSQL ended; see ${this.place.log}.`);
      await pause(20);
    }
  }
}
