import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { migrate, type Addresses } from '#libs/database';
import { testOpenIdProvider } from '#libs/test-servers';
import { migrateQueue } from '#libs/timers';
import { readKeyFile } from '#libs/vault';
import { migrations } from '../../../api/src/stores.js';

const TWELVE_HOURS_S = 43_200;

/** What any number of processes run on: a database, a folder, and somebody who signs people in. */
export interface Place {
  readonly addresses: Addresses;
  readonly folder: string;
  /** Who signs them in. */
  readonly issuer: string;
  /** A token by which somebody is known for twelve hours. */
  readonly tokenFor: (subject: string) => Promise<string>;
  /** What a process is told at its start. */
  readonly environment: (role: 'api' | 'worker') => Readonly<Record<string, string>>;
  /** Removes the folder. */
  readonly close: () => Promise<void>;
}

/** Prepares a database and a folder as an operator does; the database's roles are there already. */
export const openPlace = async (addresses: Addresses, more: Readonly<Record<string, string>> = {}): Promise<Place> => {
  await migrate(addresses.owner, migrations);
  await migrateQueue(addresses.owner);
  const folder = await mkdtemp(join(tmpdir(), 'uppsikt-many-'));
  await chmod(folder, 0o755);
  const keyFile = join(folder, 'key');
  await readKeyFile(keyFile, { create: true });
  const openId = await testOpenIdProvider();
  return {
    addresses,
    folder,
    issuer: openId.issuer,
    tokenFor: (sub) => openId.forge({ sub, exp: Math.floor(Temporal.Now.instant().epochMilliseconds / 1_000) + TWELVE_HOURS_S }),
    environment: (role) => ({
      DATABASE_URL: addresses[role],
      KEY_FILE: keyFile,
      DOCUMENTS_URL: pathToFileURL(join(folder, 'documents')).href,
      UPPSIKT_DATA: folder,
      OIDC_ISSUER: openId.issuer,
      OIDC_AUDIENCE: openId.audience,
      PORT: '0',
      LOG_LEVEL: 'warn',
      ...more,
    }),
    close: async () => {
      await openId.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
