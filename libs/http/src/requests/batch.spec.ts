import { expect, test } from '@jest/globals';
import { Batch } from './batch.js';

test('what comes in while a statement is under way goes into the next one together', async () => {
  const sizes: number[] = [];
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const batch = new Batch<number, number>(async (items) => {
    const gate = gates[sizes.push(items.length) - 1];
    await gate?.promise;
    return items.map((item) => item * 2);
  });
  const first = [batch.add(1), batch.add(2)];
  await new Promise((later) => setImmediate(() => setImmediate(later)));
  const next = [batch.add(3), batch.add(4), batch.add(5)];
  gates[0]?.resolve();
  expect(await Promise.all(first)).toEqual([2, 4]);
  gates[1]?.resolve();
  expect(await Promise.all(next)).toEqual([6, 8, 10]);
  expect(sizes).toEqual([2, 3]);
});

test('a statement is never larger than it may be', async () => {
  const sizes: number[] = [];
  const batch = new Batch<number, number>((items) => Promise.resolve((sizes.push(items.length), items)), 4);
  await Promise.all(Array.from({ length: 10 }, (_, n) => batch.add(n)));
  expect(sizes).toEqual([4, 4, 2]);
});

test('a statement that fails fails those in it, and nobody after', async () => {
  let fails = true;
  const batch = new Batch<number, number>((items) => (fails ? Promise.reject(new Error('gone')) : Promise.resolve(items)));
  const first = await Promise.allSettled([batch.add(1), batch.add(2)]);
  fails = false;
  expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await batch.add(3)).toBe(3);
});
