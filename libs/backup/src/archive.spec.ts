import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { members, type Member } from './archive-reader.js';
import { ArchiveWriter } from './archive-writer.js';
import { BackupRefused } from './refused.js';
import { decrypterFor, encrypterFor, newIdentity, type Opener, type Seal } from './seals.js';

let folder: string;
let path: string;
let seal: Seal;
let opener: Opener;

beforeAll(async () => {
  const { identity, recipient } = await newIdentity();
  [seal, opener] = [{ recipients: [recipient] }, { identities: [identity] }];
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'uppsikt-archive-ö-'));
  path = join(folder, 'backup.uppsikt');
});
afterEach(() => rm(folder, { recursive: true }));

const sha = 'a'.repeat(64);
const some = (): readonly Member[] => [
  { name: 'opening.json', content: Buffer.from('{"å":1}') },
  { name: 'log/000000001.ndjson', content: randomBytes(5_000_000) },
  { name: 'empty', content: Buffer.alloc(0) },
  { name: `documents/${'t'.repeat(40)}/${sha}`, content: Buffer.alloc(300_000, 'x') },
];
const written = async (all: readonly Member[], sealedFor: Seal = seal): Promise<number> => {
  const writer = await ArchiveWriter.create(path, await encrypterFor(sealedFor));
  for (const { name, content } of all) await writer.add(name, content);
  return writer.finish();
};
const read = async (by: Opener = opener): Promise<readonly Member[]> => Array.fromAsync(members(path, await decrypterFor(by)));
/** What an operator is told, in one line. */
const reason = async (work: Promise<unknown>): Promise<string> => {
  const error: unknown = await work.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(BackupRefused);
  const { message } = error as Error;
  expect(message).toMatch(/^[^\n]+$/);
  expect(message).not.toContain('SECRET-KEY-1Q');
  return message;
};

test('what was added comes out in its order, byte for byte; the file is its owner’s alone', async () => {
  const all = some();
  const size = await written(all);
  const found = await read();
  expect(found.map(({ name }) => name)).toEqual(all.map(({ name }) => name));
  expect(found.every(({ content }, nth) => content.equals(all[nth]!.content))).toBe(true);
  expect(await stat(path)).toMatchObject({ size, mode: 0o100600 });
  expect(await readdir(folder)).toEqual(['backup.uppsikt']);
});

test('nothing of it can be read in the file', async () => {
  await written([{ name: 'log/000000001.ndjson', content: Buffer.from('Genomförandeplan '.repeat(1_000)) }]);
  const bytes = await readFile(path);
  expect(bytes.toString('latin1')).toMatch(/^age-encryption\.org\/v1\n/);
  expect(bytes.includes('Genom')).toBe(false);
  expect(bytes.includes('ndjson')).toBe(false);
});

test('a passphrase opens it too, and no other passphrase does', async () => {
  const all = some().slice(0, 1);
  await written(all, { recipients: [], passphrase: 'fyra ord i rad' });
  expect(await read({ identities: [], passphrase: 'fyra ord i rad' })).toEqual(all);
  expect(await reason(read({ identities: [], passphrase: 'fem ord' }))).toMatch(/not encrypted for this identity, or by another passphrase/);
});

test('another identity opens nothing', async () => {
  await written(some());
  const { identity } = await newIdentity();
  expect(await reason(read({ identities: [identity] }))).toMatch(/not encrypted for this identity/);
});

test('one of several recipients is enough', async () => {
  const other = await newIdentity();
  await written(some().slice(0, 1), { recipients: [...seal.recipients, other.recipient] });
  expect(await read({ identities: [other.identity] })).toHaveLength(1);
});

test('a backup that was changed anywhere, or cut short anywhere, never comes to its end', async () => {
  await written(some());
  const whole = await readFile(path);
  for (const part of [0.3, 0.7, 0.999]) {
    const changed = Buffer.from(whole);
    const at = Math.floor(whole.length * part);
    changed[at] = (changed[at] ?? 0) ^ 1;
    await writeFile(path, changed);
    expect(await reason(read())).toMatch(/is damaged or cut short, and nothing is restored from it/);
    await writeFile(path, whole.subarray(0, at));
    expect(await reason(read())).toMatch(/is damaged or cut short/);
  }
  // At the end of a chunk of 64 KiB of the encryption: nothing but the missing end tells.
  const header = whole.indexOf('\n', whole.indexOf('--- ')) + 1 + 16;
  await writeFile(path, whole.subarray(0, header + 3 * (65_536 + 16)));
  expect(await reason(read())).toMatch(/is damaged or cut short/);
});

test('what is no backup, or is not there, is told so', async () => {
  expect(await reason(read())).toMatch(/There is no backup at/);
  await writeFile(path, 'Not a backup.');
  expect(await reason(read())).toMatch(/is no backup/);
  await writeFile(path, '');
  expect(await reason(read())).toMatch(/is no backup/);
});

test('a file that is there already is never overwritten', async () => {
  await written(some().slice(0, 1));
  const before = await readFile(path);
  expect(await reason(written(some()))).toMatch(/never overwrites/);
  expect(await readFile(path)).toEqual(before);
});

test('one that is abandoned leaves nothing behind', async () => {
  const writer = await ArchiveWriter.create(path, await encrypterFor(seal));
  await writer.add('log/000000001.ndjson', randomBytes(100_000));
  await writer.abandon();
  expect(await readdir(folder)).toEqual([]);
});

test('a folder that is not there is told so', async () => {
  path = join(folder, 'nowhere', 'backup');
  expect(await reason(written(some()))).toMatch(/cannot be written \(ENOENT\)/);
});

test('a reader that stops in the middle lets go of the file', async () => {
  await written(some());
  for await (const { name } of members(path, await decrypterFor(opener))) if (name.startsWith('log/')) break;
  expect(await read()).toHaveLength(4);
});

test('recipients and identities that are none are told, and no secret with them', async () => {
  expect(await reason(encrypterFor({ recipients: ['age1nobody'] }))).toMatch(/"age1nobody" is no recipient/);
  expect(await reason(encrypterFor({ recipients: [] }))).toMatch(/--recipient/);
  expect(await reason(encrypterFor({ recipients: seal.recipients, passphrase: 'x' }))).toMatch(/one of them/);
  expect(await reason(decrypterFor({ identities: ['AGE-SECRET-KEY-1QQQ'] }))).toMatch(/no identity/);
  expect(await reason(decrypterFor({ identities: [] }))).toMatch(/--identity-file/);
});
