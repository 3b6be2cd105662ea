import { describe, expect, test } from '@jest/globals';
import { START, type EventLog, type Page, type Position, type Stored } from '#libs/event-log';
import type { Logs } from './event-log-contract.js';
import { someEntries, someEntry, someStream, someTenant } from './sample-entries.js';

/** Follows a log until what it was sent to find has come, or something is wrong with the order in which it comes. */
const follow = async (
  log: EventLog,
  after: Position,
  enough: (seen: readonly Stored[]) => boolean,
): Promise<{ readonly seen: readonly Stored[]; readonly upTo: Position }> => {
  const stop = new AbortController();
  const seen: Stored[] = [];
  let upTo = after;
  for await (const page of log.subscribe({ after, signal: stop.signal })) {
    for (const entry of page.entries) {
      if (entry.position <= upTo) throw new Error(`The entry at ${entry.position} came when everything up to ${upTo} had been seen.`);
      upTo = entry.position;
      seen.push(entry);
    }
    if (page.upTo < upTo) throw new Error(`A page that holds ${upTo} says it reaches to ${page.upTo}.`);
    upTo = page.upTo;
    if (enough(seen)) stop.abort();
  }
  return { seen, upTo };
};
const ids = (entries: readonly Stored[]) => entries.map(({ entry }) => entry.id);

/** No reader ever skips an entry, wherever it begins and whatever happens meanwhile. */
export const subscribeContract = (logs: Logs): void => {
  const tenant = someTenant();
  const append = async (count = 1): Promise<readonly string[]> => {
    const stream = someStream();
    const entries = someEntries(tenant, stream, count);
    await logs.one.append(tenant, stream, -1, entries);
    return entries.map(({ id }) => id);
  };

  describe('subscribing', () => {
    test('gives what is there and then what comes', async () => {
      const after = await logs.one.head();
      const there = await append(3);
      const following = follow(logs.other, after, (seen) => seen.length >= 5);
      const came = [...(await append()), ...(await append())];
      const { seen, upTo } = await following;
      expect(ids(seen)).toEqual([...there, ...came]);
      expect(upTo).toBeGreaterThanOrEqual(await logs.one.head());
    });

    test('resumes after any position it gave', async () => {
      const after = await logs.one.head();
      const appended = [...(await append(2)), ...(await append(2)), ...(await append(2))];
      const { seen } = await follow(logs.one, after, (entries) => entries.length === appended.length);
      for (const [index, { position }] of seen.slice(0, -1).entries()) {
        const { seen: rest } = await follow(logs.other, position, (entries) => entries.length === appended.length - index - 1);
        expect(ids(rest)).toEqual(appended.slice(index + 1));
      }
    });

    test('from the beginning gives all that reading gives', async () => {
      const last = (await append()).at(-1);
      const { seen } = await follow(logs.one, START, (entries) => entries.at(-1)?.entry.id === last);
      const read: Stored[] = [];
      for (let next: Position | undefined = START; next !== undefined;) {
        const page: Awaited<ReturnType<EventLog['readAll']>> = await logs.other.readAll({ after: next });
        read.push(...page.entries);
        next = page.next;
      }
      expect(seen.map(({ position, text }) => [position, text])).toEqual(read.map(({ position, text }) => [position, text]));
    });

    test('gives each of several readers everything', async () => {
      const after = await logs.one.head();
      const readers = [logs.one, logs.one, logs.other].map((log) => follow(log, after, (seen) => seen.length >= 4));
      const appended = [...(await append(2)), ...(await append(2))];
      expect((await Promise.all(readers)).map(({ seen }) => ids(seen))).toEqual([appended, appended, appended]);
    });

    test('ends without an error when the signal is raised, before it began and while it waits', async () => {
      const after = await logs.one.head();
      expect(await collect(logs.one.subscribe({ after, signal: AbortSignal.abort() }))).toEqual([]);
      const stop = new AbortController();
      const waiting = collect(logs.one.subscribe({ after, signal: stop.signal }));
      await append();
      await logs.one.readStream(tenant, someStream());
      stop.abort();
      await expect(waiting).resolves.toBeDefined();
    });

    test('ends without an error when the log is closed while it waits', async () => {
      const log = await logs.another();
      const waiting = collect(log.subscribe({ after: await log.head(), signal: new AbortController().signal }));
      await log.close();
      expect((await waiting).flatMap(({ entries }) => entries)).toEqual([]);
    });

    test('skips nothing while sixteen write over four connections', async () => {
      const after = await logs.one.head();
      const writers = [logs.one, logs.other, await logs.another(), await logs.another()];
      const rounds = 12;
      const following = [logs.one, logs.other].map((log) => follow(log, after, (seen) => seen.length === 16 * rounds));
      const acknowledged: [position: Position, id: string][] = [];
      await Promise.all(
        Array.from({ length: 16 }, async (_, n) => {
          const stream = someStream();
          const log = writers[n % writers.length] ?? logs.one;
          for (let rev = 0; rev < rounds; rev++) {
            const entry = someEntry(tenant, stream, rev);
            const outcome = await log.append(tenant, stream, rev - 1, [entry]);
            if (outcome.outcome === 'appended') acknowledged.push([outcome.position, entry.id]);
          }
        }),
      );
      const inOrder = acknowledged.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, id]) => id);
      expect(inOrder).toHaveLength(16 * rounds);
      for (const { seen } of await Promise.all(following)) expect(ids(seen)).toEqual(inOrder);
      await Promise.all(writers.slice(2).map((log) => log.close()));
    });
  });
};

const collect = async (pages: AsyncIterable<Page>): Promise<readonly Page[]> => {
  const all: Page[] = [];
  for await (const page of pages) all.push(page);
  return all;
};
