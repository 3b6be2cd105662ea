import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { registry, streams, views } from '#libs/catalogue';
import { withClient } from '#libs/database';
import { randomId, type Entry, type Event, type Stream } from '#libs/kernel';
import { sampleId } from '#libs/samples';
import type { RowView, View } from '#libs/views';
import { startPostgres } from '../src/postgres.ts';
import { cleanUp, newFolder, stopped } from './app-process.ts';
import { call } from './call.ts';
import { query, rolesOf, serving, type Uppsikt } from './uppsikt.ts';

// What is said of a person is gone with its key; what happened in the process stays, and everything that follows from it.
jest.setTimeout(600_000);

const ORDER = sampleId('order', 'förtydligas');
const OFFICER = sampleId('person', 'norrmalm-officer');

let data: string;
let app: Uppsikt;
/** How everything stood before: log, vault, states, rows, and the page of the order. */
let before: Awaited<ReturnType<typeof everything>>;
let pageBefore: Page;

beforeAll(async () => {
  data = await newFolder();
  app = await serving(data);
  before = await everything();
  pageBefore = await page(ORDER);
  await erase('stockholm', `order-${ORDER}`);
  await erase('stockholm', `person-${OFFICER}`);
});
afterAll(() => cleanUp());

test('the order’s page says at once that it is erased, and shows what happened as before', async () => {
  const { serviceUser, goals, plans, contacts } = pageBefore;
  expect([serviceUser, goals.at(-1), plans[0], contacts[0]]).toMatchObject([
    { name: 'Elev förtydligas (exempel)' },
    { wording: expect.any(String) },
    { reference: expect.any(String) },
    { note: expect.any(String) },
  ]);
  expect(await page(ORDER)).toEqual({
    ...pageBefore,
    serviceUser: ERASED,
    goals: goals.map((goal) => withErased(goal, 'wording')),
    plans: plans.map((plan) => withErased(plan, 'reference')),
    contacts: contacts.map((contact) => withErased(contact, 'note')),
  });
});

test('others are shown as before', async () => {
  expect(await page(sampleId('order', 'brev'))).toMatchObject({ serviceUser: { name: 'Elev brev (exempel)' } });
});

test('an erased member of staff is left without a name, and colleagues keep theirs', async () => {
  const { body } = await call(await app.address, 'GET /api/v1/role-holders?limit=200', { as: 'stockholm-auditor' });
  const { items } = body as { items: { person: string; name?: string }[] };
  expect(items.filter(({ name }) => name === undefined).map(({ person }) => person)).toEqual([OFFICER]);
});

test('nothing more can be noted of the person, while what holds nothing personal is recorded as ever', async () => {
  const as = 'norra-innerstaden-officer';
  const note = await call(await app.address, `POST /api/v1/orders/${ORDER}/contact-notes`, {
    as,
    body: { contact: 'provider', contactedOn: '2020-11-05', note: 'Hej.' },
  });
  expect([note.status, note.body]).toEqual([409, expect.objectContaining({ code: 'case.erased' })]);
  expect((await everything()).log).toEqual(before.log);
});

test('every stream folds to the same state, and views that are built anew hold the same rows, versions included', async () => {
  await stopped(app);
  await removeViews();
  app = await serving(data);
  const after = await everything();
  expect(after).toEqual(before);
  // A view is empty only where the samples record nothing that it is made of: most are proven, and the trail with them.
  const recorded = new Set(after.log.map(({ entry }) => (JSON.parse(entry) as Entry).type));
  const empty = views.filter(({ table }) => after.rows[table]?.length === 0);
  expect(empty.filter((view) => !isRowView(view) || view.types.intersection(recorded).size > 0).map(({ table }) => table)).toEqual([]);
  expect(views.length - empty.length).toBeGreaterThan(15);
  expect(await page(ORDER)).toMatchObject({ status: pageBefore.status, serviceUser: ERASED });

  const as = 'norra-innerstaden-officer';
  const ending = await call(await app.address, `POST /api/v1/orders/${ORDER}/endings`, { as, body: { endedOn: '2021-06-10', reason: 'service-ended' } });
  expect([ending.status, (await page(ORDER)).status]).toEqual([200, 'ended']);
});

