import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Pool } from 'pg';
import { openPool } from '#libs/database';
import { logMigrations, postgresLog, type EventLog, type SealedPart, type WrappedKey } from '#libs/event-log';
import { randomId } from '#libs/kernel';
import { preparedDatabase, someEntry, someStream, type PreparedDatabase } from '#libs/testing';
import { PostgresVault, vaultMigrations } from './index.js';

const tenant = 'stockholm';
let database: PreparedDatabase;
let pool: Pool;
let log: EventLog;
let vault: PostgresVault;

beforeAll(async () => {
  database = await preparedDatabase([vaultMigrations, logMigrations]);
  pool = openPool(database.api, { max: 2, name: 'spec' });
  log = await postgresLog({ url: database.api });
  vault = new PostgresVault(pool);
});
afterAll(async () => {
  await log.close();
  await pool.end();
  await database.drop();
});

const someKey = (subject: string): WrappedKey => ({ subject, kid: randomId(), alg: 'A256GCM', wrapped: randomBytes(60) });
const somePart = (eventId: string, subject: string, part: string): SealedPart => {
  const bytes = randomBytes(300);
  return { eventId, subject, part, sha256: createHash('sha256').update(bytes).digest('hex'), bytes };
};
/** One entry with two sealed parts; for a new subject also its key. */
const appended = async (subject: string, key?: WrappedKey) => {
  const entry = someEntry(tenant, someStream(), 0);
  const parts = [somePart(entry.id, subject, 'note'), somePart(entry.id, subject, 'name')];
  await log.append(tenant, entry.stream, -1, [entry], { keys: key ? [key] : [], parts });
  return { entry, parts };
};
const byPart = (parts: readonly SealedPart[]) => parts.toSorted((a, b) => (a.part < b.part ? -1 : 1));

test('keys and parts are there with the entries that name them, byte for byte', async () => {
  const subject = randomId();
  const key = someKey(subject);
  const { entry, parts } = await appended(subject, key);
  expect(await vault.keys(tenant, [subject, randomId()])).toEqual([key]);
  expect(byPart(await vault.parts(tenant, [entry.id, randomId()]))).toEqual(byPart(parts));
});

test('what several ask for at once is not mixed up', async () => {
  const subjects = Array.from({ length: 6 }, () => randomId());
  const stored = await Promise.all(subjects.map(async (subject) => ({ key: someKey(subject), ...(await appended(subject)) })));
  await Promise.all(stored.map(({ key }) => appended(key.subject, key)));
  const keys = await Promise.all(subjects.map((subject, n) => vault.keys(n === 5 ? 'malmo' : tenant, [subject])));
  expect(keys).toEqual(stored.map(({ key }, n) => (n === 5 ? [] : [key])));
  const parts = await Promise.all(stored.map(({ entry }) => vault.parts(tenant, [entry.id])));
  expect(parts.map(byPart)).toEqual(stored.map((one) => byPart(one.parts)));
});

test('what a log elsewhere has had put here is the same, and the same again changes nothing', async () => {
  const subject = randomId();
  const [key, eventId] = [someKey(subject), randomId()];
  const parts = [somePart(eventId, subject, 'note'), somePart(eventId, subject, 'name')];
  for (let times = 0; times < 2; times++) await vault.put(tenant, { keys: [key], parts });
  await vault.put(tenant, { keys: [someKey(subject)], parts: [] });
  expect(await vault.keys(tenant, [subject])).toEqual([key]);
  expect(byPart(await vault.parts(tenant, [eventId]))).toEqual(byPart(parts));
});

test('another tenant finds neither keys nor parts', async () => {
  const subject = randomId();
  const { entry } = await appended(subject, someKey(subject));
  expect(await vault.keys('malmo', [subject])).toEqual([]);
  expect(await vault.parts('malmo', [entry.id])).toEqual([]);
  await vault.destroy('malmo', subject);
  expect(await vault.keys(tenant, [subject])).toHaveLength(1);
});

test('the key that a subject was given first is the one it keeps', async () => {
  const subject = randomId();
  const first = someKey(subject);
  await appended(subject, first);
  await appended(subject, someKey(subject));
  expect(await vault.keys(tenant, [subject])).toEqual([first]);
});

test('the same append twice keeps each part once', async () => {
  const entry = someEntry(tenant, someStream(), 0);
  const sealed = { keys: [], parts: [somePart(entry.id, randomId(), 'note')] };
  await log.append(tenant, entry.stream, -1, [entry], sealed);
  await log.append(tenant, entry.stream, -1, [entry], sealed);
  expect(await vault.parts(tenant, [entry.id])).toEqual(sealed.parts);
});

test('a destroyed key is gone with all its parts, and others keep theirs', async () => {
  const [erased, kept] = [randomId(), randomId()];
  const gone = await appended(erased, someKey(erased));
  const stays = await appended(kept, someKey(kept));
  await vault.destroy(tenant, erased);
  await vault.destroy(tenant, erased);
  expect(await vault.keys(tenant, [erased, kept])).toHaveLength(1);
  expect(byPart(await vault.parts(tenant, [gone.entry.id, stays.entry.id]))).toEqual(byPart(stays.parts));
});

test('after an erasure a subject gets no new key, and no new part is kept', async () => {
  const subject = randomId();
  await appended(subject, someKey(subject));
  await vault.destroy(tenant, subject);
  const late = await appended(subject, someKey(subject));
  expect(await vault.keys(tenant, [subject])).toEqual([]);
  expect(await vault.parts(tenant, [late.entry.id])).toEqual([]);
  expect(await log.readStream(tenant, late.entry.stream)).toHaveLength(1);
});

test('the key file that was used first is known, another is not', async () => {
  expect(await vault.knows('a')).toBe(true);
  expect(await vault.knows('a')).toBe(true);
  expect(await vault.knows('b')).toBe(false);
});
