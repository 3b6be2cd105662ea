import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { withClient } from '#libs/database';
import { startPostgres, type RunningPostgres } from './postgres.js';
import { listedServer, LOCK } from './postgres/ownership.js';
import { locate, type Place } from './postgres/place.js';
import { StartError } from '../../api/src/process/start-error.js';

/** A server that may be used until `stop()`, which ends it only if it was started for this. */
export type VisitedPostgres = Pick<RunningPostgres, 'superuserUrl' | 'stop'>;

/** How long a server that starts or stops is waited for. */
const PATIENCE_MS = 30_000;
const BETWEEN_MS = 100;

/**
 * The database server of a data folder, whether an instance runs on it or not: that of the instance, or one started for as long as needed.
 * @throws StartError as {@link startPostgres} does
 */
export const visitPostgres = async (dataFolder: string): Promise<VisitedPostgres> => {
  const place = await locate(resolve(dataFolder));
  for (const until = performance.now() + PATIENCE_MS; performance.now() < until; await pause(BETWEEN_MS)) {
    const listed = await listedServer(place);
    if (!listed) return startPostgres(dataFolder);
    if (!listed.ready) continue;
    const superuserUrl = await urlOf(place, listed.port);
    const owned = await isOwned(superuserUrl).catch(() => undefined);
    if (owned === true) return { superuserUrl, stop: async () => {} };
    if (owned === false) return startPostgres(dataFolder); // nobody's: it is taken down by the next start
  }
  throw new StartError(`The PostgreSQL server on ${place.cluster} neither serves nor ends; see ${place.log}.`);
};

const urlOf = async (place: Place, port: number): Promise<string> =>
  `postgres://postgres:${await readFile(join(place.cluster, 'password'), 'utf8')}@127.0.0.1:${port}/postgres`;

/** Whether an instance holds the lock by which the server is its own. */
const isOwned = (superuserUrl: string): Promise<boolean> =>
  withClient(superuserUrl, 'uppsikt visit', async (client) => {
    const { rowCount } = await client.query(`select from pg_locks where locktype = 'advisory' and objid = $1 and granted`, [LOCK]);
    return (rowCount ?? 0) > 0;
  });
