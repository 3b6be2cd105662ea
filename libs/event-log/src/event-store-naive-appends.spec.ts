import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { EventStoreDBClient, jsonEvent, type JSONEventData } from '@eventstore/db-client';
import { randomId, type Entry } from '#libs/kernel';
import { eventStoreServer, filledUp, someEntries, someEntry, someStream, type EventStoreServer } from '#libs/testing';
import { eventStoreLog, type EventLog } from './index.js';
import { after, bareProcess, reasonOf } from './naive-client.given.js';

// Row by row what a real server was seen to do with appends: what becomes of a caller who takes the client as it comes, and of one who appends to the log.
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
const asEvent = (entry: Entry): JSONEventData => jsonEvent({ id: entry.id, type: entry.type, data: entry }) as JSONEventData;
const one = (data: Record<string, unknown> = {}) => jsonEvent({ type: 'Tried', data });
const naively = (stream: string, events: JSONEventData | JSONEventData[], expectedRevision: bigint | 'no_stream' | 'any' = 'no_stream') =>
  bare.appendToStream(named(stream), events, { expectedRevision });
const held = (stream: string) => server.log.ids(named(stream)).length;

describe('an append whose answer was lost', () => {
  test('made again as it was called the first time, is written twice or called a conflict; by the log it is there once, with its own outcome', async () => {
    const [any, expected, stream] = [someStream(), someStream(), someStream()];
    server.fail('append', { fault: 'unavailable', applied: true });
    expect(await reasonOf(naively(any, one(), 'any'))).toMatchObject({ type: 'unavailable' });
    await naively(any, one(), 'any');
    expect(held(any)).toBe(2);

    server.fail('append', { fault: 'unavailable', applied: true });
    expect(await reasonOf(naively(expected, one()))).toMatchObject({ type: 'unavailable' });
    expect(await reasonOf(naively(expected, one()))).toMatchObject({ type: 'wrong-expected-version' });

    const entries = someEntries(tenant, stream, 3);
    server.fail('append', { fault: 'unavailable', applied: true });
    const appended = await log.append(tenant, stream, -1, entries);
    expect(appended).toMatchObject({ outcome: 'appended', revision: 2 });
    expect(held(stream)).toBe(3);
    // Also after others have followed.
    await log.append(tenant, stream, 2, [someEntry(tenant, stream, 3)]);
    expect(await log.append(tenant, stream, -1, entries)).toEqual(appended);
  });

  test('in part, at its own place, is known to both; with something new in the place of what is there it is a conflict to both', async () => {
    const stream = someStream();
    const entries = someEntries(tenant, stream, 3);
    const { position } = await naively(stream, entries.map(asEvent));
    expect(await naively(stream, asEvent(entries[1] ?? someEntry(tenant, stream, 1)), 0n)).toMatchObject({ success: true, nextExpectedRevision: 1n });
    expect(await log.append(tenant, stream, -1, entries)).toEqual({ outcome: 'appended', revision: 2, position: position?.commit });
    expect(await log.append(tenant, stream, 1, [...entries.slice(2), someEntry(tenant, stream, 3)])).toEqual({ outcome: 'conflict', actual: 2 });
  });
});

describe('somebody else was first', () => {
  test('is not noticed with any; the error that says it has no message; an option makes it a success with a number that means nothing', async () => {
    const stream = someStream();
    await naively(
      stream,
      Array.from({ length: 6 }, () => one()),
      'any',
    );
    await naively(stream, one(), 'any');
    expect(held(stream)).toBe(7);
    expect(await reasonOf(naively(stream, one()))).toMatchObject({ type: 'wrong-expected-version', message: '', actualVersion: 6n });
    expect(await reasonOf(naively(someStream(), one(), 4n))).toMatchObject({ type: 'wrong-expected-version', actualVersion: 'no_stream' });
    const careless = EventStoreDBClient.connectionString(`${server.url}&throwOnAppendFailure=false`);
    expect(await careless.appendToStream(named(stream), one(), { expectedRevision: 0n })).toMatchObject({ success: false, nextExpectedRevision: 1n });
    await careless.dispose();
  });

  test('is an outcome of the log, with the revision that the stream has; the option is refused', async () => {
    const stream = someStream();
    await log.append(tenant, stream, -1, someEntries(tenant, stream, 6));
    for (const at of [0, 3, 9]) expect(await log.append(tenant, stream, at - 1, [someEntry(tenant, stream, at)])).toEqual({ outcome: 'conflict', actual: 5 });
    const absent = someStream();
    expect(await log.append(tenant, absent, 4, [someEntry(tenant, absent, 5)])).toEqual({ outcome: 'conflict', actual: -1 });
    await expect(eventStoreLog({ url: `${server.url}&throwOnAppendFailure=false` })).rejects.toThrow('hides conflicts');
  });
});

