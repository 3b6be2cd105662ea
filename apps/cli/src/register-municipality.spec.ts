import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { registry, views } from '#libs/catalogue';
import { openPool, withClient } from '#libs/database';
import { logMigrations, postgresLog, type EventLog } from '#libs/event-log';
import { requestsMigration } from '#libs/http';
import { derivedId, randomId } from '#libs/kernel';
import { readSettings } from '#libs/settings';
import { preparedDatabase, testOpenIdProvider, type PreparedDatabase, type TestOpenIdProvider } from '#libs/testing';
import { newKeyFile, vaultMigrations } from '#libs/vault';
import { ViewRunner, Views } from '#libs/views';
import type { Running } from '../../api/src/process/run-main.js';
import { startApi } from '../../api/src/start-api.js';
import { registerFrom } from './register-municipality.js';
import { uppsikt } from './uppsikt.given.js';

jest.setTimeout(300_000);

const ROOT = join(import.meta.dirname, '../../..');
const TYPESCRIPT = ['--conditions=uppsikt-source', '--import', join(ROOT, 'scripts/typescript.mjs')];
const EXAMPLE = join(ROOT, 'docs/examples/municipality.json');
/** What the sample provider calls the first administrator and the case officer of the example. */
const [ADMINISTRATOR, OFFICER] = ['11111111-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000003'];

const opened = new AsyncDisposableStack();
const kept = <T>(thing: T, close: (thing: T) => Promise<unknown>): T => opened.adopt(thing, async (one) => void (await close(one)));
let folder: string;
let database: PreparedDatabase;
let provider: TestOpenIdProvider;
let log: EventLog;
let read: Views;
let env: Record<string, string>;
let api: string;

beforeAll(async () => {
  folder = kept(await mkdtemp(join(tmpdir(), 'uppsikt-municipality-')), (one) => rm(one, { recursive: true }));
  database = kept(await preparedDatabase([vaultMigrations, logMigrations, requestsMigration]), (one) => one.drop());
  provider = kept(await testOpenIdProvider('uppsikt'), (one) => one.close());
  env = {
    DATABASE_URL: database.worker,
    KEY_FILE: join(folder, 'key'),
    ERASURE_LEDGER: pathToFileURL(join(folder, 'erasures')).href,
    DOCUMENTS_URL: pathToFileURL(join(folder, 'documents')).href,
    OIDC_ISSUER: provider.issuer,
    OIDC_AUDIENCE: provider.audience,
    PORT: '0',
    LOG_LEVEL: 'silent',
  };
  await newKeyFile(env['KEY_FILE']!);
  log = kept(await postgresLog({ url: database.worker }), (one) => one.close());
});
afterAll(() => opened.disposeAsync());

const register = (path = EXAMPLE, dryRun = false) => registerFrom(path, { env, dryRun });
const refusal = async (path: string) =>
  register(path).then(
    () => '',
    (error: Error) => error.message,
  );

/** The example, changed. */
const changed = async (change: (file: Example) => unknown): Promise<string> => {
  const file = JSON.parse(await readFile(EXAMPLE, 'utf8')) as Example;
  change(file);
  const path = join(folder, `${randomId()}.json`);
  await writeFile(path, JSON.stringify(file));
  return path;
};
interface Example {
  tenant: string;
  name: string;
  units: Record<string, unknown>[];
  people: { roles: Record<string, unknown>[]; signIn?: Record<string, unknown>; [name: string]: unknown }[];
  [name: string]: unknown;
}

const start = (said: object = {}) => startApi(readSettings({ ...env, DATABASE_URL: database.api, ...said }, []), { lost: () => {} });

test('before a worker has built the views nothing is registered, and one line says why', async () => {
  expect(await refusal(EXAMPLE)).toBe(
    'The views of this release are not built yet. Start a worker, wait until its /health/ready answers 200, and run this again.',
  );
  expect(await log.head()).toBe(0n);
  const pool = kept(openPool(database.worker, { max: 8, name: 'spec' }), (one) => one.end());
  const runner = kept(new ViewRunner({ pool, log, registry, views }), (one) => one.stop());
  await runner.start();
  read = new Views({ pool, log, views });
  await read.caughtUp(views, AbortSignal.timeout(200_000));
});

