import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Pool, type PoolConfig } from 'pg';
import { LogUnavailable, type Position } from '#libs/event-log';
import { EventRegistry, eventType, randomId } from '#libs/kernel';
import { eventually, logWith, openGround, type Ground } from '../spec/ground.js';
import { PlanAwaited, plansView, registry, UNIT, Writes } from '../spec/sample-plans.js';
import { Arrivals, col, rebuildView, rowView, sql, verbatim, ViewHalted, ViewRunner, Views, ViewsBehind, type Read, type View } from './index.js';

jest.setTimeout(30_000); // a machine that does much else besides is no fault of what is tested

let ground: Ground;
let stockholm: Writes;
let count = 0;

beforeAll(async () => {
  ground = await openGround();
});
beforeEach(() => {
  stockholm = new Writes(ground.log);
});
afterEach(() => ground.stopAll());
afterAll(() => ground.close());

/** A view of its own for one test: it reads the whole log of this file. */
const somePlans = (acting?: true) => plansView(`plans_${'abcdefghijklmnopqrstuvwxyz'[count++] ?? ''}`, acting);
const statusOf = async (runner: ViewRunner) => (await runner.status())[0];
const ready = (views: Views) => eventually(async () => (await views.health()).ready);

describe('a view', () => {
  test('shows what was written, once it has been waited for', async () => {
    const plans = somePlans();
    await ground.run([plans]);
    const order = randomId();
    await stockholm.fact('PlanAwaited', order, { on: '2026-02-16' });
    const position = await stockholm.fact('PlanReceived', order, { on: '2026-02-17' });
    const views = ground.reader(plans);
    await views.waitFor(position, [plans]);
    expect(await views.read('stockholm', (read) => read.find(plans, order))).toEqual({
      key: order,
      since: position,
      broken: null,
      unit: UNIT,
      status: 'received',
      dueOn: '2026-02-16',
      receivedOn: '2026-02-17',
      seenAt: '2026-02-01T08:00:00.000Z',
      moves: 1,
      late: true,
      days: ['2026-02-16'],
    });
  });

  test('can be waited for also where it ignores what happened', async () => {
    const plans = somePlans();
    await ground.run([plans]);
    const views = ground.reader(plans);
    await views.waitFor(await stockholm.fact('NoteTaken'), [plans]);
  });

  test('that nobody keeps is said to be behind, by name', async () => {
    const plans = somePlans();
    const waiting = ground.reader(plans).waitFor(await stockholm.fact('NoteTaken'), [plans], { timeoutMs: 50 });
    await expect(waiting).rejects.toThrow(ViewsBehind);
    await expect(waiting).rejects.toMatchObject({ views: [plans.table] });
  });

  test('of the same process is known at once, without asking the database', async () => {
    const plans = somePlans();
    const nobody = { query: () => Promise.reject(new Error('not asked')) } as never;
    const arrivals = new Arrivals(nobody, ground.log.id);
    await ground.run([plans], { arrivals });
    const views = new Views({ pool: ground.api, log: ground.log, views: [plans], arrivals });
    await views.waitFor(await stockholm.fact('NoteTaken'), [plans]);
  });

  test('that holds as much of another log is not taken to hold it of this one', async () => {
    const plans = somePlans();
    await ground.run([plans]);
    const position = await stockholm.fact('PlanAwaited');
    await ground.reader(plans).waitFor(position, [plans]);
    await expect(new Arrivals(ground.api, randomId()).wait(position, [plans], AbortSignal.timeout(200))).rejects.toThrow(ViewsBehind);
  });

  test('that no process has made yet is behind, whatever is asked of it; another table that is not there is a fault', async () => {
    const plans = somePlans();
    const views = ground.reader(plans);
    for (const asked of [
      (read: Read) => read.find(plans, randomId()),
      (read: Read) => read.count(plans),
      (read: Read) => read.list(plans, { order: sql`key`, limit: 1 }),
    ])
      await expect(views.read<unknown>('stockholm', asked)).rejects.toThrow(ViewsBehind);
    for (const table of ['views.nothing', 'nothing_of_tenant'])
      await expect(views.read('stockholm', (read) => read.query(sql`select from ${verbatim(table)}`))).rejects.toMatchObject({ code: '42P01' });
  });

  test('is caught up when it holds what the log held when the process began', async () => {
    const plans = somePlans();
    const order = randomId();
    await stockholm.fact('PlanAwaited', order);
    const views = ground.reader(plans);
    await ground.run([plans]);
    await views.caughtUp([plans], AbortSignal.timeout(10_000));
    expect(await views.read('stockholm', (read) => read.find(plans, order))).toMatchObject({ key: order });
  });

  test('is caught up also where the log was away when the process began, and came back', async () => {
    const plans = somePlans();
    await ground.run([plans]);
    let away = 2;
    const head = () => (away-- > 0 ? Promise.reject(new LogUnavailable('away')) : ground.log.head());
    const views = new Views({ pool: ground.api, log: { ...logWith(ground.log, (pages) => pages), head }, views: [plans] });
    await expect(views.caughtUp([plans], AbortSignal.timeout(10_000))).rejects.toThrow('away');
    await views.caughtUp([plans], AbortSignal.timeout(10_000));
    await eventually(async () => (await views.health()).ready);
  });

  test('shares the pages of the log with the others of its process', async () => {
    const views = [somePlans(), somePlans(), somePlans()];
    let subscriptions = 0;
    const log = logWith(ground.log, (pages) => {
      subscriptions++;
      return pages;
    });
    await ground.run(views, { log });
    await ground.reader(...views).waitFor(await stockholm.fact('PlanAwaited'), views);
    expect(subscriptions).toBe(1);
  });

  test('goes on after the database was restarted', async () => {
    const plans = somePlans();
    await ground.run([plans]);
    const views = ground.reader(plans);
    await views.waitFor(await stockholm.fact('PlanAwaited'), [plans]);
    await ground.disconnectAll();
    await eventually(() =>
      stockholm.fact('PlanAwaited').then(
        () => true,
        () => false,
      ),
    );
    const order = randomId();
    await views.waitFor(await stockholm.fact('PlanAwaited', order), [plans]);
    expect(await views.read('stockholm', (read) => read.find(plans, order))).toMatchObject({ key: order, moves: 1 });
  });
});

