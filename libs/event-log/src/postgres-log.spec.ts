import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { withClient } from '#libs/database';
import type { Entry, Instant } from '#libs/kernel';
import { preparedDatabase, someEntries, someEntry, someStream, type PreparedDatabase } from '#libs/testing';
import { vaultMigrations } from '#libs/vault';
import { logMigrations, LogRefused, LogUnavailable, postgresLog, START, type EventLog, type Position } from './index.js';

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

const append = (stream: string, ...entries: readonly Entry[]) => log.append(tenant, stream, (entries[0]?.rev ?? 0) - 1, entries);
const as = (url: string, sql: string) => withClient(url, 'spec', (client) => client.query(sql));

describe('positions', () => {
  test('begin at one and have no gaps, whoever writes and whatever conflicts', async () => {
    expect(await log.head()).toBe(START);
    const others = [log, await postgresLog({ url: database.worker }), await postgresLog({ url: database.api })];
    const streams = Array.from({ length: 12 }, () => someStream());
    await Promise.all(
      streams.map(async (stream, n) => {
        for (let rev = 0; rev < 8; rev++) {
          await others[n % 3]?.append(tenant, stream, rev - 1, [someEntry(tenant, stream, rev)]);
          await others[(n + 1) % 3]?.append(tenant, stream, rev - 1, [someEntry(tenant, stream, rev)]); // loses
        }
      }),
    );
    const { entries } = await log.readAll({ after: START });
    expect(entries.map(({ position }) => position)).toEqual(Array.from({ length: 96 }, (_, index) => BigInt(index + 1)));
    await Promise.all(others.slice(1).map((other) => other.close()));
  });

  test('beyond the end are of another log, and refused', async () => {
    const beyond = ((await log.head()) + 1n) as Position;
    await expect(log.readAll({ after: beyond })).rejects.toThrow(LogRefused);
    const following = log.subscribe({ after: beyond, signal: new AbortController().signal })[Symbol.asyncIterator]();
    await expect(following.next()).rejects.toThrow('beyond the end of the log');
  });
});

