import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import type { Pool } from 'pg';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Commands, Executor, Moments, Queries, Streams, system, SYSTEM_ROLE, type Answer } from '#libs/commands';
import { openPool } from '#libs/database';
import { logMigrations, postgresLog, type EventLog, type Position } from '#libs/event-log';
import { CaughtUp, CLOCK, createHttpApp, DevelopmentIdentity, Identities, LOG_ID, People, Requests, requestsMigration, SignIns, Uploads } from '#libs/http';
import { day, derivedId, event, EventRegistry, instant, randomId, type Day } from '#libs/kernel';
import { preparedDatabase } from '#libs/testing';
import { TrailMoments, trailView } from '#libs/trail';
import { Keyring, PostgresVault, Vault, vaultMigrations } from '#libs/vault';
import { ViewRunner, Views } from '#libs/views';
import {
  AssignRole,
  Everyone,
  municipalities,
  organisationId,
  OrganisationModule,
  organisationStream,
  people,
  personStream,
  providers,
  RegisteredPeople,
  RegisteredSignIns,
  RegisterMunicipality,
  RegisterPerson,
  RegisterUnit,
  registryPatterns,
  roleHolders,
  SamplePeopleController,
  SignInLinked,
  signIns,
  successions,
  units,
} from './index.js';

const now = instant('2020-10-01T08:00:00.000Z');
const registry = new EventRegistry([...organisationStream.events, ...personStream.events]);
const allViews = [municipalities, units, successions, registryPatterns, providers, roleHolders, people, signIns, trailView(registry)];
const id = (name: string) => derivedId('http', name);
const ISSUER = 'https://login.example.se/realms/kommun';

let app: NestFastifyApplication;
const opened = new AsyncDisposableStack();
const kept = <T>(thing: T, close: (thing: T) => Promise<unknown>): T => opened.adopt(thing, async (one) => void (await close(one)));

/** Sign-ins over both municipalities, as the api looks them up. */
let registeredSignIns: RegisteredSignIns;
let api: Pool;

const served = async (pools: { readonly api: Pool; readonly worker: Pool }, log: EventLog, vault: Vault, views: Views, requests: Requests) => {
  const moments = new TrailMoments(log, views, allViews);
  const executor = new Executor(log, vault, registry);
  registeredSignIns = new RegisteredSignIns(pools.api, executor, new Keyring(Buffer.alloc(32, 9)));
  const given = new Map<unknown, unknown>([
    [Executor, executor],
    [Vault, vault],
    [Views, views],
    [Streams, new Streams(log, registry, moments)],
    [Moments, moments],
    [Requests, requests],
    [People, new RegisteredPeople(pools.api, executor)],
    [SignIns, registeredSignIns],
    [Everyone, new Everyone(pools.worker)],
    [CaughtUp, { with: (position: Position) => views.waitFor(position, allViews).then(() => true) }],
    [CLOCK, { now: () => now, real: false }],
    [LOG_ID, log.id],
    [Uploads, {}],
  ]);
  const tokens = [...given.keys()] as symbol[];
  const values = [...given].map(([provide, useValue]) => ({ provide: provide as symbol, useValue }));
  @Global()
  @Module({
    imports: [CqrsModule.forRoot()],
    providers: [Commands, Queries, ...values, { provide: Identities, useClass: DevelopmentIdentity }],
    exports: [Commands, Queries, Identities, ...tokens],
  })
  class Core {}
  @Module({ imports: [Core, OrganisationModule], controllers: [SamplePeopleController] })
  class Root {}
  return createHttpApp(Root, { about: { name: 'uppsikt-api', version: '1.0.0', released: '2026-11-22' as Day, status: 'active' }, logLevel: 'silent' });
};

