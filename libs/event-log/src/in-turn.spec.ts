import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { LogUnavailable } from './event-log.js';
import { InTurn } from './in-turn.js';

test('what belongs to one name is done in order, one after the other; what belongs to another is not waited for', async () => {
  const turns = new InTurn();
  const said: string[] = [];
  const first = Promise.withResolvers<void>();
  const all = [
    turns.run('a', async () => {
      await first.promise;
      said.push('a1');
    }),
    turns.run('a', async () => void said.push('a2')),
    turns.run('b', async () => void said.push('b1')),
  ];
  await turn();
  expect(said).toEqual(['b1']);
  first.resolve();
  await Promise.all(all);
  expect(said).toEqual(['b1', 'a1', 'a2']);
});

test('the one behind comes also where the one in front was refused', async () => {
  const turns = new InTurn();
  const refused = turns.run('a', () => Promise.reject(new Error('no')));
  const next = turns.run('a', () => Promise.resolve('yes'));
  await expect(refused).rejects.toThrow('no');
  expect(await next).toBe('yes');
});

test('where the log was away for the one in front, all who wait behind are told at once; who comes later tries again', async () => {
  const turns = new InTurn();
  let tried = 0;
  const away = () => {
    tried++;
    return Promise.reject(new LogUnavailable('away'));
  };
  const ends = await Promise.allSettled([1, 2, 3].map(() => turns.run('a', away)));
  expect(ends.map((end) => end.status === 'rejected' && end.reason instanceof LogUnavailable)).toEqual([true, true, true]);
  expect(tried).toBe(1);
  expect(await turns.run('a', () => Promise.resolve('back'))).toBe('back');
});

test('no more than ten thousand wait', async () => {
  const turns = new InTurn();
  const first = Promise.withResolvers<void>();
  const waiting = Array.from({ length: 10_000 }, () => turns.run('a', () => first.promise));
  await expect(turns.run('b', () => Promise.resolve())).rejects.toThrow(LogUnavailable);
  first.resolve();
  await Promise.all(waiting);
  await turns.drained();
  await expect(turns.run('b', () => Promise.resolve('again'))).resolves.toBe('again');
});