describe('a file that is wrong is told line by line, and changes nothing', () => {
  test.each<[string, (file: Example) => unknown, readonly string[]]>([
    ['a name of a tenant', (file) => (file.tenant = 'Exempelby kommun'), ['tenant: Write small letters']],
    ['a field that is missing', (file) => delete file.people[0]?.['email'], ['people/0/email: This field is required.']],
    ['a field that there is not', (file) => (file['mayor'] = 'x'), ['mayor: There is no field of that name here.']],
    ['a role that there is not', (file) => (file.people[0]!.roles[0]!['role'] = 'mayor'), ['people/0/roles/0/role: Write one of: case-officer, ']],
    ['a day that is none', (file) => (file.people[0]!.roles[0]!['from'] = '2026-02-30'), ['people/0/roles/0/from: Write a day of the calendar']],
    [
      'keys of nothing',
      (file) => {
        file.units[3]!['partOf'] = 'x';
        file.people[1]!.roles[1]!['unit'] = 'y';
      },
      ['units/3/partOf: There is no unit with the key x', 'people/1/roles/1/unit: There is no unit with the key y'],
    ],
    ['the same key twice', (file) => (file.units[1]!['key'] = 'fullmaktige'), ['units/1/key: Another one has the key fullmaktige']],
    [
      'units in a circle',
      (file) => (file.units[5]!['partOf'] = 'lss'),
      ['units/5/partOf: By way of what it belongs to it belongs to itself.', 'units/6/partOf: By way of what'],
    ],
    ['nobody to let others in', (file) => delete file.people[0]!.signIn, ['people: Nobody with the role administrator has a signIn']],
    ['another issuer', (file) => (file.people[0]!.signIn!['issuer'] = 'https://other.example.se'), ['people/0/signIn/issuer: It is another than OIDC_ISSUER']],
    ['one sign-in of two', (file) => (file.people[2]!.signIn = file.people[1]!.signIn!), ['people/2/signIn: Another person has the same sign-in']],
    // What only the register's own rules tell.
    ['a board above a unit that it cannot have', (file) => (file.units[6]!['kind'] = 'executive-board'), ['units/6: ', '(unit.parent-not-above)']],
    ['an address that is none', (file) => (file.people[3]!['email'] = 'revisor'), ['people/3: Nothing can be sent to this address.']],
    [
      'a last day before the first',
      (file) => (file.people[3]!.roles[0]!['to'] = '2025-01-01'),
      ['people/3/roles/0: The last day 2025-01-01 lies before the first'],
    ],
  ])('%s', async (_what, change, lines) => {
    const path = await changed(change);
    const told = await refusal(path);
    expect(told).toMatch(new RegExp(`^${path} was not registered, and nothing was changed:\n`));
    for (const line of lines) expect(told).toContain(line);
    expect(await log.head()).toBe(0n);
  });

  test('one that is not JSON, or is not there', async () => {
    const path = join(folder, 'broken.json');
    await writeFile(path, '{"tenant": ');
    expect(await refusal(path)).toMatch(/the file: It is not JSON: .+\.$/);
    expect(await refusal(join(folder, 'nowhere.json'))).toMatch(/the file: It cannot be read \(ENOENT\)\.$/);
    expect(await uppsikt(['register-municipality', path], env)).toMatchObject({ code: 1, said: expect.stringMatching(/^\S+broken\.json was not registered/) });
  });

  test('settings of another role', async () => {
    await expect(registerFrom(EXAMPLE, { env: { ...env, DATABASE_URL: database.api }, dryRun: false })).rejects.toThrow('uppsikt_worker');
    await expect(registerFrom(EXAMPLE, { env: { ...env, DATABASE_URL: '' }, dryRun: false })).rejects.toThrow('DATABASE_URL');
    expect(await log.head()).toBe(0n);
  });
});

const IN_EXAMPLE = { municipality: 1, units: 7, providers: 1, people: 4, roles: 5, signIns: 4 };

test('a dry run tells what would be recorded, and records nothing', async () => {
  expect(await register(EXAMPLE, true)).toMatchObject({ tenant: 'exempelby', dryRun: true, recorded: IN_EXAMPLE });
  expect(await log.head()).toBe(0n);
});

