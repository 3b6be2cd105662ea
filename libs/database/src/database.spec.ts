import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Pool } from 'pg';
import {
  checkDurability,
  checkMigrated,
  listen,
  migrate,
  MigrationRefused,
  NotDurable,
  NotMigrated,
  openPool,
  Pipeline,
  prepareDatabase,
  withClient,
  type Addresses,
} from './index.js';

const superuser = process.env.TEST_DATABASE_URL ?? '';
const database = `database_${randomBytes(4).toString('hex')}`;
let urls: Addresses;
let owner: Pool, worker: Pool, api: Pool;

beforeAll(async () => {
  urls = await prepareDatabase(superuser, { database });
  [owner, worker, api] = [urls.owner, urls.worker, urls.api].map((url) => openPool(url, { max: 2, name: 'spec' })) as [Pool, Pool, Pool];
});
afterAll(() => Promise.all([owner.end(), worker.end(), api.end()]));

const one = async (pool: Pool, sql: string): Promise<unknown> => Object.values((await pool.query<Record<string, unknown>>(sql)).rows[0] ?? {})[0];

const ask = (pipeline: Pipeline, text: string) => pipeline.query<[unknown]>({ text, rowMode: 'array' }).then(({ rows }) => rows[0]?.[0]);

describe('values that come in', () => {
  test('a bigint is a BigInt, to the last digit', async () => {
    expect(await one(owner, 'select 9223372036854775807')).toBe(9_223_372_036_854_775_807n);
  });

  test('a day stays the day it is', async () => {
    expect(await one(owner, "select date '2026-02-16'")).toBe('2026-02-16');
  });
});

describe('prepared roles', () => {
  test('preparing again, several at once, gives the same addresses', async () => {
    const again = await Promise.all([1, 2, 3].map(() => prepareDatabase(superuser, { database })));
    expect(again).toEqual([urls, urls, urls]);
  });

  test('are not made of nothing: a superuser without a password is refused', async () => {
    await expect(prepareDatabase('postgres://postgres@127.0.0.1:1/postgres')).rejects.toThrow('must hold a password');
  });

  test('the worker makes the tables of the views, and the api reads them', async () => {
    await worker.query('create table views.one as select 1 as n');
    expect(await one(api, 'select n from views.one')).toBe(1);
    await expect(api.query('delete from views.one')).rejects.toThrow('permission denied');
  });

  test.each([['worker'], ['api']] as const)('the %s makes no schema and no table elsewhere', async (name) => {
    const pool = { worker, api }[name];
    await expect(pool.query('create schema mine')).rejects.toThrow('permission denied');
    await expect(pool.query('create table public.mine ()')).rejects.toThrow('permission denied');
  });

  test("a function of the owner's is nobody's until it is granted", async () => {
    await owner.query("create schema s; grant usage on schema s to uppsikt_api; create function s.f() returns int language sql as 'select 1'");
    await expect(api.query('select s.f()')).rejects.toThrow('permission denied');
  });

  test('no transaction of the worker or the api may last, nor wait for a process that does nothing', async () => {
    expect([await one(worker, 'show transaction_timeout'), await one(api, 'show transaction_timeout')]).toEqual(['30s', '30s']);
    expect([await one(worker, 'show idle_in_transaction_session_timeout'), await one(api, 'show idle_in_transaction_session_timeout')]).toEqual(['10s', '10s']);
  });

  test('another role of the server does not come in', async () => {
    await withClient(superuser, 'spec', async (client) => {
      await client.query("create role stranger login password 'x'").catch(() => {}); // another run of this spec made it
      const url = new URL(urls.api);
      Object.assign(url, { username: 'stranger', password: 'x' });
      await expect(withClient(url.href, 'spec', async () => {})).rejects.toThrow('permission denied for database');
    });
  });
});

describe('migrations', () => {
  test('whoever rests on steps that have not been run says which schema wants them; more steps than are known do no harm', async () => {
    const migration = { schema: 'rests', steps: ['create table rests.a ()', 'create table rests.b ()'] };
    await expect(checkMigrated(api, [migration])).rejects.toThrow('The schema rests of the database is older than this release');
    await migrate(urls.owner, [{ ...migration, steps: migration.steps.slice(0, 1) }]);
    await expect(checkMigrated(api, [migration])).rejects.toThrow(NotMigrated);
    await migrate(urls.owner, [migration]);
    await expect(checkMigrated(api, [migration])).resolves.toBeUndefined();
    await expect(checkMigrated(api, [{ ...migration, steps: migration.steps.slice(0, 1) }])).resolves.toBeUndefined();
  });

  const first = 'create table grows.t (n int)';
  const second = 'insert into grows.t values (1); insert into grows.t values (2)';

  test('each step is run once, also when several processes start together', async () => {
    await migrate(urls.owner, [{ schema: 'grows', steps: [first] }]);
    await Promise.all([1, 2, 3].map(() => migrate(urls.owner, [{ schema: 'grows', steps: [first, second] }])));
    expect(await one(owner, 'select count(*) from grows.t')).toBe(2n);
  });

  test("an older release leaves a newer one's steps alone", async () => {
    await expect(migrate(urls.owner, [{ schema: 'grows', steps: [first] }])).resolves.toBeUndefined();
  });

  test('a step edited after it was run stops with one sentence', async () => {
    const edited = migrate(urls.owner, [{ schema: 'grows', steps: [`${first};`, second] }]);
    await expect(edited).rejects.toThrow(MigrationRefused);
    await expect(edited).rejects.toThrow('Step 1 of schema grows was run on this database and has been edited since');
  });

  test('a step that fails leaves nothing behind', async () => {
    await expect(migrate(urls.owner, [{ schema: 'half', steps: ['create table half.t (); select 1/0'] }])).rejects.toThrow('Step 1 of schema half failed');
    expect(await one(owner, "select to_regclass('half.t')")).toBeNull();
    await migrate(urls.owner, [{ schema: 'half', steps: ['create table half.t ()'] }]);
    expect(await one(owner, "select to_regclass('half.t')")).toBe('half.t');
  });
});

