import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { randomUUID, hash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { readSheet } from 'read-excel-file/node';
import { Commands, Executor, Moments, Queries, Streams, type Holdings } from '#libs/commands';
import { openPool } from '#libs/database';
import { logMigrations, postgresLog, type Position } from '#libs/event-log';
import {
  CaughtUp,
  CLOCK,
  createHttpApp,
  DevelopmentIdentity,
  Identities,
  LOG_ID,
  People,
  Requests,
  requestsMigration,
  Uploads,
  type FoundPerson,
} from '#libs/http';
import { day, derivedId, EventRegistry, instant } from '#libs/kernel';
import { preparedDatabase } from '#libs/testing';
import type { Vault } from '#libs/vault';
import { ViewRunner, Views } from '#libs/views';
import { document } from './document.js';
import { DocumentStore } from './document-store.js';
import { DocumentsModule } from './documents.module.js';
import { documentsView } from './documents.view.js';
import { KeptDocuments } from './kept-documents.js';
import { openDocuments } from './open-documents.js';
import { sampleFiles } from './sample-files.js';

// Documents as they are uploaded and saved over HTTP, on a real log, views and disk; two boards of one municipality, and another.
jest.setTimeout(60_000);

const id = (name: string): string => derivedId('documents', name);
const BOARDS: Readonly<Record<string, readonly string[]>> = { Östermalm: ['Östermalm', 'Stöd, Östermalm', 'Äldre, Östermalm'], Norrmalm: ['Norrmalm'] };

const people = [
  ['Olle', 'stockholm', 'case-officer', 'Stöd, Östermalm'],
  ['Åsa', 'stockholm', 'unit-manager', 'Äldre, Östermalm'],
  ['Nils', 'stockholm', 'registrar', 'Norrmalm'],
  ['Rut', 'stockholm', 'auditor', 'Revisorerna'],
  ['Ylva', 'stockholm', 'audit-officer', 'Revisionskontoret'],
  ['Ulla', 'stockholm', 'overseer', 'Kommunstyrelsen'],
  ['Tyra', 'tyreso', 'auditor', 'Tyresös revisorer'],
  ['Tor', 'tyreso', 'registrar', 'Tyresö'],
] as const;
type Name = (typeof people)[number][0];

const holdings = (unit: string): Holdings => {
  const board = Object.values(BOARDS).find((units) => units.some((name) => id(name) === unit));
  return { unit: [unit], board: board?.map(id) ?? [unit] };
};
class SamplePeople extends People {
  override find(person: string): Promise<FoundPerson | undefined> {
    const known = people.find(([name]) => id(name) === person);
    const [, tenant, role, unit] = known ?? [];
    return Promise.resolve(known && { tenant: tenant!, person, roles: [{ role: role!, unit: id(unit!), from: day('2020-01-01') }], holdings });
  }
}

const opened = new AsyncDisposableStack();
const kept = <T>(thing: T, close: (thing: T) => Promise<unknown>): T => opened.adopt(thing, async (one) => void (await close(one)));
let origin: string;
let folder: string;

beforeAll(async () => {
  folder = kept(await mkdtemp(join(tmpdir(), 'uppsikt-documents-')), (path) => rm(path, { recursive: true, force: true }));
  const database = kept(await preparedDatabase([logMigrations, requestsMigration]), (one) => one.drop());
  const pool = kept(openPool(database.worker, { max: 6, name: 'spec' }), (one) => one.end());
  const log = kept(await postgresLog({ url: database.worker }), (one) => one.close());
  const registry = new EventRegistry(document.events);
  const runner = kept(new ViewRunner({ pool, log, registry, views: [documentsView] }), (one) => one.stop());
  await runner.start();
  const views = new Views({ pool, log, views: [documentsView] });
  const requests = kept(await Requests.open(database.api), (one) => one.close());
  const moments: Moments = { positionAt: () => log.head() };
  const store = await openDocuments(pathToFileURL(folder).href);
  const given = new Map<unknown, unknown>([
    [Executor, new Executor(log, {} as Vault, registry)],
    [Views, views],
    [Moments, moments],
    [Streams, new Streams(log, registry, moments)],
    [Requests, requests],
    [People, new SamplePeople()],
    [CaughtUp, { with: (position: Position) => views.waitFor(position, [documentsView]).then(() => true) }],
    [CLOCK, { now: () => instant('2020-09-25T08:00:00.000Z'), real: false }],
    [LOG_ID, log.id],
    [DocumentStore, store],
    [Uploads, new KeptDocuments(store, 200_000)],
  ]);
  const values = [...given].map(([provide, useValue]) => ({ provide: provide as symbol, useValue }));
  @Global()
  @Module({
    imports: [CqrsModule.forRoot()],
    providers: [Commands, Queries, ...values, { provide: Identities, useClass: DevelopmentIdentity }],
    exports: [Commands, Queries, Identities, ...(given.keys() as Iterable<symbol>)],
  })
  class Core {}
  @Module({ imports: [Core, DocumentsModule] })
  class Root {}
  const about = { name: 'uppsikt-api', version: '1.0.0', released: day('2026-11-22'), status: 'active' } as const;
  const app = kept(await createHttpApp(Root, { about, logLevel: 'silent' }), (one) => one.close());
  await app.listen(0, '127.0.0.1');
  origin = await app.getUrl();
});
afterAll(() => opened.disposeAsync());

const ask = async (as: Name, what: string, { headers = {}, bytes }: { readonly headers?: Record<string, string>; readonly bytes?: Uint8Array } = {}) => {
  const [method = 'GET', path = ''] = what.split(' ');
  const answer = await fetch(`${origin}/api/v1/documents${path}`, {
    method,
    headers: { 'uppsikt-person': id(as), 'idempotency-key': randomUUID(), 'accept-language': 'sv', ...headers },
    ...(bytes && { body: Buffer.from(bytes) }),
  });
  const body = Buffer.from(await answer.arrayBuffer());
  const json = /json/.test(answer.headers.get('content-type') ?? '') ? (JSON.parse(body.toString()) as Record<string, unknown>) : {};
  return { status: answer.status, headers: answer.headers, body, json };
};
const upload = (as: Name, name: string, bytes: Uint8Array, mediaType = 'text/plain') =>
  ask(as, `POST ?name=${encodeURIComponent(name)}`, { bytes, headers: { 'content-type': mediaType } });
const sha = (bytes: Uint8Array): string => hash('sha256', bytes, 'hex');

let texts = 0;
const newText = (): Buffer => Buffer.from(`Svar till revisionen, version ${texts++}.`);

test('every kind of file is stored and comes back as it was, to be saved under its name', async () => {
  const endings = ['pdf', 'docx', 'xlsx', 'odt', 'ods', 'txt', 'csv', 'png', 'jpeg', 'eml'];
  for (const [nth, [mediaType, bytes]] of Object.entries(sampleFiles).entries()) {
    const name = `Svar på Nr ${nth}.${endings[nth]!}`;
    const stored = await upload('Olle', name, bytes, mediaType);
    expect([stored.status, stored.json]).toEqual([201, expect.objectContaining({ sha256: sha(bytes), size: bytes.length, mediaType, name })]);
    expect(stored.headers.get('location')).toBe(`/api/v1/documents/${sha(bytes)}`);
    const { status, headers, body } = await ask('Olle', `GET /${sha(bytes)}`);
    expect([status, body.equals(bytes)]).toEqual([200, true]);
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="Svar pa Nr ${nth}.${endings[nth]!}"; filename*=UTF-8''Svar%20p%C3%A5%20Nr%20${nth}.${endings[nth]!}`,
    );
    expect(['content-type', 'content-length', 'etag', 'x-content-type-options'].map((one) => headers.get(one))).toEqual([
      mediaType,
      String(bytes.length),
      `"${sha(bytes)}"`,
      'nosniff',
    ]);
  }
});

test('a document is read by the board that stored it, by auditors and overseer, and by nobody else', async () => {
  const bytes = newText();
  await upload('Olle', 'svar.txt', bytes);
  const statuses = await Promise.all(people.map(async ([name]) => [name, (await ask(name, `GET /${sha(bytes)}`)).status]));
  expect(Object.fromEntries(statuses)).toEqual({ Olle: 200, Åsa: 200, Nils: 404, Rut: 200, Ylva: 200, Ulla: 200, Tyra: 404, Tor: 404 });
});

test('what is out of reach is answered as what does not exist', async () => {
  const bytes = newText();
  await upload('Olle', 'svar.txt', bytes);
  const [foreign, absent] = [await ask('Tyra', `GET /${sha(bytes)}`), await ask('Tyra', `GET /${'a'.repeat(64)}`)];
  expect([foreign.status, foreign.json.code, foreign.json.detail]).toEqual([404, 'document.unknown', absent.json.detail]);
});

test('the same bytes from another board are one document, which both may read under their own names', async () => {
  const bytes = newText();
  const first = await upload('Olle', 'svar.txt', bytes);
  const second = await upload('Nils', 'kopia.txt', bytes);
  expect([second.status, second.json.id, second.json.revision]).toEqual([201, first.json.id, 1]);
  const names = await Promise.all(
    (['Olle', 'Nils', 'Rut'] as const).map(async (as) => (await ask(as, `GET /${sha(bytes)}`)).headers.get('content-disposition')),
  );
  expect(names).toEqual(['svar', 'kopia', 'svar'].map((name) => `attachment; filename="${name}.txt"`));
  expect((await upload('Åsa', 'igen.txt', bytes)).json.revision).toBe(2);
  expect((await upload('Åsa', 'igen.txt', bytes)).json.revision).toBe(2);
});

test('the list holds what is in reach, latest first, by name and kind, and as a file', async () => {
  const [bytes, others] = [newText(), newText()];
  await upload('Olle', 'Protokoll § 13 100%.txt', bytes);
  const last = await upload('Nils', 'Protokoll § 14.txt', others);
  const after = `after=${String(last.json.position)}`;
  const names = async (as: Name, query: string) => (await ask(as, `GET ?${after}&${query}`)).json.items as { name: string; sha256: string; unit: string }[];
  expect((await names('Rut', 'name=protokoll')).map(({ name }) => name).toSorted()).toEqual(['Protokoll § 13 100%.txt', 'Protokoll § 14.txt']);
  expect((await names('Åsa', 'name=PROTOKOLL')).map(({ name, unit }) => [name, unit])).toEqual([['Protokoll § 13 100%.txt', id('Stöd, Östermalm')]]);
  expect((await names('Rut', `name=${encodeURIComponent('100%')}`)).length).toBe(1);
  expect((await names('Rut', `name=${encodeURIComponent('1_0')}`)).length).toBe(0);
  expect((await names('Rut', `sha256=${sha(others)}`)).map(({ name }) => name)).toEqual(['Protokoll § 14.txt']);
  expect((await names('Nils', `sha256=${sha(bytes)}`)).length).toBe(0);
  expect((await names('Rut', 'mediaType=image/png&limit=200')).map(({ name }) => name)).toEqual(['Svar på Nr 7.png']);
  expect((await names('Tyra', 'limit=200')).length).toBe(0);
  const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  const file = await ask('Nils', `GET ?${after}&name=protokoll`, { headers: { accept: xlsx } });
  expect((await readSheet(file.body)).map(([name, kind]) => [name, kind])).toEqual([
    ['Namn', 'Slag'],
    ['Protokoll § 14.txt', 'text/plain'],
  ]);
});

test.each<[string, string, Buffer, string, number, string]>([
  ['of another kind than its name says', 'svar.pdf', Buffer.from('Svar.'), 'text/plain', 422, 'document.name-unfit'],
  ['whose name is a path', '../../etc/passwd.txt', Buffer.from('Svar.'), 'text/plain', 422, 'document.name-unfit'],
  ['whose name is a path of Windows', '..\\..\\svar.txt', Buffer.from('Svar.'), 'text/plain', 422, 'document.name-unfit'],
  ['whose name holds U+0000', 'svar.txt\0.pdf', Buffer.from('Svar.'), 'text/plain', 400, 'shape.invalid'],
  ['without a byte', 'svar.txt', Buffer.alloc(0), 'text/plain', 422, 'upload.empty'],
  ['that is too large', 'svar.txt', Buffer.alloc(200_001, 'x'), 'text/plain', 413, 'upload.too-large'],
  ['that is a page of the web', 'svar.html', Buffer.from('<html>'), 'text/html', 415, 'upload.type-unknown'],
  ['that is no PDF', 'svar.pdf', Buffer.from('<html>'), 'application/pdf', 415, 'upload.type-unfit'],
])('a file %s is refused', async (_what, name, bytes, mediaType, expected, code) => {
  const { status, json } = await upload('Olle', name, bytes, mediaType);
  expect([status, json.code]).toEqual([expected, code]);
});

test.each([
  ['/..%2f..%2fetc%2fpasswd', 400],
  ['/../../../etc/passwd', 404],
  ['/abc', 400],
  [`/${'a'.repeat(63)}g`, 400],
  [`/${'a'.repeat(64)}`, 404],
])('asked for %s, it answers %i', async (path, status) => {
  expect((await ask('Rut', `GET ${path}`)).status).toBe(status);
});

test('a hash in capitals is the same hash', async () => {
  const bytes = newText();
  await upload('Olle', 'svar.txt', bytes);
  expect((await ask('Olle', `GET /${sha(bytes).toUpperCase()}`)).status).toBe(200);
});

test('nothing lies in the store but whole documents, by municipality', async () => {
  const bytes = newText();
  await upload('Tor', 'svar.txt', bytes);
  expect((await readdir(folder)).toSorted()).toEqual(['.incoming', 'stockholm', 'tyreso']);
  expect(await readdir(join(folder, 'tyreso', sha(bytes).slice(0, 2)))).toEqual([sha(bytes).slice(2)]);
  expect(await readdir(join(folder, '.incoming'))).toEqual([]);
});
