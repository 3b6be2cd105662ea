import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { migrate, openPool, prepareDatabase, reaching, withClient, type Addresses } from '#libs/database';
import { movingEventStoreLog, movingPostgresLog, type MovingLog } from '#libs/event-log';
import { SettingsError, type CopyLogSettings } from '#libs/settings';
import { migrations, openDatabaseElsewhere, type Keep } from '../../api/src/stores.js';
import { StartError } from '../../api/src/process/start-error.js';
import { startPostgres } from '../../standalone/src/postgres.js';

/** Both logs, as whoever moves them sees them, and the database that stays where it is. */
export interface OpenLogs {
  readonly postgres: MovingLog;
  readonly eventstoredb: MovingLog;
  readonly owner: Pool;
  readonly worker: Pool;
}

/** How long a server may be away before the command gives up, in milliseconds: it can be given again. */
const PATIENCE_MS = 60_000;
/** Any constant will do; it only has to be the same for every release. */
const LOCK = 8_113;

/**
 * Opens them, for one such command at a time.
 * @throws an error whose message is one line wherever it is known what to mend
 */
export const openLogs = async (keep: Keep, settings: CopyLogSettings): Promise<OpenLogs> => {
  const { owner: url, worker: workerUrl } = settings.database ?? (await embedded(keep, settings.data));
  const worker = await openDatabaseElsewhere(keep, { url: workerUrl, name: 'uppsikt worker' });
  const owner = keep(openPool(url, { max: 1, name: 'uppsikt copy-log' }), (one) => one.end());
  await reaching('MIGRATE_DATABASE_URL', url, () => assertOwner(owner));
  await alone(keep, url);
  const postgres = keep(await movingPostgresLog({ url, name: 'uppsikt copy-log', patienceMs: PATIENCE_MS, timeoutMs: PATIENCE_MS }), (one) => one.close());
  const eventstoredb = keep(
    await movingEventStoreLog({ url: settings.eventStoreUrl, log: settings.eventStoreLog, name: 'uppsikt copy-log', patienceMs: PATIENCE_MS }),
    (one) => one.close(),
  );
  return { postgres, eventstoredb, owner, worker };
};

/** The database of an instance that is stopped. */
const embedded = async (keep: Keep, data: string): Promise<Addresses> => {
  await access(join(data, 'postgres')).catch((cause: unknown) => {
    throw new SettingsError(
      `There is no database in the folder ${data}. Set UPPSIKT_DATA to the folder of an instance, or DATABASE_URL and MIGRATE_DATABASE_URL to a database elsewhere.`,
      { cause },
    );
  });
  const server = keep(await startPostgres(data), (one) => one.stop());
  const addresses = await prepareDatabase(server.superuserUrl);
  await migrate(addresses.owner, migrations);
  return addresses;
};

const assertOwner = async (pool: Pool): Promise<void> => {
  const { rows } = await pool.query<{ is: string }>('select current_user as is');
  if (rows[0]?.is !== 'uppsikt_owner')
    throw new SettingsError(`MIGRATE_DATABASE_URL must be the address for the role uppsikt_owner; it is that of ${rows[0]?.is}.`);
};

/** Holds the lock until everything is closed. */
const alone = async (keep: Keep, url: string): Promise<void> => {
  const over = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<boolean>();
  const holding = withClient(url, 'uppsikt copy-log', async (client) => {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [LOCK]);
    begun.resolve(rows[0]?.mine ?? false);
    await over.promise;
  });
  holding.catch(begun.reject);
  keep(over, (one) => {
    one.resolve();
    return holding.catch(() => {});
  });
  if (!(await begun.promise)) throw new StartError('Another uppsikt copy-log is at work on this database. Wait for it, or stop it.');
};
