import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Pool } from 'pg';
import { openPool, withClient } from '#libs/database';
import { eventStoreLog, logMigrations, LogUnavailable, postgresLog, type EventLog, type Sealed, type SealedPart } from '#libs/event-log';
import { EventRegistry, randomId, type Entry } from '#libs/kernel';
import { eventStoreServer, preparedDatabase, someEntry, someStream, someTenant, type EventStoreServer, type PreparedDatabase } from '#libs/testing';
import { Recorded, trailView } from '#libs/trail';
import { AgedParts, namedParts, PostgresVault, vaultMigrations } from '#libs/vault';
import { ViewRunner } from '#libs/views';
import { VaultSweep } from './vault-sweep.js';

const registry = new EventRegistry([]);
const trail = trailView(registry);

let database: PreparedDatabase;
let pool: Pool;
let vault: PostgresVault;
let log: EventLog;
let runner: ViewRunner;
let tenant: string;

beforeAll(async () => {
  database = await preparedDatabase([vaultMigrations, logMigrations]);
  pool = openPool(database.worker, { max: 6, name: 'spec' });
  vault = new PostgresVault(pool);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});
beforeEach(async () => {
  tenant = someTenant();
  await superuser('truncate vault.parts, vault.keys, vault.sweep, vault.sweep_of_log');
});

const superuser = (sql: string, values: readonly unknown[] = []) => withClient(database.superuserUrl, 'spec', (client) => client.query(sql, [...values]));
/** Everything that is in the vault now was put so long ago. */
const age = (hours: number) => superuser(`update vault.parts set at = now() - $1 * interval '1 hour'`, [hours]);
const asLong = () => AbortSignal.timeout(20_000);

const said: string[] = [];
const sweep = (changes: { readonly most?: number } = {}) =>
  new VaultSweep({ log, vault: new AgedParts(pool), recorded: new Recorded(pool, log.id, trail), say: (line) => said.push(line), ...changes });

const follow = async () => {
  runner = new ViewRunner({ pool, log, registry, views: [trail] });
  await runner.start();
};

interface Opening {
  readonly entry: Entry;
  readonly sealed: Sealed;
  readonly subject: string;
}
/** One entry in a new stream with a part under a new key. */
const opening = (stream = someStream(), subject = randomId()): Opening => {
  const bare = someEntry(tenant, stream, 0);
  const bytes = randomBytes(300);
  const part: SealedPart = { eventId: bare.id, subject, part: 'name', sha256: createHash('sha256').update(bytes).digest('hex'), bytes };
  const key = { subject, kid: randomId(), alg: 'A256GCM', wrapped: randomBytes(60) };
  const personal = [{ part: 'name', subject, kid: key.kid, alg: 'A256GCM' as const, len: bytes.length, sha256: part.sha256 }];
  return { entry: { ...bare, personal }, sealed: { keys: [key], parts: [part] }, subject };
};
const append = ({ entry, sealed }: Opening) => log.append(tenant, entry.stream, -1, [entry], sealed);
const recorded = async () => {
  const one = opening();
  expect(await append(one)).toMatchObject({ outcome: 'appended' });
  return one;
};
/** What was put and never recorded, as after an append that came to nothing. */
const leftOver = async (subject?: string) => {
  const one = opening(someStream(), subject);
  await vault.put(tenant, one.sealed);
  return one;
};
const isThere = async ({ entry, subject }: Opening) => ({
  parts: (await vault.parts(tenant, [entry.id])).length,
  keys: (await vault.keys(tenant, [subject])).length,
});
const partsOf = async ({ entry }: Opening) => (await vault.parts(tenant, [entry.id])).length;
/** The same command, which opens a case, carried out twice: under the same id, each time for another random subject. */
const triedTwice = (): readonly [Opening, Opening] => {
  const [one, other] = [opening(), opening()];
  const { id, stream } = one.entry;
  const named = { ...other.entry, id, stream };
  return [one, { ...other, entry: named, sealed: { ...other.sealed, parts: other.sealed.parts.map((part) => ({ ...part, eventId: id })) } }];
};
/** The end of the log was noted so long ago. */
const ageLook = (hours: number) => superuser(`update vault.sweep_of_log set noted_at = now() - $1 * interval '1 hour'`, [hours]);
const whole = { parts: 1, keys: 1 };
const gone = { parts: 0, keys: 0 };

