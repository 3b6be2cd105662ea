import { readFile, readlink, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { codeOf, StartError } from '../../../api/src/process/start-error.ts';
import { interrupt, type Place } from './place.ts';

export const LOCK = 8108;
/** A setting of ours that names the process that started a server. */
export const STARTER = 'uppsikt.starter';
const BUSY_MS = 3_000; // how long somebody who is on the way out may still hold the lock
const PATIENCE_MS = 30_000; // how long a server that is not ours may take to start or to stop
const BETWEEN_MS = 50;

interface Listed {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

/** The living server that postmaster.pid names (line 1 its process, line 4 its port, line 8 its status). */
export async function listedServer({ cluster }: Place): Promise<Listed | undefined> {
  const file = join(cluster, 'postmaster.pid');
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  if (!lives(pid)) return undefined; // PostgreSQL sees that too and writes over it
  if (await runsIn(cluster, pid)) return { pid, port: Number(lines[3]), ready: lines[7]?.startsWith('ready') ?? false };
  await rm(file, { force: true }); // PostgreSQL would take this stranger for a server
  return undefined;
}

/** Leaves no server on the place but a living owner's. @throws {StartError} when there is one, or a server neither answers nor ends. */
export async function takeDownOrphan(place: Place): Promise<void> {
  const begun = performance.now();
  for (; performance.now() < begun + PATIENCE_MS; await pause(BETWEEN_MS)) {
    const listed = await listedServer(place);
    if (!listed) return;
    if (listed.ready) await takeDown(place, listed, performance.now() < begun + BUSY_MS);
  }
  throw new StartError(`The PostgreSQL server that runs on ${place.cluster} neither answers nor ends; see ${place.log}, and stop that server.`);
}

async function takeDown(place: Place, { pid, port }: Listed, isPatient: boolean): Promise<void> {
  const owner = await own(place, port);
  if (!owner) return;
  try {
    if (isPatient && lives(await starterOf(owner))) return; // whoever has just started it is about to own it
    await interrupt(place, pid);
    await Promise.race([endOf(owner), pause(BUSY_MS, undefined, { ref: false })]); // until then nobody else may own it
  } catch (error) {
    if (!isNotNow(error)) throw error;
  } finally {
    await owner.end();
  }
}

/** Resolves when a session is over, whoever ended it. */
export function endOf(session: Client): Promise<void> {
  return new Promise((done) => void session.once('end', done));
}

/**
 * Connects and takes the lock; the session is the ownership.
 * @returns undefined when the server does not serve just now. @throws {StartError} when somebody else keeps the lock.
 */
export async function own(place: Place, port: number): Promise<Client | undefined> {
  const password = await readFile(join(place.cluster, 'password'), 'utf8');
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password,
    database: 'postgres',
    ssl: false,
    connectionTimeoutMillis: BUSY_MS,
    application_name: `uppsikt ${process.pid}`,
  });
  client.on('error', () => {}); // 'end' follows
  try {
    await client.connect();
    for (const end = performance.now() + BUSY_MS; performance.now() < end; await pause(BETWEEN_MS)) {
      const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [LOCK]);
      if (rows[0]?.mine && (await serves(place, port))) return client;
    }
    throw new StartError(`Uppsikt already runs on ${place.data} (${await holder(client)}); stop it first, or set UPPSIKT_DATA to another folder.`);
  } catch (error) {
    await client.end().catch(() => {});
    if (isNotNow(error)) return undefined;
    throw error;
  }
}

/** A server that goes down says so in its file first, and only then ends the session of whoever held the lock. */
async function serves(place: Place, port: number): Promise<boolean> {
  const listed = await listedServer(place);
  return listed?.ready === true && listed.port === port;
}

async function starterOf(client: Client): Promise<number> {
  const { rows } = await client.query<{ starter: string | null }>('select current_setting($1, true) as starter', [STARTER]);
  return Number(rows[0]?.starter ?? 0);
}

async function holder(client: Client): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `select application_name as name from pg_stat_activity join pg_locks using (pid) where locktype = 'advisory' and objid = $1`,
    [LOCK],
  );
  return rows[0]?.name.replace('uppsikt', 'process') ?? 'just now';
}

/** Starting, stopping (57014: while the password was still being checked) or gone. */
function isNotNow(error: unknown): boolean {
  return (
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57014', '57P01', '57P02', '57P03'].includes(codeOf(error)) ||
    /terminated|not queryable|timeout expired/.test(String(error))
  );
}

function lives(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** The number of a dead server may have gone to another program; where the system shows it, a server is known by its working folder. */
async function runsIn(cluster: string, pid: number): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  try {
    return (await readlink(`/proc/${pid}/cwd`)) === (await realpath(cluster));
  } catch (error) {
    return !['ENOENT', 'ESRCH'].includes(codeOf(error)); // a dead process that nobody has waited for has no folder
  }
}