/** Somebody who reads the table, and does not come to an end until told. */
const reading = async () => {
  const client = await owner.connect();
  await client.query('begin; select from busy.t');
  return async () => {
    await client.query('rollback');
    client.release();
  };
};

describe('a migration while others work', () => {
  const grown = { schema: 'busy', steps: ['create table busy.t (n int)', 'alter table busy.t add column m int'] };
  const [first = '', second = ''] = grown.steps;

  test('does not keep those waiting who come after it, and is done when the way is free', async () => {
    await migrate(urls.owner, [{ schema: 'busy', steps: [first] }]);
    const end = await reading();
    const migrating = migrate(urls.owner, [grown]);
    // Whoever comes while it waits for its lock is behind it; each of them gets through, although the reader is still there.
    for (let nth = 0; nth < 20; nth++) await owner.query('insert into busy.t (n) values (1)');
    await end();
    await migrating;
    expect(await one(owner, 'select count(m) from busy.t')).toBe(0n);
  });

  test('says who is in the way for too long, and leaves nothing behind', async () => {
    const third = { schema: 'busy', steps: [first, second, 'alter table busy.t add column o int'] };
    const end = await reading();
    const refused = migrate(urls.owner, [third], { attempts: 1 });
    await expect(refused).rejects.toThrow(MigrationRefused);
    await expect(refused).rejects.toThrow(/^Step 3 of schema busy found what it changes held by others, 1 times \(spec, process \d+\)\./);
    await end();
    await migrate(urls.owner, [third]);
  });

  test('that others would have to wait for is taken back', async () => {
    const slow = { schema: 'slow', steps: ["set local statement_timeout = '50ms'; create table slow.t (); select pg_sleep(60)"] };
    await expect(migrate(urls.owner, [slow])).rejects.toThrow('Step 1 of schema slow took longer');
    expect(await one(owner, "select to_regclass('slow.t')")).toBeNull();
  });
});

describe('durability', () => {
  test('the database of the specs is durable', async () => {
    await expect(checkDurability(owner)).resolves.toBeUndefined();
  });

  test('a session that does not wait for the disk is refused by name', async () => {
    const careless = openPool(`${urls.owner}?options=-csynchronous_commit%3Doff`, { max: 1, name: 'spec' });
    const refused = checkDurability(careless);
    await expect(refused).rejects.toThrow(NotDurable);
    await expect(refused).rejects.toThrow('synchronous_commit');
    await careless.end();
  });
});

describe('a pipeline', () => {
  test('answers in order; a query that fails harms none beside it', async () => {
    const pipeline = new Pipeline(urls.worker, { name: 'spec pipeline' });
    const answers = await Promise.allSettled(['select 1', 'select 1/0', 'select 3'].map((text) => ask(pipeline, text)));
    expect(answers).toMatchObject([{ value: 1 }, { reason: { code: '22012' } }, { value: 3 }]);
    await pipeline.end();
  });

  test('answers what was sent before it was ended', async () => {
    const pipeline = new Pipeline(urls.worker, { name: 'spec pipeline' });
    const answer = ask(pipeline, 'select 1');
    await pipeline.end();
    expect(await answer).toBe(1);
  });

  test('fails what was under way when its connection is lost, and opens another', async () => {
    const pipeline = new Pipeline(urls.worker, { name: 'spec pipeline' });
    const first = await ask(pipeline, 'select pg_backend_pid()');
    const lost = Promise.allSettled([ask(pipeline, 'select pg_sleep(60)'), ask(pipeline, 'select 1')]);
    await withClient(superuser, 'spec', (client) => client.query('select pg_terminate_backend($1)', [first]));
    expect((await lost).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await ask(pipeline, 'select pg_backend_pid()')).not.toBe(first);
    await pipeline.end();
  });

  test('gives up an answer that does not come, and its connection with it', async () => {
    const pipeline = new Pipeline(urls.worker, { name: 'spec pipeline', timeoutMs: 50 });
    await expect(ask(pipeline, 'select pg_sleep(60)')).rejects.toThrow('timeout');
    await pipeline.end();
  });
});

describe('listening', () => {
  test('tells of each notification, and pokes once after a lost connection was made again', async () => {
    const pokes = waiting();
    const listener = listen(urls.worker, 'spec', pokes.poke);
    await pokes.next(); // it listens now
    await api.query('notify spec');
    await pokes.next();
    await withClient(superuser, 'spec', (client) =>
      client.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'uppsikt listen spec'"),
    );
    await pokes.next();
    await api.query('notify spec');
    await pokes.next();
    await listener.close();
    await listener.close();
  });

  test('closes while it has nobody to listen to', async () => {
    const listener = listen('postgres://nobody:x@127.0.0.1:1/none', 'spec', () => {});
    await expect(listener.close()).resolves.toBeUndefined();
  });
});

/** Pokes counted, and waited for one by one. */
const waiting = () => {
  let count = 0;
  let wake: (() => void) | undefined;
  return {
    poke: () => {
      count++;
      wake?.();
    },
    next: async () => {
      if (count === 0) await new Promise<void>((poked) => (wake = poked));
      count--;
    },
  };
};
