import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Client, type Pool } from 'pg';
import { openLedger, type Targets } from '#libs/backup';
import { checkMigrated, clientConfig, derivedAddresses, openPool, prepareDatabase, reaching, type Addresses } from '#libs/database';
import { openDocuments } from '#libs/documents';
import { movingEventStoreLog, movingPostgresLog } from '#libs/event-log';
import { readKeptDatabase, readSettings, SettingsError, type Settings } from '#libs/settings';
import { readKeyFile } from '#libs/vault';
import { migrations, serverSettings, type Keep } from '../../api/src/stores.js';
import { startPostgres } from '../../standalone/src/postgres.js';
import { visitPostgres } from '../../standalone/src/visit-postgres.js';
import { migrateAll } from './migrate.js';

/** Everything that is kept, opened by those who look after it. */
export interface House extends Targets {
  /** Of the role `uppsikt_worker`. */
  readonly workerUrl: string;
  readonly settings: Settings;
}

export interface HouseOptions {
  /** What connections are called. */
  readonly name: string;
  /** To be moved into: nothing may run there, and its schemas are made or brought forward first. */
  readonly empty?: boolean;
}

/** How long a server may be away before the command gives up, in milliseconds. */
const PATIENCE_MS = 60_000;

/**
 * Opens what the settings name: the embedded profile, whether an instance runs or not, or a database and a log elsewhere.
 * @throws an error whose message is one line wherever it is known what to mend
 */
export const openHouse = async (keep: Keep, env: NodeJS.ProcessEnv, { name, empty = false }: HouseOptions): Promise<House> => {
  const settings = readSettings(env, []);
  const elsewhere = readKeptDatabase(env);
  const documentsUrl = elsewhere ? serverSettings(settings).documentsUrl : (settings.documentsUrl ?? pathToFileURL(resolve(settings.data, 'documents')).href);
  const keyring = await readKeyFile(settings.keyFile);
  const ledger = settings.erasureLedger === undefined ? undefined : openLedger(settings.erasureLedger);
  const { owner: ownerUrl, worker: workerUrl } = elsewhere ?? (await embedded(keep, settings.data, empty));
  if (elsewhere && empty) await reaching('MIGRATE_DATABASE_URL', ownerUrl, () => migrateAll(ownerUrl));
  const owner = await ownerOf(keep, ownerUrl, name);
  const worker = await workerOf(keep, workerUrl, name);
  const documents = await openDocuments(documentsUrl);
  const log = await logOf(keep, settings, ownerUrl, name);
  return { settings, keyring, ledger, owner, worker, workerUrl, documents, log };
};

const embedded = async (keep: Keep, data: string, empty: boolean): Promise<Addresses> => {
  if (empty) {
    const server = keep(await startPostgres(data), (one) => one.stop());
    const addresses = await prepareDatabase(server.superuserUrl);
    await migrateAll(addresses.owner);
    return addresses;
  }
  await access(join(data, 'postgres')).catch((cause: unknown) => {
    throw new SettingsError(
      `There is no database in the folder ${data}. Set UPPSIKT_DATA to the folder of an instance, or DATABASE_URL and MIGRATE_DATABASE_URL to a database elsewhere.`,
      { cause },
    );
  });
  const server = keep(await visitPostgres(data), (one) => one.stop());
  return derivedAddresses(server.superuserUrl);
};

const ownerOf = async (keep: Keep, url: string, name: string): Promise<Client> => {
  const client = new Client(clientConfig(url, name));
  client.on('error', () => {}); // the query under way says it too; without a listener the process would end
  await reaching('MIGRATE_DATABASE_URL', url, () => client.connect());
  keep(client, (one) => one.end());
  await assertRole(client, 'MIGRATE_DATABASE_URL', 'uppsikt_owner');
  return client;
};

const workerOf = async (keep: Keep, url: string, name: string): Promise<Pool> => {
  const pool = keep(openPool(url, { max: 4, name }), (one) => one.end());
  await reaching('DATABASE_URL', url, () => pool.query('select 1'));
  await assertRole(pool, 'DATABASE_URL', 'uppsikt_worker');
  await checkMigrated(pool, migrations);
  return pool;
};

const assertRole = async (asked: Pick<Pool, 'query'>, variable: string, role: string): Promise<void> => {
  const { rows } = await asked.query<{ is: string }>('select current_user as is');
  if (rows[0]?.is !== role) throw new SettingsError(`${variable} must be the address for the role ${role}; it is that of ${rows[0]?.is}.`);
};

const logOf = async (keep: Keep, { eventLog, eventStoreUrl, eventStoreLog }: Settings, url: string, name: string): Promise<Targets['log']> => {
  const patience = { patienceMs: PATIENCE_MS, timeoutMs: PATIENCE_MS };
  const opened =
    eventLog === 'eventstoredb'
      ? movingEventStoreLog({ url: eventStoreUrl ?? '', log: eventStoreLog, name, patienceMs: PATIENCE_MS })
      : movingPostgresLog({ url, name, ...patience });
  return keep(await opened, (one) => one.close());
};