test('the example is registered, and again changes nothing', async () => {
  const { recorded } = await register();
  expect(recorded).toMatchObject(IN_EXAMPLE);
  expect(recorded.rules).toBeGreaterThan(5);
  const head = await log.head();
  const none = Object.fromEntries(Object.keys(recorded).map((kind) => [kind, 0]));
  await read.waitFor(head, views, { timeoutMs: 200_000 });
  expect((await register()).recorded).toEqual(none);
  expect((await register(EXAMPLE, true)).recorded).toEqual(none);
  expect(await uppsikt(['register-municipality', EXAMPLE, '--json'], env)).toEqual({ code: 0, said: '' });
  expect(await log.head()).toBe(head);
});

test('nothing that is known of a person stands in the log, nor an id that could be worked out', async () => {
  const { rows } = await withClient(database.superuserUrl, 'spec', (client) =>
    client.query<{ entry: string }>("select convert_from(entry, 'UTF8') as entry from log.events"),
  );
  const all = rows.map(({ entry }) => entry).join('\n');
  for (const secret of [ADMINISTRATOR, provider.issuer, 'exempel.invalid', 'Administratör', 'Handläggare'])
    expect([secret, all.includes(secret)]).toEqual([secret, false]);
  for (const guessed of [derivedId('municipality', 'exempelby', 'person', 'administrator'), derivedId(ADMINISTRATOR)]) expect(all).not.toContain(guessed);
});

test('a longer file adds what is new; somebody else’s sign-in is refused', async () => {
  const anna = { key: 'anna', name: 'Anna', email: 'anna@exempel.invalid', roles: [{ role: 'registrar', unit: 'socialnamnden', from: '2026-02-01' }] };
  const { recorded } = await register(await changed(({ people }) => people.push(anna)));
  expect(recorded).toMatchObject({ units: 0, people: 1, roles: 1, signIns: 0, rules: 0 });
  await read.waitFor(await log.head(), views, { timeoutMs: 200_000 });
  expect(await refusal(await changed(({ people }) => people.push({ ...anna, key: 'bo', signIn: people[0]!.signIn! })))).toContain(
    'people/4/signIn: Another person has the same sign-in',
  );
  const elsewhere = await changed((file) => {
    file.tenant = 'grannby';
    file.name = 'Grannby kommun';
  });
  expect(await refusal(elsewhere)).toContain('people/0/signIn: The sign-in belongs to another person of another municipality already.');
  expect(await refusal(await changed((file) => (file.name = 'Annan kommun')))).toContain('name: Exempelby kommun (exempel) is registered here already');
});

