import { describe, expect, test } from '@jest/globals';
import { LogRefused, START, type EventLog, type Position, type Stored } from '#libs/event-log';
import { randomId } from '#libs/kernel';
import type { Logs } from './event-log-contract.js';
import { someEntries, someEntry, someStream, someTenant } from './sample-entries.js';

type ReadAll = Parameters<EventLog['readAll']>[0];

/** Page after page, as the log itself says, until there is no more. */
const walk = async (log: EventLog, options: ReadAll): Promise<{ readonly pages: number; readonly entries: readonly Stored[] }> => {
  const entries: Stored[] = [];
  let after: Position | undefined = options.after;
  for (let pages = 1; ; pages++) {
    const page = await log.readAll({ ...options, ...(after !== undefined && { after }) });
    entries.push(...page.entries);
    if (page.next === undefined) return { pages, entries };
    after = page.next;
  }
};
const ids = (entries: readonly Stored[]) => entries.map(({ entry }) => entry.id);
const positions = (entries: readonly Stored[]) => entries.map(({ position }) => position);

/** Reading streams, and reading the whole. */
export const readContract = (logs: Logs): void => {
  describe('reading a stream', () => {
    const tenant = someTenant();
    const stream = someStream();
    const entries = someEntries(tenant, stream, 9);
    const revisions = async (options?: Parameters<EventLog['readStream']>[2]) =>
      (await logs.other.readStream(tenant, stream, options)).map(({ entry }) => entry.rev);

    test('forwards and backwards, from a revision, no more than asked for', async () => {
      for (const from of [0, 3, 6]) await logs.one.append(tenant, stream, from - 1, entries.slice(from, from + 3));
      expect(await revisions()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
      expect(await revisions({ from: 5 })).toEqual([5, 6, 7, 8]);
      expect(await revisions({ from: 2, max: 3 })).toEqual([2, 3, 4]);
      expect(await revisions({ direction: 'backwards' })).toEqual([8, 7, 6, 5, 4, 3, 2, 1, 0]);
      expect(await revisions({ direction: 'backwards', max: 2 })).toEqual([8, 7]);
      expect(await revisions({ direction: 'backwards', from: 3 })).toEqual([3, 2, 1, 0]);
      expect(await revisions({ from: 9 })).toEqual([]);
    });

    test('a stream that nobody has written to is empty', async () => {
      expect(await logs.one.readStream(tenant, someStream())).toEqual([]);
    });

    test('a name that no stream can have is refused', async () => {
      for (const name of ['order', `Order-${randomId()}`, `${stream}\u0000`, '']) {
        await expect(logs.one.readStream(tenant, name)).rejects.toThrow(LogRefused);
      }
      await expect(logs.one.readStream('no tenant', stream)).rejects.toThrow(LogRefused);
    });

    test('no more than none is refused, not taken for the end', async () => {
      await expect(logs.one.readStream(tenant, stream, { max: 0 })).rejects.toThrow(RangeError);
      await expect(logs.one.readAll({ max: 0 })).rejects.toThrow(RangeError);
    });

    test("another tenant's stream of the same name is another stream", async () => {
      const stranger = someTenant();
      expect(await logs.one.readStream(stranger, stream)).toEqual([]);
      const [theirs] = someEntries(stranger, stream, 1);
      if (!theirs) throw new Error('an entry was asked for');
      expect(await logs.one.append(stranger, stream, -1, [theirs])).toMatchObject({ outcome: 'appended', revision: 0 });
      expect(ids(await logs.other.readStream(stranger, stream))).toEqual([theirs.id]);
      expect(await revisions()).toHaveLength(9);
    });

    test('many streams asked for at once are not mixed up', async () => {
      const streams = Array.from({ length: 40 }, () => someStream());
      await Promise.all(streams.map((name, n) => logs.one.append(tenant, name, -1, someEntries(tenant, name, 1 + (n % 3)))));
      const read = await Promise.all(streams.map((name, n) => logs.one.readStream(tenant, name, n % 2 ? { direction: 'backwards' } : {})));
      expect(read.map((found) => [found.length, new Set(found.map(({ entry }) => entry.stream))])).toEqual(
        streams.map((name, n) => [1 + (n % 3), new Set([name])]),
      );
    });
  });

  describe('reading the whole', () => {
    const tenant = someTenant();
    const kinds = ['order', 'follow-up', 'order', 'person', 'order'];
    const types = ['GenomförandeplanReceived', 'FollowUpPlanned', 'ServiceOrderSent', 'PersonRegistered', 'GenomförandeplanReceived'];
    const mine = kinds.map((kind, n) => someEntry(tenant, someStream(kind), 0, { type: types[n] ?? '' }));
    let before: Position;

    test('gives everything after a position, in the order it was appended, and nothing twice', async () => {
      before = await logs.one.head();
      for (const entry of mine) await logs.one.append(tenant, entry.stream, -1, [entry]);
      const all = (await walk(logs.other, { after: before })).entries;
      expect(ids(all)).toEqual(mine.map(({ id }) => id));
      const [first, ...rest] = all;
      expect(ids((await walk(logs.other, { after: first?.position ?? START })).entries)).toEqual(ids(rest));
    });

    test('gives the same in pages of any size', async () => {
      for (const max of [1, 2, 3]) {
        const { entries, pages } = await walk(logs.other, { tenant, after: before, max });
        expect(ids(entries)).toEqual(mine.map(({ id }) => id));
        expect(pages).toBeGreaterThanOrEqual(Math.ceil(mine.length / max));
      }
    });

    test('gives it backwards, from the end and from a position', async () => {
      const { entries } = await walk(logs.other, { tenant, direction: 'backwards', max: 2 });
      expect(ids(entries)).toEqual(mine.map(({ id }) => id).toReversed());
      const third = entries[2]?.position ?? START;
      expect(ids((await walk(logs.other, { tenant, direction: 'backwards', after: third })).entries)).toEqual(
        mine
          .slice(0, 2)
          .map(({ id }) => id)
          .toReversed(),
      );
    });

    test('from the beginning comes, on the way, to what was appended last', async () => {
      const { entries } = await walk(logs.other, { after: START });
      expect(ids(entries).slice(-mine.length)).toEqual(mine.map(({ id }) => id));
      expect(positions(entries)).toEqual(positions(entries).toSorted((a, b) => (a < b ? -1 : 1)));
    });

    const found = async (filter: NonNullable<ReadAll['filter']>) => {
      const { entries } = await walk(logs.other, { tenant, after: before, filter });
      return ids(entries).map((id) => mine.findIndex((entry) => entry.id === id));
    };

    test('leaves out what the filter does not ask for', async () => {
      expect(await found({ types: ['GenomförandeplanReceived'] })).toEqual([0, 4]);
      expect(await found({ types: ['GenomförandeplanReceived', 'PersonRegistered'] })).toEqual([0, 3, 4]);
      expect(await found({ streams: ['follow-up'] })).toEqual([1]);
      expect(await found({ streams: ['follow'] })).toEqual([]);
      expect(await found({ streams: ['order'], types: ['ServiceOrderSent'] })).toEqual([2]);
      expect(await found({ streams: [] })).toEqual([]);
    });

    test('goes on from a page that holds no match', async () => {
      const { entries, next } = await logs.other.readAll({ tenant, after: before, filter: { types: ['NeverRecorded'] } });
      expect(entries).toEqual([]);
      const rest = await walk(logs.other, { tenant, after: next ?? before, filter: { types: ['NeverRecorded'] } });
      expect(rest.entries).toEqual([]);
    });

    test('shows a tenant nothing of another', async () => {
      const other = someTenant();
      const theirs = someEntry(other, someStream(), 0);
      await logs.one.append(other, theirs.stream, -1, [theirs]);
      expect(ids((await walk(logs.one, { tenant, after: before })).entries)).not.toContain(theirs.id);
      expect(ids((await walk(logs.one, { tenant: other })).entries)).toEqual([theirs.id]);
      expect(ids((await walk(logs.one, { tenant: other, direction: 'backwards' })).entries)).toEqual([theirs.id]);
    });
  });
};
