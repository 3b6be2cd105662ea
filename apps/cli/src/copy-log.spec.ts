import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { views } from '#libs/catalogue';
import { openPool, prepareDatabase } from '#libs/database';
import { movingEventStoreLog, movingPostgresLog, START, type EventLog, type Stored } from '#libs/event-log';
import { instant, stockholmDay, type Instant } from '#libs/kernel';
import { caseD, caseE, inOrder, play, sampleId } from '#libs/samples';
import { readSettings } from '#libs/settings';
import { eventStoreServer, someEntry, someStream, type EventStoreServer } from '#libs/testing';
import { startPostgres } from '../../standalone/src/postgres.js';
import { startStandalone, type Standalone } from '../../standalone/src/standalone.js';
import { overHttp } from './cases.js';
import { running, type Ended } from './uppsikt.given.js';

/** Each test goes on where the one before left the city: its log moves away, and comes back. */
let data: string;
let server: EventStoreServer;
let said: string[] = [];
let instance: Standalone | undefined;
let last: Instant;

const env = () => ({ UPPSIKT_DATA: data, ERASURE_LEDGER: join(data, 'erasures'), EVENTSTORE_URL: server.url });
const copyLog = (...argv: readonly string[]): Promise<Ended> => running(['copy-log', ...argv], env()).ended;
const stop = async () => {
  await instance?.stop();
  instance = undefined;
};
const start = async (eventLog: 'postgres' | 'eventstoredb', clock: Instant): Promise<Standalone> => {
  said = [];
  const settings = readSettings({ ...env(), EVENT_LOG: eventLog, PORT: '0', LOG_LEVEL: 'silent' }, ['--test-clock', clock]);
  instance = await startStandalone(settings, {
    say: (line) => void said.push(line),
    lost: (why) => void said.push(why.message),
    rates: { perUser: 1e6, perTenant: 1e6 },
  });
  return instance;
};

/** The whole log, and every row of every view, with the entry's id wherever a position stands. Only while the instance is stopped. */
const kept = async (of: 'postgres' | 'eventstoredb'): Promise<{ readonly texts: readonly string[]; readonly rows: ReadonlyMap<string, readonly string[]> }> => {
  const postgres = await startPostgres(data);
  const { owner, worker } = await prepareDatabase(postgres.superuserUrl);
  const pool = openPool(worker, { max: 1, name: 'spec' });
  const log = of === 'postgres' ? await movingPostgresLog({ url: owner }) : await movingEventStoreLog({ url: server.url });
  try {
    const entries = await all(log);
    const ids = new Map(entries.map(({ position, entry }) => [position.toString(), entry.id]));
    const rows = new Map<string, readonly string[]>();
    for (const { table } of views) {
      const found = await pool.query<{ row: Record<string, unknown> }>(`select to_jsonb(t) as row from views.${table} t`);
      const columns = await pool.query<{ name: string }>(
        "select attname as name from pg_attribute where attrelid = $1::regclass and atttypid = 'int8'::regtype and attnum > 0",
        [`views.${table}`],
      );
      const positions = columns.rows.map(({ name }) => name);
      rows.set(
        table,
        found.rows
          .map(({ row }) => JSON.stringify({ ...row, ...Object.fromEntries(positions.map((name) => [name, entryAt(ids, row[name] as number | null)])) }))
          .toSorted(),
      );
    }
    return { texts: entries.map(({ text }) => text), rows };
  } finally {
    await Promise.all([log.close(), pool.end()]);
    await postgres.stop();
  }
};
const entryAt = (ids: ReadonlyMap<string, string>, position: number | null): string | null => {
  if (position === null) return null;
  const id = ids.get(`${position}`);
  if (id === undefined) throw new RangeError(`The log holds nothing at ${position}.`);
  return id;
};
const all = async (log: EventLog): Promise<readonly Stored[]> => {
  const found: Stored[] = [];
  for (let after: Stored['position'] | undefined = START; after !== undefined;) {
    const { entries, next } = await log.readAll({ after });
    found.push(...entries);
    after = next;
  }
  return found;
};