describe('lists', () => {
  test('give one page and how many there are in all', async () => {
    const plans = somePlans();
    const tenant = new Writes(ground.log, 'lists1');
    const days = ['2026-02-18', '2026-02-16', '2026-02-17', '2026-02-19'];
    let position = 0n as Position;
    for (const on of days) position = await tenant.fact('PlanAwaited', randomId(), { on });
    await ground.run([plans]);
    const views = ground.reader(plans);
    await views.waitFor(position, [plans]);
    const page = (offset: number) =>
      views.read('lists1', (read) =>
        read.list(plans, { where: sql`status = ${'awaited'} and due_on < ${'2026-02-19'}`, order: sql`due_on, key`, limit: 2, offset }),
      );
    expect(await page(0)).toMatchObject({ rows: [{ dueOn: '2026-02-16' }, { dueOn: '2026-02-17' }], total: 3 });
    expect(await page(2)).toMatchObject({ rows: [{ dueOn: '2026-02-18' }], total: 3 });
    expect(await page(4)).toEqual({ rows: [], total: 3 });
    expect(await views.read('lists1', (read) => read.count(plans))).toBe(4);
  });

  test('tell the past as the current rows told it then', async () => {
    const plans = somePlans();
    const tenant = new Writes(ground.log, 'lists2');
    await ground.run([plans]);
    const views = ground.reader(plans);
    const list = (at?: Position) => views.read('lists2', (read) => read.list(plans, { order: sql`key`, limit: 50 }), { at });
    const orders = [randomId(), randomId(), randomId()];
    const told: [Position, unknown][] = [];
    for (const [type, nth] of [
      ['PlanAwaited', 0],
      ['PlanAwaited', 1],
      ['PlanReceived', 0],
      ['NoteTaken', 0],
      ['PlanAwaited', 0],
      ['PlanWithdrawn', 1],
      ['PlanAwaited', 2],
      ['PlanGarbled', 2],
      ['PlanReceived', 2],
    ] as const) {
      const position = await tenant.fact(type, orders[nth]);
      await views.waitFor(position, [plans]);
      told.push([position, await list()]);
    }
    for (const [position, then] of told) expect(await list(position)).toEqual(then);
    for (const [position, then] of told) {
      const found = await views.read('lists2', (read) => Promise.all(orders.map((order) => read.find(plans, order))), { at: position });
      expect({ rows: found.filter((row) => row !== undefined).toSorted((a, b) => (a.key < b.key ? -1 : 1)), total: found.filter(Boolean).length }).toEqual(
        then,
      );
    }
  });

  test("never show another tenant's rows, nor any to a session that says no tenant", async () => {
    const plans = somePlans();
    await ground.run([plans]);
    const views = ground.reader(plans);
    await views.waitFor(await new Writes(ground.log, 'tyreso').fact('PlanAwaited'), [plans]);
    expect(await views.read('nobody', (read) => read.count(plans))).toBe(0);
    expect((await ground.api.query(`select from views.${plans.table}`)).rowCount).toBe(0);
    expect((await ground.api.query(`select from views.${plans.table}_of_tenant`)).rowCount).toBe(0);
    await expect(views.read("x'; drop table y; --", () => Promise.resolve(0))).rejects.toThrow(RangeError);
  });

  test('answer all questions of one read from one snapshot', async () => {
    const plans = somePlans();
    await ground.run([plans]);
    const views = ground.reader(plans);
    const tenant = new Writes(ground.log, 'lists3');
    await views.waitFor(await tenant.fact('PlanAwaited'), [plans]);
    await views.read('lists3', async (read) => {
      expect(await read.count(plans)).toBe(1);
      await views.waitFor(await tenant.fact('PlanAwaited'), [plans]);
      expect(await read.count(plans)).toBe(1);
    });
    expect(await views.read('lists3', (read) => read.count(plans))).toBe(2);
  });
});

