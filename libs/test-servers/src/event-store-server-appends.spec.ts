import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { END, EventStoreDBClient, jsonEvent, type AppendResult } from '@eventstore/db-client';
import { randomId } from '#libs/kernel';
import { eventStoreServer, type EventStoreServer } from './event-store-server.js';

/** What a real server was seen to do, row by row, as the bare client sees it: also where no caller should want it so. */
let server: EventStoreServer;
let client: EventStoreDBClient;
beforeAll(async () => {
  server = await eventStoreServer();
  client = EventStoreDBClient.connectionString`${server.url}`;
});
afterAll(async () => {
  await client.dispose();
  await server.close();
});

const credentials = { username: 'nobody', password: 'asks' };
const some = (count: number, filling = '') =>
  Array.from({ length: count }, (_, n) => jsonEvent({ id: randomId(), type: 'GenomförandeplanReceived', data: { n, filling } }));
const aStream = () => `stockholm.order-${randomId()}`;
const said = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    (value) => value,
    (error: unknown) => error,
  );
const read = async (stream: string) => {
  const ids: string[] = [];
  for await (const { event } of client.readStream(stream)) if (event) ids.push(event.id);
  return ids;
};

describe.each([
  ['over the batch stream', {}],
  ['by a call of its own', { credentials }],
])('appending %s', (_, how) => {
  const append = (stream: string, events: ReturnType<typeof some>, expectedRevision: bigint | 'no_stream' | 'any') =>
    client.appendToStream(stream, events, { expectedRevision, ...how });

  test('events to a new stream gives the revision and the position of the last', async () => {
    const stream = aStream();
    const appended = await append(stream, some(3), 'no_stream');
    const last: AppendResult['position'][] = [];
    for await (const { event } of client.readStream(stream, { direction: 'backwards', fromRevision: END, maxCount: 1 })) last.push(event?.position);
    expect(appended).toEqual({ success: true, nextExpectedRevision: 2n, position: last[0] });
    expect(appended.position?.commit).toBe(appended.position?.prepare);
  });

  test('the same ids at the same revision, also after others have followed, gives the first outcome', async () => {
    const stream = aStream();
    const events = some(2);
    const first = await append(stream, events, 'no_stream');
    await append(stream, some(1), 1n);
    expect(await append(stream, events, 'no_stream')).toEqual(first);
    expect(await read(stream)).toHaveLength(3);
  });

  test('a leading or an inner part of what is there is taken for known, at its own place', async () => {
    const stream = aStream();
    const [a, b, c] = some(3);
    await append(
      stream,
      [a, b, c].flatMap((event) => event ?? []),
      'no_stream',
    );
    expect(await append(stream, a ? [a] : [], 'no_stream')).toMatchObject({ success: true, nextExpectedRevision: 0n });
    expect(await append(stream, b ? [b] : [], 0n)).toMatchObject({ success: true, nextExpectedRevision: 1n });
    expect(await read(stream)).toHaveLength(3);
  });

  test('a known event and a new one at the place of the known conflicts', async () => {
    const stream = aStream();
    const [known] = some(1);
    if (!known) throw new Error('an event was asked for');
    await append(stream, [known], 'no_stream');
    expect(await said(append(stream, [known, ...some(1)], 'no_stream'))).toMatchObject({ type: 'wrong-expected-version', actualVersion: 0n });
  });

  test('at a passed revision, a future one, or as a new stream that exists conflicts', async () => {
    const stream = aStream();
    expect(await said(append(stream, some(1), 4n))).toMatchObject({
      type: 'wrong-expected-version',
      streamName: stream,
      expectedVersion: 4n,
      actualVersion: 'no_stream',
    });
    await append(stream, some(2), 'no_stream');
    expect(await said(append(stream, some(1), 0n))).toMatchObject({ type: 'wrong-expected-version', expectedVersion: 0n, actualVersion: 1n });
    expect(await said(append(stream, some(1), 'no_stream'))).toMatchObject({ expectedVersion: 'no_stream', actualVersion: 1n });
    expect(await said(append(stream, some(1), 7n))).toMatchObject({ expectedVersion: 7n, actualVersion: 1n });
  });

  test('a known id at the right revision writes it a second time, and so does twice the same in one append', async () => {
    const stream = aStream();
    const [event] = some(1);
    if (!event) throw new Error('an event was asked for');
    await append(stream, [event], 'no_stream');
    expect(await append(stream, [event], 0n)).toMatchObject({ nextExpectedRevision: 1n });
    expect(await read(stream)).toEqual([event.id, event.id]);
    expect(await append(aStream(), [event, event], 'no_stream')).toMatchObject({ nextExpectedRevision: 1n });
  });

  test('known ids at any revision are known', async () => {
    const stream = aStream();
    const events = some(2);
    const first = await append(stream, events, 'any');
    expect(await append(stream, events, 'any')).toEqual(first);
    expect(await append(stream, some(1), 'any')).toMatchObject({ nextExpectedRevision: 2n });
  });

  test('nothing is a success that leaves nothing to read', async () => {
    const stream = aStream();
    expect(await append(stream, [], 'no_stream')).toMatchObject({ success: true, nextExpectedRevision: 0n });
    expect(await said(read(stream))).toMatchObject({ type: 'stream-not-found' });
  });

  test('more than the server takes is refused, and the client goes on', async () => {
    const stream = aStream();
    expect(await said(append(stream, some(2, 'x'.repeat(600_000)), 'no_stream'))).toMatchObject({
      type: 'maximum-append-size-exceeded',
      maxAppendSize: 1_048_576,
    });
    expect(await append(stream, some(1), 'no_stream')).toMatchObject({ success: true });
  });

  test('an empty type, an empty stream name or an id that is none is a bad request, said as unknown', async () => {
    const [event] = some(1);
    if (!event) throw new Error('an event was asked for');
    expect(await said(append('', [event], 'no_stream'))).toMatchObject({ type: 'unknown' });
    expect(await said(append(aStream(), [{ ...event, id: 'none' }], 'no_stream'))).toMatchObject({ type: 'unknown' });
    expect(await said(append(aStream(), [{ ...event, type: '' }], 'no_stream'))).toMatchObject({ type: 'unknown' });
  });

  test('to a stream that was deleted goes on with its revisions; an old first event again succeeds without a position', async () => {
    const stream = aStream();
    const first = some(1);
    await append(stream, first, 'no_stream');
    await append(stream, some(1), 0n);
    await client.deleteStream(stream);
    expect(await said(read(stream))).toMatchObject({ type: 'stream-not-found' });
    expect(await append(stream, some(1), 'no_stream')).toMatchObject({ nextExpectedRevision: 2n });
    expect(await append(stream, first, 'no_stream')).toEqual({ success: true, nextExpectedRevision: 0n, position: undefined });
    expect(await read(stream)).toHaveLength(1);
  });

  test('to a stream with a tombstone is refused for ever', async () => {
    const stream = aStream();
    await append(stream, some(1), 'no_stream');
    await client.tombstoneStream(stream);
    expect(await said(append(stream, some(1), 'no_stream'))).toMatchObject({ type: 'stream-deleted' });
    expect(await said(read(stream))).toMatchObject({ type: 'stream-deleted' });
  });
});

