import { expect, test } from '@jest/globals';
import { LogClosed, logMigrations, movingPostgresLog, postgresLog } from '#libs/event-log';
import { randomId } from '#libs/kernel';
import { preparedDatabase } from '#libs/testing';
import { vaultMigrations } from '#libs/vault';
import { keeping } from './stores.js';
import { watchLog } from './watch-log.js';

test('a process learns that its log was closed, also where it appends nothing, and not while the log is merely away', async () => {
  await using opened = new AsyncDisposableStack();
  const keep = keeping(opened);
  const database = keep(await preparedDatabase([vaultMigrations, logMigrations]), (one) => one.drop());
  const log = keep(await postgresLog({ url: database.worker, patienceMs: 100 }), (one) => one.close());
  const owner = keep(await movingPostgresLog({ url: database.owner }), (one) => one.close());
  const { promise: lost, resolve } = Promise.withResolvers<Error>();
  watchLog(keep, log, resolve);
  await database.disconnectAll();
  const other = randomId();
  await owner.become({ state: 'moved', other });
  const why = await lost;
  expect(why).toBeInstanceOf(LogClosed);
  expect(why.message).toBe(`The event log was closed when its entries were moved to log ${other}. Set EVENT_LOG, and its address, to where they are now.`);
});
