import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import { withClient } from '#libs/database';
import { startPostgres } from '../../src/postgres.js';
import { withDatabase } from './database.js';
import type { Finding } from './findings.js';

const PATIENCE_MS = 120_000;

const tablesOf = async (client: Client, checkpoints: string): Promise<readonly string[]> => {
  const { rows } = await client.query<{ view: string }>(`select view from ${checkpoints} order by view`);
  return rows.map(({ view }) => view);
};

/**
 * Puts the views aside as they are and removes them, while nobody keeps them: the next who does builds them anew from the log.
 * What reactions have come to is no view, and stays.
 * @param client the superuser's
 */
export const putAside = async (client: Client): Promise<void> => {
  await client.query('drop schema if exists aside cascade; create schema aside; create table aside.checkpoints as table views.checkpoints');
  for (const view of await tablesOf(client, 'aside.checkpoints')) {
    await client.query(`create table aside.${view} as table views.${view}; drop table views.${view} cascade`);
  }
  await client.query('delete from views.checkpoints');
};

/** Puts the views of an instance aside that does not run. */
export const putViewsAside = async (data: string): Promise<void> => {
  const postgres = await startPostgres(data);
  try {
    await withClient(postgres.superuserUrl.replace(/\/postgres$/, '/uppsikt'), 'crash test', putAside);
  } finally {
    await postgres.stop();
  }
};

const CHECKPOINT = `row(c.view, c.position, c.footing, c.clocks, c.ready, c.quarantined, c.halted)::text`;

/** Rows that only one of the two holds, positions and versions included. */
const differences = async (
  client: Client,
  lived: string,
  built: string,
  row: string,
): Promise<{ readonly counted: number; readonly deviations: readonly string[] }> => {
  const { rows } = await client.query<{ said: string }>(`
    (select 'only as lived: ' || said as said from (select ${row} as said from ${lived} c except all select ${row} from ${built} c) l limit 5)
    union all
    (select 'only as built: ' || said as said from (select ${row} as said from ${built} c except all select ${row} from ${lived} c) b limit 5)`);
  const { rows: counts } = await client.query<{ count: bigint }>(`select count(*) from ${lived}`);
  return { counted: Number(counts[0]?.count ?? 0), deviations: rows.map(({ said }) => `${built}: ${said.slice(0, 400)}`) };
};

/** Views that a page does not concern write down a little later how far they have come, and indexes are made last. */
const arrived = async (client: Client, head: number | bigint): Promise<void> => {
  for (const began = performance.now(); performance.now() < began + PATIENCE_MS; await pause(20)) {
    const { rows } = await client.query<{ arrived: boolean }>('select min(position) >= $1 and bool_and(ready) as arrived from views.checkpoints', [head]);
    if (rows[0]?.arrived) return;
  }
};

/**
 * The views that lived through it all are those that are built from the log at once, row by row.
 * @param head where the log ends
 */
export const auditViews = (data: string, head: number): Promise<readonly Finding[]> => withDatabase(data, (client) => compareViews(client, head));

/** The same, over a client of the superuser's. */
export const compareViews = async (client: Client, head: number | bigint): Promise<readonly Finding[]> => {
  await arrived(client, head);
  const found = [await differences(client, 'aside.checkpoints', 'views.checkpoints', CHECKPOINT)];
  const views = await tablesOf(client, 'aside.checkpoints');
  for (const view of views) found.push(await differences(client, `aside.${view}`, `views.${view}`, 'c::text'));
  const { rows } = await client.query<{ view: string; quarantined: number; halted: string | null }>(
    'select view, quarantined, halted from views.checkpoints where quarantined > 0 or halted is not null',
  );
  const { rows: letters } = await client.query<{ target: string; code: string }>('select target, code from views.dead_letters');
  return [
    {
      what: 'rows of views not as built anew',
      counted: found.reduce((sum, { counted }) => sum + counted, 0),
      deviations: found.flatMap(({ deviations }) => deviations),
    },
    { what: 'views halted or with rows in quarantine', counted: views.length, deviations: rows.map((row) => JSON.stringify(row)) },
    { what: 'reactions refused', counted: letters.length, deviations: letters.map(({ target, code }) => `${target}: ${code}`) },
  ];
};
