import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Pool } from 'pg';
import { openPool } from '#libs/database';
import { Executor, system } from '#libs/commands';
import { logMigrations, postgresLog, type EventLog, type Position } from '#libs/event-log';
import { day, derivedId, event, EventRegistry, instant, randomId } from '#libs/kernel';
import { preparedDatabase, type PreparedDatabase } from '#libs/testing';
import { Keyring, PostgresVault, Vault, vaultMigrations } from '#libs/vault';
import { ViewRunner, Views, type Read } from '#libs/views';
import {
  BoardSucceeded,
  holdersOf,
  listRegistryPatterns,
  ListRegistryPatterns,
  listRoleHolders,
  ListRoleHolders,
  listSuccessions,
  ListSuccessions,
  listUnheldDuties,
  ListUnheldDuties,
  listUnits,
  ListUnits,
  municipalities,
  MunicipalityRegistered,
  organisationId,
  organisationStream,
  registryPatterns,
  RegistryPatternRegistered,
  RoleAssigned,
  RoleEnded,
  roleHolders,
  successions,
  UnitRegistered,
  units,
  type OrganisationEvent,
  type Role,
  type UnitKind,
} from './index.js';

// A board with an administration and a unit, which on 1 July 2023 another board and its unit succeed; recorded late, and asked about before and after that.

const views = [municipalities, units, successions, registryPatterns, roleHolders];
const registry = new EventRegistry(organisationStream.events);
const id = (name: string) => derivedId('spec', name);
const names = new Map<string, string>();

const unit = (name: string, kind: UnitKind, partOf?: string) => {
  names.set(id(name), name);
  return event(UnitRegistered, { unit: id(name), name, kind, ...(partOf !== undefined && { partOf: id(partOf) }) });
};
const assigned = (who: string, role: Role, where: string, from: string, more: { readonly to?: string; readonly insteadOf?: string } = {}) => {
  names.set(id(who), who);
  return event(RoleAssigned, {
    person: id(who),
    role,
    unit: id(where),
    from: day(from),
    ...(more.to !== undefined && { to: day(more.to) }),
    ...(more.insteadOf === undefined ? { capacity: 'ordinary' } : { capacity: 'acting', insteadOf: id(more.insteadOf) }),
  });
};

let database: PreparedDatabase;
let worker: Pool;
let log: EventLog;
let runner: ViewRunner;
let read: Views;
/** Before the succession was recorded. */
let before: Position;

const ask = <T>(question: (of: Read) => Promise<T>, at?: Position) => read.read('stockholm', question, { at });
const query = <Q extends object>(of: new () => Q, said: Partial<Q> = {}): Q => Object.assign(new of(), said);
const today = day('2023-09-01');

beforeAll(async () => {
  database = await preparedDatabase([vaultMigrations, logMigrations]);
  worker = openPool(database.worker, { max: 8, name: 'spec' });
  log = await postgresLog({ url: database.worker });
  const executor = new Executor(log, new Vault(new PostgresVault(worker), new Keyring(Buffer.alloc(32, 7))), registry);
  runner = new ViewRunner({ pool: worker, log, registry, views });
  await runner.start();
  read = new Views({ pool: worker, log, views });
  const record = async (...facts: readonly OrganisationEvent[]): Promise<Position> => {
    let position = 0n;
    for (const fact of facts) {
      const context = { tenant: 'stockholm', by: { actor: 'spec', role: 'system', unit: id('spec') }, commandId: randomId(), corr: '0'.repeat(32) };
      const useCase = { of: organisationStream, id: () => organisationId('stockholm'), may: [system], decide: () => [fact] };
      ({ position } = await executor.execute(useCase, {}, { ...context, now: instant('2023-08-01T08:00:00.000Z') }));
    }
    return position as Position;
  };
  before = await record(
    event(MunicipalityRegistered, { name: 'Stockholms stad' }),
    unit('Östermalm', 'district-board'),
    unit('Östermalms förvaltning', 'administration', 'Östermalm'),
    unit('Östermalms LSS', 'unit', 'Östermalms förvaltning'),
    unit('Norra innerstaden', 'district-board'),
    unit('Norra innerstadens LSS', 'unit', 'Norra innerstaden'),
    unit('Revisorerna', 'body'),
    assigned('Åsa', 'case-officer', 'Östermalms LSS', '2020-01-01', { to: '2020-10-15' }),
    assigned('Bo', 'unit-manager', 'Östermalms LSS', '2020-01-01'),
    assigned('Eva', 'process-owner', 'Östermalm', '2020-01-01'),
    assigned('Fia', 'head-of-administration', 'Östermalms förvaltning', '2020-01-01', { to: '2020-12-31' }),
    assigned('Gun', 'head-of-administration', 'Östermalms förvaltning', '2021-01-01', { to: '2021-03-31', insteadOf: 'Fia' }),
    assigned('Hans', 'process-owner', 'Norra innerstaden', '2023-07-01'),
    event(RegistryPatternRegistered, { board: id('Östermalm'), pattern: '9.9.9-9+/9999' }),
    event(RegistryPatternRegistered, { board: id('Norra innerstaden'), pattern: '9.9-9+/9999' }),
  );
  const after = await record(
    event(BoardSucceeded, {
      from: [id('Östermalm')],
      to: [id('Norra innerstaden')],
      on: day('2023-07-01'),
      decision: 'Kommunfullmäktige (exempel)',
      exceptions: [],
      units: [{ from: id('Östermalms LSS'), to: id('Norra innerstadens LSS') }],
    }),
    event(RoleEnded, { person: id('Bo'), role: 'unit-manager', unit: id('Östermalms LSS'), from: day('2020-01-01'), lastDay: day('2022-12-31') }),
  );
  await read.waitFor(after, views);
});
afterAll(async () => {
  await runner.stop();
  await log.close();
  await worker.end();
  await database.drop();
});

