import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { END, EventStoreDBClient, jsonEvent, START, streamNameFilter, type ReadAllOptions, type SubscribeToAllOptions } from '@eventstore/db-client';
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
