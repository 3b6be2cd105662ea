import type { Pool } from 'pg';
import { openLedger } from '#libs/backup';
import { ANSWER_MS, checkDurability, checkMigrated, openPool, reaching } from '#libs/database';
import { eventStoreLog, logMigrations, postgresLog, type EventLog, type Growth } from '#libs/event-log';
import { requestsMigration } from '#libs/http';
import { SettingsError, type Settings } from '#libs/settings';
import { applyErasures, KeyFileError, PostgresVault, readKeyFile, vaultMigrations, type ErasureLedger, type Keyring } from '#libs/vault';

/** Keeps something that was opened, and closes it when the process stops: what was opened last is closed first. */
export type Keep = <T>(thing: T, close: (thing: T) => Promise<unknown>) => T;

/** Everything that a process keeps open, and how it is closed. */
export const keeping =
  (stack: AsyncDisposableStack): Keep =>
  (thing, close) =>
    stack.adopt(thing, async (one) => void (await close(one)));

/** How far ahead of the database's clock an entry may be recorded on the real clock. */
const MAX_AHEAD_MS = 5_000;

/** All that a database must have had done to it before a process of this release works on it. */
export const migrations = [vaultMigrations, logMigrations, requestsMigration];

/** What is asked of a role of the database. */
export interface Role {
  readonly url: string;
  /** Shown by the server as the name of the connections. */
  readonly name: 'uppsikt api' | 'uppsikt worker';
}

/** How many connections a process has for its reads, and its views. */
const CONNECTIONS = 8;

/** @throws NotDurable where the server may lose what it has acknowledged */
export const openDatabase = async (keep: Keep, { url, name }: Role): Promise<Pool> => {
  const pool = keep(openPool(url, { max: CONNECTIONS, name, timeoutMs: ANSWER_MS }), (one) => one.end());
  await checkDurability(pool);
  return pool;
};

/**
 * A database elsewhere, by the role that its process is meant to have.
 * @throws DatabaseUnreachable; SettingsError where it is another role's address; NotMigrated, NotDurable
 */
export const openDatabaseElsewhere = async (keep: Keep, role: Role): Promise<Pool> => {
  const user = role.name.replace(' ', '_');
  const asked = await reaching('DATABASE_URL', role.url, async () => {
    const pool = await openDatabase(keep, role);
    return { pool, rows: (await pool.query<{ user: string }>('select current_user as user')).rows };
  });
  const is = asked.rows[0]?.user;
  if (is !== user) throw new SettingsError(`DATABASE_URL must be the address for the role ${user}; it is that of ${is}.`);
  await checkMigrated(asked.pool, migrations);
  return asked.pool;
};

/**
 * The event log, wherever the settings say that it lies.
 * @param growth shared by the logs of one process
 */
export const openLog = async (
  keep: Keep,
  { eventLog, eventStoreUrl, eventStoreLog: log, testClock }: Pick<Settings, 'eventLog' | 'eventStoreUrl' | 'eventStoreLog' | 'testClock'>,
  { url, name }: Role,
  pool: Pool,
  growth?: Growth,
): Promise<EventLog> => {
  const ahead = testClock === undefined ? { maxAheadMs: MAX_AHEAD_MS } : {};
  const vault = new PostgresVault(pool);
  const opened =
    eventLog === 'eventstoredb'
      ? eventStoreLog({
          url: eventStoreUrl ?? '',
          log,
          name,
          putSealed: (tenant, sealed) => vault.put(tenant, sealed),
          // On a test clock nothing is recorded that must last.
          excessRights: testClock === undefined ? 'refuse' : 'warn',
          warn: (sentence) => void process.stderr.write(`${sentence}\n`),
          ...ahead,
        })
      : postgresLog({ url, name, ...ahead, ...(growth && { growth }) });
  return keep(await opened, (one) => one.close());
};

/**
 * The keys of the tenants.
 * @param create makes a new file: only for a log that nobody has written to, since another one would open nothing
 * @throws KeyFileError where it is not the one that this data was sealed with
 */
export const openKeyring = async (path: string, pool: Pool, { create }: { readonly create: boolean }): Promise<Keyring> => {
  const keyring = await readKeyFile(path, { create });
  if (await new PostgresVault(pool).knows(keyring.checkValue)) return keyring;
  throw new KeyFileError(`The key file ${path} is not the one that this data was sealed with. Put the right one there, or set KEY_FILE to where it lies.`);
};

/**
 * The ledger of erasures, once it has been applied: whoever was erased has no key, whatever this data was restored from.
 * @throws LedgerUnavailable
 */
export const openErasures = async (text: string | undefined, pool: Pool): Promise<ErasureLedger | undefined> => {
  if (text === undefined) return undefined;
  const ledger = openLedger(text);
  await ledger.id({ create: true });
  await applyErasures(ledger, new PostgresVault(pool));
  return ledger;
};

/** What the server profile cannot do without. */
export const serverSettings = ({ databaseUrl, documentsUrl, testClock }: Settings): { readonly databaseUrl: string; readonly documentsUrl: string } => {
  if (databaseUrl === undefined) throw new SettingsError('DATABASE_URL must say where the database is. With an embedded one, start everything with: npm start');
  if (documentsUrl === undefined) throw new SettingsError('DOCUMENTS_URL must say where documents lie, the same place for every process.');
  if (testClock !== undefined) throw new SettingsError('--test-clock is for npm start alone: several processes have no clock in common but the real one.');
  return { databaseUrl, documentsUrl };
};

/** How people sign in to the server profile. */
export const openIdSettings = ({ openId }: Settings): NonNullable<Settings['openId']> => {
  if (openId === undefined)
    throw new SettingsError(
      'OIDC_ISSUER and OIDC_AUDIENCE must say at which OpenID provider people sign in, and what its tokens for this service are meant for.',
    );
  return openId;
};
