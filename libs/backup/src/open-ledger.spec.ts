import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import S3rver from '@20minutes/s3rver';
import { instant, randomId } from '#libs/kernel';
import { LedgerUnavailable, type Erased, type ErasureLedger } from '#libs/vault';
import { openLedger } from './index.js';

let root: string;
let bucket: S3rver;
let s3: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'uppsikt-ledger-'));
  bucket = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory: join(root, 's3'), configureBuckets: [{ name: 'erasures' }] });
  const { port } = await bucket.run();
  s3 = `s3+http://S3RVER:S3RVER@127.0.0.1:${port}/erasures`;
});
afterAll(async () => {
  await bucket.close();
  await rm(root, { recursive: true, force: true });
});

const at = instant('2026-02-16T08:00:00Z');
const all = async (ledger: ErasureLedger): Promise<readonly Erased[]> => (await Array.fromAsync(ledger.erased())).flat();

describe.each([
  ['a folder', () => join(root, 'a'), 20],
  ['a folder by its URL', () => pathToFileURL(join(root, 'b ö')).href, 20],
  ['a bucket', () => s3, 1_050], // a server gives 1,000 at a time
  ['a bucket, beneath a prefix', () => `${s3}/uppsikt/prod%20ö/?region=eu-north-1`, 20],
])('a ledger in %s', (_what, where, many) => {
  test('is not there until it is begun, and keeps its id', async () => {
    expect(await openLedger(where()).id()).toBeUndefined();
    expect(await all(openLedger(where()))).toEqual([]);
    const id = await openLedger(where()).id({ create: true });
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(await openLedger(where()).id({ create: true })).toBe(id);
    expect(await openLedger(where()).id()).toBe(id);
    expect(await all(openLedger(where()))).toEqual([]);
  });

  test('lists all erasures, and says of each what was said first', async () => {
    const ledger = openLedger(where());
    const erased = Array.from({ length: many }, () => ({ tenant: 'stockholm', subject: randomId() }));
    for (let from = 0; from < erased.length; from += 50) await Promise.all(erased.slice(from, from + 50).map((one) => ledger.record({ ...one, at })));
    const [first] = erased;
    const event = randomId();
    const other = { tenant: 'tyreso', subject: randomId() };
    await ledger.record({ ...other, at, event });
    await ledger.record({ ...first!, at, event });
    const found = await all(ledger);
    expect(found).toHaveLength(many + 1);
    expect(new Set(found.map(({ subject }) => subject))).toEqual(new Set([...erased, other].map(({ subject }) => subject)));
    expect(await ledger.read(first!)).toEqual({ ...first, at });
    expect(await ledger.read(other)).toEqual({ ...other, at, event });
  });
});

test('a path that is none of a URL is a folder', async () => {
  const id = await openLedger(join(root, 'c')).id({ create: true });
  expect(await openLedger(pathToFileURL(join(root, 'c')).href).id()).toBe(id);
});

/** What an operator is told. */
const reason = async (where: string): Promise<string> => {
  const asked = Promise.try(() => openLedger(where).id({ create: true }));
  const error: unknown = await asked.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(LedgerUnavailable);
  const { message } = error as Error;
  expect(message).toMatch(/^[^\n]+$/);
  expect(message).not.toMatch(/S3RVER|hemlig/);
  return message;
};

describe('a ledger that cannot be used says so in one line, without the secret', () => {
  test('a folder beneath a file', async () => expect(await reason('/dev/null/ledger')).toMatch(/cannot be kept or read: .*ERASURE_LEDGER/));
  test('a bucket that there is not', async () => expect(await reason(s3.replace('/erasures', '/annat'))).toMatch(/answers 404 NoSuchBucket/));
  test('a secret that is wrong', async () => expect(await reason(s3.replace('S3RVER:S3RVER', 'S3RVER:hemlig'))).toMatch(/403 SignatureDoesNotMatch/));
  test('nobody there', async () => expect(await reason('s3+http://S3RVER:hemlig@127.0.0.1:1/erasures')).toMatch(/cannot be reached/));
  test.each(['ftp://host/x', 's3://host/bucket', 's3://key:hemlig@host/'])('%s', async (where) => expect(await reason(where)).toMatch(/ERASURE_LEDGER must/));
});
