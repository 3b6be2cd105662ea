import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { prepareDatabase, withClient, type Addresses } from '#libs/database';
import { command, locate } from '../src/postgres/place.ts';
import { adopt, ps, type Group } from './app-process.ts';
import { builtApp } from './built-app.ts';

export interface LaunchOptions {
  /** What stands on the command line: `--test-clock 2020-10-01T08:00Z`. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** As the user that owns the database where the tests run as root; otherwise as ourselves. */
  readonly ordinary?: boolean;
}

/** The built app in a process of its own, as an operator starts it: what it says, and where it serves once it does. */
export interface Uppsikt extends Group {
  readonly exitCode: Promise<number | null>;
  /** Everything on stdout so far. */
  readonly said: () => string;
  /** Everything on stderr so far. */
  readonly complained: () => string;
  /** Resolves when it serves; throws when it ends before. */
  readonly address: Promise<string>;
}

/** Starts it; it may still refuse to. */
export async function launch(data: string, { args = [], env = {}, ordinary = false }: LaunchOptions = {}): Promise<Uppsikt> {
  const place = await locate(data);
  const nodeArgs = ['--enable-source-maps', await builtApp(), ...args];
  const [program, programArgs, how] = command(ordinary ? place : { ...place, user: undefined }, process.execPath, nodeArgs);
  const child = spawn(program, programArgs, {
    ...how,
    env: { ...how.env, PORT: '0', UPPSIKT_DATA: data, ERASURE_LEDGER: join(data, 'erasures'), ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [said, complained] = ['', ''];
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complained += text));
  const exitCode = once(child, 'close').then(([code]: unknown[]) => code as number | null);
  const address = new Promise<string>((found, failed) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const [, url] = /^Uppsikt: (http:\S+?)\/api\/docs$/m.exec(said) ?? [];
      if (url !== undefined) found(url);
    });
    void exitCode.then(() => failed(new Error(`It did not start: ${complained}`)));
  });
  address.catch(() => {}); // told to whoever asks
  return adopt({ pid: child.pid ?? 0, exitCode, address, said: () => said, complained: () => complained });
}

/** Starts it and waits until it serves. */
export async function serving(data: string, options?: LaunchOptions): Promise<Uppsikt> {
  const app = await launch(data, options);
  await app.address;
  return app;
}

/** Asks the database of an instance that runs, as the superuser. */
export async function query<Row extends object>(data: string, sql: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
  const { rows } = await withClient(await serverOf(data, 'uppsikt'), 'spec', (client) => client.query<Row>(sql, [...values]));
  return rows;
}

/** The database of an instance that serves, for each of its roles. */
export const rolesOf = async (data: string): Promise<Addresses> => prepareDatabase(await serverOf(data, 'postgres'));

async function serverOf(data: string, database: string): Promise<string> {
  const [, , , port] = (await readFile(join(data, 'postgres', 'postmaster.pid'), 'utf8')).split('\n');
  return `postgres://postgres:${await readFile(join(data, 'postgres', 'password'), 'utf8')}@127.0.0.1:${port}/${database}`;
}

/** Every living process that was started on a folder: it stands in the command line, or in the environment that was handed down. */
export function processesOn(data: string): string[] {
  const lines = ps('axeww', '-o', 'stat=,pid=,command=').split('\n');
  const living = lines.filter((line) => line.includes(data) && !line.startsWith('Z') && !/^\S+ +\d+ ps /.test(line));
  return living.map((line) => line.replace(/^\S+ +/, '').slice(0, 200));
}
