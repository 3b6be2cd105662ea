import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cp, mkdir, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { openLedger } from '#libs/backup';
import { openPool } from '#libs/database';
import { instant } from '#libs/kernel';
import { caseE, play, sampleId, type Step } from '#libs/samples';
import { eventStoreServer, preparedDatabase, type EventStoreServer, type PreparedDatabase } from '#libs/testing';
import { PostgresVault, readKeyFile, Vault } from '#libs/vault';
import { cleanUp, killGroup, killServersOn, newFolder, stopped } from '../../standalone/test/app-process.js';
import { builtApps } from '../../standalone/test/built-app.js';
import { call } from '../../standalone/test/call.js';
import { launch, query, rolesOf, serving, type Uppsikt } from '../../standalone/test/uppsikt.js';
import { overHttp } from './cases.js';

// A city is played on one machine, which is then lost; everything goes on on another one. Each test goes on where the one before left off.
jest.setTimeout(900_000);

/** What is kept apart from the machine: the key file, the ledger of erasures, the backup and what opens it. */
let safe: string;
let lost: string;
let machine: string;
let env: Record<string, string>;
let recipient: string;
let app: Uppsikt;

const ERASED_ORDER = sampleId('order', 'ersätts');
const BACKUP_AT = '2020-10-17T09:00:00+02:00';
const before: readonly Step[] = caseE.filter(({ at }) => at < BACKUP_AT);
const after: readonly Step[] = caseE.filter(({ at }) => at > BACKUP_AT);
const LISTS = ['/orders?limit=200', '/deadlines?limit=200', '/reminders?limit=200', '/documents?limit=200', '/units?limit=200', '/role-holders?limit=200'];

beforeAll(async () => {
  [safe, lost, machine] = [await newFolder(), await newFolder(), await newFolder()];
  env = { KEY_FILE: join(safe, 'key'), ERASURE_LEDGER: join(safe, 'erasures') };
});
afterAll(() => cleanUp());

interface Ended {
  readonly code: number | null;
  readonly told: string;
  readonly complained: string;
}

