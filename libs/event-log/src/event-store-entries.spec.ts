import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EventStoreDBClient } from '@eventstore/db-client';
import * as fc from 'fast-check';
import canonicalize from 'canonicalize';
import { entryText, type Entry } from '#libs/kernel';
import { eventStoreServer, someEntry, someStream, type EventStoreServer } from '#libs/testing';
import { MAX_DEPTH } from './event-store-entries.js';
import { eventStoreLog, type EventLog } from './index.js';
import { reasonOf } from './naive-client.given.js';

const tenant = 'stockholm';
let server: EventStoreServer;
let log: EventLog;
let bare: EventStoreDBClient;
beforeAll(async () => {
  server = await eventStoreServer();
  log = await eventStoreLog({ url: server.url });
  bare = EventStoreDBClient.connectionString`${server.url}`;
});
afterAll(async () => {
  await log.close();
  await bare.dispose();
  await server.close();
});

const nested = (depth: number): unknown => {
  let data: unknown = 'ö';
  for (let n = 0; n < depth; n++) data = n % 2 ? [data] : { data };
  return data;
};

/** By the log, and by the server's own client: what it gives is, canonically, what was appended. */
const comesBack = async (entry: Entry) => {
  const text = entryText(entry);
  await log.append(tenant, entry.stream, -1, [entry]);
  expect((await log.readStream(tenant, entry.stream)).map((stored) => stored.text)).toEqual([text]);
  const events = await Array.fromAsync(bare.readStream(`${tenant}.${entry.stream}`));
  expect(events.map(({ event }) => canonicalize(event?.data))).toEqual([text]);
};
const holding = (data: Record<string, unknown>, changes: Partial<Entry> = {}) => someEntry(tenant, someStream(), 0, { ...changes, data });

const hex = (length: number) => fc.string({ unit: fc.constantFrom(...'0 1 2 3 4 5 6 7 8 9 a b c d e f'.split(' ')), minLength: length, maxLength: length });

describe('an entry is read back byte for byte', () => {
  test('whatever JSON its data holds', async () => {
    const key = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('10', '9', '-1', '1e3', '__proto__', 'toJSON', 'constructor', '\u2028', 'ö'));
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom(null, true, false, -0, 0, 1e21, 1e-7, 5e-324, 2 ** 53 + 2, '\u2028\u2029', '\u0001', '"\\', '\uD83D\uDE00'),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.string({ unit: 'grapheme' }),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(fc.dictionary(key, value, { maxKeys: 5, noNullPrototype: true }), async (data) => {
        fc.pre(!JSON.stringify(data).includes('\\u0000'));
        await comesBack(holding(data));
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['keys like integers, out of their order', { 10: 'b', 9: 'a', x: { 2: 1, 11: 2, '01': 3 } }],
    ['minus zero, and numbers that are written with an exponent', { n: [-0, 1e21, 1e-7, 123456789012345680000] }],
    ['line separators', { text: '\u2028\u2029ö' }],
    ['brackets in texts, many', { text: '[{"'.repeat(2_000) }],
    ['as deep as may be', { deep: nested(MAX_DEPTH - 2) }],
  ])('%s', async (_, data) => comesBack(holding(data)));

  test('whatever else it says, within its schema', async () => {
    const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((text) => !text.includes('\u0000') && !text.startsWith('$'));
    const uuid = fc.uuid();
    const personal = fc.record({
      part: word,
      subject: uuid,
      kid: uuid,
      alg: fc.constant('A256GCM' as const),
      len: fc.integer({ min: 28, max: 2 ** 31 }),
      sha256: hex(64),
    });
    const said = fc.record(
      {
        type: fc.oneof(word, fc.constantFrom('GenomförandeplanReceived', 'toString', '__proto__', '-0')),
        schema: fc.integer({ min: 1, max: 2 ** 31 }),
        by: fc.record({ actor: word, role: fc.constantFrom('officer', 'case-officer'), unit: uuid, for: uuid }, { requiredKeys: ['actor', 'role', 'unit'] }),
        corr: hex(32),
        caus: uuid,
        cmd: uuid,
        basis: fc.array(uuid, { maxLength: 5 }),
        personal: fc.array(personal, { minLength: 1, maxLength: 3 }),
      },
      { requiredKeys: ['type', 'schema', 'by', 'corr', 'cmd'] },
    );
    await fc.assert(
      fc.asyncProperty(said, (changes) => comesBack(holding({ n: 1 }, changes))),
      { numRuns: 100 },
    );
  });

  test('or it is refused before anything is sent: whatever it holds, there is no third outcome', async () => {
    const anyString = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units));
    const anything = fc.anything({
      key: fc.oneof(anyString, fc.string()),
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withSparseArray: true,
      withTypedArray: true,
      withBoxedValues: true,
      withObjectString: true,
      withNullPrototype: true,
      values: [fc.anything(), anyString, fc.constantFrom(NaN, Infinity, -0, Symbol('s'), () => 1)],
    });
    const outcomes = { kept: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(anything, async (value) => {
        const entry = holding({ value });
        const before = server.calls.append;
        const reason = await reasonOf(log.append(tenant, entry.stream, -1, [entry]));
        const sent = server.calls.append - before;
        const found = (await log.readStream(tenant, entry.stream)).map(({ text }) => text);
        if (reason === undefined) outcomes.kept++;
        if (reason instanceof RangeError) outcomes.refused++;
        expect({ sent, found }).toEqual(reason === undefined ? { sent: 1, found: [entryText(entry)] } : { sent: 0, found: [] });
      }),
      { numRuns: 500 },
    );
    expect(outcomes.kept + outcomes.refused).toBe(500);
    // Both happen, or nothing was tried.
    expect(Math.min(outcomes.kept, outcomes.refused)).toBeGreaterThan(20);
  });
});

