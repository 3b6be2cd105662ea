import { migrate, prepareDatabase, withClient, type Addresses, type Migration } from '#libs/database';
import { testDatabase, type TestDatabase } from './postgres.js';

/** A database of one spec file's own, with its roles and schemas. */
export interface PreparedDatabase extends Addresses, TestDatabase {
  /** Ends every session of the roles on this database, as a server does that is restarted. */
  readonly disconnectAll: () => Promise<void>;
}

/** Makes a database on the server of the test run, with the roles that the product uses, and migrates it as their owner. */
export const preparedDatabase = async (migrations: readonly Migration[] = []): Promise<PreparedDatabase> => {
  const { superuserUrl, drop } = await testDatabase();
  const database = new URL(superuserUrl).pathname.slice(1);
  // By way of the server's common database, where specs that prepare roles at once wait for each other.
  const addresses = await prepareDatabase(process.env.TEST_DATABASE_URL ?? superuserUrl, { database });
  await migrate(addresses.owner, migrations);
  const disconnectAll = () =>
    withClient(superuserUrl, 'spec', async (client) => {
      await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()', [database]);
    });
  return { ...addresses, superuserUrl, drop, disconnectAll };
};
