import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { randomId } from '#libs/kernel';
import { eventually, openGround, type Ground } from '../spec/ground.js';
import { PlanAwaited, PlanReceived, PlanWithdrawn, Writes } from '../spec/sample-plans.js';
import { col, dropOldTables, noteRelease, rebuildView, rowView, tenantsOf, ViewsBehind } from './index.js';

let ground: Ground;
beforeAll(async () => {
  ground = await openGround();
});
afterEach(() => ground.stopAll());
afterAll(() => ground.close());

const wanted = (name: string) =>
  rowView({
    name,
    version: 1,
    columns: { unit: col.uuid() },
    reads: [PlanAwaited, PlanReceived, PlanWithdrawn],
    keys: ({ data }) => data.orderId,
    fold: (row, { type, data }) => (type === 'PlanAwaited' ? { unit: data.unit } : type === 'PlanReceived' ? row : undefined),
    everywhere: true,
  });

test('the api learns which municipalities have a row of a key, and may see nothing else of them', async () => {
  const view = wanted('wanted');
  await ground.run([view]);
  const [order, both] = [randomId(), randomId()];
  const [stockholm, tyresö] = [new Writes(ground.log), new Writes(ground.log, 'tyreso')];
  await stockholm.fact('PlanAwaited', order);
  await stockholm.fact('PlanAwaited', both);
  await ground.reader(view).waitFor(await tyresö.fact('PlanAwaited', both), [view]);
  expect(await tenantsOf(ground.api, view, order)).toEqual(['stockholm']);
  expect(await tenantsOf(ground.api, view, both)).toEqual(['stockholm', 'tyreso']);
  expect(await tenantsOf(ground.api, view, '%')).toEqual([]);
  expect((await ground.api.query(`select tenant from views.${view.table}`)).rows).toEqual([]);
});

test('a row that is no more is of no municipality, nor is what a view held that is built anew', async () => {
  const view = wanted('unwanted');
  await ground.run([view]);
  const [order, stockholm] = [randomId(), new Writes(ground.log)];
  await stockholm.fact('PlanAwaited', order);
  await ground.reader(view).waitFor(await stockholm.fact('PlanWithdrawn', order), [view]);
  expect(await tenantsOf(ground.api, view, order)).toEqual([]);

  const other = randomId();
  await stockholm.fact('PlanAwaited', other);
  expect(await rebuildView(ground.worker, view.table)).toBe(true);
  await ground.reader(view).waitFor(await stockholm.fact('PlanReceived', other), [view]);
  await eventually(async () => (await tenantsOf(ground.api, view, other)).includes('stockholm'));
});

test('before any process has made the view nobody can say', async () => {
  await expect(tenantsOf(ground.api, wanted('nowhere'), randomId())).rejects.toThrow(ViewsBehind);
});

test('what tells them goes with the table', async () => {
  const view = wanted('passing');
  const runner = await ground.run([view]);
  await eventually(async () => (await ground.reader(view).health()).ready);
  await runner.stop();
  const [next, last] = [wanted('next'), wanted('last')];
  for (const one of [view, next, last]) await noteRelease(ground.worker, [one]);
  expect(await dropOldTables(ground.worker, [last])).toContain(view.table);
  await expect(tenantsOf(ground.api, view, randomId())).rejects.toThrow(ViewsBehind);
});
