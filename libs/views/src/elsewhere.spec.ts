import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { derivedId } from '#libs/kernel';
import { openGround, type Ground } from '../spec/ground.js';
import { plansView, registry, Writes } from '../spec/sample-plans.js';
import { buildBeside, compareViews } from './index.js';

let ground: Ground;
let aside: Awaited<ReturnType<Ground['aside']>>;
beforeAll(async () => {
  ground = await openGround();
  aside = await ground.aside();
});
afterAll(async () => {
  await aside.pool.end();
  await ground.close();
});

const rowsOf = async (sql: string) => (await ground.worker.query(sql)).rows as readonly object[];

test('statements mean the other schema, values mean what they say', async () => {
  const { pool, schema } = aside;
  await pool.query('create table views.things (name text)');
  await pool.query('insert into views.things values ($1)', ['views.things']);
  await pool.query({ name: 'put', text: 'insert into views.things values ($1)', values: ['views.other'] });
  const client = await pool.connect();
  await client.query({ text: 'update views.things set name = $1 where name = $2', values: ['views.third', 'views.other'] });
  client.release();
  expect((await pool.query('select name from views.things order by name')).rows).toEqual([{ name: 'views.things' }, { name: 'views.third' }]);
  expect(await rowsOf(`select schemaname from pg_tables where tablename = 'things'`)).toEqual([{ schemaname: schema }]);
});

test('a view is built beside without a trace in the one in use, and is equal to it', async () => {
  const plans = plansView('beside');
  const writes = new Writes(ground.log, 'beside');
  for (const type of ['PlanAwaited', 'PlanReceived', 'PlanAwaited', 'PlanWithdrawn'] as const) await writes.fact(type, derivedId('beside', type.length));
  const runner = await ground.run([plans]);
  const head = await ground.log.head();
  await ground.reader(plans).waitFor(head, [plans]);
  await runner.stop();
  const inUse = () =>
    Promise.all([rowsOf(`select ctid, xmin, * from views.${plans.table} order by tenant, key, since`), rowsOf('select * from views.checkpoints')]);
  const [rows, checkpoints] = await inUse();

  const { pool, schema } = aside;
  const built = await buildBeside({ pool, log: ground.log, registry, views: [plans], upTo: head, signal: AbortSignal.timeout(50_000) });
  expect(built).toEqual([{ view: plans, quarantined: [] }]);
  const compared = await compareViews(ground.worker, plans, schema, ground.log.id, head);
  expect(compared).toMatchObject({ outcome: 'equal', different: 0, rows: rows.length });
  expect(await inUse()).toEqual([rows, checkpoints]);
});
