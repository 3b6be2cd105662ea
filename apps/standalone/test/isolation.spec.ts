import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { sampleId } from '#libs/samples';
import { views as registered } from '#libs/catalogue';
import type { Addresses } from '#libs/database';
import { functionsOf, refusalOf, seenInViews, tablesOf } from './api-role.ts';
import { cleanUp, newFolder } from './app-process.ts';
import { call } from './call.ts';
import { rolesOf, serving } from './uppsikt.ts';

// What lies beneath the routes: whoever gets past them still stands before the rights of a role that owns nothing.
jest.setTimeout(300_000);

/** Views that may be empty for a municipality, and why. All the others show rows of both, and every view's rights are made alike. */
const ONE_SIDED: Readonly<Record<string, string>> = {
  late_summaries: 'nothing of the samples is recorded late',
  successions: 'no board of Tyresö has ended',
  registry_patterns: 'the sources tell no pattern of a registry',
  sign_ins: 'sample people sign in by a header',
  status_reports: 'no case decides on one',
  responsibility_rules: 'of Stockholm’s cases alone',
  responsibility_circumstances: 'of Stockholm’s cases alone',
  agreements: 'of Stockholm’s cases alone',
  agreement_parties: 'of Stockholm’s cases alone',
  agreement_decisions: 'of Stockholm’s cases alone',
  agreement_links: 'of Stockholm’s cases alone',
  delegations: 'of Stockholm’s cases alone',
  delegated_decisions: 'of Stockholm’s cases alone',
};

let urls: Addresses;

beforeAll(async () => {
  const data = await newFolder();
  const address = await (await serving(data)).address; // with the cases of both municipalities
  await sendOrder(address, 'norra-innerstaden-officer', 'fritids');
  await sendOrder(address, 'tyreso-officer', 'ang');
  urls = await rolesOf(data);
});
afterAll(() => cleanUp());

test('the api is shown no row of another municipality than the one it reads for, and none at all where it names none', async () => {
  const both = await seenInViews(urls.worker, undefined);
  const oneSided = registered.filter(({ table }) => !both[table]?.['stockholm'] || !both[table]['tyreso']).map(({ table }) => table.replace(/_\d+$/, ''));
  expect(oneSided.filter((name) => !(name in ONE_SIDED))).toEqual([]);
  for (const tenant of ['stockholm', 'tyreso']) {
    const seen = await seenInViews(urls.api, tenant);
    const own = Object.fromEntries(Object.entries(both).map(([table, counts]) => [table, counts[tenant] === undefined ? {} : { [tenant]: counts[tenant] }]));
    expect(Object.keys(seen).filter((table) => table.endsWith('_of_tenant')).length).toBeGreaterThan(5);
    for (const [table, counts] of Object.entries(seen)) expect([table, counts]).toEqual([table, own[table.replace(/_of_tenant$/, '')]]);
  }
  for (const tenant of [undefined, '', 'malmo', '%']) {
    expect(Object.values(await seenInViews(urls.api, tenant)).flatMap((counts) => Object.keys(counts))).toEqual([]);
  }
});

test('the api may read and write nothing but the views, its own requests, and what the functions of log and vault do for one municipality', async () => {
  expect(await tablesOf(urls.api)).toEqual([
    'http.requests: delete insert select update',
    'http.secret: select',
    'migration.steps: select', // whether what a process rests on has been run
    'views.checkpoints: select', // how far each view and reaction has come
    'views.holders: select', // which processes stand by for what, and which releases have tables
    'views.leases: select',
    'views.reactions: select',
    'views.releases: select',
  ]);
  const functions = await functionsOf(urls.api);
  expect(functions.filter((name) => !name.startsWith('views.'))).toEqual([
    'log.append',
    'log.head',
    'log.id',
    'log.read_streams',
    'log.read_tenant',
    'log.state', // whether it has been closed, and where it went
    'vault.destroy_key',
    'vault.knows_key_file',
    'vault.open_parts',
    'vault.put',
    'vault.read_keys',
  ]);
  expect(functions.filter((name) => name.startsWith('views.'))).toEqual([
    expect.stringMatching(/^views\.people_\d+_tenants$/), // whose a random id is, and whose a keyed hash
    expect.stringMatching(/^views\.sign_ins_\d+_tenants$/),
    expect.stringMatching(/^views\.trail_\d+_search$/),
  ]);
});

test.each([
  'select * from log.events',
  `insert into log.events (position, tenant, stream, revision, id, type, at, entry) values (0, 'a', 'b', 0, gen_random_uuid(), 'c', now(), '')`,
  `update log.events set tenant = 'tyreso'`,
  'delete from log.events',
  'truncate log.events',
  'alter table log.events disable trigger all',
  'drop table log.events',
  'update log.identity set id = gen_random_uuid()',
  'select * from vault.parts',
  'select * from vault.keys',
  'update vault.keys set wrapped = null',
  'select * from vault.key_file',
  'select log.read_all(0, false, null, null, 10)',
  'select log.read_page(null, 0, false, null, null, 10)',
  'select log.read_tenant(null, 0, false, null, null, 10)',
  `select vault.rewrap('stockholm', '{}', '{}')`,
  `select vault.remove_aged(now(), '{}', '{}', '{}')`,
  `select vault.events_after('', gen_random_uuid(), 1)`,
  `select views.trail_1_search('tyreso', '{}', '{}', null, null, null, null, null, 0, 9, 9, true)`,
  'delete from views.orders_1',
  'set role uppsikt_owner',
  'set role uppsikt_worker',
  'set row_security = off; select * from views.orders_1',
  'create table views.mine ()',
  'create function views.mine() returns int language sql as $$ select 1 $$',
])('the api may not: %s', async (sql) => {
  expect(await refusalOf(urls.api, sql)).toBe('42501');
});

test('not even its owner changes the log', async () => {
  for (const sql of [`update log.events set tenant = 'x'`, 'delete from log.events', 'truncate log.events', 'delete from log.identity'])
    expect([sql, await refusalOf(urls.owner, sql)]).toEqual([sql, '42501']);
});

async function sendOrder(address: string, as: string, provider: string): Promise<void> {
  const sent = { provider: sampleId('provider', provider), service: 'short-term-supervision', sentOn: '2020-10-01' };
  const body = { ...sent, overallGoals: [], subGoals: [{ wording: 'Ett mål.' }], serviceUser: { name: 'Elev (exempel)' } };
  const { status, text } = await call(address, 'POST /api/v1/orders', { as, body });
  if (status !== 201) throw new Error(text);
}
