import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Pool } from 'pg';
import { openPool, withClient } from '#libs/database';
import { preparedDatabase, type PreparedDatabase } from '#libs/testing';
import { builtApps, type Change } from '../built-app.ts';
import { compareViews, putAside } from '../crash/audit-views.js';
import { registerCities } from './city.js';
import { Clients, OFFICERS } from './clients.js';
import { leasesHeld, shared } from './leases-held.js';
import { openPlace, type Place } from './place.js';
import { killProcesses, startProcess, type ServerProcess } from './server-process.js';

// A release and the next one run beside each other on one database; the next one writes an event in a shape that the older one does not know.
jest.setTimeout(900_000);

/** What the next release changes: an event holds more, with a way to read what is recorded already, and the view that reads it is another. */
const NEXT: readonly Change[] = [
  {
    path: 'libs/orders/src/order.events.ts',
    says: `  schema: 1,
  data: { orderId, contact: CodeType(CONTACTS, 'Who was contacted.'), contactedOn: DayType('The day of the contact.') },`,
    becomes: `  schema: 2,
  data: { orderId, contact: CodeType(CONTACTS, 'Who was contacted.'), contactedOn: DayType('The day of the contact.'), way: CodeType(['to', 'from'], 'Who called.') },
  reads: { 1: (data: object) => ({ ...data, way: 'to' }) },`,
  },
  {
    path: 'libs/orders/src/note-contact.ts',
    says: 'event(ContactNoted, { orderId: order.orderId, contact, contactedOn }',
    becomes: `event(ContactNoted, { orderId: order.orderId, contact, contactedOn, way: 'from' }`,
  },
  { path: 'libs/orders/src/orders.view.ts', says: `  name: 'orders',\n  version: 1,`, becomes: `  name: 'orders',\n  version: 2,` },
];

const [OFFICER, PROVIDER] = ['ostermalm-officer', 'fritids'];

let database: PreparedDatabase;
let place: Place;
let superuser: Pool;
let older: { readonly worker: ServerProcess; readonly api: ServerProcess; readonly clients: Clients; readonly holder: string };
let next: typeof older;

const started = async (apps: string, kind: 'api' | 'worker') => {
  const one = await startProcess(`${apps}/${kind}/src/main.js`, place.environment(kind));
  await one.ready();
  return one;
};

/** Worker and API of a release, and clients of these alone. */
const release = async (changes: readonly Change[], prepare: () => Promise<void> = () => Promise.resolve()): Promise<typeof older> => {
  const apps = await builtApps(changes);
  const before = [...(await leasesHeld(superuser).catch(() => new Map())).keys()];
  const worker = await started(apps, 'worker');
  await prepare();
  const api = await started(apps, 'api');
  const held = await shared(superuser, before.length + 1).catch(() => new Map<string, readonly string[]>());
  const clients = new Clients(place);
  clients.addresses = [api.address];
  return { worker, api, clients, holder: [...held.keys()].find((one) => !before.includes(one)) ?? '' };
};

const note = (clients: Clients, order: string) =>
  clients.ask('POST', `/api/v1/orders/${order}/contact-notes`, OFFICER, randomUUID(), {
    contact: 'provider',
    contactedOn: Temporal.Now.plainDateISO('Europe/Stockholm').toString(),
    note: 'Samtal om planen (exempel)',
  });
const page = (clients: Clients, order: string) => clients.ask('GET', `/api/v1/orders/${order}`, OFFICER);
const list = (clients: Clients) => clients.ask('GET', '/api/v1/awaited-plans?limit=1', OFFICER);
const totalOf = (told: { readonly body: string } | undefined) => (JSON.parse(told?.body ?? '{}') as { readonly total?: number }).total;
const olderRelease = (told: { readonly status: number; readonly body: string } | undefined) => [
  told?.status,
  (JSON.parse(told?.body ?? '{}') as { code?: string }).code,
];
const ready = async ({ address }: ServerProcess) => (await fetch(`${address}/health/ready`)).status;
/** Far more than anything here takes: what is never so must not keep the others waiting. */
const PATIENCE_MS = 240_000;
const until = async (what: () => Promise<boolean>) => {
  for (const began = performance.now(); !(await what()); await pause(50))
    if (performance.now() > began + PATIENCE_MS) throw new Error(`Never: ${String(what)}`);
};
const ordersOf = (clients: Clients) => clients.acknowledged.map(({ id }) => id);

beforeAll(async () => {
  database = await preparedDatabase();
  superuser = openPool(database.superuserUrl, { max: 2, name: 'spec' });
  place = await openPlace(database);
  older = await release([], () =>
    registerCities(
      place,
      OFFICERS.map(([officer]) => officer),
    ),
  );
  for (let nth = 0; nth < 5; nth++) await older.clients.order(OFFICER, PROVIDER);
  await note(older.clients, ordersOf(older.clients)[0] ?? '');
  next = await release(NEXT);
});

afterAll(async () => {
  for (const { clients } of [older, next]) clients.close();
  await killProcesses();
  await superuser.end();
  await place.close();
  await database.drop();
});

