import { expect, test } from '@jest/globals';
import { eventually } from '../spec/ground.js';
import { Standings } from './standings.js';

/** What has been written down of standings, in a database that can be away. */
const someStandings = () => {
  const [written, looks] = [new Map<string, number>(), { count: 0 }];
  const database = { isAway: false, tries: 0 };
  const answer = () => {
    database.tries++;
    return database.isAway ? Promise.reject(new Error('away')) : Promise.resolve();
  };
  const standings = new Standings<number>({
    write: async (said) => {
      await answer();
      for (const [name, standing] of said) written.set(name, standing);
    },
    missing: async (said) => {
      looks.count++;
      await answer();
      return [...said].filter(([name, standing]) => written.get(name) !== standing).map(([name]) => name);
    },
    lookEveryMs: 5,
  });
  const tried = async () => {
    const before = database.tries;
    await eventually(() => Promise.resolve(database.tries >= before + 2));
  };
  return { standings, written, looks, database, tried };
};

test('where one stands is written until it is written, as it stands then', async () => {
  const { standings, written, database, tried } = someStandings();
  database.isAway = true;
  standings.moved('a', 1);
  standings.moved('b', 1);
  await standings.settled();
  standings.moved('a', 2);
  await tried();
  database.isAway = false;
  await eventually(() => Promise.resolve(written.size === 2));
  expect([...written]).toEqual([
    ['a', 2],
    ['b', 1],
  ]);
});

test('what the database has lost is written again, also where it was away in between', async () => {
  const { standings, written, database, tried } = someStandings();
  standings.stands('a', 1);
  await eventually(() => Promise.resolve(written.get('a') === 1));
  database.isAway = true;
  written.clear();
  await tried();
  database.isAway = false;
  await eventually(() => Promise.resolve(written.get('a') === 1));
});

test('of one that has left nothing more is said', async () => {
  const { standings, written, looks, database, tried } = someStandings();
  database.isAway = true;
  standings.moved('a', 1);
  standings.moved('b', 1);
  await tried();
  standings.leaves('a');
  database.isAway = false;
  await eventually(() => Promise.resolve(written.has('b')));
  const before = looks.count;
  await eventually(() => Promise.resolve(looks.count > before));
  expect([...written.keys()]).toEqual(['b']);
  standings.leaves('b');
  written.clear();
  await standings.settled();
  expect(written.size).toBe(0);
});
