import { eventLogContract, preparedDatabase } from '#libs/testing';
import { vaultMigrations } from '#libs/vault';
import { logMigrations, postgresLog } from './index.js';

eventLogContract('PostgreSQL', async () => {
  const { worker, drop } = await preparedDatabase([vaultMigrations, logMigrations]);
  return { log: () => postgresLog({ url: worker }), close: drop };
});
