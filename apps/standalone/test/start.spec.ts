import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rm, stat, symlink, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { sampleId } from '#libs/samples';
import { locate } from '../src/postgres/place.ts';
import { cleanUp, eventually, newFolder, stopped } from './app-process.ts';
import { call } from './call.ts';
import { launch, processesOn, query, serving, type LaunchOptions, type Uppsikt } from './uppsikt.ts';

// The built app is started, refused, stopped and killed here as operators and power cuts do it.
jest.setTimeout(300_000);

interface Fact {
  readonly id: string;
  readonly type: string;
  readonly at: string;
}

/** A folder in which the samples have been loaded, and what was recorded of them. */
let template: string;
let whole: readonly Fact[];

beforeAll(async () => {
  template = await newFolder();
  const app = await serving(template);
  whole = await facts(template);
  await stopped(app);
});
afterEach(() => cleanUp(template));
afterAll(() => cleanUp());

test('a first start says where it serves, loads the samples, and nothing is recorded before what was recorded already', async () => {
  expect(whole.filter(({ type }) => type === 'MunicipalityRegistered')).toHaveLength(2);
  expect(whole.map(({ at }) => at)).toEqual(whole.map(({ at }) => at).toSorted());
});

test.each([
  ['a port that is no number', { env: { PORT: 'åtta' } }, /^PORT is "åtta"; it must be a number from 0 to 65535/],
  ['an option that there is not', { args: ['--fast'] }, /--fast.* Usage: npm start -- \[--test-clock /],
] satisfies [string, LaunchOptions, RegExp][])('%s is refused before anything is made', async (_what, options, line) => {
  const data = join(await newFolder(), 'data');
  expect(await refusal(data, options)).toEqual(told(line));
  await expect(stat(join(data, 'postgres'))).rejects.toThrow('ENOENT');
});

test.each([
  ['in a place that there cannot be', 'file:///dev/null/documents', /^The documents in \/dev\/null\/documents cannot be kept or read: .* set DOCUMENTS_URL\.$/],
  [
    'in a bucket that nobody serves',
    's3+http://key:hemlig@127.0.0.1:1/documents',
    /^The documents at http:\/\/127\.0\.0\.1:1\/documents\/ cannot be reached: .* Check DOCUMENTS_URL\.$/,
  ],
])('documents %s are told in one line, without the secret', async (_where, DOCUMENTS_URL, line) => {
  expect(await refusal(await newFolder(), { env: { DOCUMENTS_URL } })).toEqual(told(line));
});

test('a port that is taken is told with its number', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  expect(await refusal(await copy(), { env: { PORT: String(port) } })).toEqual(
    told(new RegExp(`^Port ${port} on 127\\.0\\.0\\.1 is taken by another program; stop that program, or set PORT to a free port\\.$`)),
  );
  other.close();
});

test('a second start on the same folder is told which process runs there, and the first goes on', async () => {
  const data = await copy();
  const first = await serving(data);
  const before = processesOn(data);
  const second = await launch(data);
  expect(await second.exitCode).toBe(1);
  expect(second.complained()).toBe(`Uppsikt already runs on ${data} (process ${first.pid}); stop it first, or set UPPSIKT_DATA to another folder.\n`);
  expect(processesOn(data)).toEqual(before);
  expect((await call(await first.address, 'GET /health/ready')).status).toBe(200);
});

test('a folder that another version of PostgreSQL wrote is refused with the way out', async () => {
  const data = await copy();
  await writeFile(join(data, 'postgres', 'PG_VERSION'), '17\n');
  expect(await refusal(data)).toEqual(
    told(/was written by PostgreSQL 17, and this release brings PostgreSQL 18: make a backup with the release that wrote it/),
  );
});

test.each([
  ['another key file than that of the data', async (key: string) => writeFile(key, `${randomBytes(32).toString('base64')}\n`), /is not the one that this data/],
  ['no key file where there is data', async (key: string) => rm(key), /^There is no key file at .*key\. Restore it from where it is kept/],
])('%s stops the start', async (_what, spoil, line) => {
  const data = await copy();
  await spoil(join(data, 'key'));
  expect(await refusal(data)).toEqual(told(line));
});

test('a test clock before the last entry of the log is refused', async () => {
  const data = await copy();
  expect(await refusal(data, { args: ['--test-clock', '2020-10-01T08:00+02:00'] })).toEqual(
    told(/^The last entry of this log was recorded at \d{4}-.*Z; --test-clock must not lie before it\.$/),
  );
});

test('a full disk is told in one line', async () => {
  const data = await copy();
  await rm(join(data, 'postgres', 'postmaster.opts'));
  await symlink('/dev/full', join(data, 'postgres', 'postmaster.opts'));
  expect(await refusal(data)).toEqual(told(/^The disk that holds .* is full; free some space and start again\.$/));
});

test.each(['24m', '43m'])('a disk of %s, full at the first start, is told in one line', async (size) => {
  const data = await newFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', data], { stdio: 'ignore' });
  } catch {
    return; // only root may, and not everywhere; the test above needs no mount
  }
  try {
    expect(await refusal(data)).toEqual(told(/^The disk that holds .* is full; free some space and start again\.$/));
  } finally {
    execFileSync('umount', [data]);
  }
});