describe('in the server profile', () => {
  let running: Running;
  beforeAll(async () => {
    running = kept(await start(), (one) => one.stop());
    api = /http:\S+?:\d+/.exec(running.says)?.[0] ?? '';
  });

  interface Told {
    readonly status: number;
    readonly body: {
      readonly code?: string;
      readonly id?: string;
      readonly detail?: string;
      readonly position?: string;
      readonly items?: Record<string, string>[];
    };
  }
  const ask = async (what: string, token: string | undefined, body?: object, headers: Readonly<Record<string, string>> = {}): Promise<Told> => {
    const [method = 'GET', path = ''] = what.split(' ');
    const said = {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body && { 'content-type': 'application/json' }),
      'idempotency-key': randomId(),
      'accept-language': 'en',
    };
    const answer = await fetch(`${api}/api/v1/${path}`, { method, headers: { ...said, ...headers }, ...(body && { body: JSON.stringify(body) }) });
    return { status: answer.status, body: (await answer.json()) as Told['body'] };
  };
  const seen = ({ body }: Told) => `after=${body.position}`;
  const personOf = async (name: string, token: string) => {
    const { body } = await ask('GET role-holders?limit=200', token);
    const found = body.items?.find((row) => row['name'] === name);
    return { id: found?.['person'] ?? '', unit: found?.['unit'] ?? '' };
  };

  test('the first administrator signs in and lets in whoever else is to come in, by the reference that is shown', async () => {
    const { accessToken: administrator } = await provider.signIn(ADMINISTRATOR);
    const { accessToken: anna } = await provider.signIn('anna at the provider');
    const unknown = await ask('GET units', anna);
    expect([unknown.status, unknown.body.code]).toEqual([403, 'sign-in.not-linked']);
    const reference = /[0-9a-f]{64}$/.exec(unknown.body.detail ?? '')?.[0] ?? '';
    const { id } = await personOf('Anna', administrator);
    const linked = await ask(`POST people/${id}/sign-ins`, administrator, { reference });
    expect(linked.status).toBe(200);
    await ask(`GET units?${seen(linked)}`, administrator); // the view has it
    expect((await ask('GET units', anna)).status).toBe(200);
    expect((await ask(`POST people/${id}/sign-ins`, anna, { reference })).status).toBe(403); // a registrar

    expect((await ask(`DELETE people/${id}/sign-ins/${reference}`, administrator)).status).toBe(200);
    expect((await ask('GET units', anna)).body.code).toBe('sign-in.not-linked'); // at once
  });

  test('a role that has ended is one no more, with the same token', async () => {
    const { accessToken: administrator } = await provider.signIn(ADMINISTRATOR);
    const { accessToken: officer } = await provider.signIn(OFFICER);
    expect((await ask('GET awaited-plans', officer)).status).toBe(200);
    const { id, unit } = await personOf('Handläggare (exempel)', administrator);
    const ending = { person: id, role: 'case-officer', unit, lastDay: '2026-01-01' };
    expect((await ask('POST role-holders/endings', administrator, ending)).status).toBe(200);
    expect((await ask('GET awaited-plans', officer)).body.code).toBe('role.none');
    expect((await register()).recorded).toMatchObject({ roles: 0 }); // what was ended since is not begun again
  });

  test('whoever holds several roles says which, and the header of the development is not heard', async () => {
    const { accessToken: overseer } = await provider.signIn('11111111-0000-4000-8000-000000000002');
    expect((await ask('GET units', overseer)).body.code).toBe('role.choice-required');
    expect((await ask('GET units', overseer, undefined, { 'uppsikt-role': 'role=overseer' })).status).toBe(200);
    const { id } = await personOf('Administratör (exempel)', (await provider.signIn(ADMINISTRATOR)).accessToken);
    expect((await ask('GET units', undefined, undefined, { 'uppsikt-person': id })).body.code).toBe('identity.required');
    const dev = await fetch(`${api}/dev/people`);
    expect(dev.status).toBe(404);
  });

  test('the log of a process says nothing of who signs in, whatever becomes of it', async () => {
    const child = spawn(process.execPath, [...TYPESCRIPT, join(ROOT, 'apps/api/src/main.ts')], {
      cwd: ROOT,
      env: { PATH: process.env.PATH, ...env, DATABASE_URL: database.api, LOG_LEVEL: 'trace' },
    });
    let written = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (written += text));
    const before = api;
    const tokens = [ADMINISTRATOR, 'dora@exempel.invalid'].map((subject) => provider.forge({ sub: subject, email: 'dora@exempel.invalid', name: 'Dora' }));
    const [known, unknown, expired] = [...(await Promise.all(tokens)), await provider.forge({ sub: 'dora', exp: 1 })];
    try {
      while (!/Uppsikt api: http/.test(written)) await new Promise((later) => setTimeout(later, 50));
      api = /Uppsikt api: (http:\S+?:\d+)/.exec(written)?.[1] ?? '';
      await provider.goAway(); // before its keys were ever asked for
      expect((await ask('GET units', known)).status).toBe(503);
      await provider.comeBack();
      const answers = [await ask('GET units', known), await ask('GET units', unknown), await ask('GET units', expired)];
      expect(answers.map(({ status }) => status)).toEqual([200, 403, 401]);
    } finally {
      api = before;
      child.kill('SIGTERM');
      await once(child, 'close');
    }
    expect(written).toContain('"statusCode":503');
    for (const secret of [known, unknown, expired].flatMap((token) => token?.split('.') ?? []).concat('dora', ADMINISTRATOR, provider.issuer))
      expect(written).not.toContain(secret);
  });

  test('a start without a provider, or with a wrong one, stops in one line', async () => {
    await expect(start({ OIDC_ISSUER: '', OIDC_AUDIENCE: '' })).rejects.toThrow('OIDC_ISSUER and OIDC_AUDIENCE must say');
    await expect(start({ OIDC_ISSUER: `${provider.issuer}/elsewhere` })).rejects.toThrow(
      /^The OpenID provider that OIDC_ISSUER names cannot be used: \S+ answers 404\.$/,
    );
  });
});
