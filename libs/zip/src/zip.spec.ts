import { expect, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import { createHash } from 'node:crypto';
import { zipped, type ZippedFile } from './zip.js';

const text = (said: string) => new TextEncoder().encode(said);
const made = async (files: readonly ZippedFile[]): Promise<Buffer> => Buffer.concat(await Array.fromAsync(zipped(files)));
async function* inParts(...parts: readonly string[]) {
  for (const part of parts) yield text(part);
}

const once = () => made([{ name: 'a.txt', bytes: text('a'.repeat(1_000)) }]);
async function* broken() {
  yield text('a');
  throw new Error('The disk is gone.');
}

test('what is put in comes out, packed or as it is, whole or in parts', async () => {
  const archive = await made([
    { name: 'LASMIG.txt', bytes: text('Åäö') },
    { name: 'handlingar/a.pdf', bytes: inParts('%PDF', '-1.7'), packed: true },
    { name: 'tom.txt', bytes: text('') },
  ]);
  const files = Object.entries(unzipSync(archive)).map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]);
  expect(files).toEqual([
    ['LASMIG.txt', 'Åäö'],
    ['handlingar/a.pdf', '%PDF-1.7'],
    ['tom.txt', ''],
  ]);
});

test('what is large is packed piece by piece', async () => {
  const large = text('rekommendation '.repeat(100_000));
  const archive = await made([{ name: 'large.txt', bytes: large }]);
  expect(archive.length).toBeLessThan(large.length / 50);
  expect(Buffer.from(unzipSync(archive)['large.txt'] ?? text('')).equals(large)).toBe(true);
});

test('the same files give the same bytes, in every time zone', async () => {
  const bytes = await once();
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(
    createHash('sha256')
      .update(await once())
      .digest('hex'),
  );
  expect(bytes.readUInt32LE(10)).toBe(0x00210000); // midnight of 1 January 1980, with no zone
});

test.each(['', '../a', '/a', 'a\\b', 'bö.txt', 'a/', 'a b'])('a name such as %j is refused', async (name) => {
  await expect(made([{ name, bytes: text('') }])).rejects.toThrow(TypeError);
});

test('two files of one name are refused, since some systems know no capitals', async () => {
  await expect(
    made([
      { name: 'a.txt', bytes: text('') },
      { name: 'A.txt', bytes: text('') },
    ]),
  ).rejects.toThrow(TypeError);
});

test('what fails while a file is read fails the archive', async () => {
  await expect(made([{ name: 'a.txt', bytes: broken() }])).rejects.toThrow('The disk is gone.');
});