describe('with the log in PostgreSQL', () => {
  beforeAll(async () => {
    log = await postgresLog({ url: database.worker });
    await follow();
  });
  afterAll(async () => {
    await runner.stop();
    await log.close();
  });

  test('what an append left that found somebody else’s entry is removed with its key once it is a day old; what was recorded stays', async () => {
    const first = await recorded();
    const second = opening(first.entry.stream);
    expect(await append(second)).toMatchObject({ outcome: 'conflict' });
    expect(namedParts(first.entry)).toHaveLength(1);
    await age(25);
    expect(await sweep().once(asLong())).toEqual({ parts: 1, keys: 1 });
    expect(await isThere(second)).toEqual(gone);
    expect(await isThere(first)).toEqual(whole);
    expect(said.at(-1)).toBe('Removed from the vault what no entry names: sealed parts 1, keys 1.');
    expect(said.join()).not.toContain(second.subject);
  });

  test('what is younger than a day stays', async () => {
    const young = await leftOver();
    await age(23);
    expect(await sweep().once(asLong())).toEqual(gone);
    expect(await isThere(young)).toEqual(whole);
    await age(25);
    expect(await sweep().once(asLong())).toEqual({ parts: 1, keys: 1 });
  });

  test('the database itself keeps what is younger than a day, whatever it is asked to remove', async () => {
    const young = await leftOver();
    const { rows } = await pool.query<{ tomorrow: string }>(`select now() + interval '1 day' as tomorrow`);
    expect(await new AgedParts(pool).remove(rows[0]!.tomorrow, [{ tenant, id: young.entry.id }])).toEqual(gone);
  });

  test('what is put again stays for another day, also between the look and the removal', async () => {
    const again = await leftOver();
    await age(25);
    const aged = new AgedParts(pool);
    const { before } = await aged.begin();
    expect(await aged.old(before, [{ tenant, id: again.entry.id }])).toHaveLength(1);
    await vault.put(tenant, again.sealed);
    expect(await aged.remove(before, [{ tenant, id: again.entry.id }])).toEqual(gone);
    expect(await sweep().once(asLong())).toEqual(gone);
    expect(await isThere(again)).toEqual(whole);
  });

  test('what is being put again when it would be removed stays, with its key, which is put first', async () => {
    const [other, again] = [await leftOver(), await leftOver()].toSorted((a, b) => (a.entry.id < b.entry.id ? -1 : 1)) as [Opening, Opening];
    await age(25);
    await withClient(database.superuserUrl, 'spec', async (client) => {
      await client.query('begin');
      await client.query('select from vault.parts where event_id = $1 for update', [other.entry.id]); // what is put stops here, its keys behind it
      const putting = vault.put(tenant, { keys: again.sealed.keys, parts: [...other.sealed.parts, ...again.sealed.parts] });
      await blocked(1);
      const removing = new AgedParts(pool).remove('now', [{ tenant, id: again.entry.id }]);
      await blocked(2);
      await client.query('commit');
      await putting;
      expect(await removing).toEqual(gone);
    });
    expect(await isThere(again)).toEqual(whole);
  });

  test('an earlier try of a command that was recorded is removed with its key, a day after the log was looked at; what the entry names stays', async () => {
    const [first, second] = triedTwice();
    await vault.put(tenant, first.sealed); // and its process was killed
    expect(await append(second)).toMatchObject({ outcome: 'appended' });
    await age(30);
    expect(await sweep().once(asLong())).toEqual(gone);
    expect(await partsOf(first)).toBe(2);
    await ageLook(24);
    expect(await sweep().once(asLong())).toEqual(gone);
    await ageLook(26);
    expect(await sweep().once(asLong())).toEqual({ parts: 1, keys: 1 });
    expect(await vault.keys(tenant, [first.subject, second.subject])).toEqual(second.sealed.keys);
    expect(await vault.parts(tenant, [second.entry.id])).toEqual(second.sealed.parts);
  });

  test('what is tried again is found though it came later, and an erasure in between leaves none of it', async () => {
    const [first, second] = triedTwice();
    expect(await append(first)).toMatchObject({ outcome: 'appended' });
    expect(await append(second)).toMatchObject({ outcome: 'appended' }); // the same ids at the same place: the first outcome
    await sweep().once(asLong());
    await vault.destroy(tenant, first.subject);
    await age(25);
    await ageLook(26);
    expect(await sweep().once(asLong())).toEqual({ parts: 1, keys: 1 });
    expect(await partsOf(first)).toBe(0);
  });

  test('the log is read a piece at a time, and from the beginning where it was set back', async () => {
    const aged = new AgedParts(pool);
    await Promise.all(Array.from({ length: 1_001 }, () => recorded()));
    await sweep().once(asLong());
    expect(await aged.logRead(log.id)).toEqual({ position: 0n });
    await ageLook(26);
    await sweep({ most: 1_000 }).once(asLong());
    const read = await aged.logRead(log.id);
    expect(read!.position > 0n && read!.position < read!.upTo!).toBe(true);
    for (let at = read; at?.upTo !== undefined; at = await aged.logRead(log.id)) await sweep({ most: 1_000 }).once(asLong());
    expect(await aged.logRead(log.id)).toEqual({ position: await log.head() });
    await superuser('update vault.sweep_of_log set position = position + 1, head = head + 1');
    await ageLook(26);
    await sweep().once(asLong());
    expect(await aged.logRead(log.id)).toEqual({ position: 0n });
  });

  test('a part that is left of a case goes, and the case keeps its key and its other parts', async () => {
    const living = await recorded();
    const other = await leftOver(living.subject);
    await age(25);
    expect(await sweep().once(asLong())).toEqual({ parts: 1, keys: 0 });
    expect(await isThere(other)).toEqual({ parts: 0, keys: 1 });
    expect(await isThere(living)).toEqual(whole);
  });

  test('the row of a destroyed key stays, so that the subject gets no other', async () => {
    const one = await leftOver();
    await superuser('update vault.keys set wrapped = null where subject = $1', [one.subject]); // and its part is left, as by a broken hand
    await age(25);
    expect(await sweep().once(asLong())).toEqual({ parts: 1, keys: 0 });
    expect((await superuser('select wrapped from vault.keys where subject = $1', [one.subject])).rows).toEqual([{ wrapped: null }]);
  });

  test('where more than a hundred, and more than a tenth of all, were never recorded nothing is removed, and the operator is told', async () => {
    const some = [...(await Promise.all(Array.from({ length: 101 }, () => leftOver()))), await recorded()];
    await age(25);
    expect(await sweep().once(asLong())).toEqual(gone);
    expect(said.at(-1)).toMatch(/^Of 102 events that the vault holds parts of, 101 were not recorded in a day.* seems to belong to another log/);
    expect(await isThere(some[0]!)).toEqual(whole);
    await superuser('delete from vault.parts where event_id = $1', [some[0]!.entry.id]);
    expect(await sweep().once(asLong())).toMatchObject({ parts: 100 });
  });

  test('it goes on where it stopped, and begins anew at the end', async () => {
    const before = said.length;
    await Promise.all(Array.from({ length: 1_100 }, () => leftOver()));
    const [first] = await Promise.all(Array.from({ length: 5 }, () => recorded()));
    await age(1);
    expect(await new AgedParts(pool).begin()).not.toHaveProperty('after');
    await sweep({ most: 1_000 }).once(asLong());
    expect(await new AgedParts(pool).begin()).toMatchObject({ after: { tenant } });
    await sweep({ most: 1_000 }).once(asLong());
    expect(await new AgedParts(pool).begin()).not.toHaveProperty('after');
    expect(await isThere(first!)).toEqual(whole);
    expect(said).toHaveLength(before);
  });

  test.each(['ready = false', `halted = 'a newer release'`, 'quarantined = 1', 'position = 0', `fingerprint = 'another'`, 'log = gen_random_uuid()'])(
    'nothing is removed while of the trail it holds that %s',
    async (state) => {
      await recorded();
      const one = await leftOver();
      await age(25);
      await runner.stop();
      await superuser('create table public.kept as select * from views.checkpoints');
      try {
        await superuser(`update views.checkpoints set ${state}`);
        await expect(sweep().once(AbortSignal.timeout(300))).rejects.toThrow(/abort/i);
        const known = new Recorded(pool, log.id, trail);
        await expect(known.without(await log.head(), [{ tenant, id: one.entry.id }])).rejects.toThrow('The trail is being built anew');
        expect(await isThere(one)).toEqual(whole);
      } finally {
        await superuser('delete from views.checkpoints; insert into views.checkpoints select * from public.kept; drop table public.kept');
        await follow();
      }
      expect(await sweep().once(asLong())).toEqual({ parts: 1, keys: 1 });
    },
  );

  test('nothing is removed once the log has been moved: what was recorded since is in another', async () => {
    const one = await leftOver();
    await age(25);
    const moved = { id: log.id, head: () => log.head(), readAll: () => Promise.reject(new Error()), assertInUse: () => Promise.reject(new Error('moved')) };
    const parts = { vault: new AgedParts(pool), recorded: new Recorded(pool, log.id, trail), say: () => {} };
    await expect(new VaultSweep({ ...parts, log: moved }).once(asLong())).rejects.toThrow('moved');
    expect(await isThere(one)).toEqual(whole);
  });
});

