import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  END,
  EventStoreDBClient,
  jsonEvent,
  START,
  streamNameFilter,
  type AppendResult,
  type ReadAllOptions,
  type SubscribeToAllOptions,
} from '@eventstore/db-client';
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

const readAll = async (options: ReadAllOptions) => {
  const found: string[] = [];
  for await (const { event } of client.readAll(options)) if (event) found.push(event.id);
  return found;
};

/** What it says, by the names of its events, until it has said enough. */
const listen = (options: SubscribeToAllOptions) => {
  const subscription = client.subscribeToAll(options);
  const heard: string[] = [];
  const says = (name: string) => () => void heard.push(name);
  subscription.on('confirmation', says('confirmation')).on('caughtUp', says('caughtUp')).on('end', says('end')).on('close', says('close'));
  subscription.on('error', (error) => void heard.push(`error ${(error as { type?: string }).type}`));
  subscription.on('data', ({ event }) => heard.push(event?.id ?? ''));
  const until = async (enough: (heard: readonly string[]) => boolean) => {
    while (!enough(heard)) await new Promise((resolve) => setTimeout(resolve, 5));
    return heard;
  };
  return { subscription, heard, until };
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

describe('reading', () => {
  const positions: { readonly commit: bigint; readonly prepare: bigint }[] = [];
  const ids: string[] = [];
  beforeAll(async () => {
    for (let n = 0; n < 5; n++) {
      const events = some(1);
      const { position } = await client.appendToStream(aStream(), events, { expectedRevision: 'no_stream' });
      if (position) positions.push(position);
      ids.push(...events.map(({ id }) => id));
    }
  });
  test('an absent stream throws at the first step; past the end there is nothing', async () => {
    expect(await said(read(aStream()))).toMatchObject({ type: 'stream-not-found' });
    const stream = aStream();
    await client.appendToStream(stream, some(1), { expectedRevision: 'no_stream' });
    const found: unknown[] = [];
    for await (const event of client.readStream(stream, { fromRevision: 9n })) found.push(event);
    expect(found).toEqual([]);
  });

  test('the whole from a position holds that position; backwards it does not', async () => {
    const from = positions[2];
    if (!from) throw new Error('positions were given');
    expect((await readAll({ fromPosition: from })).slice(0, 3)).toEqual(ids.slice(2));
    expect(await readAll({ fromPosition: from, direction: 'backwards', maxCount: 2 })).toEqual([ids[1], ids[0]]);
  });

  test('the whole knows no filter', async () => {
    const options: ReadAllOptions & { filter: unknown } = {
      fromPosition: positions[0] ?? START,
      maxCount: 5,
      filter: streamNameFilter({ prefixes: ['nobody'] }),
    };
    expect(await readAll(options)).toEqual(ids);
  });

  test('from an invented position is refused, from beyond the end there is nothing', async () => {
    const [first] = positions;
    if (!first) throw new Error('positions were given');
    const invented = { commit: first.commit - 7n, prepare: first.prepare - 7n };
    expect(await said(readAll({ fromPosition: invented }))).toMatchObject({ type: 'unknown', code: 2 });
    expect(String(await said(readAll({ fromPosition: invented })))).toContain('Unexpected ReadAllResult: Error');
    expect(await readAll({ fromPosition: { commit: 1n << 60n, prepare: 1n << 60n } })).toEqual([]);
  });

  test('what was acknowledged is in the whole at once', async () => {
    for (let n = 0; n < 50; n++) {
      const events = some(1);
      await client.appendToStream(aStream(), events, { expectedRevision: 'no_stream' });
      expect(await readAll({ fromPosition: END, direction: 'backwards', maxCount: 1 })).toEqual([events[0]?.id]);
    }
  });
});

describe('a subscription to the whole', () => {
  test('confirms, gives what comes after the position, and says when it has caught up', async () => {
    const events = some(3);
    const [first, ...rest] = events;
    const { position } = await client.appendToStream(aStream(), first ?? [], { expectedRevision: 'no_stream' });
    await client.appendToStream(aStream(), rest, { expectedRevision: 'no_stream' });
    const { subscription, until } = listen({ fromPosition: position ?? START });
    expect(await until((heard) => heard.includes('caughtUp'))).toEqual(['confirmation', ...rest.map(({ id }) => id), 'caughtUp']);
    await subscription.unsubscribe();
    expect((await until((heard) => heard.includes('close'))).slice(-2)).toEqual(['end', 'close']);
  });

  test('tells checkpoints to a callback of its filter alone, with prepare 0, and goes on from one as given', async () => {
    const checkpoints: { commit: bigint; prepare: bigint }[] = [];
    const filter = streamNameFilter({
      prefixes: ['malmö.none'],
      checkpointInterval: 1,
      maxSearchWindow: 4,
      checkpointReached: (_, position) => void checkpoints.push(position),
    });
    const { subscription, heard, until } = listen({ fromPosition: START, filter });
    await until((all) => all.includes('caughtUp'));
    await subscription.unsubscribe();
    expect(heard.filter((name) => !['confirmation', 'caughtUp', 'end', 'close'].includes(name))).toEqual([]);
    expect(checkpoints.length).toBeGreaterThan(3);
    expect(checkpoints.every(({ prepare }) => prepare === 0n)).toBe(true);
    const from = checkpoints.at(-1);
    const resumed = listen({ fromPosition: from ?? START });
    await resumed.until((all) => all.includes('caughtUp'));
    expect(resumed.heard.length - 2).toBeLessThan(4);
    await resumed.subscription.unsubscribe();
  });

  test('ends with an error alone where the server is lost, and does not resume', async () => {
    const { heard, until } = listen({ fromPosition: END });
    await until((all) => all.includes('caughtUp'));
    server.cut();
    await until((all) => all.some((name) => name.startsWith('error')));
    await client.appendToStream(aStream(), some(1), { expectedRevision: 'no_stream', credentials }).catch(() => {});
    expect(heard.slice(2)).toEqual(['error unavailable']);
  });

  test('ends without an error where the server ends it', async () => {
    const { until } = listen({ fromPosition: END });
    await until((all) => all.includes('caughtUp'));
    server.drop('end');
    expect((await until((all) => all.includes('close'))).slice(2)).toEqual(['end', 'close']);
  });

  test('is not sent more than a slow reader takes', async () => {
    const stream = aStream();
    for (let n = 0; n < 40; n++)
      await client.appendToStream(stream, some(15, 'x'.repeat(60_000)), { expectedRevision: n === 0 ? 'no_stream' : BigInt(15 * n - 1) });
    const before = server.given;
    const slow = client.subscribeToAll({ fromPosition: START });
    slow.once('readable', () => {});
    while (server.given === before) await new Promise((resolve) => setTimeout(resolve, 5));
    for (let given = -1; given !== server.given;) {
      given = server.given;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(server.given - before).toBeLessThan(400);
    await slow.unsubscribe();
  });

  test('of sixteen writers misses nothing and gives nothing twice, in order', async () => {
    const from = await client.appendToStream(aStream(), some(1), { expectedRevision: 'no_stream' });
    const { subscription, heard, until } = listen({ fromPosition: from.position ?? START });
    const acknowledged: [bigint, string][] = [];
    await Promise.all(
      Array.from({ length: 16 }, async () => {
        const stream = aStream();
        for (let rev = 0; rev < 20; rev++) {
          const events = some(1);
          const { position } = await client.appendToStream(stream, events, { expectedRevision: rev === 0 ? 'no_stream' : BigInt(rev - 1) });
          acknowledged.push([position?.commit ?? 0n, events[0]?.id ?? '']);
        }
      }),
    );
    await until((all) => all.length >= 322);
    const inOrder = acknowledged.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, id]) => id);
    expect(heard.filter((name) => inOrder.includes(name))).toEqual(inOrder);
    await subscription.unsubscribe();
  });
});