test('however it ends, the next start has all that was recorded and loads no samples again: SIGINT, SIGTERM, kill -9 of the group', async () => {
  const data = await copy();
  for (const end of ['SIGINT', 'SIGTERM', 'SIGKILL'] as const) {
    const ordinary = end === 'SIGKILL'; // both ways of starting it, in one run
    if (ordinary) await giveToOrdinary(data);
    const app = await serving(data, { ordinary });
    await expectNotedAfter(app, data, notes.indexOf(end));
    await noteContact(app, end);
    const waiting = await halfRequest(app);
    process.kill(-app.pid, end);
    const exitCode = await app.exitCode;
    waiting.destroy();
    const left = end === 'SIGKILL' ? [] : processesOn(data); // what is killed cannot wait for its database
    expect([exitCode, app.complained(), left]).toEqual([end === 'SIGKILL' ? null : 0, '', []]);
    expect(app.said()).not.toContain('Loading');
  }
  const app = await serving(data, { ordinary: true });
  await expectNotedAfter(app, data, notes.length);
});

test('starts that are killed or asked to end while they load the samples are finished by the next, with nothing twice and nothing left out', async () => {
  const data = await newFolder();
  // While the municipalities are registered, and while the cases are played.
  for (const [part, end] of [
    [0.1, 'SIGTERM'],
    [0.35, 'SIGKILL'],
    [0.7, 'SIGKILL'],
  ] as const) {
    const app = await launch(data);
    await untilRecorded(app, data, Math.round(part * whole.length));
    process.kill(-app.pid, end);
    const exitCode = await app.exitCode;
    const left = end === 'SIGKILL' ? [] : processesOn(data);
    expect([exitCode, app.complained(), left]).toEqual([end === 'SIGKILL' ? null : 0, '', []]);
    expect(app.said()).toBe('Loading the sample municipalities …\n');
  }
  await serving(data);
  const now = await facts(data);
  expect(sorted(now)).toEqual(sorted(whole));
  expect(now.map(({ at }) => at)).toEqual(now.map(({ at }) => at).toSorted());
});

const facts = (data: string): Promise<readonly Fact[]> =>
  query<Fact>(data, `select id, type, to_char(at, 'YYYY-MM-DD"T"HH24:MI:SS.MS') as at from log.events order by position`);

/** Those of one moment may stand in another order. */
const sorted = (some: readonly Fact[]): readonly string[] => some.map(({ at, type, id }) => `${at} ${type} ${id}`).toSorted();

/** What a start that fails leaves behind, and its one line. */
const told = (line: RegExp) => ({ exitCode: 1, complained: expect.stringMatching(line), lines: 1, said: '', left: [] });

async function refusal(data: string, options?: LaunchOptions) {
  const app = await launch(data, options);
  const exitCode = await Promise.race([app.exitCode, app.address.then(() => 'It started.')]);
  const complained = app.complained().replace(/\n$/, '');
  return { exitCode, complained, lines: complained.split('\n').length, said: app.said(), left: processesOn(data) };
}

/** A folder with samples that was stopped: quicker than loading them. */
async function copy(): Promise<string> {
  const folder = await newFolder();
  execFileSync('cp', ['-a', `${template}/.`, folder]);
  return folder;
}

async function giveToOrdinary(data: string): Promise<void> {
  const { user } = await locate(data);
  if (user) execFileSync('chown', ['-R', `${user.uid}:${user.gid}`, data]);
}

const ORDER = sampleId('order', 'aldrig');

const notes = ['SIGINT', 'SIGTERM', 'SIGKILL'];

/** Something acknowledged. */
async function noteContact(app: Uppsikt, note: string): Promise<void> {
  const body = { contact: 'provider', contactedOn: '2020-11-05', note };
  expect((await call(await app.address, `POST /api/v1/orders/${ORDER}/contact-notes`, { as: 'norra-innerstaden-officer', body })).status).toBe(200);
}

async function expectNotedAfter(app: Uppsikt, data: string, ends: number): Promise<void> {
  const noted = notes.slice(0, ends);
  const { body } = await call(await app.address, `GET /api/v1/orders/${ORDER}`, { as: 'norra-innerstaden-officer' });
  expect(body).toMatchObject({ contacts: noted.map((note) => ({ note })) });
  const now = await facts(data);
  expect(now.slice(0, whole.length)).toEqual(whole);
  expect(now.slice(whole.length).map(({ type }) => type)).toEqual(noted.map(() => 'ContactNoted'));
}

/** The sender that never comes to its end must not keep it from ending. */
async function halfRequest(app: Uppsikt): Promise<Socket> {
  const { hostname, port } = new URL(await app.address);
  const socket = connect(Number(port), hostname).on('error', () => {}); // it is cut off
  await once(socket, 'connect');
  socket.write(`POST /api/v1/orders HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`);
  return socket;
}

async function untilRecorded(app: Uppsikt, data: string, count: number): Promise<void> {
  const recorded = eventually(async () => ((await facts(data)).length >= count ? [count] : []));
  await Promise.race([recorded, app.exitCode.then(() => Promise.reject(new Error(`It ended: ${app.complained()}`)))]);
}
