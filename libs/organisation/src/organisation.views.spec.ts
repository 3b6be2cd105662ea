import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Pool } from 'pg';
import { Executor, Streams, system, type Context } from '#libs/commands';
import { openPool } from '#libs/database';
import { logMigrations, postgresLog, type EventLog, type Position } from '#libs/event-log';
import { day, derivedId, event, EventRegistry, instant, randomId, type Event } from '#libs/kernel';
import { preparedDatabase, type PreparedDatabase } from '#libs/testing';
import { Keyring, PostgresVault, Vault, vaultMigrations } from '#libs/vault';
import { ViewRunner, Views, type Read } from '#libs/views';
import {
  Colleagues,
  Everyone,
  holdersOf,
  listProviders,
  ListProviders,
  listRoleHolders,
  ListRoleHolders,
  listUnits,
  ListUnits,
  municipalities,
  organisationId,
  organisationStream,
  people,
  personStream,
  PersonRegistered,
  ProviderRegistered,
  providers,
  RegisteredPeople,
  RoleAssigned,
  RoleEnded,
  registryPatterns,
  roleHolders,
  rolesOf,
  successions,
  UnitRegistered,
  unitName,
  units,
  MunicipalityRegistered,
  type UnitKind,
} from './index.js';

const views = [municipalities, units, successions, registryPatterns, providers, roleHolders, people];
const registry = new EventRegistry([...organisationStream.events, ...personStream.events]);
const id = (name: string) => derivedId('spec', name);

let database: PreparedDatabase;
let worker: Pool;
let api: Pool;
let log: EventLog;
let runner: ViewRunner;
let read: Views;
let vault: Vault;
let executor: Executor;
/** Before the unit manager's role ended. */
let before: Position;

const context = (tenant: string): Context => ({
  tenant,
  by: { actor: 'spec', role: 'system', unit: id('board') },
  commandId: randomId(),
  corr: '0'.repeat(32),
  now: instant('2020-10-01T08:00:00.000Z'),
});
const record = async (facts: readonly Event[], tenant = 'stockholm') => {
  let position = 0n as Position;
  for (const fact of facts) {
    const said = await executor.execute(
      { of: organisationStream, id: () => organisationId(tenant), may: [system], decide: () => [fact as never] },
      {},
      context(tenant),
    );
    position = said.position as Position;
  }
  return position;
};
const person = async (name: string, language: 'sv' | 'en' = 'sv', tenant = 'stockholm') => {
  const decide = (_: object, __: unknown, { subject }: { readonly subject: string }) => [
    event(PersonRegistered, { person: id(name), subject, language }, { name, email: `${name.toLowerCase()}@example.se` }),
  ];
  return (await executor.execute({ of: personStream, id: () => id(name), may: [system], decide }, {}, context(tenant))).position as Position;
};
const unit = (name: string, kind: UnitKind, partOf?: string) =>
  event(UnitRegistered, { unit: id(name), name, kind, ...(partOf !== undefined && { partOf: id(partOf) }) });
const provider = (name: string) => event(ProviderRegistered, { provider: id(name), name });
const assigned = (who: string, role: 'case-officer' | 'unit-manager', from: string, to?: string, where = 'Enheten') =>
  event(RoleAssigned, { person: id(who), role, unit: id(where), from: day(from), ...(to !== undefined && { to: day(to) }), capacity: 'ordinary' });
const ended = (who: string, role: 'unit-manager', from: string, lastDay: string) =>
  event(RoleEnded, { person: id(who), role, unit: id('Enheten'), from: day(from), lastDay: day(lastDay) });

const ask = <T>(question: (of: Read) => Promise<T>, at?: Position) => read.read('stockholm', question, { at });
const query = <Q extends object>(of: new () => Q, said: Partial<Q> = {}): Q => Object.assign(new of(), said);