describe('an id', () => {
  test('that is there twice in one append is written twice; the log refuses it', async () => {
    const [stream, other] = [someStream(), someStream()];
    const event = one();
    await naively(stream, [event, event]);
    expect(held(stream)).toBe(2);
    const entry = someEntry(tenant, other, 0);
    await expect(log.append(tenant, other, -1, [entry, { ...entry, rev: 1 }])).rejects.toThrow('the same entry twice');
    expect(held(other)).toBe(0);
  });

  test('that the stream holds is written a second time at the right revision, by both: whoever folds the stream finds it, since both are there to be seen', async () => {
    const [stream, other] = [someStream(), someStream()];
    const event = one();
    await naively(stream, event);
    await naively(stream, event, 0n);
    expect(server.log.ids(named(stream))).toEqual([event.id, event.id]);
    // The server looks at ids only where the revision does not fit. A command that was carried out is known by its own id, `cmd`, before anything is appended.
    const entry = someEntry(tenant, other, 0);
    await log.append(tenant, other, -1, [entry]);
    expect(await log.append(tenant, other, 0, [{ ...entry, rev: 1 }])).toMatchObject({ outcome: 'appended', revision: 1 });
    expect((await log.readStream(tenant, other)).map((stored) => stored.entry.cmd)).toEqual([entry.cmd, entry.cmd]);
  });
});

describe('what no server should be asked for', () => {
  test('nothing at all is a success that leaves nothing to read; the log refuses it', async () => {
    const stream = someStream();
    expect(await naively(stream, [])).toMatchObject({ success: true, nextExpectedRevision: 0n });
    expect(held(stream)).toBe(0);
    await expect(log.append(tenant, stream, -1, [])).rejects.toThrow(RangeError);
  });

  test('too much is refused by the server, after all of it was sent; the log refuses it before, and the most that it takes is not too much', async () => {
    const stream = someStream();
    expect(await reasonOf(naively(stream, one({ filling: 'x'.repeat(1_100_000) })))).toMatchObject({ type: 'maximum-append-size-exceeded' });
    const before = server.calls.append;
    await expect(log.append(tenant, stream, -1, [filledUp(someEntry(tenant, stream, 0), 65_536)])).rejects.toThrow(RangeError);
    expect(server.calls.append).toBe(before);
    const most = someEntries(tenant, stream, 15).map((entry) => filledUp(entry, 65_535));
    expect(await log.append(tenant, stream, -1, most)).toMatchObject({ outcome: 'appended', revision: 14 });
  });

  test('a name, a type or an id that is none is called unknown; the log refuses each before the server is asked', async () => {
    const stream = someStream();
    expect(await reasonOf(bare.appendToStream('', one()))).toMatchObject({ type: 'unknown' });
    for (const wrong of [{ type: '' }, { id: 'none' }]) expect(await reasonOf(naively(stream, { ...one(), ...wrong }))).toMatchObject({ type: 'unknown' });
    const before = server.calls.append;
    for (const wrong of [{ type: '' }, { id: 'none' }, { stream: '' }, { corr: 'none' }] as const) {
      const entry = someEntry(tenant, stream, 0, wrong);
      await expect(log.append(tenant, entry.stream, -1, [entry])).rejects.toThrow(RangeError);
    }
    expect(server.calls.append).toBe(before);
  });

  test('data that JSON cannot hold never settles, and ends the process; the log refuses it', async () => {
    const stream = someStream();
    const died = await bareProcess(server.url, 'data.n = 1n;');
    expect(died).toContain('BigInt');
    expect(await bareProcess(server.url, 'data.data = data;')).toContain('circular');
    expect(await bareProcess(server.url)).toBe('lives');
    await expect(log.append(tenant, stream, -1, [someEntry(tenant, stream, 0, { data: { n: 1n } })])).rejects.toThrow(RangeError);
  });
});