test('both serve the same, each from views of its own where they differ', async () => {
  await next.clients.order(OFFICER, PROVIDER);
  await older.clients.order(OFFICER, PROVIDER);
  const total = ordersOf(older.clients).length + ordersOf(next.clients).length;
  await until(async () => totalOf(await list(older.clients)) === total && totalOf(await list(next.clients)) === total);
  for (const order of [...ordersOf(older.clients), ...ordersOf(next.clients)]) {
    expect(JSON.parse((await page(older.clients, order))?.body ?? '')).toEqual(JSON.parse((await page(next.clients, order))?.body ?? ''));
  }
  expect([...older.clients.failed, ...next.clients.failed]).toEqual([]);
  const held = await leasesHeld(superuser);
  expect(held.get(older.holder)).toContain('view orders_1');
  expect(held.get(next.holder)).toContain('view orders_2');
  expect(await Promise.all([older.worker, older.api, next.worker, next.api].map(ready))).toEqual([200, 200, 200, 200]);
});

test('the older one answers 503 where it meets what it does not know, its view halts and says why, and it is not ready any more', async () => {
  const [met = '', other = ''] = ordersOf(older.clients);
  expect((await note(next.clients, met))?.status).toBe(200);
  expect(olderRelease(await note(older.clients, met))).toEqual([503, 'release.older']);
  expect(olderRelease(await page(older.clients, met))).toEqual([503, 'release.older']);
  await until(async () => (await ready(older.api)) === 503 && (await ready(older.worker)) === 503);
  expect(olderRelease(await list(older.clients))).toEqual([503, 'release.older']);
  const { rows } = await superuser.query<{ halted: string }>(`select halted from views.checkpoints where view = 'orders_1'`);
  expect(rows[0]?.halted).toMatch(/^Event \S+ is a ContactNoted of schema 2, which this release cannot read; it was written by a newer one\.$/);
  // What it can read it still decides on, and the next one reads that as well.
  expect((await note(older.clients, other))?.status).toBe(200);
  expect((await page(next.clients, other))?.status).toBe(200);
});

test('everything that acts is left to the next one, and so is every view that both have', async () => {
  const acts = async (holder: string) => (await leasesHeld(superuser)).get(holder)?.filter((name) => name.startsWith('duty ')) ?? [];
  await until(async () => (await acts(older.holder)).length === 0);
  expect(older.worker.said()).toContain('This process leaves reactions, reminders and mail to those of that release.');
  const halted = `select from views.checkpoints where halted is not null and view <> 'orders_1'`;
  await until(async () => (await superuser.query(halted)).rowCount === 0);
  await next.clients.order(OFFICER, PROVIDER);
  const [{ head }] = (await superuser.query<{ head: number }>('select max(position)::integer as head from log.events')).rows as [{ head: number }];
  const behind = `select from views.checkpoints where view <> 'orders_1' and position < ${head} union all select from views.reactions where position < ${head}`;
  await until(async () => (await superuser.query(behind)).rowCount === 0);
  expect(await Promise.all([next.worker, next.api].map(ready))).toEqual([200, 200]);
});

test('nothing was written wrongly: each release wrote its own shape, and the older view holds what came before the halt', async () => {
  const { rows } = await superuser.query<{ schema: number; way: string | null; count: number }>(
    `select (e->>'schema')::integer as schema, e->'data'->>'way' as way, count(*)::integer as count
      from (select convert_from(entry, 'UTF8')::json as e from log.events where type = 'ContactNoted') entries group by 1, 2 order by 1`,
  );
  expect(rows).toEqual([
    { schema: 1, way: null, count: 2 },
    { schema: 2, way: 'from', count: 1 },
  ]);
  const differing = await superuser.query(`
    select key, since from views.orders_1 o where not exists (select from views.orders_2 n where row(n.key, n.since, n.status, n.wait) = row(o.key, o.since, o.status, o.wait))`);
  expect(differing.rows).toEqual([]);
});

test('when the older one has ended the next one serves everything, from views that are what they are when they are built anew', async () => {
  expect(await Promise.all([older.api.stop(), older.worker.stop()])).toEqual([0, 0]);
  await shared(superuser, 1);
  for (const order of ordersOf(older.clients)) {
    expect((await note(next.clients, order))?.status).toBe(200);
    expect((await page(next.clients, order))?.status).toBe(200);
  }
  const orders = ordersOf(older.clients).length + ordersOf(next.clients).length;
  await until(async () => totalOf(await list(next.clients)) === orders);
  expect(next.clients.failed).toEqual([]);
  const [{ head }] = (await superuser.query<{ head: number }>('select max(position)::integer as head from log.events')).rows as [{ head: number }];
  await until(async () => (await superuser.query(`select from views.checkpoints where view <> 'orders_1' and position < ${head}`)).rowCount === 0);
  await next.worker.stop();
  await superuser.query(`drop table views.orders_1 cascade; delete from views.checkpoints where view = 'orders_1'`); // there still: one could have gone back to it
  await withClient(database.superuserUrl, 'spec', putAside);
  await started(await builtApps(NEXT), 'worker');
  const findings = await withClient(database.superuserUrl, 'spec', (client) => compareViews(client, head));
  expect(findings.flatMap(({ deviations }) => deviations)).toEqual([]);
});
