import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { END, EventStoreDBClient, jsonEvent, START as BEGINNING, streamNameFilter, type ReadAllOptions } from '@eventstore/db-client';
import { eventStoreServer, someEntries, someEntry, someStream, type EventStoreServer } from '#libs/testing';
import { eventStoreLog, LogRefused, START, type EventLog, type Position } from './index.js';
import { reasonOf } from './naive-client.given.js';

// Row by row what a real server was seen to do with reads: what the client gives as it comes, and what the log gives.
const tenant = 'stockholm';
let server: EventStoreServer;
let bare: EventStoreDBClient;
let log: EventLog;
beforeEach(async () => {
  server = await eventStoreServer();
  bare = EventStoreDBClient.connectionString(server.url);
  log = await eventStoreLog({ url: server.url, patienceMs: 40_000, timeoutMs: 300, pauseMs: 10 });
});
afterEach(async () => {
  await log.close();
  await bare.dispose();
  await server.close();
});

const named = (stream: string) => `${tenant}.${stream}`;
/** Entries in streams of their own, and the positions that they got. */
const written = async (count: number) => {
  const all: { readonly id: string; readonly position: Position }[] = [];
  for (let n = 0; n < count; n++) {
    const entry = someEntry(tenant, someStream(), 0);
    const outcome = await log.append(tenant, entry.stream, -1, [entry]);
    if (outcome.outcome === 'appended') all.push({ id: entry.id, position: outcome.position });
  }
  return all;
};
const pair = (position: Position) => ({ commit: position, prepare: position });
const idsOf = async (options: ReadAllOptions) => (await Array.fromAsync(bare.readAll(options))).map(({ event }) => event?.id);

describe('reading a stream', () => {
  test('that nobody has written to throws; in the log it is empty. Past its end there is nothing, in both', async () => {
    const [absent, stream] = [someStream(), someStream()];
    expect(await reasonOf(Array.fromAsync(bare.readStream(named(absent))))).toMatchObject({ type: 'stream-not-found' });
    expect(await log.readStream(tenant, absent)).toEqual([]);
    await log.append(tenant, stream, -1, [someEntry(tenant, stream, 0)]);
    expect(await Array.fromAsync(bare.readStream(named(stream), { fromRevision: 7n }))).toEqual([]);
    expect(await log.readStream(tenant, stream, { from: 7 })).toEqual([]);
  });

  test('by a call that ends well before its time gives part of it for all of it; in the log all of it', async () => {
    const stream = someStream();
    await log.append(tenant, stream, -1, someEntries(tenant, stream, 5));
    for (const direction of ['forwards', 'backwards'] as const) {
      server.fail('read', { fault: 'cut-short', after: 2 });
      const fromRevision = direction === 'forwards' ? BEGINNING : END;
      expect(await Array.fromAsync(bare.readStream(named(stream), { direction, fromRevision }))).toHaveLength(2);
      server.fail('read', { fault: 'cut-short', after: 2 }, { fault: 'cut-short', after: 0 });
      expect(await log.readStream(tenant, stream, { direction })).toHaveLength(5);
    }
    server.fail('read', { fault: 'cut-short', after: 0 });
    expect(await Array.fromAsync(bare.readStream(named(stream)))).toEqual([]);
    server.fail('read', { fault: 'cut-short', after: 0 });
    expect(await log.readStream(tenant, stream, { from: 3 })).toHaveLength(2);
  });
});

describe('reading the whole', () => {
  test('heeds no filter, and gives what the server wrote for itself; the log gives what is asked for', async () => {
    const [first, second] = await written(2);
    server.happens();
    const stream = someStream('person');
    await log.append(tenant, stream, -1, [someEntry(tenant, stream, 0)]);
    const options: ReadAllOptions & { filter: unknown } = { filter: streamNameFilter({ prefixes: ['nobody'] }) };
    const types = (await Array.fromAsync(bare.readAll(options))).map(({ event }) => event?.type);
    expect(types).toHaveLength(5);
    expect(types).toContain('$statsCollected');
    const { entries } = await log.readAll({ filter: { streams: ['order'] } });
    expect(entries.map(({ entry }) => entry.id)).toEqual([first?.id, second?.id]);
  });

  test('goes on with what it ended with, so that page after page holds it twice; in the log a page begins after it', async () => {
    const all = await written(4);
    const [, second, third, fourth] = all;
    expect(await idsOf({ fromPosition: pair(second?.position ?? START) })).toEqual([second?.id, third?.id, fourth?.id]);
    const page = await log.readAll({ max: 2 });
    expect(page.next).toBe(second?.position);
    const after = page.next ?? START;
    expect((await log.readAll({ after })).entries.map(({ entry }) => entry.id)).toEqual([third?.id, fourth?.id]);
  });

  test('by a call that ends well before its time gives part of it for all of it; in the log all of it', async () => {
    const ids = (await written(6)).map(({ id }) => id);
    for (const after of [1, 3]) {
      server.fail('read', { fault: 'cut-short', after });
      expect(await idsOf({})).toHaveLength(after);
      server.fail('read', { fault: 'cut-short', after }, { fault: 'cut-short', after: 1 });
      expect((await log.readAll({})).entries.map(({ entry }) => entry.id)).toEqual(ids);
      server.fail('read', { fault: 'cut-short', after }, { fault: 'cut-short', after: 0 });
      expect((await log.readAll({ direction: 'backwards' })).entries.map(({ entry }) => entry.id)).toEqual(ids.toReversed());
    }
    server.fail('read', { fault: 'cut-short', after: 0 });
    expect(await log.head()).toBe((await log.readAll({ direction: 'backwards', max: 1 })).entries[0]?.position);
  });

  test('from a position that the server never gave is an error of no kind, from beyond the end it is nothing at all; the log refuses both by name', async () => {
    const [, second] = await written(2);
    const head = second?.position ?? START;
    expect(await reasonOf(idsOf({ fromPosition: pair((head - 7n) as Position) }))).toMatchObject({ type: 'unknown', code: 2 });
    expect(await idsOf({ fromPosition: pair((head + 7n) as Position) })).toEqual([]);
    for (const after of [head - 7n, head + 7n] as Position[]) await expect(log.readAll({ after })).rejects.toThrow(LogRefused);
  });

  test('holds what was acknowledged, at once, in both', async () => {
    for (let n = 0; n < 50; n++) {
      const [one] = await written(1);
      expect(await idsOf({ fromPosition: END, direction: 'backwards', maxCount: 1 })).toEqual([one?.id]);
      expect(await log.head()).toBe(one?.position);
    }
  });
});

test('data that was stored elsewhere is given as it is; the log stops where it stands in a stream of its own', async () => {
  const entry = someEntry(tenant, someStream(), 1);
  await bare.appendToStream(named(entry.stream), jsonEvent({ id: entry.id, type: entry.type, data: { theirs: true } }));
  expect(await Array.fromAsync(bare.readStream(named(entry.stream)))).toHaveLength(1);
  await expect(log.readStream(tenant, entry.stream)).rejects.toThrow('none that this log wrote');
});
