import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { openPool } from '#libs/database';
import { eventually, openGround, type Ground } from '../spec/ground.js';
import { plansView, Writes } from '../spec/sample-plans.js';
import { wayTo, type Way } from '../spec/way.js';
import { randomId } from '#libs/kernel';
import { Checkpoints } from './checkpoints.js';
import { duty, endLeases, inTransaction, LeaseLost, Leases, prepareViews, sql, type View } from './index.js';

jest.setTimeout(30_000); // a machine that does much else besides is no fault of what is tested

let ground: Ground;
let way: Way | undefined;
let names = 0;
const some = () => `thing ${names++}`;
const patient = { ttlMs: 60_000 };
const brief = { ttlMs: 200 };

beforeAll(async () => {
  ground = await openGround();
  await prepareViews(ground.worker);
});
afterEach(() => ground.stopAll());
afterEach(() => way?.close());
afterAll(() => ground.close());

/** As after a pause of the holder that was longer than its lease. */
const lapse = (name: string) => ground.worker.query("update views.leases set until = clock_timestamp() - interval '1 ms' where name = $1", [name]);

test('one holds a lease; another takes it when it is given back, at a higher epoch', async () => {
  const [name, one, other] = [some(), new Leases(ground.worker, patient), new Leases(ground.worker, patient)];
  const first = await one.take(name);
  expect(await other.take(name)).toBeUndefined();
  expect(await one.take(name)).toBeUndefined();
  await first?.release();
  expect(first?.signal.aborted).toBe(true);
  const second = await other.take(name);
  expect(second?.epoch).toBe((first?.epoch ?? 0n) + 1n);
  await second?.release();
});

test('a lease is renewed for as long as its holder lives', async () => {
  const [name, one, other] = [some(), new Leases(ground.worker, brief), new Leases(ground.worker, brief)];
  const lease = await one.take(name);
  for (let nth = 0; nth < 10; nth++) {
    await pause(50);
    expect(await other.take(name)).toBeUndefined();
  }
  expect(lease?.signal.aborted).toBe(false);
  await lease?.release();
});

test('a holder that cannot do what it holds leases for gives them back, and takes its part again when it can', async () => {
  let isFit = true;
  const one = new Leases(ground.worker, { ...brief, isFit: () => isFit });
  const other = new Leases(ground.worker, brief);
  const name = some();
  const lease = await one.hold(name, AbortSignal.timeout(20_000));
  isFit = false;
  await eventually(() => Promise.resolve(lease.signal.aborted));
  expect(lease.isOurs).toBe(true); // until whoever works under it has come to an end
  expect(await other.take(name)).toBeUndefined();
  await lease.release();
  const back = one.hold(name, AbortSignal.timeout(20_000));
  const next = await other.hold(name, AbortSignal.timeout(20_000));
  await next.release();
  await pause(brief.ttlMs);
  expect(one.held).toEqual([]); // nobody else has it, and it is not taken
  isFit = true;
  await (await back).release();
});

test('a holder that cannot reach the database counts itself out', async () => {
  const name = some();
  let away = false;
  const pool = { query: (query: never) => ground.worker.query(query), connect: () => (away ? new Promise(() => {}) : ground.worker.connect()) } as never;
  const lease = await new Leases(pool, brief).take(name);
  away = true;
  await eventually(() => Promise.resolve(lease?.signal.aborted === true));
  const next = await new Leases(ground.worker, brief).hold(name, AbortSignal.timeout(20_000));
  expect(next.epoch).toBe(2n);
  await next.release();
});

test('a connection on which nothing is heard any more, as of a server whose power is gone, is given up in time', async () => {
  const name = some();
  way = await wayTo(ground.url);
  const pool = openPool(way.url, { max: 2, name: 'spec leases', timeoutMs: brief.ttlMs });
  const leases = new Leases(pool, brief);
  const lease = await leases.hold(name, AbortSignal.timeout(20_000));
  way.fallSilent();
  await eventually(() => Promise.resolve(lease.signal.aborted));
  const next = await leases.hold(name, AbortSignal.timeout(20_000)); // by a connection to whoever has taken the address over
  expect(next.epoch).toBe(2n);
  await next.release();
  await pool.end();
});

test('whoever has just started the database need not wait for those who held something before', async () => {
  const [name, dead, next] = [some(), new Leases(ground.worker, patient), new Leases(ground.worker, patient)];
  const left = await dead.take(name);
  await endLeases(ground.worker);
  const lease = await next.take(name);
  expect(lease?.epoch).toBe((left?.epoch ?? 0n) + 1n);
  await expect(inTransaction(ground.worker, 'begin', (client) => left!.fence(client))).rejects.toThrow(LeaseLost);
  await Promise.all([left?.release(), lease?.release()]);
});

test('whoever was paused for too long writes nothing behind its fence', async () => {
  const [name, one, other] = [some(), new Leases(ground.worker, patient), new Leases(ground.worker, patient)];
  const paused = await one.take(name);
  await inTransaction(ground.worker, 'begin', (client) => paused!.fence(client));
  await lapse(name);
  const next = await other.take(name);
  await expect(inTransaction(ground.worker, 'begin', (client) => paused!.fence(client))).rejects.toThrow(LeaseLost);
  await Promise.all([paused?.release(), next?.release()]);
});

