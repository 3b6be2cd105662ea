import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { randomId } from '#libs/kernel';
import { eventStoreServer, someEntry, someStream, type EventStoreServer } from '#libs/testing';
import { eventStoreLog, LogRefused, LogUnavailable, START, type EventLog, type Position } from './index.js';

const tenant = 'stockholm';
const patience = { patienceMs: 3_000, timeoutMs: 200, pauseMs: 10, watchMs: 100, lookMs: 600_000 };
let server: EventStoreServer;
let log: EventLog;
beforeEach(async () => {
  server = await eventStoreServer();
  log = await eventStoreLog({ url: server.url, ...patience });
});
afterEach(async () => {
  await log.close();
  await server.close();
});

/** Within what it is given, and as much again for a machine that is slow. */
const inTime = async <T>(promise: Promise<T>): Promise<T> => {
  const began = performance.now();
  try {
    return await promise;
  } finally {
    expect(performance.now() - began).toBeLessThan(10 * patience.patienceMs);
  }
};

describe('what the server refuses clearly', () => {
  test('is not tried again: a user that may not', async () => {
    const stream = someStream();
    const before = server.calls.append;
    server.fail('append', { fault: 'access-denied' });
    await expect(log.append(tenant, stream, -1, [someEntry(tenant, stream, 0)])).rejects.toThrow('refuses the user');
    expect(server.calls.append).toBe(before + 1);
  });

  test('is not tried again: a position that it never gave out, or from beyond the end', async () => {
    const first = someEntry(tenant, someStream(), 0);
    await log.append(tenant, first.stream, -1, [first]);
    const head = await log.head();
    await expect(log.readAll({ after: (head - 7n) as Position })).rejects.toThrow(LogRefused);
    await expect(log.readAll({ after: (head + 7n) as Position })).rejects.toThrow(LogRefused);
    for (const after of [head - 7n, head + 7n] as Position[]) {
      const reading = log.subscribe({ after, signal: new AbortController().signal })[Symbol.asyncIterator]();
      await expect(reading.next()).rejects.toThrow(LogRefused);
    }
  });

  test('is not tried again: a stream with a tombstone', async () => {
    const stream = someStream();
    server.log.delete(`${tenant}.${stream}`, 'any', true);
    await expect(log.append(tenant, stream, -1, [someEntry(tenant, stream, 0)])).rejects.toThrow('was deleted');
    await expect(log.readStream(tenant, stream)).rejects.toThrow('was deleted');
  });
});

describe('a server that goes', () => {
  test('silent for ever is given up, and a later call finds out', async () => {
    const lost = await eventStoreServer();
    const impatient = await eventStoreLog({ url: lost.url, ...patience, patienceMs: 300 });
    const stream = someStream();
    const entry = someEntry(tenant, stream, 0);
    lost.pause();
    await expect(inTime(impatient.append(tenant, stream, -1, [entry]))).rejects.toThrow(LogUnavailable);
    await expect(inTime(impatient.head())).rejects.toThrow(LogUnavailable);
    lost.resume();
    expect(await impatient.append(tenant, stream, -1, [entry])).toMatchObject({ outcome: 'appended', revision: 0 });
    expect(lost.log.ids(`${tenant}.${stream}`)).toEqual([entry.id]);
    await impatient.close();
    await lost.close();
  });

  test('away, comes back, is cut, half open and stopped costs nothing that was acknowledged, doubles nothing, and no reader misses any', async () => {
    const after = await log.head();
    const stop = new AbortController();
    const seen: string[] = [];
    const following = (async () => {
      for await (const { entries } of log.subscribe({ after, signal: stop.signal })) {
        seen.push(...entries.map(({ entry }) => entry.id));
        if (seen.length >= 8 * 40) stop.abort();
      }
    })();
    const acknowledged: [Position, string][] = [];
    const writing = Array.from({ length: 8 }, async () => {
      const stream = someStream();
      for (let rev = 0; rev < 40; rev++) {
        const entry = someEntry(tenant, stream, rev);
        const outcome = await log.append(tenant, stream, rev - 1, [entry]);
        if (outcome.outcome === 'appended') acknowledged.push([outcome.position, entry.id]);
        await pause(10);
      }
    });
    for (const happening of [
      () => server.cut(),
      () => server.halfOpen(),
      () => server.drop('end'),
      () => server.drop('stall'),
      () => server.drop('slow-consumer'),
    ]) {
      await pause(60);
      happening();
    }
    await server.away();
    await pause(60);
    await server.back();
    server.pause();
    await pause(300);
    server.resume();
    await Promise.all(writing);
    await following;
    const inOrder = acknowledged.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, id]) => id);
    expect(inOrder).toHaveLength(8 * 40);
    expect(seen).toEqual(inOrder);
  });
});

describe('a subscription that ends', () => {
  test.each(['end', 'unavailable', 'unknown', 'slow-consumer', 'stall'] as const)('by %s is followed by one other', async (how) => {
    const own = await eventStoreServer();
    // Only one that says nothing is found out by asking after it.
    const reader = await eventStoreLog({ url: own.url, ...patience, watchMs: how === 'stall' ? 100 : 60_000 });
    const stop = new AbortController();
    const seen: string[] = [];
    const following = (async () => {
      for await (const { entries } of reader.subscribe({ after: START, signal: stop.signal })) seen.push(...entries.map(({ entry }) => entry.id));
    })();
    const written: string[] = [];
    for (let n = 0; n < 3; n++) {
      const stream = someStream();
      const entry = someEntry(tenant, stream, 0);
      written.push(entry.id);
      while (own.subscriptions === 0) await pause(5);
      own.drop(how);
      await reader.append(tenant, stream, -1, [entry]);
      while (seen.length < written.length) await pause(5);
      expect(own.subscriptions).toBe(1);
    }
    expect(seen).toEqual(written);
    stop.abort();
    await following;
    await reader.close();
    await own.close();
  });
});

describe('what is personal', () => {
  const sealed = { keys: [], parts: [{ eventId: randomId(), part: 'note', subject: randomId(), sha256: '', bytes: new Uint8Array(40) }] };

  test('is put into the vault before the entries are appended; where it cannot be, nothing is', async () => {
    const stream = someStream();
    const entry = someEntry(tenant, stream, 0);
    const before: (readonly string[])[] = [];
    const failing = await eventStoreLog({ url: server.url, putSealed: () => Promise.reject(new Error('no vault')) });
    await expect(failing.append(tenant, stream, -1, [entry], sealed)).rejects.toThrow('no vault');
    await failing.close();
    const putSealed = async () => void before.push(server.log.ids(`${tenant}.${stream}`));
    const keeping = await eventStoreLog({ url: server.url, putSealed });
    expect(await keeping.append(tenant, stream, -1, [entry], sealed)).toMatchObject({ outcome: 'appended' });
    expect(before).toEqual([[]]);
    await keeping.close();
  });

  test('is refused by a log without a vault', async () => {
    const stream = someStream();
    await expect(log.append(tenant, stream, -1, [someEntry(tenant, stream, 0)], sealed)).rejects.toThrow('without a vault');
  });
});