type Posted = { readonly method?: string; readonly headers?: Readonly<Record<string, string>>; readonly body?: string };
const ask = async (path: string, as = 'stockholm-overseer', { headers: more, ...init }: Posted = {}) => {
  const headers = { 'uppsikt-person': sampleId('person', as), 'accept-language': 'en', ...more };
  const answer = await fetch(`${instance?.address}/api/v1${path}`, { ...init, headers });
  return { status: answer.status, body: (await answer.json()) as Readonly<Record<string, string>>, replayed: answer.headers.get('idempotent-replayed') };
};
const LISTS = ['/obligations', '/referrals', '/deadlines', '/units', '/counts', '/reminders'].map((path) => `${path}?limit=200`);
const lists = () => Promise.all(LISTS.map((path) => ask(path)));
const mails = () => readdir(join(data, 'outbox'));

const steps = inOrder(caseD, caseE).filter(({ call, expect: { status } }) => !call.startsWith('GET ') && status < 300);
/** An order like the first of the case, on another day. */
const send = (key: string, sentOn: string) => {
  const order = steps.find(({ call }) => call === 'POST /orders')?.body;
  const headers = { 'content-type': 'application/json', 'idempotency-key': key };
  return ask('/orders', 'ostermalm-officer', { method: 'POST', headers, body: JSON.stringify({ ...order, orderId: undefined, sentOn }) });
};
const once = () => send('once-and-for-all', '2020-10-05');
let before: Awaited<ReturnType<typeof kept>>;
let shown: Awaited<ReturnType<typeof lists>>;
let answered: Awaited<ReturnType<typeof ask>>;
let cursor: string;
let mailed: readonly string[];

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'uppsikt-copy-log-'));
  await chmod(data, 0o755); // the database's own user must get in where root runs this
  server = await eventStoreServer();
  const [first] = steps;
  last = instant(steps.at(-1)?.at ?? '');
  const { address } = await start('postgres', instant(first?.at ?? ''));
  for await (const { step, differences } of play(steps, overHttp(address))) if (differences.length > 0) throw new Error(`${step.says}: ${differences.join()}`);
  answered = await once();
  cursor = (await ask(`/trail?limit=1&after=${answered.body.position}`)).body.cursor ?? '';
  shown = await lists();
  await stop();
  [before, mailed] = [await kept('postgres'), await mails()];
}, 300_000);
afterAll(async () => {
  await stop();
  await server.close();
  await rm(data, { recursive: true });
}, 60_000);

const slowly = (appends: number) => server.fail('append', ...Array.from({ length: appends }, () => ({ fault: 'late', ms: 20 }) as const));
const until = async (what: () => boolean): Promise<void> => {
  while (!what()) await new Promise((later) => setTimeout(later, 10));
};

test('killed in the middle and interrupted in the middle, it goes on where the target ends, and comes to the same', async () => {
  for (const signal of ['SIGKILL', 'SIGINT'] as const) {
    slowly(100);
    const { append } = server.calls;
    const { child, ended } = running(['copy-log', '--from', 'postgres', '--to', 'eventstoredb'], env());
    await until(() => server.calls.append > append + 30);
    child.kill(signal);
    const { code, told } = await ended;
    expect(code).not.toBe(0);
    expect(told).toMatch(signal === 'SIGINT' ? /Stopped before the end\. Run it again to go on\.\n$/ : /^$/);
  }
  const { code, told, complained } = await copyLog('--from', 'postgres', '--to', 'eventstoredb', '--json');
  expect([code, complained]).toEqual([0, '']);
  const report = JSON.parse(told) as Record<string, Record<string, unknown>>;
  expect(report).toMatchObject({ outcome: 'moved', entries: before.texts.length, reactions: { left: [] } });
  expect(report.source?.sha256).toBe(report.target?.sha256);
  expect(Object.keys(report.tenants ?? {})).toEqual(expect.arrayContaining(['stockholm', 'tyreso']));
}, 300_000);

test('moved once, it is compared again, and nobody starts on the log that was left', async () => {
  expect(await copyLog('--from', 'postgres', '--to', 'eventstoredb')).toMatchObject({
    code: 0,
    told: expect.stringContaining('It was moved before, and is in use in eventstoredb'),
  });
  await expect(start('postgres', last)).rejects.toThrow('The event log was closed when its entries were moved');
}, 120_000);