describe('with the log in EventStoreDB', () => {
  let server: EventStoreServer;
  beforeAll(async () => {
    server = await eventStoreServer();
    log = await eventStoreLog({
      url: server.url,
      putSealed: (of, sealed) => vault.put(of, sealed),
      patienceMs: 500,
      timeoutMs: 200,
      pauseMs: 10,
      watchMs: 100,
      lookMs: 600_000,
    });
    await follow();
  });
  afterAll(async () => {
    await runner.stop();
    await log.close();
    await server.close();
  });

  test('what an append left that found the server away, or somebody else’s entry, is removed with its key', async () => {
    const kept = await recorded();
    const lost = opening();
    await server.away();
    await expect(append(lost)).rejects.toThrow(LogUnavailable);
    await server.back();
    const late = opening(kept.entry.stream);
    await eventually(async () => expect(await append(late)).toMatchObject({ outcome: 'conflict' }));
    expect([await isThere(lost), await isThere(late)]).toEqual([whole, whole]);
    await age(25);
    expect(await sweep().once(asLong())).toEqual({ parts: 2, keys: 2 });
    expect([await isThere(lost), await isThere(late), await isThere(kept)]).toEqual([gone, gone, whole]);
  });

  test('an earlier try of a command that was recorded is removed with its key, also where the log was set back meanwhile', async () => {
    const [first, second] = triedTwice();
    await server.away();
    await expect(append(first)).rejects.toThrow(LogUnavailable);
    await server.back();
    expect(await eventually(() => append(second))).toMatchObject({ outcome: 'appended' });
    await age(30);
    await sweep().once(asLong());
    await superuser('update vault.sweep_of_log set position = 7'); // none that this log has given out
    for (let looks = 0; looks < 2; looks++) {
      await ageLook(26);
      expect(await partsOf(first)).toBe(2);
      await sweep().once(asLong());
    }
    expect(await vault.parts(tenant, [second.entry.id])).toEqual(second.sealed.parts);
    expect(await vault.keys(tenant, [first.subject, second.subject])).toEqual(second.sealed.keys);
  });

  test('what was recorded stays, though nobody was told', async () => {
    const unsure = opening();
    server.fail('append', { fault: 'silence', applied: true });
    const answer = append(unsure);
    answer.catch(() => {}); // until it is asked what became of it
    await eventually(() => expect(server.log.ids(`${tenant}.${unsure.entry.stream}`)).toEqual([unsure.entry.id]));
    await server.away();
    await expect(answer).rejects.toThrow(LogUnavailable);
    await server.back();
    await age(25);
    expect(await eventually(() => sweep().once(asLong()))).toEqual(gone);
    expect(await isThere(unsure)).toEqual(whole);
  });
});

/** Asks again for a while, until it does not throw. */
const eventually = async <T>(ask: () => T | Promise<T>, tries = 200): Promise<T> => {
  try {
    return await ask();
  } catch (error) {
    if (tries === 0) throw error;
    await pause(50);
    return eventually(ask, tries - 1);
  }
};

/** Resolves when so many wait for what others hold. */
const blocked = (count: number) =>
  eventually(async () => {
    expect((await superuser(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).rowCount).toBe(count);
  });
