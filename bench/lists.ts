// A page of a list of 100,000 objects with ten versions each: now, and as it was recorded half the history back.
import { migrate, openPool, prepareDatabase } from '#libs/database';
import { logMigrations, postgresLog, type Position } from '#libs/event-log';
import { derivedId } from '#libs/kernel';
import { ordersView } from '#libs/orders';
import { vaultMigrations } from '#libs/vault';
import { all, prepareViews, sql, Views, type Sql } from '#libs/views';
import { measure, print, type Way } from './measure.js';
import { withServer } from './server.js';

const OBJECTS = 100_000;
const VERSIONS = 10;
const UNITS = 14;
const HALF = BigInt((OBJECTS * VERSIONS) / 2) as Position;

/** Version n of object i holds from position n·OBJECTS + i on; every version stands otherwise than the one before. */
const FILL = `
  insert into views.${ordersView.table} (tenant, key, since, until, unit, provider, service, sent_on, status, plan, deadline, due_on, wait, late, over_on)
  select 'bench', md5('order ' || i)::uuid::text, n * ${OBJECTS} + i, case when n < ${VERSIONS - 1} then (n + 1) * ${OBJECTS} + i end,
    md5('unit ' || i % ${UNITS})::uuid, md5('provider ' || i % 60)::uuid, 'short-term-supervision', date '2020-01-01' + i % 1800,
    (array['awaiting-plan', 'received', 'reviewed', 'approved', 'ended'])[1 + (i + n) % 5], 1, md5('deadline ' || i)::uuid, date '2020-01-16' + i % 1800,
    (array['awaited', 'met', 'met', 'met', 'closed'])[1 + (i + n) % 5], (i + n) % 5 = 1, null
  from generate_series(0, ${VERSIONS - 1}) n, generate_series(1, ${OBJECTS}) i`;

export const run = (): Promise<void> =>
  withServer(async (superuserUrl) => {
    const urls = await prepareDatabase(superuserUrl);
    await migrate(urls.owner, [vaultMigrations, logMigrations]);
    const worker = openPool(urls.worker, { max: 1, name: 'bench' });
    await prepareViews(worker);
    await worker.query('set transaction_timeout = 0');
    for (const statement of [...ordersView.create, FILL, ...ordersView.index, `analyze views.${ordersView.table}`]) await worker.query(statement);
    const log = await postgresLog({ url: urls.api });
    const pool = openPool(urls.api, { max: 2, name: 'bench' });
    const views = new Views({ pool, log, views: [ordersView] });
    const unit = await worker.query<{ unit: string }>("select md5('unit 3')::uuid::text as unit");
    const ofUnit = sql`unit = ${unit.rows[0]?.unit ?? derivedId('none')}`;
    const page = (name: string, at: Position | undefined, where: Sql | undefined): Way => ({
      name,
      worker: () => () =>
        views.read('bench', (read) => read.list(ordersView, { where: all(sql`wait = 'awaited'`, where), order: sql`due_on nulls last, key`, limit: 20 }), {
          at,
        }),
      close: () => Promise.resolve(),
    });
    const ways = [
      page('now, the municipality', undefined, undefined),
      page('asOf, the municipality', HALF, undefined),
      page('now, one unit', undefined, ofUnit),
      page('asOf, one unit', HALF, ofUnit),
    ];
    print(
      `A page of 20 and its total, of ${OBJECTS.toLocaleString('en')} objects with ${VERSIONS} versions each`,
      await measure(ways, { inFlight: 1, seconds: 5 }),
    );
    await Promise.all([log.close(), pool.end(), worker.end()]);
  });