describe('what goes wrong', () => {
  test('a row whose fold throws is quarantined and said so, and the view goes on', async () => {
    const plans = somePlans();
    const warnings: string[] = [];
    const runner = await ground.run([plans], { say: { info: () => {}, warn: (sentence) => void warnings.push(sentence) } });
    const [bad, good] = [randomId(), randomId()];
    const tenant = new Writes(ground.log, 'wrong1');
    await tenant.fact('PlanAwaited', bad);
    await tenant.fact('PlanGarbled', bad);
    await tenant.fact('PlanReceived', bad);
    const views = ground.reader(plans);
    await views.waitFor(await tenant.fact('PlanAwaited', good), [plans]);
    const [badRow, goodRow] = await views.read('wrong1', (read) => Promise.all([read.find(plans, bad), read.find(plans, good)]));
    expect(badRow).toMatchObject({ status: 'awaited', broken: expect.any(String) });
    expect(goodRow).toMatchObject({ status: 'awaited', broken: null });
    expect((await statusOf(runner))?.quarantined).toBeGreaterThan(0);
    expect(warnings.filter((sentence) => sentence.includes(bad))).toHaveLength(1);
    await ready(views);
  });

  test('in a view that something acts on, such a row makes the process not ready', async () => {
    const plans = somePlans(true);
    await ground.run([plans]);
    const order = randomId();
    const views = ground.reader(plans);
    await stockholm.fact('PlanAwaited', order);
    await views.waitFor(await stockholm.fact('PlanGarbled', order), [plans]);
    await eventually(async () => !(await views.health()).reasons.some((reason) => reason.includes('being built')));
    expect(await views.health()).toEqual({ ready: false, reasons: [expect.stringContaining('quarantine')] });
  });

  test('an entry of another release halts the view before it, aloud, until a release comes that can read it', async () => {
    const own = await openGround();
    try {
      const [plans, tenant] = [somePlans(), new Writes(own.log)];
      const order = randomId();
      const before = await tenant.fact('PlanAwaited', order);
      await tenant.fact('PlanPostponed', order);
      const after = await tenant.fact('PlanReceived', order);
      const views = own.reader(plans);
      const halted: string[] = [];
      const older = await own.run([plans], { onHalted: (why) => void halted.push(why) });
      await views.waitFor(before, [plans]);
      await eventually(async () => (await statusOf(older))?.state === 'halted');
      expect((await statusOf(older))?.fault).toContain('PlanPostponed');
      await eventually(() => Promise.resolve(halted.length > 0));
      expect(halted).toEqual([expect.stringContaining('PlanPostponed')]);
      await eventually(async () => (await views.health()).reasons.some((reason) => reason.includes('halted')));
      await expect(views.waitFor(after, [plans], { timeoutMs: 50 })).rejects.toThrow(ViewsBehind);
      const found = (at?: Position) => views.read('stockholm', (read) => read.find(plans, order), { at });
      expect(await found(before)).toMatchObject({ status: 'awaited' });
      await expect(found()).rejects.toThrow(ViewHalted); // it is so no more
      const PlanPostponed = eventType('PlanPostponed', { name: { sv: 'Plan uppskjuten', en: 'Plan postponed' }, schema: 1, data: {} });
      await own.run([plans], { registry: new EventRegistry([...registry.types, PlanPostponed]) });
      await views.waitFor(after, [plans]);
      expect(await found()).toMatchObject({ status: 'received' });
    } finally {
      await own.close();
    }
  });

  test('a fault that is not of one row is tried again', async () => {
    const plans = somePlans();
    let left = 2;
    const failing: View = {
      ...plans,
      writer: (pool) => {
        const writer = plans.writer(pool);
        return {
          take: async (entries) => {
            const change = await writer.take(entries);
            return change && { ...change, write: (client) => (left-- > 0 ? Promise.reject(new Error('disk full')) : change.write(client)) };
          },
        };
      },
    };
    const order = randomId();
    const position = await stockholm.fact('PlanAwaited', order);
    await ground.run([failing]);
    const views = ground.reader(plans);
    await views.waitFor(position, [plans]);
    expect(await views.read('stockholm', (read) => read.find(plans, order))).toMatchObject({ moves: 1 });
    expect(left).toBe(-1);
  });
});

