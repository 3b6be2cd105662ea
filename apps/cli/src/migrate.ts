import type { Command } from 'commander';
import { migrate as bringForward, reaching, takeTurn, withClient } from '#libs/database';
import { readMigrateUrl } from '#libs/settings';
import { migrateQueue } from '#libs/timers';
import { migrations } from '../../api/src/stores.js';

/** Of several that migrate one database, one does and the others wait: the queue's own migration does not wait by itself. */
const LOCK = 8_114;

/** `uppsikt migrate`: brings the schemas forward to what this release rests on. Safe while the release before it runs. */
export const migrate = (program: Command): void =>
  void program
    .command('migrate')
    .description('brings the schemas of the database forward to this release, as their owner (MIGRATE_DATABASE_URL)')
    .action(async () => {
      const url = readMigrateUrl(process.env);
      await reaching('MIGRATE_DATABASE_URL', url, () => migrateAll(url));
      process.stdout.write('The schemas of the database are those of this release.\n');
    });

/** The schemas of every lib that has some, and the queue's. */
export const migrateAll = (url: string): Promise<void> =>
  withClient(url, 'uppsikt migrate', async (client) => {
    await takeTurn(client, LOCK);
    await bringForward(url, migrations);
    await migrateQueue(url);
  });
