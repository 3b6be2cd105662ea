import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Pool } from 'pg';
import { openPool } from '#libs/database';
import { logMigrations, movingEventStoreLog, movingPostgresLog, START, type EventLog, type MovingLog, type Stored } from '#libs/event-log';
import { EventRegistry, eventType, instant, randomId, type Entry } from '#libs/kernel';
import { eventStoreServer, preparedDatabase, someEntry, someStream, type EventStoreServer, type PreparedDatabase } from '#libs/testing';
import { vaultMigrations } from '#libs/vault';
import { Leases, prepareViews, Views } from '#libs/views';
import { carryReactions } from './carry-reactions.js';
import { ReactionCheckpoints } from './checkpoints.js';
import { reaction } from './reaction.js';
import { Reactions } from './reactions.js';
import { prepareReactions } from './schema.js';

let database: PreparedDatabase;
let server: EventStoreServer;
let pool: Pool;
let home: MovingLog;
let away: MovingLog;
let entries: readonly Entry[];
beforeAll(async () => {
  [database, server] = await Promise.all([preparedDatabase([vaultMigrations, logMigrations]), eventStoreServer()]);
  pool = openPool(database.worker, { max: 2, name: 'spec' });
  [home, away] = [await movingPostgresLog({ url: database.owner }), await movingEventStoreLog({ url: server.url, lookMs: 10 })];
  entries = Array.from({ length: 5 }, () => someEntry('stockholm', someStream(), 0));
  for (const log of [home, away]) for (const entry of entries) await log.append(entry.tenant, entry.stream, -1, [entry]);
  await prepareViews(pool);
  await prepareReactions(pool);
});
afterAll(async () => {
  await Promise.all([home.close(), away.close(), pool.end()]);
  await Promise.all([database.drop(), server.close()]);
});

const nth = async (log: EventLog, n: number): Promise<Stored> => {
  const found = (await log.readAll({ after: START })).entries[n];
  if (!found) throw new RangeError('There is no such entry.');
  return found;
};
const placeAt = async (log: EventLog, n: number) => {
  const { position, entry } = await nth(log, n);
  const { id, tenant, stream, rev } = entry;
  return { position, footing: { id, tenant, stream, rev }, clocks: {} };
};
/** A reaction of its own for one test, which has reacted to so many entries. */
const standing = async (log: EventLog, count: number): Promise<string> => {
  const name = `reaction-${randomId()}`;
  const checkpoints = new ReactionCheckpoints(pool, log);
  await checkpoints.begin(name, 'start');
  await checkpoints.takeOver(name, 1n);
  if (count > 0) checkpoints.moved(name, 1n, await placeAt(log, count - 1));
  await checkpoints.leaves(name);
  return name;
};

test('a reaction goes on after the same entry, at its position in the other log, and back', async () => {
  const [some, none] = [await standing(home, 3), await standing(home, 0)];
  const there = await carryReactions(pool, home.id, away);
  expect(there.carried).toEqual(expect.arrayContaining([some, none]));
  const abroad = new ReactionCheckpoints(pool, away);
  expect(await abroad.takeOver(some, 2n)).toMatchObject({ position: (await nth(away, 2)).position, footing: { id: entries[2]?.id } });
  expect(await abroad.takeOver(none, 2n)).toMatchObject({ position: START, footing: undefined });
  expect((await carryReactions(pool, home.id, away)).carried).toEqual([]);
  await carryReactions(pool, away.id, home);
  expect(await new ReactionCheckpoints(pool, home).takeOver(some, 3n)).toMatchObject({ position: (await nth(home, 2)).position });
});

test('a process that still follows the former log moves nothing any more, and nothing of it counts', async () => {
  const name = await standing(away, 2);
  await carryReactions(pool, away.id, home);
  const former = new ReactionCheckpoints(pool, away);
  former.moved(name, 1n, await placeAt(away, 4));
  await former.leaves(name);
  const later = new ReactionCheckpoints(pool, home);
  expect(await later.have([name], (await nth(home, 1)).position)).toBe(true);
  expect(await later.have([name], (await nth(home, 2)).position)).toBe(false);
  expect(await new ReactionCheckpoints(pool, away).have([name], (await nth(away, 0)).position)).toBe(false);
});

test('a reaction that stands in a third log stays where it is, and is named', async () => {
  const name = await standing(home, 1);
  await pool.query('update views.reactions set log = $2 where name = $1', [name, randomId()]);
  expect((await carryReactions(pool, home.id, away)).left).toEqual([name]);
  await pool.query('delete from views.reactions where name = $1', [name]);
});

test('a reaction whose entry the other log does not hold is not carried', async () => {
  const name = await standing(home, 1);
  await pool.query('update views.reactions set footing = footing || $2 where name = $1', [name, JSON.stringify({ id: randomId() })]);
  await expect(carryReactions(pool, home.id, away)).rejects.toThrow(`The reaction ${name} stands on`);
  await pool.query('delete from views.reactions where name = $1', [name]);
});

test('what a reaction had not come to when the log was moved it reacts to in the other, and to nothing before', async () => {
  const name = await standing(home, 3);
  await carryReactions(pool, home.id, away);
  const Received = eventType('GenomförandeplanReceived', { name: { sv: 'Mottagen', en: 'Received' }, schema: 1, data: {} });
  const causes: unknown[] = [];
  const reactions = new Reactions([reaction({ name, on: [Received], targets: () => ['order'], react: () => ({}) })], {
    pool,
    log: away,
    registry: new EventRegistry([Received]),
    views: new Views({ pool, log: away, views: [] }),
    leases: new Leases(pool),
    clock: { real: false, now: () => instant('2026-03-02T09:00:00Z') },
    send: (_, { caus }) => Promise.resolve(causes.push(caus)),
  });
  await reactions.start();
  try {
    await reactions.settled(await away.head(), AbortSignal.timeout(50_000));
  } finally {
    await reactions.stop();
  }
  expect(causes).toEqual(entries.slice(3).map(({ id }) => id));
});
