import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import S3rver from '@20minutes/s3rver';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { DocumentCorrupt, DocumentsUnavailable, type DocumentStore } from './document-store.js';
import { openDocuments } from './open-documents.js';

const bytesOf = (text: string): Buffer => Buffer.from(text);
const sha = (bytes: Uint8Array): string => hash('sha256', bytes, 'hex');
const reply = bytesOf('%PDF-1.7 Svar på stadsrevisionens rapport Nr 5 2020');

let root: string;
let bucket: S3rver;
let s3: string;
const folder = (name: string): string => join(root, name);
const fileUrl = (name: string): string => pathToFileURL(folder(name)).href;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'uppsikt-documents-'));
  bucket = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory: folder('s3'), configureBuckets: [{ name: 'handlingar' }] });
  const { port } = await bucket.run();
  s3 = `s3+http://S3RVER:S3RVER@127.0.0.1:${port}/handlingar`;
});
afterAll(async () => {
  await bucket.close();
  await rm(root, { recursive: true, force: true });
});

const keptIn = async (store: DocumentStore, tenant: string, sha256: string) => {
  const found = await store.get(tenant, sha256);
  return found && buffer(found);
};

describe.each([
  ['a folder', () => fileUrl('a'), () => folder(`a/stockholm`)],
  ['a bucket', () => s3, () => folder('s3/handlingar/stockholm')],
  ['a bucket, beneath a prefix', () => `${s3}/uppsikt/prod/?region=eu-north-1`, () => folder('s3/handlingar/uppsikt/prod/stockholm')],
])('documents in %s', (_what, url, where) => {
  let store: DocumentStore;
  beforeAll(async () => {
    store = await openDocuments(url());
  });

  test('what is put is there, for its municipality alone', async () => {
    await store.put('stockholm', sha(reply), reply);
    expect(await keptIn(store, 'stockholm', sha(reply))).toEqual(reply);
    expect(await keptIn(store, 'tyreso', sha(reply))).toBeUndefined();
    expect(await keptIn(store, 'stockholm', sha(bytesOf('annat')))).toBeUndefined();
  });

  test('the same bytes again are the same document', async () => {
    await store.put('stockholm', sha(reply), reply);
    await store.put('stockholm', sha(reply), reply);
    expect(await keptIn(store, 'stockholm', sha(reply))).toEqual(reply);
  });

  test('many at once, of many parts, each come back whole', async () => {
    const large = Array.from({ length: 6 }, (_, n) => Buffer.alloc(700_000, `${n} ö`));
    await Promise.all([...large, ...large].map((bytes) => store.put('stockholm', sha(bytes), bytes)));
    for (const bytes of large) expect(sha((await keptIn(store, 'stockholm', sha(bytes)))!)).toBe(sha(bytes));
  });

  test('bytes that do not have the hash they are put under are a fault of ours, and nothing is kept', async () => {
    await expect(store.put('stockholm', sha(bytesOf('x')), bytesOf('y'))).rejects.toThrow(TypeError);
    expect(await keptIn(store, 'stockholm', sha(bytesOf('x')))).toBeUndefined();
  });

  test.each([
    ['../stockholm', 'a'.repeat(64)],
    ['stockholm', '../../../../etc/passwd'],
    ['', 'a'.repeat(64)],
    ['stockholm', 'A'.repeat(64)],
  ])('no path leads out of it: %s %s', async (tenant, sha256) => {
    await expect(store.get(tenant, sha256)).rejects.toThrow(TypeError);
    await expect(store.put(tenant, sha256, reply)).rejects.toThrow(TypeError);
  });

  test('what was changed where it lies is given to nobody, and not overwritten by its like', async () => {
    const bytes = Buffer.alloc(300_000, 'protokoll ');
    await store.put('stockholm', sha(bytes), bytes);
    const forged = Buffer.from(bytes);
    forged[150_000] = 0;
    await overwrite(where(), sha(bytes), forged.subarray(0, forged.length - 1));
    await expect(keptIn(store, 'stockholm', sha(bytes))).rejects.toThrow(DocumentCorrupt);
    await expect(store.put('stockholm', sha(bytes), bytes)).rejects.toThrow(DocumentCorrupt);
  });
});