test('what was sealed for a command that was never recorded is removed after a day, with its key; what was recorded stays', async () => {
  const counts = async () => (await query(data, 'select (select count(*) from vault.parts) as parts, (select count(*) from vault.keys) as keys'))[0];
  const recorded = await counts();
  const subject = randomId();
  await query(data, `insert into vault.keys (tenant, subject, kid, alg, wrapped) values ('stockholm', '${subject}', '${randomId()}', 'A256GCM', '\\x00')`);
  await query(
    data,
    `insert into vault.parts (tenant, event_id, part, subject, sha256, bytes) values ('stockholm', '${randomId()}', 'note', '${subject}', 'x', '\\x00')`,
  );
  await query(data, `update vault.parts set at = now() - interval '25 hours'`);
  expect(await counts()).not.toEqual(recorded);
  await stopped(app);
  app = await serving(data);
  const isRemoved = async () => (await query(data, `select from vault.parts where sha256 = 'x'`)).length === 0;
  for (const late = AbortSignal.timeout(60_000); !(await isRemoved()); late.throwIfAborted());
  expect(await counts()).toEqual(recorded);
});

const isRowView = (view: View): view is RowView => 'types' in view;

const ERASED = { erased: true };

interface Page {
  readonly status: string;
  readonly serviceUser: object;
  readonly goals: readonly object[];
  readonly plans: readonly object[];
  readonly contacts: readonly object[];
}

const withErased = <T extends object>(of: T, name: string): T => (name in of ? { ...of, [name]: ERASED } : of);

async function page(order: string): Promise<Page> {
  const { status, body } = await call(await app.address, `GET /api/v1/orders/${order}`, { as: 'norra-innerstaden-officer' });
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body as Page;
}

/** Destroys the key of the case that a stream is about, as the vault's own function does it. */
async function erase(tenant: string, stream: string): Promise<void> {
  const [opening] = await query<{ subject: string }>(
    data,
    `select convert_from(entry, 'UTF8')::json->'data'->>'subject' as subject from log.events where tenant = $1 and stream = $2 and revision = 0`,
    [tenant, stream],
  );
  await withClient((await rolesOf(data)).owner, 'spec', (client) => client.query('select vault.destroy_key($1, $2)', [tenant, opening?.subject]));
}

const kinds: readonly Stream<unknown, Event>[] = streams;

/** The log byte for byte, the state that each stream folds to, and all rows of all views. */
async function everything() {
  const log = await query<{ tenant: string; stream: string; entry: string }>(
    data,
    `select tenant, stream, convert_from(entry, 'UTF8') as entry from log.events order by position`,
  );
  const states: Record<string, unknown> = {};
  for (const { tenant, stream, entry } of log) {
    const kind = kinds.find(({ name }) => name === stream.slice(0, -37));
    const event = registry.read(JSON.parse(entry) as Entry);
    states[`${tenant} ${stream}`] = kind?.evolve(states[`${tenant} ${stream}`] ?? kind.initial, event, event);
  }
  const rows: Record<string, readonly string[]> = {};
  for (const { view } of await query<{ view: string }>(data, 'select view from views.checkpoints order by view')) {
    rows[view] = (await query<{ row: string }>(data, `select v::text as row from views."${view}" v order by 1`)).map(({ row }) => row);
  }
  return { log, states, rows };
}

/** While no instance runs: the next start builds them anew from the log. */
async function removeViews(): Promise<void> {
  const postgres = await startPostgres(data);
  try {
    for (const { view } of await query<{ view: string }>(data, 'delete from views.checkpoints returning view'))
      await query(data, `drop table views."${view}" cascade`);
  } finally {
    await postgres.stop();
  }
}
