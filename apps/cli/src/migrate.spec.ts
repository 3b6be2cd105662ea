import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { withClient } from '#libs/database';
import { preparedDatabase, type PreparedDatabase } from '#libs/testing';
import { migrations } from '../../api/src/stores.js';
import { migrate } from './migrate.js';
import { command, uppsikt } from './uppsikt.given.js';

let database: PreparedDatabase;
beforeAll(async () => {
  database = await preparedDatabase();
});
afterAll(() => database.drop());

const steps = () =>
  withClient(database.owner, 'spec', async (client) => {
    const { rows } = await client.query<{ schema: string; steps: bigint }>('select schema, count(*) as steps from migration.steps group by 1 order by 1');
    return Object.fromEntries(rows.map((row) => [row.schema, Number(row.steps)]));
  });

test('of several that migrate at once each finds all schemas forward, the queue among them; again changes nothing', async () => {
  const run = () => command(migrate, ['migrate'], { MIGRATE_DATABASE_URL: database.owner });
  await Promise.all([run(), run(), run()]);
  const expected = Object.fromEntries(migrations.map(({ schema, steps: all }) => [schema, all.length]));
  expect(await steps()).toEqual(expected);
  await run();
  expect(await steps()).toEqual(expected);
  const may = await withClient(database.worker, 'spec', (client) =>
    client.query(
      `select has_table_privilege(tablename, 'insert') as may from (select format('%I.%I', schemaname, tablename) as tablename from pg_tables where schemaname = 'bullmq') t`,
    ),
  );
  expect(may.rows.length).toBeGreaterThan(0);
  expect(may.rows.every((row: { may: boolean }) => row.may)).toBe(true);
});

test('an address that is missing, or leads nowhere, is one line that tells no secret', async () => {
  expect(await uppsikt(['migrate'], { MIGRATE_DATABASE_URL: '' })).toEqual({
    code: 1,
    said: "MIGRATE_DATABASE_URL is not set; it must be an address, the owner's: postgres://uppsikt_owner:password@host:5432/uppsikt\n",
  });
  expect(await uppsikt(['migrate'], { MIGRATE_DATABASE_URL: 'postgres://uppsikt_owner:hidden@127.0.0.1:1/uppsikt' })).toEqual({
    code: 1,
    said: 'MIGRATE_DATABASE_URL cannot be used: nobody listens there (ECONNREFUSED) (uppsikt_owner at 127.0.0.1:1, database uppsikt).\n',
  });
  const nowhere = new URL(database.owner);
  nowhere.pathname = '/nowhere';
  const { code, said } = await uppsikt(['migrate'], { MIGRATE_DATABASE_URL: nowhere.href });
  expect(code).toBe(1);
  expect(said).toMatch(
    /^MIGRATE_DATABASE_URL cannot be used: the server holds no database of that name \(uppsikt_owner at 127\.0\.0\.1:\d+, database nowhere\)\.\n$/,
  );
});
