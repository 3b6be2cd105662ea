import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Entry, entryText, MAX_ENTRY_BYTES } from './index.js';

const json = (path: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, path), 'utf8'));
/** Bytes of released entries. A line here is never edited: what was once hashed must be written so for ever. */
const golden = json('entry.golden.json') as { about: string; text: string; sha256: string }[];

describe('an entry is written byte for byte as it always was', () => {
  test.each(golden)('$about', ({ text, sha256 }) => {
    const shuffled = Object.fromEntries(Object.entries(JSON.parse(text) as Entry).toReversed()) as Entry;
    expect(entryText(shuffled)).toBe(text);
    expect(createHash('sha256').update(text).digest('hex')).toBe(sha256);
  });
});

test('the published schema is the one that entries are checked by (npm run schemas writes it)', () => {
  expect(json('../../../docs/schemas/entry-1.json')).toEqual({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...(JSON.parse(JSON.stringify(Entry)) as object),
  });
});

describe('an entry is refused', () => {
  const sound = JSON.parse(golden[1]?.text ?? '') as Entry;
  const refused = (changes: object) => expect(() => entryText({ ...sound, ...changes })).toThrow(RangeError);

  test.each([
    ['of another layout', { v: 2 }],
    ['with a field that it does not have', { more: 1 }],
    ['without data', { data: undefined }],
    ['of a tenant that cannot be', { tenant: 'Malmö' }],
    ['of a stream without an object', { stream: 'order' }],
    ['recorded without milliseconds', { at: '2020-10-16T12:00:00Z' }],
    ['recorded at a local time', { at: '2020-10-16T12:00:00.123+02:00' }],
    ['whose id is none', { id: 'one' }],
    ['whose trace id is none', { corr: 'one' }],
    ['by nobody', { by: { ...sound.by, actor: '' } }],
    ['with a personal part too short to be sealed', { personal: [{ ...sound.personal?.[0], len: 27 }] }],
    ['with a number that JSON does not have', { data: { n: Number.POSITIVE_INFINITY } }],
    ['with half a character', { data: { text: '\uDC00' } }],
    ['with U+0000, which the database does not keep', { data: { text: '\u0000' } }],
  ])('%s', (_, changes) => refused(changes));

  test('one byte above the limit, not at it', () => {
    const room = MAX_ENTRY_BYTES - Buffer.byteLength(entryText({ ...sound, data: { text: '' } }));
    expect(Buffer.byteLength(entryText({ ...sound, data: { text: 'x'.repeat(room) } }))).toBe(MAX_ENTRY_BYTES);
    refused({ data: { text: 'x'.repeat(room + 1) } });
    refused({ data: { text: 'ö'.repeat(room / 2 + 1) } });
  });
});
