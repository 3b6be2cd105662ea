import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { decrypt, encrypt, KeyFileError, Keyring, newKeyFile, readKeyFile } from './keyring.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'uppsikt-nyckel-ö-'));
});
afterEach(() => rm(folder, { recursive: true }));

const secret = (fill: number) => new Keyring(Buffer.alloc(32, fill));

test('what is sealed opens with the same key, bound to the same place, and with no other', () => {
  const sealed = encrypt(Buffer.alloc(32, 1), Buffer.from('Åsa'), 'here');
  expect(decrypt(Buffer.alloc(32, 1), sealed, 'here').toString()).toBe('Åsa');
  expect(() => decrypt(Buffer.alloc(32, 2), sealed, 'here')).toThrow(/authenticate/);
  expect(() => decrypt(Buffer.alloc(32, 1), sealed, 'there')).toThrow(/authenticate/);
  expect(() => decrypt(Buffer.alloc(32, 1), sealed.with(20, (sealed[20] ?? 0) ^ 1), 'here')).toThrow(/authenticate/);
});

test('the same words sealed twice are other bytes', () => {
  const [one, other] = [1, 2].map(() => encrypt(Buffer.alloc(32, 1), Buffer.from('Åsa'), 'here').toString('hex'));
  expect(one).not.toBe(other);
});

test('each tenant has a key of its own, which follows from the secret', () => {
  expect(secret(1).tenantKey('stockholm')).toEqual(secret(1).tenantKey('stockholm'));
  expect(secret(1).tenantKey('stockholm')).not.toEqual(secret(1).tenantKey('tyreso'));
  expect(secret(1).tenantKey('stockholm')).not.toEqual(secret(2).tenantKey('stockholm'));
});

test('the check value tells two secrets apart and says nothing of them', () => {
  expect(secret(1).checkValue).toBe(secret(1).checkValue);
  expect(secret(1).checkValue).not.toBe(secret(2).checkValue);
  expect(secret(1).checkValue).not.toContain(Buffer.alloc(4, 1).toString('hex'));
});

test('a key file is made once, readable by its owner alone; of many first starts one wins', async () => {
  const path = join(folder, 'key');
  const made = await Promise.all(Array.from({ length: 8 }, () => readKeyFile(path, { create: true })));
  expect(new Set(made.map(({ checkValue }) => checkValue)).size).toBe(1);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['key']);
  const before = await readFile(path, 'utf8');
  expect((await readKeyFile(path, { create: true })).checkValue).toBe(made[0]?.checkValue);
  expect(await readFile(path, 'utf8')).toBe(before);
});

test('a key file that was asked for never takes the place of one that is there', async () => {
  const path = join(folder, 'key');
  const made = await Promise.allSettled(Array.from({ length: 4 }, () => newKeyFile(path)));
  expect(made.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected']);
  const before = await readFile(path, 'utf8');
  await expect(newKeyFile(path)).rejects.toThrow(KeyFileError);
  await expect(newKeyFile(path)).rejects.toThrow(/a key file at .*key already; it stays as it is/);
  expect(await readFile(path, 'utf8')).toBe(before);
  expect((await readKeyFile(path)).checkValue).toMatch(/^[0-9a-f]{32}$/);
  expect(await readdir(folder)).toEqual(['key']);
});

test.each([
  ['is not there', undefined, /no key file/],
  ['is empty', '', /32 bytes/],
  ['holds too little', Buffer.alloc(31).toString('base64'), /32 bytes/],
])('a key file that %s is told in one line', async (_how, content, line) => {
  const path = join(folder, 'key');
  if (content !== undefined) await writeFile(path, content);
  const reading = readKeyFile(path);
  await expect(reading).rejects.toThrow(KeyFileError);
  await expect(reading).rejects.toThrow(line);
});

test('a folder in the place of the key file is told in one line', async () => {
  await chmod(folder, 0o755);
  await expect(readKeyFile(folder)).rejects.toThrow(/cannot be read \(EISDIR\)/);
});

test('a key file that cannot be made is told in one line', async () => {
  const making = readKeyFile(join(folder, 'nowhere', 'key'), { create: true });
  await expect(making).rejects.toThrow(KeyFileError);
  await expect(making).rejects.toThrow(/cannot be made \(ENOENT\); set KEY_FILE to a folder that can be written\./);
});
