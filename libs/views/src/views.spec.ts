import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Pool } from 'pg';
import { openPool } from '#libs/database';
import { logMigrations, postgresLog, type EventLog } from '#libs/event-log';
import { randomId } from '#libs/kernel';
import { preparedDatabase, type PreparedDatabase } from '#libs/testing';
import { vaultMigrations } from '#libs/vault';
import { plansView, registry, UNIT, Writes } from '../spec/sample-plans.js';
import { ViewRunner, Views, type View, type ViewRunnerOptions } from './index.js';

let database: PreparedDatabase;
let worker: Pool;
let api: Pool;
let log: EventLog;
let stockholm: Writes;
let runners: ViewRunner[] = [];
let count = 0;

beforeAll(async () => {
  database = await preparedDatabase([vaultMigrations, logMigrations]);
  worker = openPool(database.worker, { max: 8, name: 'spec' });
  api = openPool(database.api, { max: 4, name: 'spec' });
  log = await postgresLog({ url: database.worker });
});
beforeEach(() => {
  stockholm = new Writes(log);
});
afterEach(async () => {
  await Promise.all(runners.map((runner) => runner.stop()));
  runners = [];
});
afterAll(async () => {
  await log.close();
  await Promise.all([worker.end(), api.end()]);
  await database.drop();
});

/** A view of its own for one test: it reads the whole log of this file. */
const somePlans = (acting?: true) => plansView(`plans_${'abcdefghijklmnopqrstuvwxyz'[count++] ?? 'z'}`, acting);

const run = async (views: readonly View[], options: Partial<ViewRunnerOptions> = {}): Promise<ViewRunner> => {
  const runner = new ViewRunner({ pool: worker, log, registry, views, ...options });
  runners.push(runner);
  await runner.start();
  return runner;
};
const reader = (...views: readonly View[]) => new Views({ pool: api, log, views });
describe('a view', () => {
  test('shows what was written, once it has been waited for', async () => {
    const plans = somePlans();
    await run([plans]);
    const views = reader(plans);
    const order = randomId();
    await stockholm.fact('PlanAwaited', order, { on: '2026-02-16' });
    const position = await stockholm.fact('PlanReceived', order, { on: '2026-02-17' });
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
});