/** What the system registers of a municipality: a unit, and somebody for each role that matters here. */
const begin = async (tenant: string, name: string, staff: readonly (readonly [string, 'administrator' | 'case-officer'])[]) => {
  const commands = app.get(Commands);
  const send = <C extends object>(command: C, said: Partial<C>) =>
    commands.send(Object.assign(command, said), {
      tenant,
      by: { actor: 'spec', role: SYSTEM_ROLE, unit: id(tenant) },
      commandId: randomId(),
      corr: '0'.repeat(32),
      now,
    });
  await send(new RegisterMunicipality(), { name });
  await send(new RegisterUnit(), { unit: id(tenant), name: `Enheten, ${name}`, kind: 'unit' });
  for (const [person, role] of staff) {
    await send(new RegisterPerson(), { person: id(person), name: person, email: `${person.toLowerCase()}@example.se`, language: 'sv' });
    await send(new AssignRole(), { person: id(person), role, unit: id(tenant), from: day('2020-01-01') });
  }
};

beforeAll(async () => {
  const database = kept(await preparedDatabase([vaultMigrations, logMigrations, requestsMigration]), (one) => one.drop());
  const pool = kept(openPool(database.worker, { max: 8, name: 'spec' }), (one) => one.end());
  api = kept(openPool(database.api, { max: 4, name: 'spec' }), (one) => one.end());
  const log = kept(await postgresLog({ url: database.worker }), (one) => one.close());
  const runner = kept(new ViewRunner({ pool, log, registry, views: allViews }), (one) => one.stop());
  await runner.start();
  const views = new Views({ pool, log, views: allViews });
  const requests = kept(await Requests.open(database.api), (one) => one.close());
  const vault = new Vault(new PostgresVault(pool), new Keyring(Buffer.alloc(32, 7)));
  app = kept(await served({ api, worker: pool }, log, vault, views, requests), (one) => one.close());
  await begin('stockholm', 'Stockholms stad', [
    ['Ada', 'administrator'],
    ['Olle', 'case-officer'],
  ]);
  await begin('tyreso', 'Tyresö kommun', [['Tyra', 'administrator']]);
  await views.waitFor(await log.head(), allViews);
});
afterAll(() => opened.disposeAsync());

interface Told {
  readonly status: number;
  readonly body: {
    readonly code?: string;
    readonly id?: string;
    readonly position?: string;
    readonly total?: number;
    readonly items?: readonly Record<string, unknown>[];
  };
}
const ask = async (method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, as: string | undefined, body?: object): Promise<Told> => {
  const headers = { host: 'localhost', 'idempotency-key': randomId(), ...(as !== undefined && { 'uppsikt-person': id(as) }) };
  const answer = await app.inject({ method, url: path.startsWith('/') ? path : `/api/v1/${path}`, headers, ...(body && { payload: body }) });
  return { status: answer.statusCode, body: answer.json<Told['body']>() };
};
const get = (path: string, as = 'Olle', after?: Told) =>
  ask('GET', after?.body.position === undefined ? path : `${path}${path.includes('?') ? '&' : '?'}after=${after.body.position}`, as);
const names = ({ body }: Told) => body.items?.map(({ name }) => name);

test('an administrator registers a unit and a provider, and everyone sees them', async () => {
  const unit = await ask('PUT', `units/${id('new')}`, 'Ada', { name: 'Ängsenheten', kind: 'unit' });
  expect(unit.status).toBe(200);
  expect(names(await get('units', 'Olle', unit))).toEqual(['Enheten, Stockholms stad', 'Ängsenheten']);
  const provider = await ask('PUT', `providers/${id('provider')}`, 'Ada', { name: 'Ängens fritids' });
  expect((await get('providers', 'Olle', provider)).body).toMatchObject({ total: 1, items: [{ provider: id('provider'), name: 'Ängens fritids' }] });
});

test('nobody of another municipality sees them', async () => {
  expect(names(await get('units', 'Tyra'))).toEqual(['Enheten, Tyresö kommun']);
  expect((await get('providers', 'Tyra')).body.total).toBe(0);
});

test.each([
  ['PUT', `units/${id('x')}`, { name: 'X', kind: 'unit' }],
  ['PUT', `providers/${id('x')}`, { name: 'X' }],
  ['POST', 'people', { name: 'X', email: 'x@example.se', language: 'sv' }],
  ['POST', 'role-holders', { person: id('Olle'), role: 'administrator', unit: id('stockholm'), from: '2020-01-01' }],
  ['POST', `people/${id('Olle')}/sign-ins`, { issuer: ISSUER, subject: 'x' }],
  ['DELETE', `people/${id('Ada')}/sign-ins/${'0'.repeat(64)}`, {}],
  ['POST', 'role-holders/endings', { person: id('Ada'), role: 'administrator', unit: id('stockholm'), lastDay: '2020-10-01' }],
] as const)('a case officer may not %s %s', async (method, path, body) => {
  expect(await ask(method, path, 'Olle', body)).toMatchObject({ status: 403, body: { code: 'role.not-allowed' } });
});