describe('a table that does not fit', () => {
  const changedView = (name: string) => rowView({ ...declared, name, columns: { moves: col.int(), more: col.text() }, fold: () => ({ moves: 1, more: 'x' }) });
  const declared = { version: 1, reads: [PlanAwaited], keys: () => 'all' } as const;

  test('stops the view where its version was not raised', async () => {
    const name = `changed_a`;
    const first = rowView({ ...declared, name, columns: { moves: col.int() }, fold: (row) => ({ moves: (row?.moves ?? 0) + 1 }) });
    const runner = await ground.run([first]);
    await ground.reader(first).waitFor(await stockholm.fact('PlanAwaited'), [first]);
    await runner.stop();
    const second = await ground.run([changedView(name)]);
    await eventually(async () => (await statusOf(second))?.state === 'halted');
    expect((await statusOf(second))?.fault).toContain('Raise its version');
  });

  test('is built anew in development, and this is said', async () => {
    const name = `changed_b`;
    const first = rowView({ ...declared, name, columns: { moves: col.int() }, fold: (row) => ({ moves: (row?.moves ?? 0) + 1 }) });
    const runner = await ground.run([first]);
    await ground.reader(first).waitFor(await stockholm.fact('PlanAwaited'), [first]);
    await runner.stop();
    const warnings: string[] = [];
    const second = changedView(name);
    await ground.run([second], { rebuildChanged: true, say: { info: () => {}, warn: (sentence) => void warnings.push(sentence) } });
    const views = ground.reader(second);
    await ready(views);
    expect(await views.read('stockholm', (read) => read.find(second, 'all'))).toMatchObject({ more: 'x' });
    expect(warnings).toEqual([expect.stringContaining('built anew, since its declaration has changed')]);
  });

  test('belongs to another log: it is built anew, aloud', async () => {
    const other = await openGround();
    try {
      const plans = somePlans();
      const runner = await ground.run([plans]);
      await ground.reader(plans).waitFor(await stockholm.fact('PlanAwaited'), [plans]);
      await runner.stop();
      const order = randomId();
      const position = await new Writes(other.log).fact('PlanAwaited', order);
      const warnings: string[] = [];
      await ground.run([plans], { log: other.log, say: { info: () => {}, warn: (sentence) => void warnings.push(sentence) } });
      const views = new Views({ pool: ground.api, log: other.log, views: [plans] });
      await ready(views);
      expect(warnings).toEqual([expect.stringContaining('built from another log')]);
      expect(await views.read('stockholm', (read) => read.list(plans, { order: sql`key`, limit: 10 }))).toMatchObject({
        total: 1,
        rows: [{ key: order, since: position }],
      });
      await ground.stopAll();
    } finally {
      await other.close();
    }
  });

  test('stands on an entry that the log no longer holds, as after a restore: it is built anew, aloud', async () => {
    const plans = somePlans();
    const runner = await ground.run([plans]);
    await ground.reader(plans).waitFor(await stockholm.fact('PlanAwaited'), [plans]);
    await runner.stop();
    await ground.worker.query("update views.checkpoints set footing = jsonb_set(footing, '{id}', to_jsonb($2::text)) where view = $1", [
      plans.table,
      randomId(),
    ]);
    const warnings: string[] = [];
    await ground.run([plans], { say: { info: () => {}, warn: (sentence) => void warnings.push(sentence) } });
    await eventually(() => Promise.resolve(warnings.length > 0));
    expect(warnings[0]).toContain('no longer holds the entry');
    await ready(ground.reader(plans));
  });

  test('is built anew in place when an operator asks for it', async () => {
    const plans = somePlans();
    await ground.run([plans]);
    const order = randomId();
    const position = await stockholm.fact('PlanAwaited', order);
    await ground.reader(plans).waitFor(position, [plans]);
    await ground.worker.query(`delete from views.${plans.table}`);
    expect(await rebuildView(ground.worker, plans.table)).toBe(true);
    expect(await rebuildView(ground.worker, 'nothing_1')).toBe(false);
    const after = await stockholm.fact('PlanReceived', order);
    const views = ground.reader(plans);
    await ready(views);
    await views.waitFor(after, [plans]);
    expect(await views.read('stockholm', (read) => read.find(plans, order))).toMatchObject({ status: 'received', since: after });
  });

  test('is built anew when an operator asks for it, also where nothing that comes concerns it', async () => {
    const plans = somePlans();
    await ground.run([plans]);
    const order = randomId();
    await ground.reader(plans).waitFor(await stockholm.fact('PlanAwaited', order), [plans]);
    await ready(ground.reader(plans));
    await rebuildView(ground.worker, plans.table);
    const views = ground.reader(plans);
    await views.waitFor(await stockholm.fact('NoteTaken'), [plans], { timeoutMs: 20_000 });
    expect(await views.read('stockholm', (read) => read.find(plans, order))).toMatchObject({ status: 'awaited' });
  });

  test.each(['PlanAwaited', 'NoteTaken'] as const)('is set back by a crash of the database: what was lost is written again before %s', async (next) => {
    const plans = somePlans();
    const warnings: string[] = [];
    await ground.run([plans], { say: { info: () => {}, warn: (sentence) => void warnings.push(sentence) } });
    const kept = await stockholm.fact('PlanAwaited');
    await ready(ground.reader(plans));
    await ground.reader(plans).waitFor(kept, [plans]);
    const { rows } = await ground.worker.query<{ footing: object }>('select footing from views.checkpoints where view = $1', [plans.table]);
    const order = randomId();
    await ground.reader(plans).waitFor(await stockholm.fact('PlanAwaited', order), [plans]);
    // What was committed and had not reached the disk is gone, and the process that wrote it lives.
    await ground.worker.query(`delete from views.${plans.table} where since > ${kept}`);
    await ground.worker.query('update views.checkpoints set position = $2, footing = $3 where view = $1', [plans.table, kept, rows[0]!.footing]);
    const views = ground.reader(plans);
    await views.waitFor(await stockholm.fact(next), [plans], { timeoutMs: 20_000 });
    expect(await views.read('stockholm', (read) => read.find(plans, order))).toMatchObject({ status: 'awaited' });
    expect(warnings.join()).toContain('as after a crash');
  });

  test('is shared by no two views', () => {
    const plans = somePlans();
    expect(() => new ViewRunner({ pool: ground.worker, log: ground.log, registry, views: [plans, plans] })).toThrow(TypeError);
  });
});

