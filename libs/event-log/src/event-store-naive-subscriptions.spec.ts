import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { END, EventStoreDBClient, START as BEGINNING, streamNameFilter } from '@eventstore/db-client';
import { eventStoreServer, filledUp, someEntries, someEntry, someStream, type EventStoreServer } from '#libs/testing';
import { eventStoreLog, START, type EventLog, type Position } from './index.js';

// Row by row what a real server was seen to do with subscriptions: what the client gives as it comes, and what the log gives.
const tenant = 'stockholm';
let server: EventStoreServer;
let bare: EventStoreDBClient;
let log: EventLog;
beforeEach(async () => {
  server = await eventStoreServer();
  bare = EventStoreDBClient.connectionString(server.url);
  log = await eventStoreLog({ url: server.url, patienceMs: 40_000, timeoutMs: 300, pauseMs: 10, watchMs: 100 });
});
afterEach(async () => {
  await log.close();
  await bare.dispose();
  await server.close();
});

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
const until = async (holds: () => boolean) => {
  while (!holds()) await pause(5);
};

/** What the bare client's subscription says, by the names of its events. */
const listening = (
  options: Parameters<EventStoreDBClient['subscribeToAll']>[0] = {},
  events: readonly ('error' | 'end' | 'close')[] = ['error', 'end', 'close'],
) => {
  const heard: string[] = [];
  const subscription = bare.subscribeToAll({ fromPosition: END, ...options });
  subscription.on('data', ({ event }) => heard.push(event?.id ?? '')).on('caughtUp', () => heard.push('caughtUp'));
  for (const name of events) subscription.on(name, () => heard.push(name));
  if (!events.includes('error')) subscription.on('error', () => {});
  return { subscription, heard };
};
const following = (after: Position) => {
  const stop = new AbortController();
  const seen: string[] = [];
  let upTo = after;
  const done = (async () => {
    for await (const page of log.subscribe({ after, signal: stop.signal })) {
      seen.push(...page.entries.map(({ entry }) => entry.id));
      upTo = page.upTo;
    }
  })();
  return { seen, upTo: () => upTo, end: async () => (stop.abort(), done) };
};

describe('subscribing to the whole', () => {
  test.each([
    ['is cut off', 'error', () => server.cut()],
    ['is ended by the server', 'end', () => server.drop('end')],
    ['is too slow for the server', 'error', () => server.drop('slow-consumer')],
  ] as const)('one that %s says only %s, whatever else is listened for, and never resumes; in the log nothing is missed', async (_, said, happens) => {
    const deaf = listening({}, said === 'error' ? ['end', 'close'] : ['error']);
    const { heard } = listening();
    const follower = following(await log.head());
    await until(() => heard.includes('caughtUp') && deaf.heard.includes('caughtUp') && server.subscriptions === 3);
    happens();
    await until(() => heard.includes(said));
    await until(() => server.subscriptions === 1);
    const ids = (await written(3)).map(({ id }) => id);
    await until(() => follower.seen.length === 3);
    expect(follower.seen).toEqual(ids);
    expect(heard).toEqual(said === 'error' ? ['caughtUp', 'error'] : ['caughtUp', 'end', 'close']);
    expect(deaf.heard).toEqual(['caughtUp']);
    await follower.end();
  });

  test('of a server that is stopped politely gives nothing for a while, then says only error, and never resumes; in the log nothing is missed', async () => {
    const { heard } = listening();
    const follower = following(await log.head());
    await until(() => heard.includes('caughtUp') && server.subscriptions === 2);
    const first = await written(2);
    await until(() => heard.length === 3 && follower.seen.length === 2);
    const ending = server.endPolitely(400);
    const second = written(4);
    await ending;
    await until(() => heard.includes('error'));
    expect(server.subscriptions).toBe(0);
    await server.back();
    const ids = [...first, ...(await second), ...(await written(2))].map(({ id }) => id);
    await until(() => follower.seen.length === ids.length);
    expect(follower.seen).toEqual(ids);
    expect(heard).toEqual(['caughtUp', ...ids.slice(0, 2), 'error']);
    await follower.end();
  });

  test('that goes silent without an end is never missed by the client; the log asks after it', async () => {
    const { heard } = listening();
    const follower = following(await log.head());
    await until(() => heard.includes('caughtUp') && server.subscriptions === 2);
    server.drop('stall');
    const ids = (await written(2)).map(({ id }) => id);
    await until(() => follower.seen.length === 2);
    expect(follower.seen).toEqual(ids);
    expect(heard).toEqual(['caughtUp']);
    await follower.end();
  });

  test('with a filter tells how far it has looked to a callback alone, and not at all for a while; the log always knows how far it has come', async () => {
    const reached: unknown[] = [];
    const filter = streamNameFilter({ prefixes: ['nobody'], checkpointReached: (_, position) => void reached.push(position) });
    const { heard } = listening({ fromPosition: BEGINNING, filter });
    const follower = following(START);
    await until(() => heard.includes('caughtUp'));
    const all = await written(3);
    await until(() => follower.seen.length === 3);
    expect(reached).toEqual([]);
    expect(heard).toEqual(['caughtUp']);
    expect(follower.upTo()).toBe(all.at(-1)?.position);
    await follower.end();
  });

  test('by on(data) takes all there is into memory however long each takes; in the log no more than lies ready', async () => {
    const APPENDS = 90;
    for (let n = 0; n < APPENDS; n++) {
      const stream = someStream();
      const entries = someEntries(tenant, stream, 15).map((entry) => filledUp(entry, 60_000));
      await log.append(tenant, stream, -1, entries);
    }
    let begun = 0;
    let handled = 0;
    const release = Promise.withResolvers<void>();
    bare.subscribeToAll({ fromPosition: BEGINNING }).on('data', () => {
      begun++;
      void release.promise.then(() => handled++);
    });
    await until(() => begun > APPENDS * 15);
    expect(handled).toBe(0);
    release.resolve();

    const from = server.given;
    const stop = new AbortController();
    let first = 0;
    for await (const { entries } of log.subscribe({ after: START, signal: stop.signal })) {
      first ||= entries.length;
      // Nothing more is taken while a page is dealt with: the server has given what lies ready here, 512 at most, and on the way, some megabytes, and waits.
      for (let given = -1; given !== server.given;) {
        given = server.given;
        await pause(100);
      }
      expect(server.given - from).toBeLessThan(APPENDS * 15); // how much is on the way is a matter of the buffers of both ends
      stop.abort();
    }
    expect(first).toBeGreaterThan(0);
  }, 240_000);

  test('ends without an error where its client is disposed of, and so does the log’s', async () => {
    const { subscription, heard } = listening();
    const follower = following(await log.head());
    await until(() => heard.includes('caughtUp'));
    await subscription.unsubscribe();
    await until(() => heard.includes('close'));
    expect(heard).toEqual(['caughtUp', 'end', 'close']);
    await log.close();
    await follower.end();
  });

  test('of sixteen writers misses nothing, gives nothing twice, and keeps the order, in both', async () => {
    const { heard } = listening();
    const follower = following(await log.head());
    await until(() => heard.includes('caughtUp') && server.subscriptions === 2);
    const all = (await Promise.all(Array.from({ length: 16 }, () => written(20)))).flat();
    await until(() => follower.seen.length === 320 && heard.length === 321);
    const inOrder = all.toSorted((a, b) => (a.position < b.position ? -1 : 1)).map(({ id }) => id);
    expect(follower.seen).toEqual(inOrder);
    expect(heard.slice(1)).toEqual(inOrder);
    await follower.end();
  });
});
