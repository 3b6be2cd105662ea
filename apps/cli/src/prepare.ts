import type { Command } from 'commander';
import { prepareDatabase, reaching } from '#libs/database';
import { prepareEventStore } from '#libs/event-log';
import { readPrepareSettings } from '#libs/settings';

/** `uppsikt prepare`: makes the database and its roles on a server elsewhere, and the user of an EventStoreDB where one is named. Again changes nothing but passwords. */
export const prepare = (program: Command): void =>
  void program
    .command('prepare')
    .description(
      'makes the database, its roles and its extensions on a PostgreSQL server (ADMIN_DATABASE_URL, UPPSIKT_{OWNER,WORKER,API}_PASSWORD), and the user of an EventStoreDB (ADMIN_EVENTSTORE_URL, EVENTSTORE_URL)',
    )
    .option('--database <name>', 'the name of the database', 'uppsikt')
    .action(async ({ database }: { database: string }) => {
      const { adminUrl, passwords, eventStore } = readPrepareSettings(process.env);
      await reaching('ADMIN_DATABASE_URL', adminUrl, () => prepareDatabase(adminUrl, { database, passwords }));
      process.stdout.write(
        `The database ${database} is prepared, and the roles uppsikt_owner, uppsikt_worker and uppsikt_api have the passwords that are set.\n`,
      );
      if (!eventStore) return;
      await prepareEventStore(eventStore.adminUrl, eventStore.url);
      process.stdout.write('The EventStoreDB is prepared: the user of EVENTSTORE_URL may read and append there, and neither delete nor change metadata.\n');
    });
