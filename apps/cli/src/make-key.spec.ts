import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readKeyFile } from '#libs/vault';
import { makeKey } from './make-key.js';
import { command } from './uppsikt.given.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'uppsikt-make-key-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('makes a key file that can be read, once', async () => {
  const path = join(folder, 'key');
  await command(makeKey, ['make-key', path], {});
  const { checkValue } = await readKeyFile(path);
  await expect(command(makeKey, ['make-key', path], {})).rejects.toThrow('it stays as it is');
  expect((await readKeyFile(path)).checkValue).toBe(checkValue);
});