/** Past the store, as a hand on the disk would. */
const overwrite = async (where: string, sha256: string, bytes: Uint8Array): Promise<void> => {
  const place = join(where, sha256.slice(0, 2));
  const [name] = (await readdir(place)).filter((one) => one.startsWith(sha256.slice(2)) && !one.endsWith('metadata.json') && !one.endsWith('.md5'));
  await chmod(join(place, name!), 0o600);
  await writeFile(join(place, name!), bytes);
};

test('on disk a document lies by its hash, read-only', async () => {
  const store = await openDocuments(fileUrl('b'));
  await store.put('stockholm', sha(reply), reply);
  const path = join(folder('b'), 'stockholm', sha(reply).slice(0, 2), sha(reply).slice(2));
  expect(await readFile(path)).toEqual(reply);
  expect((await stat(path)).mode & 0o777).toBe(0o400);
  expect(await readdir(folder('b/.incoming'))).toEqual([]);
});

test('what a killed process left half-written is no document, and is swept a day later', async () => {
  const store = await openDocuments(fileUrl('c'));
  const [young, old] = ['young', 'old'].map((name) => join(folder('c/.incoming'), name));
  for (const path of [young!, old!]) await writeFile(path, reply.subarray(0, 10));
  await utimes(old!, 0, 0);
  await openDocuments(fileUrl('c'));
  expect(await readdir(folder('c/.incoming'))).toEqual(['young']);
  expect(await keptIn(store, 'stockholm', sha(reply))).toBeUndefined();
});

test('killed in the midst of writing, it has whole documents only', async () => {
  const writer = `
    import { hash } from 'node:crypto';
    import { DiskStore } from ${JSON.stringify(new URL('disk-store.ts', import.meta.url).href)};
    const store = new DiskStore(${JSON.stringify(folder('d'))});
    await store.check();
    for (let n = 0; ; n++) {
      const bytes = Buffer.alloc(2_000_000, 'n' + n);
      await store.put('stockholm', hash('sha256', bytes, 'hex'), bytes);
      process.stdout.write(hash('sha256', bytes, 'hex') + '\\n');
    }`;
  const loader = new URL('../../../scripts/typescript.mjs', import.meta.url).href;
  const child = spawn(process.execPath, ['--conditions=uppsikt-source', '--import', loader, '--input-type=module', '-e', writer]);
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString()));
  while (said.split('\n').length < 12) await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'close');
  const acknowledged = said.split('\n').slice(0, -1);
  const store = await openDocuments(fileUrl('d'));
  for (const sha256 of acknowledged) expect(sha((await keptIn(store, 'stockholm', sha256))!)).toBe(sha256);
  const own = folder('d/stockholm');
  const names = (await readdir(own, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
  for (const { parentPath, name } of names) expect((await stat(join(parentPath, name))).size).toBe(2_000_000);
  expect(names.length).toBeGreaterThanOrEqual(acknowledged.length);
}, 60_000);

/** What an operator is told. */
const reason = async (url: string): Promise<string> => {
  const error: unknown = await openDocuments(url).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(DocumentsUnavailable);
  const { message } = error as Error;
  expect(message).toMatch(/^[^\n]+$/);
  expect(message).not.toMatch(/S3RVER|hemlig/);
  return message;
};

describe('a store that cannot be used says so in one line, without the secret', () => {
  test('a folder that is a file', async () => {
    await writeFile(folder('file'), '');
    expect(await reason(fileUrl('file'))).toMatch(/set DOCUMENTS_URL/);
  });
  test('a bucket that there is not', async () => {
    expect(await reason(s3.replace('handlingar', 'annat'))).toMatch(/404 NoSuchBucket/);
  });
  test('a secret that is wrong', async () => {
    expect(await reason(s3.replace('S3RVER:S3RVER', 'S3RVER:hemlig'))).toMatch(/403 SignatureDoesNotMatch/);
  });
  test('a server that does not answer', async () => {
    expect(await reason('s3+http://S3RVER:S3RVER@127.0.0.1:1/handlingar')).toMatch(/cannot be reached/);
  });
  test.each(['handlingar', 'ftp://host/x', 's3://host/bucket', 's3://key:hemlig@host/'])('an URL that names none: %s', async (url) => {
    expect(await reason(url)).toMatch(/DOCUMENTS_URL must/);
  });
});