test('nobody takes over while a fenced transaction is under way', async () => {
  const [name, one, other] = [some(), new Leases(ground.worker, patient), new Leases(ground.worker, patient)];
  const lease = await one.take(name);
  let taken = false;
  let taking: Promise<unknown> | undefined;
  await inTransaction(ground.worker, 'begin', async (client) => {
    await lease!.fence(client);
    taking = lapse(name)
      .then(() => other.take(name))
      .then((next) => {
        taken = true;
        return next?.release();
      });
    await pause(50);
    expect(taken).toBe(false);
  });
  await taking;
  expect(taken).toBe(true);
  await lease?.release();
});

test('a duty is done by one process at a time, begins anew after a fault, and moves on when its process stops', async () => {
  const [name, one, other] = [some(), new AbortController(), new AbortController()];
  const done: string[] = [];
  const faults: unknown[] = [];
  const doing = (who: string) => async (signal: AbortSignal) => {
    done.push(who);
    if (done.length === 1) throw new Error('the first time never works');
    await new Promise((over) => signal.addEventListener('abort', over));
  };
  const first = duty(new Leases(ground.worker, brief), name, doing('one'), one.signal, (fault) => void faults.push(fault));
  await eventually(() => Promise.resolve(done.length > 0));
  const second = duty(new Leases(ground.worker, brief), name, doing('other'), other.signal);
  await eventually(() => Promise.resolve(done.length > 1));
  expect(faults).toHaveLength(1);
  const [now, then] = done[1] === 'one' ? [one, other] : [other, one];
  now.abort();
  await eventually(() => Promise.resolve(done.length > 2));
  expect(new Set(done.slice(1))).toEqual(new Set(['one', 'other']));
  then.abort();
  await Promise.all([first, second]);
});

const list = (plans: ReturnType<typeof plansView>) => ground.reader(plans).read('stockholm', (read) => read.list(plans, { order: sql`key`, limit: 100 }));

test('a view stands by in every process but one, and goes on in another when that one stops', async () => {
  const plans = plansView('plans_standby');
  const facts = new Writes(ground.log);
  const views = ground.reader(plans);
  const one = await ground.run([plans], { leases: new Leases(ground.worker, brief) });
  await views.waitFor(await facts.fact('PlanAwaited'), [plans]);
  const other = await ground.run([plans], { leases: new Leases(ground.worker, brief) });
  expect((await other.status())[0]).toMatchObject({ state: 'waiting' });
  await one.stop();
  await views.waitFor(await facts.fact('PlanAwaited'), [plans]);
  expect(await list(plans)).toMatchObject({ total: 2 });
});

test('a former owner that was paused while it took the view over does not take it from the one that has it', async () => {
  const plans = plansView('plans_outrun');
  const facts = new Writes(ground.log);
  const one = await ground.run([plans], { leases: new Leases(ground.worker, brief) });
  await ground.reader(plans).waitFor(await facts.fact('PlanAwaited'), [plans]);
  const { rows } = await ground.worker.query<{ epoch: bigint }>('select epoch from views.checkpoints where view = $1', [plans.table]);
  const checkpoints = new Checkpoints(ground.worker, ground.log, { rebuildChanged: false });
  await expect(checkpoints.takeOver(plans, (rows[0]?.epoch ?? 0n) - 1n)).rejects.toThrow(LeaseLost);
  await ground.reader(plans).waitFor(await facts.fact('PlanAwaited'), [plans]);
  expect((await one.status())[0]).toMatchObject({ state: 'live' });
});

test('a former owner that wakes up late cannot write, and stands by', async () => {
  const plans = plansView('plans_paused');
  const facts = new Writes(ground.log);
  const views = ground.reader(plans);
  let asleep: Promise<void> | undefined;
  const { promise, resolve: wake } = Promise.withResolvers<void>();
  const sleepy: View = {
    ...plans,
    writer: (pool) => {
      const writer = plans.writer(pool);
      return {
        take: async (entries) => {
          const change = await writer.take(entries);
          await asleep; // between having worked it out and writing it
          return change && { ...change, write: (client) => change.write(client) };
        },
      };
    },
  };
  const one = await ground.run([sleepy], { leases: new Leases(ground.worker, patient) });
  await views.waitFor(await facts.fact('PlanAwaited'), [plans]);
  asleep = promise;
  const order = randomId();
  const position = await facts.fact('PlanAwaited', order);
  await lapse(`view ${plans.table}`);
  await ground.run([plans], { leases: new Leases(ground.worker, brief) });
  await views.waitFor(position, [plans]);
  const before = await list(plans);
  wake();
  await eventually(async () => (await one.status())[0]?.state === 'waiting');
  const last = await facts.fact('PlanReceived', order);
  await views.waitFor(last, [plans]);
  const { rows } = await ground.worker.query(`select from views.${plans.table} where key = $1`, [order]);
  expect(rows).toHaveLength(2);
  expect((await list(plans)).total).toBe(before.total);
});
