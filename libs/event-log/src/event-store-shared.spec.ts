import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { randomId } from '#libs/kernel';
import { eventStoreServer, someEntry, someStream, type EventStoreServer } from '#libs/testing';
import { eventStoreLog, lastEntry, LogRefused, START, type EventLog, type Position, type Stored } from './index.js';

// A server that several logs share: one of them lies quiet, the others write much.
const tenant = 'stockholm';
let server: EventStoreServer;
const logs: EventLog[] = [];
let log: EventLog;
const opened = async () => {
  const one = await eventStoreLog({ url: server.url, log: 'quiet', pauseMs: 10 });
  logs.push(one);
  return one;
};
beforeEach(async () => {
  server = await eventStoreServer();
});
afterEach(async () => {
  await Promise.all(logs.splice(0).map((one) => one.close()));
  await server.close();
});

const event = () => ({ id: randomId(), type: 'Tried', contentType: 'application/json', data: Buffer.from('{}'), metadata: new Uint8Array() });
const othersWrite = (count: number) => {
  for (let left = count; left > 0; left -= 1_000) server.log.append('busy.others', 'any', Array.from({ length: Math.min(left, 1_000) }, event));
};
const append = async (to = log) => {
  const entry = someEntry(tenant, someStream(), 0);
  const appended = await to.append(tenant, entry.stream, -1, [entry]);
  return { id: entry.id, position: 'position' in appended ? appended.position : START };
};
/** What a call gives, and for how many reads of the server. */
const reading = async <T>(call: () => Promise<T>): Promise<{ readonly gave: T; readonly reads: number }> => {
  const before = server.calls.read;
  return { gave: await call(), reads: server.calls.read - before };
};

/** All of it, and for how many reads each page. */
const pages = async (direction: 'forwards' | 'backwards') => {
  const found: Stored[] = [];
  const reads: number[] = [];
  for (let after: Position | undefined; ;) {
    const from = after;
    const { gave: page, reads: some } = await reading(() => log.readAll({ direction, ...(from !== undefined && { after: from }) }));
    found.push(...page.entries);
    reads.push(some);
    if (page.next === undefined) return { ids: found.map(({ entry }) => entry.id), reads };
    after = page.next;
  }
};

describe('where a quiet log ends', () => {
  test('is found by one look, however much others have written since its last entry', async () => {
    log = await opened();
    const { position } = await append();
    othersWrite(20_000);
    expect((await reading(() => log.head())).gave).toBe(position);
    for (let n = 0; n < 3; n++) {
      othersWrite(20);
      expect(await reading(() => log.head())).toEqual({ gave: position, reads: 1 });
    }
  });

  test('is looked for far back once for all who ask before it is known', async () => {
    const before = await opened();
    const { position } = await append(before);
    othersWrite(20_000);
    log = await opened();
    const { gave, reads } = await reading(() => Promise.all(Array.from({ length: 8 }, () => log.head())));
    expect(gave).toEqual(Array.from({ length: 8 }, () => position));
    expect(reads).toBeLessThan(2 * 21);
  });

  test('is known of an empty log without looking at what was there before it', async () => {
    othersWrite(20_000);
    log = await opened();
    expect(await reading(() => log.head())).toEqual({ gave: START, reads: 1 });
    expect(await reading(() => lastEntry(log))).toEqual({ gave: undefined, reads: 1 });
  });

  test('is at once where an entry was acknowledged, by this process or another, also while others ask', async () => {
    log = await opened();
    const other = await opened();
    for (let n = 0; n < 20; n++) {
      othersWrite(7);
      const asking = [log.head(), other.head()];
      const { position } = await append(n % 2 ? log : other);
      expect(await Promise.all([log.head(), other.head()])).toEqual([position, position]);
      for (const early of await Promise.all(asking)) expect(early).toBeLessThanOrEqual(position);
    }
  });

  test('is no earlier than this process was told by the node that led before, where the next one is behind', async () => {
    const behind = await eventStoreServer();
    log = await opened();
    othersWrite(10);
    const { position } = await append();
    server.fail('append', { fault: 'not-leader', port: behind.port });
    await append();
    const before = behind.calls.read;
    expect(await log.head()).toBe(position);
    expect(behind.calls.read).toBe(before + 1);
    await behind.close();
  });
});

describe('a page of a quiet log', () => {
  test.each(['forwards', 'backwards'] as const)('is a bounded number of reads, %s, and nothing is left out', async (direction) => {
    log = await opened();
    const ids: string[] = [];
    for (let n = 0; n < 3; n++) {
      ids.push((await append()).id);
      othersWrite(12_000);
    }
    const { ids: found, reads } = await pages(direction);
    expect(found).toEqual(direction === 'forwards' ? ids : ids.toReversed());
    expect(Math.max(...reads)).toBeLessThanOrEqual(12);
    expect(reads.length).toBeGreaterThanOrEqual(4);
  });

  test('may end where no entry lies, and from there one may follow the log, but not from beyond', async () => {
    log = await opened();
    const first = await append();
    othersWrite(15_000);
    const { entries, next } = await log.readAll({});
    expect(entries.map(({ entry }) => entry.id)).toEqual([first.id]);
    expect(next).toBeGreaterThan(await log.head());
    const last = await append();
    const stop = new AbortController();
    for await (const page of log.subscribe({ after: next ?? START, signal: stop.signal })) {
      expect(page.entries.map(({ entry }) => entry.id)).toEqual([last.id]);
      stop.abort();
    }
    const beyond = log.subscribe({ after: (last.position + 7n) as Position, signal: new AbortController().signal })[Symbol.asyncIterator]();
    await expect(beyond.next()).rejects.toThrow(LogRefused);
  });

  test('that is its last entry is found behind whatever others have written', async () => {
    log = await opened();
    const { id } = await append();
    othersWrite(25_000);
    expect((await lastEntry(log))?.entry.id).toBe(id);
  });
});