test('what is nested deeper is refused before anything is stored', async () => {
  const entry = someEntry(tenant, someStream(), 0, { data: { deep: nested(MAX_DEPTH) } });
  await expect(log.append(tenant, entry.stream, -1, [entry])).rejects.toThrow(RangeError);
  expect(server.log.ids(`${tenant}.${entry.stream}`)).toEqual([]);
});

test.each([
  ['what JSON cannot hold', { n: 1n }],
  ['no number', { n: NaN }],
  ['no number that is finite', { n: -Infinity }],
  ['half a character', { text: '\uD83D' }],
  ['half a character for a key', { '\uDE00': 1 }],
  ['U+0000', { text: 'a\u0000b' }],
  ['more than an entry takes', { text: 'ö'.repeat(33_000) }],
  [
    'what holds itself',
    ((): Record<string, unknown> => {
      const data: Record<string, unknown> = {};
      data.data = data;
      return data;
    })(),
  ],
])('%s is refused before the client sees it', async (_, data) => {
  const before = server.calls.append;
  const entry = someEntry(tenant, someStream(), 0, { data });
  await expect(log.append(tenant, entry.stream, -1, [entry])).rejects.toThrow(RangeError);
  expect(server.calls.append).toBe(before);
});

test('a type that begins with $ is refused: readers would take it for the server’s own', async () => {
  const before = server.calls.append;
  const entry = someEntry(tenant, someStream(), 0, { type: '$statsCollected' });
  await expect(log.append(tenant, entry.stream, -1, [entry])).rejects.toThrow('those that begin with $');
  expect(server.calls.append).toBe(before);
});

test("the server's own tools can read an entry, and follow its chain", async () => {
  const entry = someEntry(tenant, someStream(), 0, { caus: '0b5e8a3e-6f0e-4c5e-9d0a-4f6f5a0c1d2e' });
  await log.append(tenant, entry.stream, -1, [entry]);
  const events = await Array.fromAsync(bare.readStream(`stockholm.${entry.stream}`));
  expect(events).toMatchObject([
    {
      event: {
        isJson: true,
        id: entry.id,
        type: 'GenomförandeplanReceived',
        data: entry,
        metadata: { $correlationId: entry.corr, $causationId: entry.caus },
      },
    },
  ]);
});

describe('what others wrote to the server', () => {
  test('is left out where it cannot be of this log', async () => {
    const before = await log.head();
    server.happens();
    await bare.appendToStream('somebody-else', { id: crypto.randomUUID(), type: 'Theirs', contentType: 'application/json', data: {}, metadata: undefined });
    expect(await log.readAll({ after: before })).toEqual({ entries: [], next: undefined });
    expect(await log.head()).toBe(before);
  });

  test('stops the reader where it stands in a stream of this log', async () => {
    const entry = someEntry(tenant, someStream(), 1);
    await bare.appendToStream(`${tenant}.${entry.stream}`, {
      id: entry.id,
      type: entry.type,
      contentType: 'application/json',
      data: entry,
      metadata: undefined,
    });
    await expect(log.readStream(tenant, entry.stream)).rejects.toThrow('none that this log wrote');
  });
});
