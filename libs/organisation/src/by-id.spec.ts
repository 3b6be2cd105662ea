import { expect, test } from '@jest/globals';
import { derivedId } from '#libs/kernel';
import { ById } from './by-id.js';

const id = (n: number) => derivedId('by id', n);

test('it holds what a map holds, in the order of a map, whatever is put in and taken out', () => {
  let own = ById.none<number>();
  const map = new Map<string, number>();
  for (let step = 0; step < 2_000; step++) {
    const key = id((step * 7_919) % 97);
    if (step % 3 === 2) {
      own = own.without(key);
      map.delete(key);
    } else {
      own = own.with(key, step);
      map.set(key, step);
    }
    expect(own.size).toBe(map.size);
    expect([own.get(key), own.has(key)]).toEqual([map.get(key), map.has(key)]);
  }
  expect([...own]).toEqual([...map]);
  expect([...own.keys()]).toEqual([...map.keys()]);
  expect([...own.values()]).toEqual([...map.values()]);
  const told: [string, number][] = [];
  own.forEach((value, key) => told.push([key, value]));
  expect(told).toEqual([...map]);
});

test('one that another was made of stays as it was', () => {
  const one = ById.none<string>().with(id(1), 'a');
  expect([one.with(id(1), 'b').get(id(1)), one.without(id(1)).size, one.with(id(2), 'c').size]).toEqual(['b', 0, 2]);
  expect([...one]).toEqual([[id(1), 'a']]);
  expect(one.without(id(2))).toBe(one);
});

test('a key that is no id has its place too', () => {
  expect(ById.none<number>().with('zz', 1).with('', 2).get('zz')).toBe(1);
});