const shownUnits = async (said: Partial<ListUnits> = {}, at?: Position) => (await ask((of) => listUnits(of, query(ListUnits, said)), at)).items;

test('units say from and until when they are there, and who took over: a unit as long as its board', async () => {
  expect(await shownUnits()).toEqual([
    { unit: id('Norra innerstaden'), name: 'Norra innerstaden', kind: 'district-board', from: '2023-07-01' },
    {
      unit: id('Östermalm'),
      name: 'Östermalm',
      kind: 'district-board',
      until: '2023-07-01',
      successor: id('Norra innerstaden'),
      successorName: 'Norra innerstaden',
    },
    expect.objectContaining({ name: 'Östermalms förvaltning', until: '2023-07-01', successorName: 'Norra innerstaden' }),
    expect.objectContaining({ name: 'Norra innerstadens LSS', from: '2023-07-01' }),
    expect.objectContaining({ name: 'Östermalms LSS', until: '2023-07-01', successorName: 'Norra innerstadens LSS' }),
    { unit: id('Revisorerna'), name: 'Revisorerna', kind: 'body' },
  ]);
});

const called = async (on: string) => (await shownUnits({ on: day(on) })).map(({ name }) => name);

test('units can be asked for as they are on a day', async () => {
  expect(await called('2023-06-30')).toEqual(['Östermalm', 'Östermalms förvaltning', 'Östermalms LSS', 'Revisorerna']);
  expect(await called('2023-07-01')).toEqual(['Norra innerstaden', 'Norra innerstadens LSS', 'Revisorerna']);
});

test('as recorded before the succession, both boards were there without end', async () => {
  expect((await shownUnits({}, before)).filter((row) => 'from' in row || 'until' in row)).toEqual([]);
  expect((await ask((of) => listSuccessions(of, query(ListSuccessions)), before)).total).toBe(0);
  expect(await shownUnits({ kind: 'district-board', limit: 1, offset: 1 }, before)).toMatchObject([{ name: 'Östermalm' }]);
});

const list = (said: Partial<ListSuccessions> = {}) => ask((of) => listSuccessions(of, query(ListSuccessions, said)));

test('successions are listed with the boards’ names, all or those of a board', async () => {
  expect(await list()).toEqual({
    total: 1,
    items: [
      {
        succession: expect.stringMatching(/^[0-9a-f-]{36}$/),
        on: '2023-07-01',
        decision: 'Kommunfullmäktige (exempel)',
        from: [{ id: id('Östermalm'), name: 'Östermalm' }],
        fromNames: 'Östermalm',
        to: [{ id: id('Norra innerstaden'), name: 'Norra innerstaden' }],
        toNames: 'Norra innerstaden',
        existing: [],
        exceptions: [],
        units: [{ from: { id: id('Östermalms LSS'), name: 'Östermalms LSS' }, to: { id: id('Norra innerstadens LSS'), name: 'Norra innerstadens LSS' } }],
      },
    ],
  });
  expect(await Promise.all(['Östermalm', 'Norra innerstaden', 'Revisorerna'].map(async (board) => (await list({ board: id(board) })).total))).toEqual([
    1, 1, 0,
  ]);
});

const told = ({ role, unit: of }: { readonly role: string; readonly unit: string }) => `${role} ${names.get(of) ?? 'nowhere'}`;
const heldBy = async (where: string, role: Role, on: string) => {
  const { persons, duty, inPlaceOf } = await ask((of) => holdersOf(of, id(where), role, day(on)));
  return [persons.map((one) => names.get(one)), told(duty), ...(inPlaceOf ? [told(inPlaceOf)] : [])];
};

test('a duty that nobody holds goes to the level above, and it is said in whose place', async () => {
  expect(await heldBy('Östermalms LSS', 'case-officer', '2020-10-15')).toEqual([['Åsa'], 'case-officer Östermalms LSS']);
  expect(await heldBy('Östermalms LSS', 'case-officer', '2020-10-16')).toEqual([['Bo'], 'unit-manager Östermalms LSS', 'case-officer Östermalms LSS']);
  expect(await heldBy('Östermalms LSS', 'case-officer', '2023-01-01')).toEqual([['Eva'], 'process-owner Östermalm', 'case-officer Östermalms LSS']);
});

