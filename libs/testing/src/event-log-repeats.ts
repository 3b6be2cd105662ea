import { describe, expect, test } from '@jest/globals';
import type { Logs } from './event-log-contract.js';
import { someEntries, someEntry, someStream, someTenant } from './sample-entries.js';

/** The same entries again: the caller did not hear the answer, and nothing is written twice. */
export const repeatContract = (logs: Logs): void => {
  const tenant = someTenant();

  describe('the same entries at their own place again', () => {
    test('get the first outcome', async () => {
      const stream = someStream();
      const entries = someEntries(tenant, stream, 3);
      const first = await logs.one.append(tenant, stream, -1, entries);
      expect(await logs.one.append(tenant, stream, -1, entries)).toEqual(first);
      expect(await logs.other.append(tenant, stream, -1, entries)).toEqual(first);
      expect(await logs.other.readStream(tenant, stream)).toHaveLength(3);
    });

    test('get the first outcome also after others have followed', async () => {
      const stream = someStream();
      const entries = someEntries(tenant, stream, 2);
      const first = await logs.one.append(tenant, stream, -1, entries);
      await logs.other.append(tenant, stream, 1, someEntries(tenant, stream, 3, 2));
      expect(await logs.one.append(tenant, stream, -1, entries)).toEqual(first);
      expect(await logs.one.readStream(tenant, stream)).toHaveLength(5);
    });

    test('get an outcome of their own where they are a part of what was appended', async () => {
      const stream = someStream();
      const [a, b, c] = someEntries(tenant, stream, 3);
      if (!a || !b || !c) throw new Error('three entries were asked for');
      const first = await logs.one.append(tenant, stream, -1, [a, b, c]);
      const stored = await logs.one.readStream(tenant, stream);
      expect(await logs.one.append(tenant, stream, -1, [a, b])).toEqual({ outcome: 'appended', revision: 1, position: stored[1]?.position });
      expect(await logs.other.append(tenant, stream, 0, [b])).toEqual({ outcome: 'appended', revision: 1, position: stored[1]?.position });
      expect(await logs.other.append(tenant, stream, 0, [b, c])).toEqual(first);
    });

    test('get the first outcome when both are under way at once', async () => {
      const stream = someStream();
      const entries = someEntries(tenant, stream, 2);
      const outcomes = await Promise.all([logs.one, logs.other, logs.one, logs.other].map((log) => log.append(tenant, stream, -1, entries)));
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(['appended', 'appended', 'appended', 'appended']);
      expect(new Set(outcomes.map((outcome) => outcome.outcome === 'appended' && outcome.position)).size).toBe(1);
      expect(await logs.one.readStream(tenant, stream)).toHaveLength(2);
    });
  });

  describe('known and new entries together', () => {
    test('conflict where the new one follows the known', async () => {
      const stream = someStream();
      const [known] = someEntries(tenant, stream, 1);
      if (!known) throw new Error('an entry was asked for');
      await logs.one.append(tenant, stream, -1, [known]);
      expect(await logs.one.append(tenant, stream, -1, [known, someEntry(tenant, stream, 1)])).toEqual({ outcome: 'conflict', actual: 0 });
      expect(await logs.one.readStream(tenant, stream)).toHaveLength(1);
    });

    test('conflict where another stands in the place of one of them', async () => {
      const stream = someStream();
      const entries = someEntries(tenant, stream, 3);
      await logs.one.append(tenant, stream, -1, entries);
      const changed = entries.map((entry) => (entry.rev === 1 ? someEntry(tenant, stream, 1) : entry));
      expect(await logs.one.append(tenant, stream, -1, changed)).toEqual({ outcome: 'conflict', actual: 2 });
    });
  });
};
