import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from './free-port.js';

const PATIENCE_MS = 60_000;

/** Whether there are `redis-server` and `redis-cli` on this machine. */
export const isRedisInstalled = (): boolean => ['redis-server', 'redis-cli'].every((program) => spawnSync(program, ['--version']).status === 0);

export interface RedisServerOptions {
  /** Writes every command to disk before it answers; else it keeps nothing. */
  readonly persistent?: boolean;
  /** Further settings, as on its command line: `['--maxmemory', '2mb']`. */
  readonly settings?: readonly string[];
}

/** A Redis server of a test's own, on a free port of 127.0.0.1. */
export class RedisServer {
  #process: ChildProcess | undefined;
  #pid = 0;

  private constructor(
    readonly port: number,
    readonly folder: string,
    private readonly args: readonly string[],
  ) {}

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  static async start({ persistent = false, settings = [] }: RedisServerOptions = {}): Promise<RedisServer> {
    const keeping = ['--appendonly', persistent ? 'yes' : 'no', '--appendfsync', 'always', '--save', ''];
    const server = new RedisServer(await portWithBus(), await ownFolder(), [...keeping, ...settings]);
    await server.start();
    return server;
  }

  /** One that watches over a master; what it learns it writes into its own file of settings. */
  static async sentinel(lines: readonly string[]): Promise<RedisServer> {
    const folder = await ownFolder();
    const file = join(folder, 'sentinel.conf');
    await writeFile(file, `${lines.join('\n')}\n`);
    const server = new RedisServer(await portWithBus(), folder, [file, '--sentinel']);
    await server.start();
    return server;
  }

  /** Starts it, at first or again: on the same port, with what it had written. */
  async start(): Promise<void> {
    const own = ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.folder, '--logfile', join(this.folder, 'log')];
    // A shell that waits for the end of its input ends the server too: a killed run leaves none behind.
    const script = 'redis-server "$@" </dev/null >/dev/null & echo $!; read -r _; kill -9 $! 2>/dev/null';
    const shell = spawn('sh', ['-c', script, 'redis', ...this.args, ...own], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#process = shell;
    const [pid] = (await once(shell.stdout, 'data')) as [Buffer];
    this.#pid = Number(pid.toString());
    for (const until = performance.now() + PATIENCE_MS; ;) {
      if ((await this.ask('PING').catch(() => '')) === 'PONG') return;
      if (performance.now() > until) throw new Error(`redis-server on port ${this.port} does not come up; see ${this.folder}/log.`);
      await pause(20);
    }
  }

  /** As a machine does that loses its power: `kill -9`. */
  async kill(): Promise<void> {
    const shell = this.#process;
    this.#process = undefined;
    if (!shell) return;
    const ended = once(shell, 'exit');
    shell.stdin?.end();
    await ended;
    while (isAlive(this.#pid)) await pause(5);
  }

  /** It neither answers nor closes its connections, until {@link thaw}. */
  freeze(): void {
    process.kill(this.#pid, 'SIGSTOP');
  }

  thaw(): void {
    process.kill(this.#pid, 'SIGCONT');
  }

  /** Answers of `redis-cli`, in its own words. */
  async ask(...command: readonly string[]): Promise<string> {
    const { stdout } = await promisify(execFile)('redis-cli', ['-e', '-h', '127.0.0.1', '-p', String(this.port), ...command], { timeout: PATIENCE_MS });
    return stdout.trim();
  }

  /** Ends it and removes what it wrote. */
  async stop(): Promise<void> {
    if (this.#process) this.thaw();
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const ownFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'uppsikt-redis-'));
  await chmod(folder, 0o755);
  return folder;
};

/** Nodes of a cluster speak to each other on a port that lies so much higher. */
const BUS = 10_000;

const portWithBus = async (): Promise<number> => {
  const port = await freePort();
  return port + BUS < 65_536 ? port : portWithBus();
};