test('whoever is acting in somebody’s stead has the duty', async () => {
  expect(await heldBy('Östermalm', 'head-of-administration', '2020-12-31')).toEqual([['Fia'], 'head-of-administration Östermalms förvaltning']);
  expect(await heldBy('Östermalm', 'head-of-administration', '2021-01-01')).toEqual([['Gun'], 'head-of-administration Östermalms förvaltning']);
  const { items } = await ask((of) => listRoleHolders(of, query(ListRoleHolders, { role: 'head-of-administration' })));
  expect(items).toMatchObject([{ capacity: 'ordinary' }, { person: id('Gun'), capacity: 'acting', insteadOf: id('Fia') }]);
  expect(items[0]).not.toHaveProperty('insteadOf');
});

test('from the day of a succession the successor’s people have the duty, whoever held it before', async () => {
  expect(await heldBy('Östermalm', 'process-owner', '2023-06-30')).toEqual([['Eva'], 'process-owner Östermalm']);
  expect(await heldBy('Östermalm', 'process-owner', '2023-07-01')).toEqual([['Hans'], 'process-owner Norra innerstaden']);
  expect(await heldBy('Östermalms LSS', 'case-officer', '2023-07-01')).toEqual([
    ['Hans'],
    'process-owner Norra innerstaden',
    'case-officer Norra innerstadens LSS',
  ]);
});

test('where there is nobody on any level, nobody has it', async () => {
  expect(await heldBy('Revisorerna', 'auditor', '2023-07-01')).toEqual([[], 'auditor Revisorerna']);
  expect(await heldBy('Östermalms LSS', 'case-officer', '2019-12-31')).toEqual([[], 'case-officer Östermalms LSS']);
});

const unheld = async (said: Partial<ListUnheldDuties> = {}, at?: Position) =>
  (await ask((of) => listUnheldDuties(of, query(ListUnheldDuties, said), today), at)).items;

test('roles that nobody has are listed with whom their duties lie, on the day asked for', async () => {
  expect(await unheld({ on: day('2021-04-01') })).toEqual([
    {
      role: 'head-of-administration',
      unit: id('Östermalms förvaltning'),
      unitName: 'Östermalms förvaltning',
      lastHeldOn: '2021-03-31',
      goesToRole: 'process-owner',
      goesToUnit: id('Östermalm'),
      goesToUnitName: 'Östermalm',
    },
    expect.objectContaining({ role: 'case-officer', unitName: 'Östermalms LSS', lastHeldOn: '2020-10-15', goesToRole: 'unit-manager' }),
  ]);
});

test('a role in a unit that a succession has ended is a duty of its successor', async () => {
  expect((await unheld()).map(({ role, unitName, lastHeldOn, goesToRole }) => [role, unitName, lastHeldOn, goesToRole])).toEqual([
    ['head-of-administration', 'Norra innerstaden', '2021-03-31', 'process-owner'],
    ['case-officer', 'Norra innerstadens LSS', '2020-10-15', 'process-owner'],
    ['unit-manager', 'Norra innerstadens LSS', '2022-12-31', 'process-owner'],
  ]);
  expect((await unheld({}, before)).map(({ role, unitName }) => [role, unitName])).toEqual([
    ['head-of-administration', 'Östermalms förvaltning'],
    ['case-officer', 'Östermalms LSS'],
  ]);
});

test('the list is narrowed by role and by unit, a unit of before included', async () => {
  expect((await unheld({ role: 'unit-manager' })).map(({ unitName }) => unitName)).toEqual(['Norra innerstadens LSS']);
  expect((await unheld({ unit: id('Östermalms LSS') })).map(({ role }) => role)).toEqual(['case-officer', 'unit-manager']);
  expect(await unheld({ unit: id('Revisorerna') })).toEqual([]);
  expect((await unheld({ limit: 1, offset: 1 })).map(({ role }) => role)).toEqual(['case-officer']);
});

test('a role that is yet to be held is missed by nobody', async () => {
  expect(await unheld({ on: day('2019-12-31') })).toEqual([]);
});

const patterns = (said: Partial<ListRegistryPatterns> = {}) => ask((of) => listRegistryPatterns(of, query(ListRegistryPatterns, said)));

test('the forms of registry numbers are listed by board', async () => {
  expect((await patterns()).items).toEqual([
    { board: id('Norra innerstaden'), boardName: 'Norra innerstaden', pattern: '9.9-9+/9999' },
    { board: id('Östermalm'), boardName: 'Östermalm', pattern: '9.9.9-9+/9999' },
  ]);
  expect(await patterns({ board: id('Östermalm') })).toMatchObject({ total: 1, items: [{ pattern: '9.9.9-9+/9999' }] });
});