test('on the new log the views are built anew, and are the same row for row; nothing is recorded or sent again', async () => {
  await start('eventstoredb', last);
  expect(said).toEqual(expect.arrayContaining([expect.stringMatching(/^View orders_\d+ is built anew, since it was built from another log\.$/)]));
  expect(said.join()).not.toContain('has followed another log');
  expect(await lists()).toEqual(shown);
  await stop();
  expect(await kept('eventstoredb')).toEqual(before);
  expect(mailed.length).toBeGreaterThan(0);
  expect(await mails()).toEqual(mailed);
}, 300_000);

test('positions and cursors of the log that was left are refused; a repeat is answered as it was, with one that holds good', async () => {
  await start('eventstoredb', last);
  const refused = { status: 400, body: { code: 'position.refused' } };
  expect(await ask(`/deadlines?after=${answered.body.position}`)).toMatchObject({
    ...refused,
    body: { detail: expect.stringContaining('This position belongs to another log') },
  });
  expect(await ask(`/trail?cursor=${cursor}`)).toMatchObject(refused);
  expect(answered.status).toBe(201);
  const again = await once();
  expect(again).toMatchObject({ status: 201, replayed: 'true', body: { id: answered.body.id, revision: answered.body.revision } });
  expect((await ask(`/deadlines?after=${again.body.position}`)).status).toBe(200);
}, 300_000);

test('what happens there follows it back, and what it had at home is kept', async () => {
  if (!instance) await start('eventstoredb', last);
  expect((await send('abroad', stockholmDay(last))).status).toBe(201);
  const later = instant(
    Temporal.Instant.from(last)
      .add({ hours: 24 * 21 })
      .toString(),
  );
  await overHttp(instance?.address ?? '').step(later);
  shown = await lists();
  expect(await copyLog('--from', 'eventstoredb', '--to', 'postgres')).toMatchObject({
    code: 1,
    complained: expect.stringMatching(/^Uppsikt already runs on .*\n$/),
  });
  await stop();
  const there = await kept('eventstoredb');
  expect(there.texts.length).toBeGreaterThan(before.texts.length);
  const { code, told } = await copyLog('--from', 'eventstoredb', '--to', 'postgres');
  expect([code, told]).toEqual([0, expect.stringContaining(`${there.texts.length - before.texts.length} were put there now`)]);
  mailed = await mails();
  await start('postgres', later);
  expect(await lists()).toEqual(shown);
  await stop();
  expect(await kept('postgres')).toEqual(there);
  expect(await mails()).toEqual(mailed);
}, 300_000);

test('what it cannot do it says in a line, by its exit code', async () => {
  const away = ['copy-log', '--from', 'postgres', '--to', 'eventstoredb'];
  expect((await copyLog('--from', 'postgres')).code).toBe(2);
  expect(await copyLog('--from', 'postgres', '--to', 'postgres')).toMatchObject({ code: 2, complained: expect.stringContaining('name the same log') });
  expect(await running(away, { UPPSIKT_DATA: data }).ended).toMatchObject({
    code: 1,
    complained: 'EVENTSTORE_URL is not set; it must say where the EventStoreDB is: esdb://user:password@host:2113\n',
  });
  expect(await running(away, { ...env(), UPPSIKT_DATA: tmpdir() }).ended).toMatchObject({
    code: 1,
    complained: expect.stringMatching(/^There is no database in the folder .*\n$/),
  });
  const strange = await eventStoreServer();
  const log = await movingEventStoreLog({ url: strange.url });
  const entry = someEntry('stockholm', someStream(), 0);
  await log.append(entry.tenant, entry.stream, -1, [entry]);
  const other = { ...env(), EVENTSTORE_URL: strange.url };
  expect(await running(away, other).ended).toMatchObject({
    code: 3,
    complained: expect.stringMatching(/^The target is not the beginning of the source: its entry 1 is .*\n$/),
  });
  expect(await running([...away, '--undo'], other).ended).toMatchObject({
    code: 1,
    complained: 'There is no move under way from this source to this target that could be given up.\n',
  });
  await log.close();
  await strange.close();
}, 300_000);