test('an administrator registers a person, gives a role and ends it; the list tells who, by name', async () => {
  const person = await ask('POST', 'people', 'Ada', { name: 'Bo Ek', email: 'bo.ek@example.se', language: 'sv' });
  expect(person.status).toBe(201);
  const role = { person: person.body.id, role: 'unit-manager', unit: id('stockholm') };
  const given = await ask('POST', 'role-holders', 'Ada', { ...role, from: '2020-10-01' });
  expect((await get('role-holders?role=unit-manager', 'Olle', given)).body).toEqual({
    total: 1,
    limit: 20,
    offset: 0,
    items: [{ ...role, name: 'Bo Ek', unitName: 'Enheten, Stockholms stad', from: '2020-10-01', capacity: 'ordinary' }],
  });
  const ended = await ask('POST', 'role-holders/endings', 'Ada', { ...role, lastDay: '2020-12-31' });
  expect((await get('role-holders?role=unit-manager&on=2021-01-01', 'Olle', ended)).body.total).toBe(0);
  expect((await get('role-holders?role=unit-manager&on=2020-12-31', 'Olle')).body.items).toMatchObject([{ to: '2020-12-31' }]);
});

test('an administrator records a succession of boards, and everyone sees which units are there on a day', async () => {
  const [old, young] = ['Norrmalm', 'Norra innerstaden'];
  for (const board of [old, young]) await ask('PUT', `units/${id(board)}`, 'Ada', { name: board, kind: 'district-board' });
  const succession = { from: [id(old)], to: [id(young)], on: '2023-07-01', decision: 'Kommunfullmäktige (exempel)' };
  expect(await ask('POST', 'successions', 'Olle', succession)).toMatchObject({ status: 403, body: { code: 'role.not-allowed' } });
  const recorded = await ask('POST', 'successions', 'Ada', succession);
  expect(recorded.status).toBe(200);
  expect((await get('successions', 'Olle', recorded)).body).toMatchObject({ total: 1, items: [{ fromNames: old, toNames: young, on: '2023-07-01' }] });
  expect(names(await get('units?kind=district-board&on=2023-06-30', 'Olle'))).toEqual([old]);
  expect(names(await get('units?kind=district-board&on=2023-07-01', 'Olle'))).toEqual([young]);
  expect(await ask('POST', 'successions', 'Ada', { ...succession, on: '2024-07-01' })).toMatchObject({ status: 409, body: { code: 'succession.board-ended' } });
});

test('an administrator says how a board writes its registry numbers', async () => {
  const said = await ask('POST', 'registry-patterns', 'Ada', { board: id('Norrmalm'), pattern: '9.9.9-9+/9999' });
  expect((await get('registry-patterns', 'Olle', said)).body).toMatchObject({ total: 1, items: [{ boardName: 'Norrmalm', pattern: '9.9.9-9+/9999' }] });
});

test('whoever acts in somebody’s stead is recorded as such, and a role that nobody has any more is told of', async () => {
  const { body } = await ask('POST', 'people', 'Ada', { name: 'Eva', email: 'eva@example.se', language: 'sv' });
  const role = {
    person: body.id,
    role: 'administrator',
    unit: id('stockholm'),
    from: '2020-10-01',
    to: '2020-10-01',
    capacity: 'substitute',
    insteadOf: id('Ada'),
  };
  const assigned = await ask('POST', 'role-holders', 'Ada', role);
  expect((await get('role-holders?role=administrator', 'Olle', assigned)).body.items).toContainEqual(
    expect.objectContaining({ name: 'Eva', capacity: 'substitute', insteadOfName: 'Ada' }),
  );
  const headers = { host: 'localhost', 'idempotency-key': randomId(), 'uppsikt-person': String(body.id) };
  await app.inject({ method: 'PUT', url: `/api/v1/providers/${id('of Eva')}`, headers, payload: { name: 'Evas fritids' } });
  const { happened } = await app.get(Streams).tell('stockholm', organisationStream, organisationId('stockholm'));
  expect(happened.at(-1)?.event.by).toEqual({ actor: body.id, role: 'administrator', unit: id('stockholm'), for: id('Ada') });
  expect((await get('unheld-duties?role=unit-manager&on=2021-01-01', 'Olle')).body.items).toMatchObject([{ role: 'unit-manager', lastHeldOn: '2020-12-31' }]);
});