describe('in one batch', () => {
  test('an entry that stands elsewhere already conflicts, and harms no neighbour', async () => {
    const known = someEntry(tenant, someStream(), 0);
    await append(known.stream, known);
    const longer = someStream();
    await append(longer, someEntry(tenant, longer, 0));
    const neighbours = Array.from({ length: 9 }, () => someStream());
    const outcomes = await Promise.all([
      ...neighbours.slice(0, 4).map((stream) => append(stream, someEntry(tenant, stream, 0))),
      append(longer, { ...known, stream: longer, rev: 1 }),
      ...neighbours.slice(4).map((stream) => append(stream, someEntry(tenant, stream, 0))),
    ]);
    expect(outcomes[4]).toEqual({ outcome: 'conflict', actual: 0 });
    expect(outcomes.filter(({ outcome }) => outcome === 'appended')).toHaveLength(9);
    const empty = someStream();
    expect(await append(empty, { ...known, stream: empty, rev: 0 })).toEqual({ outcome: 'conflict', actual: -1 });
  });

  test('the same entry under way to two places is stored in one', async () => {
    const [here, there] = [someStream(), someStream()];
    const entry = someEntry(tenant, here, 0);
    const outcomes = await Promise.all([append(here, entry), append(there, { ...entry, stream: there })]);
    expect(outcomes).toMatchObject([
      { outcome: 'appended', revision: 0 },
      { outcome: 'conflict', actual: -1 },
    ]);
  });

  test('what cannot be written fails alone', async () => {
    const streams = Array.from({ length: 7 }, () => someStream());
    const key = { subject: 'no uuid', kid: 'none', alg: 'A256GCM', wrapped: Buffer.alloc(60) };
    const outcomes = await Promise.allSettled(
      streams.map((stream, n) => log.append(tenant, stream, -1, [someEntry(tenant, stream, 0)], n === 3 ? { keys: [key], parts: [] } : undefined)),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(streams.map((_, n) => (n === 3 ? 'rejected' : 'fulfilled')));
    expect(await log.readStream(tenant, streams[3] ?? '')).toEqual([]);
  });

  test('on the real clock an entry from far ahead is refused, and harms no neighbour', async () => {
    const strict = await postgresLog({ url: database.worker, maxAheadMs: 5_000 });
    const instants = ['2026-03-02T08:00:00.000Z', '2199-01-01T00:00:00.000Z', '2026-03-02T08:00:00.000Z'] as Instant[];
    const outcomes = await Promise.allSettled(
      instants.map((at) => {
        const entry = someEntry(tenant, someStream(), 0, { at });
        return strict.append(tenant, entry.stream, -1, [entry]);
      }),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    const [, refused] = outcomes;
    expect(refused?.status === 'rejected' && String(refused.reason)).toMatch(/^RangeError: .* ahead of the database/);
    await strict.close();
  });

  test('on a stepped clock it is taken', async () => {
    const stream = someStream();
    expect(await append(stream, someEntry(tenant, stream, 0, { at: '2199-01-01T00:00:00.000Z' as Instant }))).toMatchObject({ outcome: 'appended' });
  });
});

describe('what is written', () => {
  test.each(["update log.events set type = 'x'", 'delete from log.events', 'truncate log.events', 'delete from log.identity'])(
    'stays, also for the owner: %s',
    async (sql) => {
      await expect(as(database.owner, sql)).rejects.toThrow('The log only grows');
      await expect(as(database.worker, sql)).rejects.toThrow('permission denied');
      await expect(as(database.api, sql)).rejects.toThrow('permission denied');
    },
  );

  test.each(['log.events', 'log.identity', 'vault.parts', 'vault.keys'])('is read and written by functions alone: %s', async (table) => {
    await expect(as(database.worker, `select from ${table}`)).rejects.toThrow('permission denied');
    await expect(as(database.api, `select from ${table}`)).rejects.toThrow('permission denied');
    await expect(as(database.worker, `insert into ${table} default values`)).rejects.toThrow('permission denied');
  });

  test('the api appends and reads a tenant at a time, and no more', async () => {
    const api = await postgresLog({ url: database.api });
    const stream = someStream();
    await api.append(tenant, stream, -1, [someEntry(tenant, stream, 0)]);
    expect(await api.readStream(tenant, stream)).toHaveLength(1);
    expect((await api.readAll({ tenant, direction: 'backwards', max: 1 })).entries).toMatchObject([{ entry: { stream } }]);
    await expect(api.readAll({})).rejects.toThrow('permission denied');
    await expect(as(database.api, 'select log.read_tenant(null, 0, false, null, null, 10)')).rejects.toThrow('A tenant must be named');
    await api.close();
  });
});

describe('long logs', () => {
  test('a long stream is read whole, both ways', async () => {
    const stream = someStream();
    for (let rev = 0; rev < 1_005; rev += 15) await append(stream, ...someEntries(tenant, stream, 15, rev));
    const revisions = (await log.readStream(tenant, stream)).map(({ entry }) => entry.rev);
    expect(revisions).toEqual(Array.from({ length: 1_005 }, (_, index) => index));
    expect((await log.readStream(tenant, stream, { direction: 'backwards' })).map(({ entry }) => entry.rev)).toEqual(revisions.toReversed());
    expect(await log.readStream(tenant, stream, { max: 1_003 })).toHaveLength(1_003);
  });

  test('a page that holds no match still says where to go on', async () => {
    const head = await log.head();
    const filler = someEntry('filler', someStream(), 0);
    await as(
      database.owner,
      `insert into log.events select ${head} + n, 'filler', 'order-' || gen_random_uuid(), 0, gen_random_uuid(), 'Filler', now(), convert_to('${JSON.stringify(filler)}', 'UTF8') from generate_series(1, 10500) n`,
    );
    const first = await log.readAll({ tenant, after: head });
    expect(first).toEqual({ entries: [], next: head + 10_000n });
    expect(await log.readAll({ tenant, after: first.next ?? START })).toEqual({ entries: [], next: undefined });
    expect(await log.readAll({ tenant, direction: 'backwards' })).toEqual({ entries: [], next: head + 501n });
    expect((await log.readAll({ after: head, max: 5_000 })).entries).toHaveLength(1_000);
  });
});

describe('a server that is away', () => {
  test('is waited for, and then said to be away', async () => {
    const nobody = database.worker.replace(/:\d+\//, ':1/');
    await expect(postgresLog({ url: nobody, patienceMs: 100 })).rejects.toThrow(LogUnavailable);
  });

  test('and does not answer at all leaves the outcome unknown; the same append again finds out', async () => {
    const impatient = await postgresLog({ url: database.worker, patienceMs: 50, timeoutMs: 50 });
    const entry = someEntry(tenant, someStream(), 0);
    const behind = someEntry(tenant, entry.stream, 1);
    await withClient(database.superuserUrl, 'spec', async (client) => {
      await client.query('begin; lock table log.identity in exclusive mode');
      const unknown = [entry, behind].map((one) => impatient.append(tenant, one.stream, one.rev - 1, [one]));
      const outcomes = await Promise.allSettled(unknown);
      for (const outcome of outcomes) expect(outcome).toMatchObject({ status: 'rejected', reason: { name: 'LogUnavailable' } });
    });
    expect(await append(entry.stream, entry)).toMatchObject({ outcome: 'appended', revision: 0 });
    expect(await log.readStream(tenant, entry.stream)).toHaveLength(1);
    await impatient.close();
  });

  test('in the middle of many appends costs none that was answered, and doubles none', async () => {
    const streams = Array.from({ length: 24 }, () => someStream());
    const under = streams.map(async (stream) => {
      for (let rev = 0; rev < 20; rev++) {
        const entry = someEntry(tenant, stream, rev);
        const outcome = await append(stream, entry);
        expect(outcome).toMatchObject({ outcome: 'appended', revision: rev });
      }
    });
    for (let n = 0; n < 5; n++) {
      await log.readStream(tenant, someStream());
      await database.disconnectAll();
    }
    await Promise.all(under);
    for (const stream of streams)
      expect((await log.readStream(tenant, stream)).map(({ entry }) => entry.rev)).toEqual(Array.from({ length: 20 }, (_, rev) => rev));
  });
});