beforeAll(async () => {
  database = await preparedDatabase([vaultMigrations, logMigrations]);
  worker = openPool(database.worker, { max: 8, name: 'spec' });
  api = openPool(database.api, { max: 4, name: 'spec' });
  log = await postgresLog({ url: database.worker });
  vault = new Vault(new PostgresVault(worker), new Keyring(Buffer.alloc(32, 7)), { record: () => Promise.resolve() });
  executor = new Executor(log, vault, registry);
  runner = new ViewRunner({ pool: worker, log, registry, views });
  await runner.start();
  read = new Views({ pool: api, log, views });

  for (const name of ['Åsa', 'Bo', 'Örjan']) await person(name, name === 'Bo' ? 'en' : 'sv');
  before = await record([
    event(MunicipalityRegistered, { name: 'Stockholms stad' }),
    unit('Östermalms stadsdelsnämnd', 'board'),
    unit('Älvsjö stadsdelsnämnd', 'board'),
    unit('Zinkensdamms stadsdelsnämnd', 'board'),
    unit('Enheten', 'unit', 'Östermalms stadsdelsnämnd'),
    provider('Östra fritids'),
    provider('Ängens fritids'),
    provider('Årsta fritids'),
    provider('Zebrans fritids'),
    assigned('Åsa', 'case-officer', '2020-01-01', '2020-10-15'),
    assigned('Bo', 'case-officer', '2020-10-15'),
    assigned('Örjan', 'unit-manager', '2020-01-01'),
  ]);
  await record([event(MunicipalityRegistered, { name: 'Tyresö kommun' }), unit('Tyresöenheten', 'unit'), provider('Ängen')], 'tyreso');
  await person('Pia', 'sv', 'tyreso');
  const last = await record([ended('Örjan', 'unit-manager', '2020-01-01', '2020-10-31')]);
  await read.waitFor(last, views);
});
afterAll(async () => {
  await runner.stop();
  await log.close();
  await Promise.all([worker.end(), api.end()]);
  await database.drop();
});

test('units come boards first, each by its Swedish name', async () => {
  const { total, items } = await ask((of) => listUnits(of, query(ListUnits)));
  expect(total).toBe(4);
  expect(items.map(({ name }) => name)).toEqual(['Zinkensdamms stadsdelsnämnd', 'Älvsjö stadsdelsnämnd', 'Östermalms stadsdelsnämnd', 'Enheten']);
  expect(items.at(-1)).toEqual({ unit: id('Enheten'), name: 'Enheten', kind: 'unit', partOf: id('Östermalms stadsdelsnämnd') });
  expect(items[0]).not.toHaveProperty('partOf');
});

test('units can be asked for by kind, a page at a time', async () => {
  expect(await ask((of) => listUnits(of, query(ListUnits, { kind: 'board', limit: 1, offset: 1 })))).toMatchObject({
    total: 3,
    items: [{ name: 'Älvsjö stadsdelsnämnd' }],
  });
});

test('a unit has a name; one that is not registered has none', async () => {
  expect(await ask((of) => unitName(of, id('Enheten')))).toBe('Enheten');
  expect(await ask((of) => unitName(of, id('Tyresöenheten')))).toBeUndefined();
});

test('providers come by their Swedish names: å, ä and ö last', async () => {
  const { items } = await ask((of) => listProviders(of, query(ListProviders)));
  expect(items.map(({ name }) => name)).toEqual(['Zebrans fritids', 'Årsta fritids', 'Ängens fritids', 'Östra fritids']);
});

test.each([
  ['2020-01-01', ['Åsa']],
  ['2020-10-15', ['Bo', 'Åsa']],
  ['2020-10-16', ['Bo']],
])('on %s the role is held by %j', async (on, names) => {
  const { persons, duty } = await ask((of) => holdersOf(of, id('Enheten'), 'case-officer', day(on)));
  expect([persons, duty]).toEqual([names.map(id).toSorted(), { unit: id('Enheten'), role: 'case-officer' }]);
});

test('a role that has ended is held through its last day', async () => {
  const heldOn = async (on: string) => (await ask((of) => holdersOf(of, id('Enheten'), 'unit-manager', day(on)))).persons;
  expect(await heldOn('2020-10-31')).toEqual([id('Örjan')]);
  expect(await heldOn('2020-11-01')).toEqual([]);
});

test('as it was recorded before, the role was held until further notice', async () => {
  expect((await ask((of) => holdersOf(of, id('Enheten'), 'unit-manager', day('2020-11-01')), before)).persons).toEqual([id('Örjan')]);
  expect(await ask((of) => rolesOf(of, id('Örjan')), before)).toMatchObject([{ fromOn: '2020-01-01', toOn: null }]);
});

test('everything that a person holds is told', async () => {
  expect(await ask((of) => rolesOf(of, id('Örjan')))).toMatchObject([{ role: 'unit-manager', unit: id('Enheten'), fromOn: '2020-01-01', toOn: '2020-10-31' }]);
  expect(await ask((of) => rolesOf(of, id('nobody')))).toEqual([]);
});

