import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Position } from '#libs/event-log';
import { randomId } from '#libs/kernel';
import { failingPool } from '#libs/testing';
import { eventually, openGround, type Ground } from '../spec/ground.js';
import { plansView, PlanWithdrawn, Writes } from '../spec/sample-plans.js';
import { Arrivals, col, rebuildView, rowView, Views, ViewsBehind, type View } from './index.js';

jest.setTimeout(30_000); // a machine that does much else besides is no fault of what is tested

let ground: Ground;
let stockholm: Writes;
let count = 0;

beforeAll(async () => {
  ground = await openGround();
  stockholm = new Writes(ground.log);
});
afterEach(() => ground.stopAll());
afterAll(() => ground.close());

const somePlans = () => plansView(`back_${'abcdefghijklmnopqrstuvwxyz'[count++] ?? ''}`);
type Plans = ReturnType<typeof somePlans>;
const ready = (views: Views) => eventually(async () => (await views.health()).ready);
const find = (views: Views, plans: Plans, order: string, at?: Position) => views.read('stockholm', (read) => read.find(plans, order), { at });

/** Two orders in a view, of which the second has not reached the disk, and how to take it back under the process that wrote it, as a crash does. */
const withOneToLose = async (plans: Plans, views: Views) => {
  const [keptOrder, order] = [randomId(), randomId()];
  const kept = await stockholm.fact('PlanAwaited', keptOrder);
  await ready(views);
  await views.waitFor(kept, [plans]);
  const { rows } = await ground.worker.query<{ footing: object }>('select footing from views.checkpoints where view = $1', [plans.table]);
  const position = await stockholm.fact('PlanAwaited', order);
  await views.waitFor(position, [plans]);
  const crash = async () => {
    const client = await ground.worker.connect();
    await client.query(`begin; delete from views.${plans.table} where since > ${kept}`);
    await client.query('update views.checkpoints set position = $2, footing = $3 where view = $1', [plans.table, kept, rows[0]?.footing]);
    await client.query('commit');
    client.release();
  };
  return { keptOrder, kept, order, position, crash };
};

describe('a view that a crash of the database has set back', () => {
  test.each(['of another process', 'of the same process'])('is brought back though nothing more is recorded, and no reader %s is shown less', async (whose) => {
    const plans = somePlans();
    const arrivals = whose === 'of the same process' ? new Arrivals(ground.worker, ground.log.id) : undefined;
    const warnings: string[] = [];
    const say = { info: () => {}, warn: (sentence: string) => void warnings.push(sentence) };
    const runner = await ground.run([plans], { say, lookEveryMs: 300, ...(arrivals && { arrivals }) });
    const views = new Views({ pool: ground.api, log: ground.log, views: [plans], ...(arrivals && { arrivals }) });
    const { order, position, crash } = await withOneToLose(plans, views);
    await crash();
    await expect(find(views, plans, order)).rejects.toThrow(ViewsBehind);
    const shown = async () => {
      await views.waitFor(position, [plans]);
      return find(views, plans, order);
    };
    await eventually(async () => {
      const row = await shown().catch((error: unknown) => (error instanceof ViewsBehind ? error : Promise.reject(error as Error)));
      expect(row).toBeDefined();
      return !(row instanceof Error);
    });
    expect(await shown()).toMatchObject({ key: order, moves: 1 });
    expect(warnings.join()).toContain('as after a crash');
    expect(await runner.status()).toMatchObject([{ state: 'live', behind: 0n }]);
  });

  test('is waited for again by whoever had been told that it had arrived, and tells what it still holds meanwhile', async () => {
    const plans = somePlans();
    const runner = await ground.run([plans]);
    const views = ground.reader(plans);
    const { keptOrder, kept, order, position, crash } = await withOneToLose(plans, views);
    await runner.stop();
    await crash();
    // Both had been told; what the first learns does not let the second be served without.
    for (const reading of [find(views, plans, order), find(views, plans, order, position)]) await expect(reading).rejects.toThrow(ViewsBehind);
    await expect(views.waitFor(position, [plans], { timeoutMs: 100 })).rejects.toThrow(ViewsBehind);
    expect(await find(views, plans, keptOrder, kept)).toMatchObject({ key: keptOrder });
    await ground.run([plans]);
    await views.waitFor(position, [plans]);
    expect(await find(views, plans, order)).toMatchObject({ key: order });
  });

  test('is not written by a process that has lost it meanwhile', async () => {
    const plans = somePlans();
    await ground.run([plans], { lookEveryMs: 50 });
    const views = ground.reader(plans);
    const { order, crash } = await withOneToLose(plans, views);
    await ground.worker.query('update views.checkpoints set epoch = epoch + 1 where view = $1', [plans.table]);
    await ground.worker.query(`update views.leases set epoch = epoch + 1, holder = $2, until = 'infinity' where name = $1`, [
      `view ${plans.table}`,
      randomId(),
    ]);
    await crash();
    await expect(views.waitFor(await stockholm.fact('NoteTaken'), [plans], { timeoutMs: 500 })).rejects.toThrow(ViewsBehind);
    expect((await ground.worker.query(`select from views.${plans.table} where key = $1`, [order])).rowCount).toBe(0);
  });
});

test('a view that an operator has thrown away is built anew though nothing more is recorded', async () => {
  const plans = somePlans();
  await ground.run([plans], { lookEveryMs: 50 });
  const views = ground.reader(plans);
  const { order, position } = await withOneToLose(plans, views);
  await rebuildView(ground.worker, plans.table);
  await ready(views);
  await views.waitFor(position, [plans]);
  expect(await find(views, plans, order)).toMatchObject({ key: order });
});

test('that a view has moved on is said again where it could not be written, also when nothing more is recorded', async () => {
  const plans = somePlans();
  const { pool, left } = failingPool(ground.worker, 'pass_views', 2);
  await ground.run([plans], { pool, lookEveryMs: 3_600_000 });
  const views = ground.reader(plans);
  await ready(views);
  const position = await stockholm.fact('NoteTaken');
  await views.waitFor(position, [plans]);
  expect(left()).toBeLessThan(0);
});

test('that views have moved on is written down also while the indexes of one of them are built', async () => {
  // Nothing in this log concerns the one: it has only moved on when its indexes are built.
  const declared = { reads: [PlanWithdrawn], keys: () => 'all', columns: { moves: col.int() }, fold: () => ({ moves: 1 }) };
  const [built, building] = [somePlans(), rowView({ name: 'withdrawn', version: 1, ...declared })];
  const first = await ground.run([built]);
  await ready(ground.reader(built));
  await first.stop();
  const client = await ground.worker.connect();
  try {
    await client.query('select pg_advisory_lock(4711)');
    const slow: View = { ...building, index: ['select pg_advisory_xact_lock(4711)', ...building.index] };
    await stockholm.fact('NoteTaken');
    const runner = await ground.run([built, slow]);
    await eventually(async () => (await runner.status()).some(({ state }) => state === 'indexing'));
    await ground.reader(built, slow).waitFor(await ground.log.head(), [built, slow]);
    await ground.reader(built).waitFor(await stockholm.fact('NoteTaken'), [built]);
  } finally {
    await client.query('select pg_advisory_unlock(4711)');
    client.release();
  }
  await ready(ground.reader(built, building));
});
