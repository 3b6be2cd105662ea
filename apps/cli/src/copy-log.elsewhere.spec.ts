import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { withClient } from '#libs/database';
import { movingEventStoreLog, postgresLog } from '#libs/event-log';
import { eventStoreServer, preparedDatabase, someEntries, someStream, type EventStoreServer, type PreparedDatabase } from '#libs/testing';
import { migrations } from '../../api/src/stores.js';
import { running, type Ended } from './uppsikt.given.js';

let database: PreparedDatabase;
let server: EventStoreServer;
beforeAll(async () => {
  [database, server] = await Promise.all([preparedDatabase(migrations), eventStoreServer()]);
  const log = await postgresLog({ url: database.worker });
  for (let n = 0; n < 5; n++) {
    const stream = someStream();
    await log.append('stockholm', stream, -1, someEntries('stockholm', stream, 3));
  }
  await log.close();
});
afterAll(() => Promise.all([database.drop(), server.close()]));

let env: Record<string, string>;
beforeEach(() => {
  env = { EVENTSTORE_URL: server.url, MIGRATE_DATABASE_URL: database.owner, DATABASE_URL: database.worker };
});
const away = ['copy-log', '--from', 'postgres', '--to', 'eventstoredb'];
const copyLog = (argv: readonly string[] = away): Promise<Ended> => running(argv, env).ended;

test('a log in a database elsewhere is copied ahead, moved, and back', async () => {
  const ahead = await copyLog([...away, '--ahead']);
  expect([ahead.code, ahead.told]).toEqual([0, expect.stringContaining('The log in postgres stays in use.')]);
  expect(ahead.told).toMatch(/^15 entries of 5 streams are the same in postgres .*\n {2}stockholm: 15\nSHA-256 over their texts, a line feed after each: /);
  const moved = await copyLog();
  expect([moved.code, moved.told]).toEqual([0, expect.stringContaining('Start every process with EVENT_LOG=eventstoredb')]);
  const back = await copyLog(['copy-log', '--from', 'eventstoredb', '--to', 'postgres', '--json']);
  expect([back.code, JSON.parse(back.told)]).toEqual([0, expect.objectContaining({ outcome: 'moved', entries: 15, put: 0, answers: 0 })]);
}, 300_000);

test('each role is asked for by its own address', async () => {
  env.MIGRATE_DATABASE_URL = database.worker;
  expect(await copyLog()).toMatchObject({
    code: 1,
    complained: 'MIGRATE_DATABASE_URL must be the address for the role uppsikt_owner; it is that of uppsikt_worker.\n',
  });
  Object.assign(env, { MIGRATE_DATABASE_URL: database.owner, DATABASE_URL: database.api });
  expect(await copyLog()).toMatchObject({ code: 1, complained: 'DATABASE_URL must be the address for the role uppsikt_worker; it is that of uppsikt_api.\n' });
}, 60_000);

test('two at once are one too many', async () => {
  await withClient(database.owner, 'spec', async (client) => {
    await client.query('select pg_advisory_lock(8113)');
    expect(await copyLog()).toMatchObject({ code: 1, complained: 'Another uppsikt copy-log is at work on this database. Wait for it, or stop it.\n' });
  });
}, 60_000);

test('a move that was broken off is given up, and the log is in use again', async () => {
  const target = await movingEventStoreLog({ url: server.url, lookMs: 10 });
  const source = await postgresLog({ url: database.worker });
  await target.become({ state: 'filling', other: source.id });
  await withClient(database.owner, 'spec', (client) => client.query('select log.become($1, $2)', ['moved', target.id]));
  const undone = await copyLog([...away, '--undo']);
  expect([undone.code, undone.told]).toEqual([0, expect.stringContaining('The log in postgres is in use again.')]);
  await source.assertInUse();
  await Promise.all([source.close(), target.close()]);
}, 60_000);