describe('a stream that somebody deleted at the server', () => {
  test('looks as if it had never been, and goes on with its revisions; the log says that it was', async () => {
    const [stream, unread, other] = [someStream(), someStream(), someStream()];
    for (const name of [stream, unread]) {
      await log.append(tenant, name, -1, someEntries(tenant, name, 2));
      await bare.deleteStream(named(name));
    }
    const entries = someEntries(tenant, other, 2);
    await log.append(tenant, other, -1, entries);
    await bare.deleteStream(named(other));
    expect(await reasonOf(Array.fromAsync(bare.readStream(named(stream))))).toMatchObject({ type: 'stream-not-found' });
    // Whoever reads before writing, as every command does, is told.
    await expect(log.readStream(tenant, stream)).rejects.toThrow('is gone: somebody has deleted entries');
    await expect(log.readStream(tenant, stream, { from: 2 })).rejects.toThrow('somebody has deleted entries');
    expect(await naively(stream, one())).toMatchObject({ success: true, nextExpectedRevision: 2n });
    await expect(log.readStream(tenant, stream)).rejects.toThrow('has 2 where 0 is due');
    await expect(log.readStream(tenant, stream, { direction: 'backwards' })).rejects.toThrow('is none that this log wrote');
    // Whoever does not is told, too late.
    await expect(log.append(tenant, unread, -1, [someEntry(tenant, unread, 0)])).rejects.toThrow('has 2 where 0 is due');
    // An old first append again is a success, which says nothing of where.
    await naively(other, one());
    expect(await naively(other, entries.map(asEvent))).toEqual({ success: true, nextExpectedRevision: 1n, position: undefined });
    await expect(log.append(tenant, other, -1, entries)).rejects.toThrow('somebody has deleted entries');
  });

  test('for ever is gone for ever, to both', async () => {
    const stream = someStream();
    await log.append(tenant, stream, -1, [someEntry(tenant, stream, 0)]);
    await bare.tombstoneStream(named(stream));
    expect(await reasonOf(naively(stream, one()))).toMatchObject({ type: 'stream-deleted' });
    await expect(log.append(tenant, stream, 0, [someEntry(tenant, stream, 1)])).rejects.toThrow('was deleted at the EventStoreDB, for ever');
    await expect(log.readStream(tenant, stream)).rejects.toThrow('was deleted at the EventStoreDB, for ever');
  });

  test('in part, by $maxCount or $tb in its metadata, begins where it begins; the log says that something is missing', async () => {
    const stream = someStream();
    await log.append(tenant, stream, -1, someEntries(tenant, stream, 4));
    await bare.setStreamMetadata(named(stream), { truncateBefore: 2 });
    expect(await Array.fromAsync(bare.readStream(named(stream)))).toHaveLength(2);
    await expect(log.readStream(tenant, stream)).rejects.toThrow('has 2 where 0 is due: somebody has deleted entries');
    await expect(log.readStream(tenant, stream, { direction: 'backwards' })).rejects.toThrow('ends at 2, backwards');
    expect(await log.readStream(tenant, stream, { from: 3 })).toHaveLength(1);
  });
});

test('ö stays what it is; when something was recorded is a Date of the server to the client, and what the entry says to the log', async () => {
  const stream = someStream();
  const entry = someEntry(tenant, stream, 0, { data: { å: 'ÄÖ\u2028€' } });
  await log.append(tenant, stream, -1, [entry]);
  const [event] = await Array.fromAsync(bare.readStream(named(stream)));
  expect(event?.event).toMatchObject({ type: 'GenomförandeplanReceived', created: expect.any(Date) });
  expect((await log.readStream(tenant, stream)).map((stored) => stored.entry)).toEqual([entry]);
});

test('an address with an option that the client does not know is printed, password and all; the log refuses it without', async () => {
  const printed = jest.spyOn(console, 'warn').mockImplementation(() => {});
  const url = `esdb://ops:secret@localhost:${server.port}?tlsverify=false`;
  EventStoreDBClient.connectionString(url);
  expect(printed.mock.calls.flat().join(' ')).toContain('ops:secret');
  printed.mockClear();
  expect(String(await reasonOf(eventStoreLog({ url })))).toMatch(/^(?!.*secret).*option that is not known: tlsverify/);
  expect(printed).not.toHaveBeenCalled();
  printed.mockRestore();
});

test('what the batch stream is answered late is nobody’s any more: a hanging call of the bare client stays, one of the log ends', async () => {
  const stream = someStream();
  server.fail('append', { fault: 'silence' });
  expect(await after(500, bare.appendToStream(`naive-${randomId()}`, one(), { deadline: 100 }))).toBe('pending');
  server.fail('append', { fault: 'silence' });
  expect(await log.append(tenant, stream, -1, [someEntry(tenant, stream, 0)])).toMatchObject({ outcome: 'appended' });
});
