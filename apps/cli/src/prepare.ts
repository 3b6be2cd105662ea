import type { Command } from 'commander';
import { prepareDatabase, reaching } from '#libs/database';
import { readPrepareSettings } from '#libs/settings';

/** `uppsikt prepare`: makes the database and its roles on a server elsewhere. Again changes nothing but the roles' passwords. */
export const prepare = (program: Command): void =>
  void program
    .command('prepare')
    .description('makes the database, its roles and its extensions on a PostgreSQL server (ADMIN_DATABASE_URL, UPPSIKT_{OWNER,WORKER,API}_PASSWORD)')
    .option('--database <name>', 'the name of the database', 'uppsikt')
    .action(async ({ database }: { database: string }) => {
      const { adminUrl, passwords } = readPrepareSettings(process.env);
      await reaching('ADMIN_DATABASE_URL', adminUrl, () => prepareDatabase(adminUrl, { database, passwords }));
      process.stdout.write(
        `The database ${database} is prepared, and the roles uppsikt_owner, uppsikt_worker and uppsikt_api have the passwords that are set.\n`,
      );
    });
