import { join } from 'node:path';
import { migrate, prepareDatabase } from '#libs/database';
import { migrateQueue } from '#libs/timers';
import { readKeyFile } from '#libs/vault';
import { migrations } from '../../apps/api/src/stores.js';

/** A database and a folder on which any number of processes run. */
export interface Place {
  readonly superuser: string;
  readonly api: string;
  readonly worker: string;
  readonly folder: string;
  readonly keyFile: string;
}

/** Prepares a server and a folder as an operator does. */
export const prepared = async (superuserUrl: string, folder: string): Promise<Place> => {
  const { owner, api, worker } = await prepareDatabase(superuserUrl);
  await migrate(owner, migrations);
  await migrateQueue(owner);
  const keyFile = join(folder, 'key');
  await readKeyFile(keyFile, { create: true });
  const superuser = new URL(superuserUrl);
  superuser.pathname = new URL(owner).pathname;
  return { superuser: superuser.href, api, worker, folder, keyFile };
};

/** What a process is told, by the role of its database's address. */
export const environment = ({ folder, keyFile }: Place, databaseUrl: string): Readonly<Record<string, string>> => ({
  DATABASE_URL: databaseUrl,
  KEY_FILE: keyFile,
  DOCUMENTS_URL: `file://${join(folder, 'documents')}`,
  UPPSIKT_DATA: folder,
  PORT: '0',
  LOG_LEVEL: 'error',
});

export const seconds = (from: number): number => (performance.now() - from) / 1_000;
export const perSecond = (count: number, took: number): string => `${Math.round(count / took).toLocaleString('en')}/s`;
