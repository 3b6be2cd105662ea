import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { eventually, openGround, type Ground } from '../spec/ground.js';
import { plansView } from '../spec/sample-plans.js';
import { dropOldTables, noteRelease, type View } from './index.js';

let ground: Ground;

beforeAll(async () => {
  ground = await openGround();
});
afterEach(() => ground.stopAll());
afterAll(() => ground.close());

const [first, second, third] = [plansView('plans_first'), plansView('plans_second'), plansView('plans_third')];

const isThere = ({ table }: View) =>
  ground.worker.query(`select from views.${table}`).then(
    () => true,
    () => false,
  );

/** A release that reads this view is started, and its view is ready. */
const release = async (view: View) => {
  const runner = await ground.run([view]);
  await noteRelease(ground.worker, [view]);
  await eventually(async () => (await ground.reader(view).health()).ready);
  return runner;
};

test('a table goes one release later, when nobody reads it and nobody can go back to it', async () => {
  const runs = [await release(first)];
  expect(await dropOldTables(ground.worker, [first])).toEqual([]); // nothing is known of any release before
  runs.push(await release(second));
  await runs[0]?.stop();
  expect(await dropOldTables(ground.worker, [second])).toEqual([]); // one can go back to the first

  const again = await release(first); // and does
  runs.push(await release(third));
  expect(await dropOldTables(ground.worker, [third])).toEqual([]); // a process of the second still lives, and the first was started last before
  await runs[1]?.stop();

  const reading = await ground.worker.connect();
  await reading.query(`begin; select from views.${second.table}`);
  expect(await dropOldTables(ground.worker, [third])).toEqual([]); // somebody reads it just then
  await reading.query('rollback');
  reading.release();

  expect(await dropOldTables(ground.worker, [third])).toEqual([second.table]);
  expect(await dropOldTables(ground.worker, [third])).toEqual([]);
  expect([await isThere(first), await isThere(second), await isThere(third)]).toEqual([true, false, true]);
  const { rows } = await ground.worker.query('select from pg_views where viewname like $1', [`${second.table}%`]);
  expect(rows).toEqual([]);
  await again.stop();
});
