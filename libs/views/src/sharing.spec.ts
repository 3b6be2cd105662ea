import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { eventually, openGround, type Ground } from '../spec/ground.js';
import { randomId } from '#libs/kernel';
import { Leases, prepareViews } from './index.js';

jest.setTimeout(30_000); // a machine that does much else besides is no fault of what is tested

let ground: Ground;
let counted = 0;
const things = (count: number) => Array.from({ length: count }, () => `thing ${counted++}`);
const brief = { ttlMs: 200 };

beforeAll(async () => {
  ground = await openGround();
  await prepareViews(ground.worker);
});
afterAll(() => ground.close());

/** A process that wants these things for as long as it lives, and what it holds. */
const wanting = (names: readonly string[]) => {
  const [leases, stop] = [new Leases(ground.worker, brief), new AbortController()];
  const held = new Set<string>();
  const doing = names.map(async (name) => {
    while (!stop.signal.aborted) {
      const lease = await leases.hold(name, stop.signal).catch(() => undefined);
      if (!lease) return;
      held.add(name);
      const over = AbortSignal.any([stop.signal, lease.signal]);
      if (!over.aborted) await new Promise((end) => over.addEventListener('abort', end));
      held.delete(name);
      await lease.release();
    }
  });
  return {
    held,
    stop: async () => {
      stop.abort();
      await Promise.all(doing);
    },
  };
};
test('processes share what they want alike, and whoever stays has all of it when the others stop', async () => {
  const names = things(11);
  const first = wanting(names);
  await eventually(() => Promise.resolve(first.held.size === 11));
  const others = [wanting(names), wanting(names)];
  await eventually(() => Promise.resolve([first, ...others].every(({ held }) => held.size >= 3 && held.size <= 4)));
  await eventually(() => Promise.resolve(new Set([first, ...others].flatMap(({ held }) => [...held])).size === 11)); // what one gives back another takes
  await Promise.all([first.stop(), others[0]?.stop()]);
  await eventually(() => Promise.resolve(others[1]?.held.size === 11));
  await others[1]?.stop();
  // Whoever stops says so, a moment later.
  await eventually(async () => (await ground.worker.query('select from views.holders where wants && $1', [names])).rowCount === 0);
});

test('a process of another release shares what both want, and has to itself what is its own', async () => {
  const [both, older, newer] = [things(6), things(3), things(4)];
  const before = wanting([...both, ...older]);
  await eventually(() => Promise.resolve(before.held.size === 9));
  const after = wanting([...both, ...newer]);
  await eventually(() => Promise.resolve(before.held.size === 6 && after.held.size === 7));
  expect(older.every((name) => before.held.has(name)) && newer.every((name) => after.held.has(name))).toBe(true);
  await Promise.all([before.stop(), after.stop()]);
});

test('who has just come is not given anything before it has lived for a while, but takes what nobody has', async () => {
  const [names, more] = [things(4), things(2)];
  const first = wanting(names);
  await eventually(() => Promise.resolve(first.held.size === 4));
  // As one that starts and falls, again and again, each time as another: it never gets to be old enough.
  for (let nth = 0; nth < 10; nth++) {
    const fallen = randomId();
    const now = "clock_timestamp() + interval '1 hour'";
    await ground.worker.query(`insert into views.holders (holder, wants, since, until) values ($1, $2, ${now}, ${now})`, [fallen, names]);
    await pause(40);
    await ground.worker.query('delete from views.holders where holder = $1', [fallen]);
    expect(first.held.size).toBe(4);
  }
  const second = wanting([...names, ...more]);
  await eventually(() => Promise.resolve(more.every((name) => second.held.has(name))));
  await Promise.all([first.stop(), second.stop()]);
});

test('what is given back stays with whoever had it until that one has come to its end', async () => {
  const names = things(2);
  const [leases, stop] = [new Leases(ground.worker, brief), new AbortController()];
  const held = await Promise.all(names.map((name) => leases.hold(name, stop.signal)));
  const other = wanting(names);
  await eventually(() => Promise.resolve(held.some(({ signal }) => signal.aborted)));
  const asked = held.find(({ signal }) => signal.aborted);
  await pause(600); // longer than a lease lasts: it is renewed
  expect(asked?.isOurs).toBe(true);
  expect(other.held.size).toBe(0);
  await asked?.release();
  await eventually(() => Promise.resolve(other.held.size === 1));
  await Promise.all([...held.map((lease) => lease.release()), other.stop()]);
});
