import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Instant } from '#libs/kernel';
import { ps } from '../app-process.js';

/** What is killed: the process of ours, which leaves its server to be asked politely, or PostgreSQL's own as well. */
export type Victims = 'process' | 'process-then-postgres' | 'postgres-then-process';

/** A running instance of the product, in a process of its own. */
export interface Instance {
  /** The end of the log when it started, before anything was followed up. */
  readonly head: Promise<number>;
  /** Where it serves, once it does. @throws Error when it ends before */
  readonly address: Promise<string>;
  readonly exitCode: Promise<number | null>;
  /** Looks which processes of PostgreSQL there are, as soon as there are some, for {@link kill} to lose no time over it. */
  aim(): Promise<void>;
  /**
   * kill -9 at once.
   * @param gapMs for how long the one that is killed last lives on
   * @returns whether a server is among what is killed
   */
  kill(victims: Victims, gapMs: number): boolean;
  /** As an operator stops it. */
  stop(): Promise<number | null>;
}

const MAIN = join(import.meta.dirname, 'instance.js');

/** @param fault `none`, or the name of a control */
export const startInstance = (data: string, clock: Instant, fault: string): Instance => {
  const env = { ...process.env, UPPSIKT_DATA: data, ERASURE_LEDGER: join(data, 'erasures'), PORT: '0', SMTP_URL: '', DATABASE_URL: '', LOG_LEVEL: 'error' };
  const child = spawn(process.execPath, [MAIN, fault, '--test-clock', clock], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const log = createWriteStream(join(data, '..', 'instance.log'), { flags: 'a' });
  log.write(`--- process ${child.pid} on the clock of ${clock}\n`);
  child.stderr.pipe(log, { end: false });
  const exitCode = once(child, 'close').then(([code]: unknown[]) => {
    log.end();
    return code as number | null;
  });
  const said = (name: string): Promise<string> => {
    const found = new Promise<string>((tell, fail) => {
      let text = '';
      child.stdout.setEncoding('utf8').on('data', (more: string) => {
        text += more;
        const [, value] = new RegExp(`^${name} (.+)\n`, 'm').exec(text) ?? [];
        if (value !== undefined) tell(value);
      });
      void exitCode.then((code) => fail(new Error(`The instance ended by itself, with exit code ${code}.`)));
    });
    found.catch(() => {}); // told to whoever asks
    return found;
  };
  child.stdout.pipe(log, { end: false });
  let database: Database = NONE;
  const isOver = () => child.exitCode !== null || child.signalCode !== null;
  return {
    head: said('head').then(Number),
    address: said('serving'),
    exitCode,
    aim: async () => {
      for (database = await databaseOn(data); database === NONE && !isOver(); database = await databaseOn(data)) await pause(20);
    },
    kill: (victims, gapMs) => {
      const [own, { guards, servers }] = [[child.pid ?? 0], victims === 'process' ? NONE : database];
      const [first, last] = victims === 'postgres-then-process' ? [servers, own] : [own, servers];
      [...guards, ...first].forEach(killed);
      setTimeout(() => last.forEach(killed), gapMs);
      return servers.length > 0;
    },
    stop: () => {
      child.kill('SIGTERM');
      return exitCode;
    },
  };
};

interface Database {
  /** Would ask the server to stop politely when our process ends. */
  readonly guards: readonly number[];
  /** The server's children, then the server. */
  readonly servers: readonly number[];
}
const NONE: Database = { guards: [], servers: [] };

const databaseOn = async (data: string): Promise<Database> => {
  const file = await readFile(join(data, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '');
  const server = Number(file.split('\n')[0]);
  const processes = ps('-A', '-ww', '-o', 'pid=,ppid=,args=')
    .split('\n')
    .map((line) => /^ *(\d+) +(\d+) +(.*)$/.exec(line))
    .map((found) => ({ pid: Number(found?.[1]), parent: Number(found?.[2]), args: found?.[3] ?? '' }));
  if (!processes.some(({ pid, args }) => pid === server && args.includes(join(data, 'postgres')))) return NONE;
  const guards = processes.filter(({ args }) => args.endsWith(`uppsikt-guard ${server}`));
  const children = processes.filter(({ parent }) => parent === server);
  return { guards: guards.map(({ pid }) => pid), servers: [...children.map(({ pid }) => pid), server] };
};

const killed = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it has just ended
  }
};
