import { describe, expect, test } from '@jest/globals';
import { LogUnavailable } from '#libs/event-log';
import { entryText, MAX_ENTRY_BYTES, MAX_EVENTS, type Entry } from '#libs/kernel';
import type { Logs } from './event-log-contract.js';
import { filledUp, someEntries, someEntry, someStream, someTenant } from './sample-entries.js';

/** What is stored, what conflicts, what is refused; and that nobody fails a neighbour. */
export const appendContract = (logs: Logs): void => {
  const tenant = someTenant();
  const idsOf = async (stream: string) => (await logs.other.readStream(tenant, stream)).map(({ entry }) => entry.id);

  describe('append', () => {
    test('what was appended is read over another connection, byte for byte', async () => {
      const stream = someStream();
      const entries = someEntries(tenant, stream, 3, 0, { data: { ö: '€', b: [1, 0.1, null], a: { nested: true } } });
      const appended = await logs.one.append(tenant, stream, -1, entries);
      expect(appended).toMatchObject({ outcome: 'appended', revision: 2 });
      const read = await logs.other.readStream(tenant, stream);
      expect(read.map(({ text }) => text)).toEqual(entries.map(entryText));
      expect(read.map(({ entry }) => entry)).toEqual(entries);
      expect(read.at(-1)?.position).toBe(appended.outcome === 'appended' && appended.position);
    });

    test('an append at another revision than the last conflicts, says which it is, and stores nothing', async () => {
      const stream = someStream();
      expect(await logs.one.append(tenant, stream, 0, [someEntry(tenant, stream, 1)])).toEqual({ outcome: 'conflict', actual: -1 });
      const first = someEntries(tenant, stream, 2);
      await logs.one.append(tenant, stream, -1, first);
      expect(await logs.other.append(tenant, stream, -1, [someEntry(tenant, stream, 0)])).toEqual({ outcome: 'conflict', actual: 1 });
      expect(await logs.other.append(tenant, stream, 4, [someEntry(tenant, stream, 5)])).toEqual({ outcome: 'conflict', actual: 1 });
      expect(await idsOf(stream)).toEqual(first.map(({ id }) => id));
    });

    test('of many who append at the same revision one is stored', async () => {
      const stream = someStream();
      for (let revision = -1; revision < 4; revision++) {
        const racing = Array.from({ length: 12 }, (_, n) =>
          (n % 2 ? logs.one : logs.other).append(tenant, stream, revision, [someEntry(tenant, stream, revision + 1)]),
        );
        const outcomes = await Promise.all(racing);
        expect(outcomes.filter(({ outcome }) => outcome === 'appended')).toHaveLength(1);
        expect(outcomes.filter(({ outcome }) => outcome === 'conflict')).toEqual(
          Array.from({ length: 11 }, () => ({ outcome: 'conflict', actual: revision + 1 })),
        );
      }
      expect(await idsOf(stream)).toHaveLength(5);
    });

    test('appends to one stream that do not wait for each other are stored in the order they were asked', async () => {
      const stream = someStream();
      const entries = someEntries(tenant, stream, 10);
      const outcomes = await Promise.all(entries.map((entry, index) => logs.one.append(tenant, stream, index - 1, [entry])));
      expect(outcomes.map((outcome) => outcome.outcome === 'appended' && outcome.revision)).toEqual(entries.map(({ rev }) => rev));
    });

    test('conflicts and refusals among many appends harm no neighbour', async () => {
      const taken = someStream();
      await logs.one.append(tenant, taken, -1, [someEntry(tenant, taken, 0)]);
      const streams = Array.from({ length: 30 }, () => someStream());
      const asked = streams.map((stream, n) => {
        if (n % 10 === 3) return logs.one.append(tenant, taken, -1, [someEntry(tenant, taken, 0)]);
        if (n % 10 === 7) return logs.one.append(tenant, stream, -1, [filledUp(someEntry(tenant, stream, 0), MAX_ENTRY_BYTES + 1)]);
        return logs.one.append(tenant, stream, -1, [someEntry(tenant, stream, 0)]);
      });
      const outcomes = await Promise.allSettled(asked);
      const kinds = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value.outcome : (outcome.reason as Error).name));
      expect(kinds).toEqual(streams.map((_, n) => (n % 10 === 3 ? 'conflict' : n % 10 === 7 ? 'RangeError' : 'appended')));
    });
  });

  describe('append refuses before anything is stored', () => {
    const stream = someStream();
    const refused = (entries: readonly Entry[], expected = -1) => expect(logs.one.append(tenant, stream, expected, entries)).rejects.toThrow(RangeError);

    test('an empty append', () => refused([]));
    test(`${MAX_EVENTS + 1} entries`, () => refused(someEntries(tenant, stream, MAX_EVENTS + 1)));
    test('an entry one byte too large', () => refused([filledUp(someEntry(tenant, stream, 0), MAX_ENTRY_BYTES + 1)]));
    test('an entry whose letters are few enough and whose bytes are not', () =>
      refused([someEntry(tenant, stream, 0, { data: { filling: 'ö'.repeat(40_000) } })]));
    test('an entry out of its place', () => refused([someEntry(tenant, stream, 1)]));
    test('entries with a gap', () => refused([someEntry(tenant, stream, 0), someEntry(tenant, stream, 2)]));
    test("another stream's entry", () => refused([someEntry(tenant, someStream(), 0)]));
    test("another tenant's entry", () => refused([someEntry(someTenant(), stream, 0)]));
    test('the same entry twice', () => refused(Array.of(0, 1).map((rev) => someEntry(tenant, stream, rev, { id: '0b5e8a3e-6f0e-4c5e-9d0a-4f6f5a0c1d2e' }))));
    test('half a character', () => refused([someEntry(tenant, stream, 0, { data: { filling: '\uD83D' } })]));
    test('what is no number', () => refused([someEntry(tenant, stream, 0, { data: { filling: Number.NaN } })]));
    test('a revision that cannot be', () => refused([someEntry(tenant, stream, -1)], -2));
    test('and the stream stays empty', async () => expect(await idsOf(stream)).toEqual([]));

    test(`${MAX_EVENTS} entries of ${MAX_ENTRY_BYTES} bytes are taken`, async () => {
      const large = someStream();
      const entries = someEntries(tenant, large, MAX_EVENTS).map((entry) => filledUp(entry, MAX_ENTRY_BYTES));
      expect(await logs.one.append(tenant, large, -1, entries)).toMatchObject({ outcome: 'appended', revision: MAX_EVENTS - 1 });
      expect((await logs.other.readStream(tenant, large)).map(({ text }) => text)).toEqual(entries.map(entryText));
    });
  });

  test('a log that was closed takes no more', async () => {
    const log = await logs.another();
    await log.close();
    const stream = someStream();
    await expect(log.append(tenant, stream, -1, [someEntry(tenant, stream, 0)])).rejects.toThrow(LogUnavailable);
  });

  test('an append under way when the log is closed is still answered', async () => {
    const log = await logs.another();
    const stream = someStream();
    const appending = log.append(tenant, stream, -1, [someEntry(tenant, stream, 0)]);
    await log.close();
    expect(await appending).toMatchObject({ outcome: 'appended', revision: 0 });
  });
};
