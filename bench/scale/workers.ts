// How fast the views follow with one, two and four worker processes, what each process weighs, and what an event takes on disk.
import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import { views } from '#libs/catalogue';
import { openPool } from '#libs/database';
import { postgresLog, type EventLog } from '#libs/event-log';
import { Arrivals } from '#libs/views';
import { memoryOf, started, stopped, type Started } from '../process.js';
import { appendTraffic } from '../traffic.js';
import { environment, perSecond, seconds, type Place } from './place.js';

const WORKER = 'apps/worker/src/main.ts';
const ROUND = Number(process.env.SCALE_ROUND ?? 50_000);
const EVENTS = Number(process.env.SCALE_EVENTS ?? 1_000_000);
/** For so long nothing has changed hands before a round begins. */
const QUIET_MS = 12_000;

/** Who holds how many leases, the most first. */
const shares = async (pool: Pool): Promise<readonly number[]> => {
  const { rows } = await pool.query<{ held: number }>(
    `select count(*)::integer as held from views.leases where until > clock_timestamp() group by holder order by 1 desc`,
  );
  return rows.map(({ held }) => held);
};

/** Until every process has what it is to have. */
const settled = async (pool: Pool, processes: number): Promise<readonly number[]> => {
  for (let before = '', since = performance.now(); ; await pause(500)) {
    const now = await shares(pool);
    if (now.join() !== before) [before, since] = [now.join(), performance.now()];
    if (now.length === processes && performance.now() - since > QUIET_MS) return now;
  }
};

/** Appends a round of traffic of a municipality of its own, and waits until every view holds it. */
const round = async (log: EventLog, pool: Pool, count: number, tenant: string): Promise<number> => {
  const began = performance.now();
  await appendTraffic(log, count, tenant);
  await new Arrivals(pool, log.id).wait(await log.head(), views, AbortSignal.timeout(3_600_000));
  return seconds(began);
};

interface Size {
  readonly what: string;
  readonly bytes: number;
}

const sizes = async (superuser: Pool): Promise<readonly Size[]> => {
  const { rows } = await superuser.query<Size>(
    `select case when schemaname = 'log' then 'log' else relname end as what, sum(pg_total_relation_size(relid))::double precision as bytes
      from pg_stat_user_tables where schemaname in ('log', 'views') group by 1 order by 2 desc`,
  );
  return rows;
};

export const workers = async (place: Place): Promise<void> => {
  const env = environment(place, place.worker);
  const pool = openPool(place.worker, { max: 4, name: 'bench' });
  const superuser = openPool(place.superuser, { max: 1, name: 'bench' });
  const log = await postgresLog({ url: place.worker });
  const running: Started[] = [];
  try {
    console.log(`\nViews, ${views.length} of them, while ${ROUND.toLocaleString('en')} events are appended and until all hold them`);
    let first: number | undefined;
    for (const processes of [1, 2, 4]) {
      while (running.length < processes) running.push(await started(WORKER, env));
      const held = await settled(pool, processes);
      const took = await round(log, pool, ROUND, `round${processes}`);
      first ??= took;
      console.log(
        `  ${processes} worker${processes > 1 ? 's' : ' '}  ${perSecond(ROUND, took).padStart(10)}  1 : ${(first / took).toFixed(2)}  leases held ${held.join(', ')}`,
      );
    }
    const rest = EVENTS - 3 * ROUND;
    const took = await round(log, pool, rest, 'million');
    console.log(`  ${rest.toLocaleString('en')} more with 4 workers: ${perSecond(rest, took)}`);
    const weights = await Promise.all(running.map(memoryOf));
    console.log(`  memory of each worker after ${EVENTS.toLocaleString('en')} events: ${weights.map((one) => `${Math.round(one)} MiB`).join(', ')}`);
    const all = await sizes(superuser);
    const total = all.reduce((sum, { bytes }) => sum + bytes, 0);
    console.log(
      `  on disk with indexes: ${Math.round(total / EVENTS)} bytes an event; of these ${all
        .slice(0, 6)
        .map(({ what, bytes }) => `${what} ${Math.round(bytes / EVENTS)}`)
        .join(', ')}`,
    );
  } finally {
    await Promise.all(running.map(stopped));
    await log.close();
    await Promise.all([pool.end(), superuser.end()]);
  }
};