test('a conflict that does not throw resolves with a revision that means nothing', async () => {
  const careless = EventStoreDBClient.connectionString`${server.url}&throwOnAppendFailure=false`;
  const stream = aStream();
  await careless.appendToStream(stream, some(5), { expectedRevision: 'no_stream' });
  expect(await careless.appendToStream(stream, some(1), { expectedRevision: 'no_stream' })).toMatchObject({ success: false, nextExpectedRevision: 1n });
  await careless.dispose();
});

test('ö stays what it is in names, types and data; when it was recorded is a Date', async () => {
  const stream = `malmö.order-${randomId()}`;
  await client.appendToStream(stream, jsonEvent({ type: 'GenomförandeplanReceived', data: { å: 'ÄÖ\u2028€' } }), { expectedRevision: 'no_stream' });
  for await (const { event } of client.readStream(stream)) {
    expect(event).toMatchObject({ streamId: stream, type: 'GenomförandeplanReceived', data: { å: 'ÄÖ\u2028€' }, created: expect.any(Date) });
  }
});

const held = async (stream: string) => (await Array.fromAsync(client.readStream(stream))).map(({ event }) => event?.revision);

describe('metadata of a stream', () => {
  test('hide what lies before $tb, and all but the last of $maxCount', async () => {
    const stream = aStream();
    await client.appendToStream(stream, some(5), { expectedRevision: 'no_stream' });
    await client.setStreamMetadata(stream, { truncateBefore: 2 });
    expect(await held(stream)).toEqual([2n, 3n, 4n]);
    await client.setStreamMetadata(stream, { maxCount: 2 });
    expect(await held(stream)).toEqual([3n, 4n]);
  });

  test('say of one that was deleted that nothing is left of it, and where it goes on', async () => {
    const stream = aStream();
    await client.appendToStream(stream, some(2), { expectedRevision: 'no_stream' });
    await client.deleteStream(stream);
    expect(await client.getStreamMetadata(stream)).toMatchObject({ metadata: { truncateBefore: Number(2n ** 63n - 1n) } });
    await client.appendToStream(stream, some(1), { expectedRevision: 'no_stream' });
    expect(await client.getStreamMetadata(stream)).toMatchObject({ metadata: { truncateBefore: 2 } });
  });

  test('and a deletion at a revision that is not there deletes nothing', async () => {
    const stream = aStream();
    await client.appendToStream(stream, some(2), { expectedRevision: 'no_stream' });
    for (const name of [stream, aStream()])
      expect(await said(client.deleteStream(name, { expectedRevision: 7n }))).toMatchObject({ type: 'wrong-expected-version', expectedVersion: 7n });
    expect(await held(stream)).toEqual([0n, 1n]);
  });
});
