import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '../../..');
const written = /\.(ts|tsx|mjs|json|md|yml|css|html|sql|csv)$/;

let paths: string[];
let texts: { path: string; text: string }[];

beforeAll(async () => {
  // Also what is new and not yet added: the mistake is cheapest before the commit.
  const { stdout } = await promisify(execFile)('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root });
  paths = stdout.split('\0').filter(Boolean);
  const text = (path: string) => readFile(join(root, path), 'utf8').catch(() => ''); // removed, but not yet from the index
  texts = await Promise.all(paths.filter((path) => written.test(path)).map(async (path) => ({ path, text: await text(path) })));
});

test('file names are ASCII, so that every system and archive keeps them', () => {
  expect(paths).toContain('libs/testing/src/texts.spec.ts');
  expect(paths.filter((path) => !/^[\x20-\x7e]+$/.test(path))).toEqual([]);
});

test('sources and documents are NFC, so that GenomförandeplanReceived is one name and not two that look alike', () => {
  expect(texts.length).toBeGreaterThan(10);
  // Golden bytes hold what the log keeps, and it keeps what it is given.
  const ours = texts.filter(({ path }) => !path.endsWith('.golden.json'));
  expect(ours.filter(({ text }) => text !== text.normalize('NFC')).map(({ path }) => path)).toEqual([]);
});

test('no source silences the compiler or the lint', () => {
  expect(texts.filter(({ path, text }) => /\.(tsx?|mjs)$/.test(path) && /(ox|es)lint-disable|@ts-(ignore|nocheck)/.test(text)).map(({ path }) => path)).toEqual(
    [],
  );
});
