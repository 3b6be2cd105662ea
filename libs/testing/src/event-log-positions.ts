import { describe, expect, test } from '@jest/globals';
import { formatPosition, LogRefused, parsePosition, START, type Position } from '#libs/event-log';
import { isId, randomId } from '#libs/kernel';
import type { Logs } from './event-log-contract.js';
import { someEntries, someStream, someTenant } from './sample-entries.js';

/** A position is opaque, comparable, and belongs to one log. */
export const positionContract = (logs: Logs): void => {
  const tenant = someTenant();

  describe('positions', () => {
    test('grow with each append, and the head is where the last one ended', async () => {
      const seen: Position[] = [await logs.one.head()];
      for (let n = 0; n < 3; n++) {
        const stream = someStream();
        const appended = await logs[n % 2 ? 'one' : 'other'].append(tenant, stream, -1, someEntries(tenant, stream, 2));
        if (appended.outcome === 'appended') seen.push(appended.position);
        expect(await logs.one.head()).toBe(seen.at(-1));
      }
      expect(seen).toHaveLength(4);
      expect(seen).toEqual(seen.toSorted((a, b) => (a < b ? -1 : 1)));
      expect(new Set(seen).size).toBe(4);
      expect(seen.every((position) => position >= START)).toBe(true);
    });

    test('belong to one log, whose id every connection knows', () => {
      expect(isId(logs.one.id)).toBe(true);
      expect(logs.other.id).toBe(logs.one.id);
    });

    test('come back over HTTP as they went out, to the last of 64 bits', async () => {
      const { id } = logs.one;
      for (const position of [START, await logs.one.head(), 9_007_199_254_740_993n as Position, 9_223_372_036_854_775_807n as Position]) {
        expect(parsePosition(id, formatPosition(id, position))).toBe(position);
      }
    });

    test('of another log are refused, and so is what is no position', async () => {
      const { id } = logs.one;
      const head = await logs.one.head();
      const said = [formatPosition(randomId(), head), `${id}.9223372036854775808`, `${id}.-1`, `${id}.1e3`, `${id}.1.1`, `${id}.`, `${head}`, ''];
      for (const text of said) expect(() => parsePosition(id, text)).toThrow(LogRefused);
    });
  });
};
