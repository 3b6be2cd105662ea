import { registry, views } from '#libs/catalogue';
import { migrate, openPool, prepareDatabase } from '#libs/database';
import { logMigrations, postgresLog } from '#libs/event-log';
import { vaultMigrations } from '#libs/vault';
import { Arrivals, ViewRunner, Views, type View } from '#libs/views';
import { withServer } from './server.js';
import { appendTraffic } from './traffic.js';

const COUNT = Number(process.env.COUNT ?? 100_000);
/** One table alone, `outbox_1`; all of them, and then all together, where it is left out. */
const { ONLY } = process.env;
/** In how many parts the filling is shown, since it should not grow slower as the tables grow. */
const PARTS = 5;
const seconds = (from: number) => (performance.now() - from) / 1_000;
const perSecond = (count: number, took: number) => `${Math.round(count / took).toLocaleString('en')}/s`;

/** Builds views from the whole log, and says how fast until they hold it, and until they are ready. */
export const run = (): Promise<void> =>
  withServer(async (superuserUrl) => {
    const { owner, worker, api } = await prepareDatabase(superuserUrl);
    await migrate(owner, [vaultMigrations, logMigrations]);
    const log = await postgresLog({ url: worker });
    const [working, reading] = [openPool(worker, { max: 8, name: 'bench' }), openPool(api, { max: 2, name: 'bench' })];
    const began = performance.now();
    await appendTraffic(log, COUNT);
    console.log(`${COUNT.toLocaleString('en')} events appended, ${perSecond(COUNT, seconds(began))}`);

    const build = async (name: string, built: readonly View[]) => {
      const arrivals = new Arrivals(working, log.id);
      const all = new Views({ pool: reading, log, views: built, arrivals });
      const runner = new ViewRunner({ pool: working, log, registry, views: built, arrivals });
      const from = performance.now();
      await runner.start();
      const parts: string[] = [];
      const head = await log.head();
      for (let part = 1, before = from; part <= PARTS; part++) {
        await arrivals.wait(((head * BigInt(part)) / BigInt(PARTS)) as typeof head, built, AbortSignal.timeout(3_600_000));
        parts.push(perSecond(COUNT / PARTS, seconds(before)));
        before = performance.now();
      }
      const filled = seconds(from);
      while (!(await all.health()).ready) await new Promise((later) => setTimeout(later, 20));
      console.log(`${name.padEnd(24)} filled ${perSecond(COUNT, filled)} (${parts.join(', ')}), ready ${perSecond(COUNT, seconds(from))}`);
      await runner.stop();
      for (const { table } of built) await working.query(`drop table views.${table} cascade`);
      await working.query('truncate views.checkpoints');
    };
    for (const view of views) if (ONLY === undefined || ONLY === view.table) await build(view.table, [view]);
    if (ONLY === undefined) await build('all together', views);
    await log.close();
    await Promise.all([working.end(), reading.end()]);
  });
