import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Instant } from '#libs/kernel';
import { preparedDatabase, someEntries, someEntry, someStream, spansOf, type PreparedDatabase } from '#libs/testing';
import { instruments } from '#libs/telemetry';
import { vaultMigrations } from '#libs/vault';
import { logMigrations, postgresLog, type EventLog } from './index.js';

const tenant = 'stockholm';
let database: PreparedDatabase;
let log: EventLog;
beforeAll(async () => {
  database = await preparedDatabase([vaultMigrations, logMigrations]);
  log = await postgresLog({ url: database.worker });
});
afterAll(async () => {
  await log.close();
  await database.drop();
});

/** A number of this process; 0 where there is none yet. */
const numberOf = async (name: string, labels = ''): Promise<number> => {
  const lines = (await instruments.getSingleMetricAsString(name.replace(/_(?:sum|count)$/, ''))).split('\n');
  return Number(lines.find((line) => line.startsWith(`${name}${labels} `))?.split(' ')[1] ?? 0);
};

test('appends that share a commit are one batch, and each is timed by what came of it', async () => {
  const stream = someStream();
  await Promise.all(Array.from({ length: 8 }, someStream).map((one) => log.append(tenant, one, -1, [someEntry(tenant, one, 0)])));
  expect([await numberOf('uppsikt_append_batch_size_count'), await numberOf('uppsikt_append_batch_size_sum')]).toEqual([1, 8]);
  await log.append(tenant, stream, -1, [someEntry(tenant, stream, 0)]);
  await log.append(tenant, stream, -1, [someEntry(tenant, stream, 0)]);
  expect(await numberOf('uppsikt_append_seconds_count', '{outcome="appended"}')).toBe(9);
  expect(await numberOf('uppsikt_append_seconds_count', '{outcome="conflict"}')).toBe(1);
});

test('an append that is refused, or whose outcome is not known, counts as failed', async () => {
  const stream = someStream();
  const entry = someEntry(tenant, stream, 0, { at: '2999-01-01T00:00:00.000Z' as Instant });
  const strict = await postgresLog({ url: database.worker, maxAheadMs: 5_000 });
  await expect(strict.append(tenant, stream, -1, [entry])).rejects.toThrow(RangeError);
  await strict.close();
  expect(await numberOf('uppsikt_append_seconds_count', '{outcome="failed"}')).toBe(1);
});

test('an append is a span of the chain of its entries, and says where they lie', async () => {
  const stream = someStream();
  const entries = someEntries(tenant, stream, 3);
  const spans = await spansOf(() => log.append(tenant, stream, -1, entries));
  const position = String(await log.head());
  expect(spans.map(({ name, corr, attributes }) => [name, corr, attributes])).toEqual([
    ['append', entries[0]?.corr, { 'uppsikt.stream': stream, 'uppsikt.entries': 3, 'uppsikt.outcome': 'appended', 'uppsikt.position': position }],
  ]);
});