test('who holds which role is listed by unit, role and first day', async () => {
  const { total, items } = await ask((of) => listRoleHolders(of, query(ListRoleHolders)));
  expect(total).toBe(3);
  expect(items).toEqual([
    { person: id('Åsa'), role: 'case-officer', unit: id('Enheten'), unitName: 'Enheten', from: '2020-01-01', to: '2020-10-15', capacity: 'ordinary' },
    { person: id('Bo'), role: 'case-officer', unit: id('Enheten'), unitName: 'Enheten', from: '2020-10-15', capacity: 'ordinary' },
    { person: id('Örjan'), role: 'unit-manager', unit: id('Enheten'), unitName: 'Enheten', from: '2020-01-01', to: '2020-10-31', capacity: 'ordinary' },
  ]);
});

test.each([
  [{ unit: id('Enheten'), limit: 1 }, 3, ['Åsa']],
  [{ unit: id('elsewhere') }, 0, []],
  [{ role: 'unit-manager' as const }, 1, ['Örjan']],
  [{ person: id('Bo') }, 1, ['Bo']],
  [{ on: day('2020-11-01') }, 1, ['Bo']],
])('the list narrowed by %j has %i', async (said, total, names) => {
  const listed = await ask((of) => listRoleHolders(of, query(ListRoleHolders, said)));
  expect(listed.total).toBe(total);
  expect(listed.items.map((row) => row.person)).toEqual(names.map(id));
});

test('what a colleague is called is opened from the vault, and is gone when the key is destroyed', async () => {
  const streams = new Streams(log, registry, { positionAt: () => Promise.reject(new Error('Nothing is asked as of a day here.')) });
  const colleagues = new Colleagues(streams, vault);
  expect(await colleagues.open('stockholm', [id('Bo'), id('Bo'), id('nobody')])).toEqual(
    new Map([[id('Bo'), { person: id('Bo'), name: 'Bo', email: 'bo@example.se', language: 'en' }]]),
  );
  await person('Kim');
  const { state } = await streams.tell('stockholm', personStream, id('Kim'));
  if (state.status === 'registered') await vault.destroy('stockholm', state.subject);
  expect(await colleagues.open('stockholm', [id('Kim'), id('Åsa')])).toEqual(new Map([[id('Åsa'), expect.objectContaining({ name: 'Åsa' })]]));
  expect(await colleagues.open('tyreso', [id('Åsa')])).toEqual(new Map());
});

test('a person is found with what the person holds, in the one municipality that knows the person', async () => {
  const registered = new RegisteredPeople(api, executor);
  const found = await registered.find(id('Åsa'));
  expect(found).toMatchObject({
    tenant: 'stockholm',
    person: id('Åsa'),
    roles: [{ role: 'case-officer', unit: id('Enheten'), from: '2020-01-01', to: '2020-10-15', capacity: 'ordinary' }],
  });
  expect(found?.holdings(id('Enheten'), day('2020-10-01'))).toEqual({ unit: [id('Enheten')], board: [id('Östermalms stadsdelsnämnd'), id('Enheten')] });
  expect(await registered.find(id('Pia'))).toMatchObject({ tenant: 'tyreso', person: id('Pia'), roles: [] });
  expect(await registered.find(id('Pia'), 'stockholm')).toBeUndefined();
  expect(await registered.find(id('nobody'))).toBeUndefined();
});

test('a person whom two municipalities know has to say which', async () => {
  await person('Alex');
  await read.waitFor(await person('Alex', 'sv', 'tyreso'), views);
  const registered = new RegisteredPeople(api, executor);
  expect(await registered.find(id('Alex'))).toBeUndefined();
  expect(await registered.find(id('Alex'), 'tyreso')).toMatchObject({ tenant: 'tyreso' });
  expect((await new Everyone(worker).all()).map(({ tenant }) => tenant)).toEqual(expect.arrayContaining(['stockholm', 'tyreso']));
});

test('one municipality sees nothing of another', async () => {
  const { items } = await read.read('tyreso', (of) => listUnits(of, query(ListUnits)));
  expect(items.map(({ name }) => name)).toEqual(['Tyresöenheten']);
  expect((await read.read('tyreso', (of) => of.find(municipalities, 'municipality')))?.name).toBe('Tyresö kommun');
});
