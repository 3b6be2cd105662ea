import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import canonicalize from 'canonicalize';
import type { Position, Stored } from '#libs/event-log';
import { someEntry, someStream } from '#libs/testing';
import { entryOf, lineOf } from './entries.js';
import { Lines, linesIn } from './lines.js';
import { Revisions } from './revisions.js';

const stored = (position: bigint, data: object): Stored => {
  const entry = someEntry('stockholm', someStream(), 0, { data: data as Stored['entry']['data'] });
  return { position: position as Position, text: canonicalize(entry) ?? '', entry };
};

test('an entry comes out of a backup byte for byte, whatever stands in it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.bigInt(1n, 9_223_372_036_854_775_807n), fc.dictionary(fc.string({ unit: 'grapheme' }), fc.json())), { minLength: 1 }),
      (all) => {
        const entries = all.map(([position, data]) => stored(position, data));
        const lines = new Lines();
        for (const one of entries) lines.add(lineOf(one));
        expect(lines.count).toBe(entries.length);
        expect([...linesIn(lines.take())].map(entryOf)).toEqual(entries.map(({ position, text }) => ({ position, text })));
      },
    ),
  );
});

test('line feeds alone end a line', () => {
  const one = stored(1n, { text: 'a\u2028b\u2029c\u0085d\re\nf' });
  const lines = new Lines();
  lines.add(lineOf(one));
  expect([...linesIn(lines.take())]).toHaveLength(1);
  expect(entryOf(lineOf(one)).text).toBe(one.text);
});

test.each(['', '[]', '{"a":1}', '["x",{}]', '["1",[]]', '["1",{}] ', '["12345678901234567890",{}]'])('%j is no line of a log', (line) => {
  expect(() => entryOf(line)).toThrow(RangeError);
});

test('a member is full at four mebibytes, and the next begins empty', () => {
  const lines = new Lines();
  while (!lines.isFull) lines.add('x'.repeat(65_000));
  const content = lines.take();
  expect(content.length).toBeGreaterThanOrEqual(4 * 1024 * 1024);
  expect(content.length).toBeLessThan(4 * 1024 * 1024 + 65_001);
  expect([lines.count, lines.isFull, lines.take().length]).toEqual([0, false, 0]);
});

test('the revision due in each of very many streams is known', () => {
  const revisions = new Revisions();
  const count = 20_000;
  for (let rev = 0; rev < 3; rev++)
    for (let nth = 0; nth < count; nth++) if (revisions.due(`t${nth % 3}`, `order-${nth}`) !== rev) throw new Error(`Stream ${nth} is not due ${rev}.`);
  expect(revisions.streams).toBe(count);
  expect(revisions.due('t0', 'order-1')).toBe(0); // of another municipality
  expect(revisions.due('t1', 'order-1')).toBe(3);
});