const signInsOf = (person: string) => `people/${id(person)}/sign-ins`;
const whose = async (subject: string) => (await registeredSignIns.find(registeredSignIns.nameOf(ISSUER, subject)))?.person;

test('an administrator links a sign-in and unlinks it; whose it is counts at once, and what the provider calls it is in no answer', async () => {
  expect(await whose('olle')).toBeUndefined();
  const linked = await ask('POST', signInsOf('Olle'), 'Ada', { issuer: ISSUER, subject: 'olle' });
  expect(linked.status).toBe(200);
  const { body } = await get(signInsOf('Olle'), 'Ada', linked);
  const signIn = registeredSignIns.nameOf(ISSUER, 'olle');
  expect(body).toMatchObject({ total: 1, items: [{ signIn, linkedAt: now }] });
  expect([await whose('olle'), await whose('Olle')]).toEqual([id('Olle'), undefined]);
  expect(await registeredSignIns.find(signIn)).toMatchObject({ tenant: 'stockholm', roles: [{ role: 'case-officer' }] });

  const again = await ask('POST', signInsOf('Olle'), 'Ada', { reference: signIn });
  expect([again.status, again.body.position]).toEqual([200, linked.body.position]);
  expect(await ask('DELETE', `${signInsOf('Ada')}/${signIn}`, 'Ada')).toMatchObject({ status: 404, body: { code: 'sign-in.unknown' } });
  const unlinked = await ask('DELETE', `${signInsOf('Olle')}/${signIn}`, 'Ada');
  expect([unlinked.status, await whose('olle')]).toEqual([200, undefined]);
  expect((await get(signInsOf('Olle'), 'Ada', unlinked)).body.total).toBe(0);
});

test('a sign-in belongs to one person of one municipality', async () => {
  const body = { issuer: ISSUER, subject: 'ada' };
  const linked = await ask('POST', signInsOf('Ada'), 'Ada', body);
  await get(signInsOf('Ada'), 'Ada', linked);
  expect(await ask('POST', signInsOf('Olle'), 'Ada', body)).toMatchObject({ status: 409, body: { code: 'sign-in.linked' } });
  expect(await ask('POST', signInsOf('Tyra'), 'Tyra', body)).toMatchObject({ status: 409, body: { code: 'sign-in.linked-elsewhere' } });
  expect(await ask('DELETE', `${signInsOf('Ada')}/${registeredSignIns.nameOf(ISSUER, 'ada')}`, 'Ada')).toMatchObject({
    status: 409,
    body: { code: 'sign-in.own-last' },
  });
  expect(await whose('ada')).toBe(id('Ada'));
});

test('one that two municipalities linked in the same moment is nobody’s', async () => {
  const signIn = registeredSignIns.nameOf(ISSUER, 'a consultant');
  const link = (tenant: string, person: string) =>
    app
      .get(Executor)
      .execute(
        { of: organisationStream, id: () => organisationId(tenant), may: [system], decide: () => [event(SignInLinked, { person: id(person), signIn })] },
        {},
        { tenant, by: { actor: 'spec', role: SYSTEM_ROLE, unit: id(tenant) }, commandId: randomId(), corr: '0'.repeat(32), now },
      );
  const seen = ({ position }: Answer) => app.get(CaughtUp).with(position as Position, 60_000);
  await seen(await link('stockholm', 'Olle'));
  expect(await whose('a consultant')).toBe(id('Olle'));
  await seen(await link('tyreso', 'Tyra'));
  const anew = new RegisteredSignIns(api, app.get(Executor), new Keyring(Buffer.alloc(32, 9))); // a process that has not met it before
  expect(await anew.find(signIn)).toBeUndefined();
});