/** `uppsikt` as an operator starts it. */
const uppsikt = async (argv: readonly string[], more: Readonly<Record<string, string>>) => {
  const main = join(await builtApps(), 'cli/src/main.js');
  const child = spawn(process.execPath, ['--enable-source-maps', main, ...argv], {
    env: { PATH: process.env.PATH, ...env, ...more },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exitCode = once(child, 'close').then(([code]: unknown[]) => code as number | null);
  const ended = Promise.all([exitCode, text(child.stdout), text(child.stderr)]).then(([code, told, complained]): Ended => ({ code, told, complained }));
  return { pid: child.pid ?? 0, exitCode, ended };
};
const run = async (argv: readonly string[], more: Readonly<Record<string, string>>): Promise<Ended> => (await uppsikt(argv, more)).ended;
const on = (data: string) => ({ UPPSIKT_DATA: data });
const file = (name: string): string => join(safe, name);

const start = (data: string, at: string): Promise<Uppsikt> => serving(data, { args: ['--test-clock', at], env });
/** Plays steps, each of which must give what it should. */
const plays = async (steps: readonly Step[]): Promise<void> => {
  const wrong: string[] = [];
  for await (const { step, differences } of play(steps, overHttp(await app.address))) wrong.push(...differences.map((line) => `${step.says} ${line}`));
  expect(wrong).toEqual([]);
};
/** Everything that two officers see, and what is said of persons on the page of one order; without where it stands in the log. */
const lists = async (): Promise<unknown> => {
  const asked = ['ostermalm-officer', 'tyreso-officer'].flatMap((as) => [...LISTS, `/orders/${sampleId('order', 'aldrig')}`].map((path) => ({ as, path })));
  const answers = await Promise.all(asked.map(async ({ as, path }) => [`${as} ${path}`, (await call(await app.address, `GET /api/v1${path}`, { as })).body]));
  return JSON.parse(JSON.stringify(Object.fromEntries(answers), (key, value: unknown) => (key === 'position' ? undefined : value)));
};
/** The Message-IDs of all mails that were sent from a machine. */
const mailed = async (data: string): Promise<readonly string[]> => (await readdir(join(data, 'outbox'))).filter((name) => name.endsWith('.eml')).toSorted();
/** The first day of what is recorded of a subject: its pseudonym. */
const subjectOf = async (data: string, order: string): Promise<string> => {
  const [found] = await query<{ subject: string }>(
    data,
    `select convert_from(entry, 'UTF8')::json->'data'->>'subject' as subject from log.events where tenant = 'stockholm' and stream = $1 and revision = 0`,
    [`order-${order}`],
  );
  return found?.subject ?? '';
};

let listsAtBackup: unknown;
let listsAtEnd: unknown;
let mailedAtBackup: readonly string[];
let mailedAtEnd: readonly string[];
let subject: string;

test('a backup is made while the city works, for whoever has the identity', async () => {
  const made = await run(['backup-identity', file('identity')], {});
  expect(made).toMatchObject({ code: 0, complained: '' });
  recipient = made.told.trim();
  expect((await stat(file('identity'))).mode & 0o777).toBe(0o600);

  app = await start(lost, '2020-10-01T08:00:00+02:00');
  await plays(before);
  const stored = await call(await app.address, 'POST /api/v1/documents', {
    as: 'ostermalm-officer',
    body: Buffer.from('Anteckningar från mötet (exempel).\n'),
    headers: { 'content-type': 'text/plain', 'content-disposition': `attachment; filename="moete.txt"` },
  });
  expect(stored.status).toBe(201);
  await overHttp(await app.address).step(instant(BACKUP_AT));
  [listsAtBackup, mailedAtBackup] = [await lists(), await mailed(lost)];
  expect(mailedAtBackup.length).toBeGreaterThan(3);

  const backup = await run(['backup', '--to', file('backup'), '--recipient', recipient, '--json'], on(lost));
  expect([backup.code, backup.complained]).toEqual([0, '']);
  expect(JSON.parse(backup.told)).toMatchObject({ items: { documents: 1, reactions: expect.any(Number) }, lacking: { count: 0 } });
  expect((await call(await app.address, 'GET /health/ready')).status).toBe(200);
});

test('the doctor finds everything sound while it works', async () => {
  const { code, told } = await run(['doctor', '--json'], on(lost));
  const { sound, checks } = JSON.parse(told) as { sound: boolean; checks: { name: string; numbers: Record<string, number>; deviations: unknown }[] };
  expect(checks.filter((one) => !('sound' in one) || !one.sound)).toEqual([]);
  expect([code, sound]).toEqual([0, true]);
  const { views, equal } = checks.find(({ name }) => name === 'views')?.numbers ?? {};
  expect(equal).toBe(views);
  expect(views).toBeGreaterThan(20);
});

test('then somebody is erased, more happens, and the machine is lost', async () => {
  subject = await subjectOf(lost, ERASED_ORDER);
  const { worker } = await rolesOf(lost);
  const pool = openPool(worker, { max: 1, name: 'spec' });
  const vault = new Vault(new PostgresVault(pool), await readKeyFile(env.KEY_FILE!), openLedger(env.ERASURE_LEDGER!));
  await vault.destroy('stockholm', subject);
  await pool.end();
  await plays(after);
  [listsAtEnd, mailedAtEnd] = [await lists(), await mailed(lost)];
  expect(mailedAtEnd.length).toBeGreaterThan(mailedAtBackup.length + 2);
  await killGroup(app);
  killServersOn(lost);
  for (const name of await readdir(lost)) await rm(join(lost, name), { recursive: true, force: true, maxRetries: 5 });
});

const restore = (...more: readonly string[]) => ['restore', file('backup'), '--identity-file', file('identity'), ...more];

/** What is said of a refusal: one line, and nothing else. */
const refused = async (argv: readonly string[], more: Readonly<Record<string, string>>): Promise<Pick<Ended, 'code' | 'complained'>> => {
  const { code, told, complained } = await run(argv, { ...on(machine), ...more });
  expect(told).toBe('');
  expect(complained).toMatch(/^[^\n]+\n$/);
  return { code, complained };
};

test('what does not fit is refused in one line, and nothing is restored', async () => {
  expect(await refused(['restore', file('backup')], {})).toEqual({ code: 1, complained: expect.stringMatching(/--identity-file, or --passphrase-file/) });
  expect(await refused(restore(), { KEY_FILE: file('nowhere') })).toEqual({ code: 1, complained: expect.stringMatching(/There is no key file/) });
  expect(await refused(restore(), { ERASURE_LEDGER: file('nowhere') })).toEqual({ code: 1, complained: expect.stringMatching(/--without-ledger/) });
  await cp(file('backup'), file('cut'));
  await truncate(file('cut'), (await stat(file('backup'))).size - 1_000);
  expect(await refused(['restore', file('cut'), '--identity-file', file('identity')], {})).toEqual({
    code: 3,
    complained: expect.stringMatching(/damaged or cut short, and nothing is restored from it/),
  });
});

test('a restore that is killed leaves nothing that could be served; begun again it comes to its end, and everything is sound', async () => {
  const bucket = await deafBucket();
  const killed = await uppsikt(restore(), { ...on(machine), DOCUMENTS_URL: bucket.url });
  await Promise.race([bucket.asked, killed.ended]);
  await killGroup(killed);
  bucket.close();

  const started = await launch(machine, { args: ['--test-clock', BACKUP_AT], env });
  expect(await started.exitCode).toBe(1);
  expect(started.complained()).toMatch(/^(A restore of this data was broken off|The event log is being filled)[^\n]*\n$/);
  expect(await run(['backup', '--to', file('half'), '--recipient', recipient], on(machine))).toMatchObject({ code: 1 });

  const restored = await run(restore('--json'), on(machine));
  expect([restored.code, restored.complained]).toEqual([0, '']);
  const told = JSON.parse(restored.told) as { checks: { name: string; sound: boolean; numbers: object; notes: readonly string[] }[] };
  expect(told).toMatchObject({ sound: true, put: 0, keptErased: 1 });
  expect(Object.fromEntries(told.checks.map(({ name, sound }) => [name, sound]))).toEqual({
    restore: true,
    log: true,
    vault: true,
    documents: true,
    erasures: true,
    reactions: true,
    views: true,
    queue: true,
  });
  expect(told.checks.find(({ name }) => name === 'documents')?.numbers).toMatchObject({ documents: 1 });
});

test('on the other machine everybody sees what they saw when the backup was made, but for who was erased', async () => {
  app = await start(machine, BACKUP_AT);
  expect(await lists()).toEqual(listsAtBackup);
  expect(await subjectOf(machine, ERASED_ORDER)).toBe(subject);
  const { body } = await call(await app.address, `GET /api/v1/orders/${ERASED_ORDER}`, { as: 'ostermalm-officer' });
  expect(body).toMatchObject({ serviceUser: { erased: true } });
  const rows = await query<{ wrapped: Buffer | null; parts: bigint }>(
    machine,
    'select wrapped, (select count(*) from vault.parts p where p.subject = k.subject) as parts from vault.keys k where subject = $1',
    [subject],
  );
  expect(rows).toEqual([{ wrapped: null, parts: 0n }]);
});

test('what was mailed before the backup is not mailed again; what was mailed after it goes again, under the same Message-IDs', async () => {
  await plays(after);
  expect(await lists()).toEqual(listsAtEnd);
  const again = await mailed(machine);
  expect(again.filter((one) => mailedAtBackup.includes(one))).toEqual([]);
  expect([...mailedAtBackup, ...again].toSorted()).toEqual(mailedAtEnd);
});

test('the doctor finds everything sound there too, views equal to their rebuild, and tells of what the log does not know', async () => {
  const { code, told } = await run(['doctor'], on(machine));
  expect(told).toMatch(/^sound {3}views: (\d+) views were built anew; \1 of \1 in use are equal to that/m);
  expect(told).toMatch(/^Everything is sound\.$/m);
  expect(code).toBe(0);
  expect(await stopped(app)).toBe(0);
});

test('an erasure that was written down and not carried out, since the process was killed between, is carried out by the next start', async () => {
  const order = sampleId('order', 'aldrig');
  const officer = { as: 'ostermalm-officer' };
  app = await start(machine, '2020-11-30T08:00:00+01:00');
  const of = async () => (await call(await app.address, `GET /api/v1/orders/${order}`, officer)).body;
  expect(await of()).toMatchObject({ serviceUser: { name: 'Elev aldrig (exempel)' } });
  await openLedger(env.ERASURE_LEDGER!).record({ tenant: 'stockholm', subject: await subjectOf(machine, order), at: instant('2020-11-30T08:00:00+01:00') });
  await killGroup(app);
  app = await start(machine, '2020-11-30T08:00:00+01:00');
  expect(await of()).toMatchObject({ serviceUser: { erased: true } });
  expect(await stopped(app)).toBe(0);
});

let database: PreparedDatabase | undefined;
let server: EventStoreServer | undefined;
afterAll(async () => {
  await database?.drop();
  await server?.close();
});

test.each(['postgres', 'eventstoredb'])(
  'the same backup goes into a database elsewhere, with the log in %s, and from there into another backup',
  async (log) => {
    [database, server] = [await preparedDatabase(), await eventStoreServer()];
    const documents = join(safe, `documents-${log}`);
    await mkdir(documents);
    const elsewhere = {
      MIGRATE_DATABASE_URL: database.owner,
      DATABASE_URL: database.worker,
      DOCUMENTS_URL: `file://${encodeURI(documents)}`,
      EVENT_LOG: log,
      EVENTSTORE_URL: server.url,
    };
    const restored = await run(restore(), elsewhere);
    expect([restored.code, restored.complained]).toEqual([0, '']);
    expect(restored.told).toMatch(/is restored: (\d+) entries, \1 of them put there now\.$/m);
    expect(restored.told).toMatch(/^Everything is sound\.$/m);
    expect(await run(restore(), elsewhere)).toMatchObject({ code: 1, complained: expect.stringMatching(/Here is something already/) });
    const passphrase = file('passphrase');
    await writeFile(passphrase, 'fyra ord i rad\n');
    const again = await run(['backup', '--to', file(`again-${log}`), '--passphrase-file', passphrase, '--json'], elsewhere);
    const first = await run(['backup', '--to', file(`machine-${log}`), '--passphrase-file', passphrase, '--json'], on(machine));
    expect([again.code, again.complained, first.code]).toEqual([0, '', 0]);
    expect(await readFile(file(`again-${log}`), 'latin1')).toMatch(/^age-encryption\.org\/v1\n-> scrypt /);
    await server.close();
    await database.drop();
    [database, server] = [undefined, undefined];
  },
);

/** A server of documents that answers a probe and then never again: whoever puts something there waits. */
async function deafBucket(): Promise<{ readonly url: string; readonly asked: Promise<void>; close(): void }> {
  const asked = Promise.withResolvers<void>();
  const kept = new Map<string, Buffer>();
  const deaf: Server = createServer((request, response) => {
    const { url = '', method = '' } = request;
    if (!url.includes('/probe-')) return asked.resolve();
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (method === 'PUT') kept.set(url, Buffer.concat(chunks));
      response.end(method === 'GET' ? kept.get(url) : undefined);
    });
  });
  deaf.listen(0, '127.0.0.1');
  await once(deaf, 'listening');
  const { port } = deaf.address() as AddressInfo;
  return {
    url: `s3+http://key:secret@127.0.0.1:${port}/documents`,
    asked: asked.promise,
    close: () => {
      deaf.close();
      deaf.closeAllConnections();
    },
  };
}
