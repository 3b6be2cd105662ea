import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { command, locate } from '../src/postgres/place.ts';

/** A process that starts PostgreSQL as the app does and says where it runs, why it does not, or that it was lost. SIGTERM stops it. */
const APP = `
  const [folder, options] = process.argv.slice(1);
  const { arch, settings } = JSON.parse(options);
  if (arch) Object.defineProperty(process, 'arch', { value: arch });
  const { startPostgres } = await import(${JSON.stringify(new URL('../src/postgres.ts', import.meta.url))});
  const say = (what) => process.stdout.write(JSON.stringify(what) + '\\n');
  const onLost = (why) => { say({ lost: why.message }); process.exitCode = 3; };
  try {
    const { stop, ...server } = await startPostgres(folder, { settings, onLost });
    say(server);
    process.once('SIGTERM', () => stop());
  } catch (error) {
    say({ refused: error.name + ': ' + error.message });
    process.exitCode = 1;
  }`;

interface Options {
  /** The processor it believes to run on. */
  readonly arch?: string;
  readonly settings?: Record<string, string>;
  /** As the user that owns the database where the tests run as root; otherwise as ourselves. */
  readonly ordinary?: boolean;
}

interface Line {
  readonly superuserUrl?: string;
  readonly refused?: string;
  readonly lost?: string;
}

/** The first process of a group of its own. */
export interface Group {
  readonly pid: number;
  readonly exitCode: Promise<unknown>;
}

export interface App extends Group {
  /** The next line it says; empty when it says no more. */
  next(): Promise<Line>;
}

export interface RunningApp extends App {
  query(sql: string): Promise<Record<string, unknown>[]>;
}

const apps: Group[] = [];
const folders: string[] = [];

/** Kills whatever is left and removes all folders but the one to keep. */
export async function cleanUp(kept?: string): Promise<void> {
  for (const app of apps.splice(0)) await killGroup(app);
  for (const folder of folders.splice(0)) {
    if (folder === kept) folders.push(folder);
    else {
      killServersOn(folder);
      await chmod(folder, 0o755);
      await rm(folder, { recursive: true, maxRetries: 5 });
    }
  }
}

export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'uppsikt följ upp '));
  await chmod(folder, 0o755);
  folders.push(folder);
  return folder;
}

export const begin = (folder: string, { ordinary = false, ...options }: Options = {}): Promise<App> =>
  beginNode(folder, ['--input-type=module', '-e', APP, folder, JSON.stringify(options)], ordinary);

/** Any Node process, in a process group of its own. */
export async function beginNode(folder: string, nodeArgs: string[], ordinary: boolean): Promise<App> {
  const place = await locate(folder);
  const [program, args, how] = command(ordinary ? place : { ...place, user: undefined }, process.execPath, nodeArgs);
  const child = spawn(program, args, { ...how, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  const exitCode = once(child, 'exit').then(([code]: unknown[]) => code);
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async (): Promise<Line> => {
    const { value = '{}' } = await lines.next();
    return JSON.parse(value) as Line;
  };
  return adopt({ pid: child.pid ?? 0, exitCode, next });
}

/** Is killed by {@link cleanUp}, if it has not ended by then. */
export function adopt<A extends Group>(app: A): A {
  apps.push(app);
  return app;
}

export async function started(folder: string, options?: Options): Promise<RunningApp> {
  const app = await begin(folder, options);
  const { superuserUrl, refused } = await app.next();
  if (superuserUrl === undefined) throw new Error(`It did not start: ${refused}`);
  const query = async (sql: string): Promise<Record<string, unknown>[]> => {
    const client = new Client(superuserUrl).on('error', () => {}); // the query's promise tells
    await client.connect();
    try {
      const { rows } = await client.query<Record<string, unknown>>(sql);
      return rows;
    } finally {
      await client.end();
    }
  };
  return { ...app, query };
}

export async function stopped(app: Group): Promise<unknown> {
  process.kill(app.pid, 'SIGTERM');
  return app.exitCode;
}

/** Why a start fails, which must also be its exit code. */
export async function refusal(folder: string, options?: Options): Promise<string> {
  const app = await begin(folder, options);
  const { refused } = await app.next();
  const exitCode = refused === undefined ? await stopped(app) : await app.exitCode;
  return exitCode === 1 ? (refused ?? 'It ended.') : 'It started.';
}

/** kill -9 of everything that a Ctrl-C would reach. */
export async function killGroup(app: Group): Promise<void> {
  try {
    process.kill(-app.pid, 'SIGKILL');
  } catch {
    // it has ended
  }
  await app.exitCode;
}

export function serversOn(folder: string): number[] {
  return pidsOf(`-D ${join(folder, 'postgres')} `);
}

export function killServersOn(folder: string): void {
  for (const pid of serversOn(folder)) process.kill(pid, 'SIGKILL');
}

/** The living processes, not the dead that nobody has waited for, whose command line holds the text. */
export function pidsOf(text: string): number[] {
  const processes = ps('-A', '-ww', '-o', 'pid=,stat=,args=').split('\n');
  const found = processes.filter((line) => line.includes(text) && !/^ *\d+ +Z/.test(line));
  return found.map((line) => Number.parseInt(line, 10)).filter((pid) => pid !== process.pid);
}

export const ps = (...args: string[]): string => execFileSync('ps', args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' } });

/** Asks until there is something, for as long as the test may run. */
export async function eventually<T>(ask: () => Promise<T[]>): Promise<T[]> {
  for (;;) {
    const found = await ask().catch(() => []);
    if (found.length > 0) return found;
    await pause(20);
  }
}