test.each([
  [{}],
  [{ issuer: ISSUER }],
  [{ subject: 'x' }],
  [{ issuer: ISSUER, subject: 'x', reference: '0'.repeat(64) }],
  [{ subject: 'x', reference: '0'.repeat(64) }],
])('a sign-in that is named by %j is refused as unclear', async (body) => {
  expect(await ask('POST', signInsOf('Olle'), 'Ada', body)).toMatchObject({ status: 422, body: { code: 'sign-in.unclear' } });
});

test('of a person of another municipality nothing is told or done', async () => {
  const answers = await Promise.all([
    ask('GET', signInsOf('Tyra'), 'Ada'),
    ask('POST', signInsOf('Tyra'), 'Ada', { issuer: ISSUER, subject: 'tyra' }),
    ask('DELETE', `${signInsOf('Tyra')}/${'0'.repeat(64)}`, 'Ada'),
  ]);
  for (const answer of answers) expect(answer).toMatchObject({ status: 404, body: { code: 'person.unknown' } });
  expect(await ask('GET', signInsOf('Olle'), 'Olle')).toMatchObject({ status: 403, body: { code: 'role.not-allowed' } });
});

test('a role in a unit of another municipality is refused, as one in a unit that does not exist', async () => {
  const role = { person: id('Olle'), role: 'registrar', from: '2020-10-01' };
  for (const unit of [id('tyreso'), id('nowhere')]) {
    expect(await ask('POST', 'role-holders', 'Ada', { ...role, unit })).toMatchObject({ status: 422, body: { code: 'unit.unknown' } });
  }
});

test('nobody can be given the role of the system', async () => {
  const body = { person: id('Olle'), role: 'system', unit: id('stockholm'), from: '2020-10-01' };
  expect((await ask('POST', 'role-holders', 'Ada', body)).status).toBe(400);
});

test('a name of nothing but spaces is refused before anything is decided', async () => {
  expect((await ask('PUT', `units/${id('spaces')}`, 'Ada', { name: '  ', kind: 'unit' })).status).toBe(400);
});

test('the sample people are listed without signing in, with what each holds today', async () => {
  const { status, body } = await ask('GET', '/dev/people', undefined);
  expect(status).toBe(200);
  expect(body.items?.filter(({ name }) => name !== 'Bo Ek' && name !== 'Eva')).toEqual([
    expect.objectContaining({ tenant: 'stockholm', municipality: 'Stockholms stad', name: 'Ada' }),
    {
      tenant: 'stockholm',
      municipality: 'Stockholms stad',
      person: id('Olle'),
      name: 'Olle',
      roles: [{ role: 'case-officer', roleName: { sv: 'handläggare', en: 'case officer' }, unit: id('stockholm'), unitName: 'Enheten, Stockholms stad' }],
    },
    expect.objectContaining({ tenant: 'tyreso', municipality: 'Tyresö kommun', name: 'Tyra' }),
  ]);
});

test('whose board has ended is no sample person any more: nothing is reached with such a role', async () => {
  for (const board of ['old board', 'new board']) await ask('PUT', `units/${id(board)}`, 'Ada', { name: board, kind: 'district-board' });
  await ask('POST', 'people', 'Ada', { person: id('Rut'), name: 'Rut', email: 'rut@example.se', language: 'sv' });
  const assigned = await ask('POST', 'role-holders', 'Ada', { person: id('Rut'), role: 'registrar', unit: id('old board'), from: '2020-01-01' });
  await get('role-holders', 'Olle', assigned);
  expect(names(await ask('GET', '/dev/people', undefined))).toContain('Rut');
  const ended = await ask('POST', 'successions', 'Ada', { from: [id('old board')], to: [id('new board')], on: '2020-06-01', decision: 'Kommunfullmäktige' });
  expect(ended.status).toBe(200);
  const after = names(await ask('GET', '/dev/people', undefined));
  expect([after?.includes('Rut'), after?.includes('Ada'), after?.includes('Tyra')]).toEqual([false, true, true]);
});