const indexes = async ({ table }: View) =>
  (
    await ground.worker.query<{ indexname: string }>("select indexname from pg_indexes where schemaname = 'views' and tablename = $1 order by 1", [table])
  ).rows.map(({ indexname }) => indexname);

describe('the first load', () => {
  test('fills a bare table; it is ready only when its indexes are there', async () => {
    const plans = somePlans();
    await stockholm.fact('PlanAwaited');
    const { promise: gate, resolve: release } = Promise.withResolvers<void>();
    let atFirst: readonly string[] = [];
    const log = logWith(ground.log, async function* (pages) {
      for await (const page of pages) {
        atFirst = await indexes(plans);
        await gate;
        yield page;
      }
    });
    const runner = await ground.run([plans], { log });
    const views = ground.reader(plans);
    await eventually(() => Promise.resolve(atFirst.length > 0));
    expect(atFirst).toEqual([`${plans.table}_current`]);
    expect(await views.health()).toEqual({ ready: false, reasons: [`The view ${plans.table} is being built.`] });
    release();
    await ready(views);
    expect(await indexes(plans)).toEqual(['current', 'during', 'list_1', 'past'].map((name) => `${plans.table}_${name}`));
    await eventually(async () => (await statusOf(runner))?.state === 'live');
  });

  test('may take longer to index than any other transaction may', async () => {
    const plans = somePlans();
    const patient: View = { ...plans, index: [...plans.index, 'select pg_sleep(0.5)'] };
    const { options } = ground.worker as unknown as { options: PoolConfig };
    const hasty = new Pool({ ...options, options: '-c transaction_timeout=300ms', query_timeout: 300 });
    hasty.on('connect', (client) => client.on('error', () => {}));
    const runner = await ground.run([patient], { pool: hasty });
    await ready(ground.reader(patient));
    await runner.stop();
    await hasty.end();
  });
});

test('SQL takes values as parameters and pieces as they are', () => {
  const piece = sql`b = ${2} or ${sql`c = ${'x'}`}`;
  expect(sql`select ${1} where a = ${null} and (${piece})`.toQuery()).toEqual({
    text: 'select $1 where a = $2 and (b = $3 or c = $4)',
    values: [1, null, 2, 'x'],
  });
});
