import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { inTransaction } from './transaction.js';
import type { View } from './view.js';

/** What the tables of a release are known by. */
const idOf = (views: readonly View[]): string =>
  createHash('sha256')
    .update(
      views
        .map(({ table, fingerprint }) => `${table} ${fingerprint}\n`)
        .toSorted()
        .join(''),
    )
    .digest('hex');

/** Notes which tables the release reads that has just been started: what it may be gone back to from, and what of. */
export const noteRelease = async (pool: Pool, views: readonly View[]): Promise<void> => {
  await pool.query(
    `insert into views.releases (id, tables, started_at) values ($1, $2, clock_timestamp())
      on conflict (id) do update set started_at = excluded.started_at`,
    [idOf(views), views.map(({ table }) => table)],
  );
};

/**
 * Tables that nobody goes back to: neither this release reads them, nor the one that was started last before it, nor any process that lives.
 * Where no release before this one is known, there are none.
 */
const outlived = async (pool: Pool, views: readonly View[]): Promise<readonly string[]> => {
  const { rows } = await pool.query<{ view: string }>(
    `with before as (select tables from views.releases where id <> $1 order by started_at desc limit 1)
      select c.view from views.checkpoints c, before b where c.view <> all ($2) and c.view <> all (b.tables)
        and not exists (select from views.holders h where h.until > clock_timestamp() and 'view ' || c.view = any (h.wants))
      order by c.view`,
    [idOf(views), views.map(({ table }) => table)],
  );
  return rows.map(({ view }) => view);
};

/** No transaction of a reader is waited for longer: whoever came after us would wait as well. */
const LOCK_TIMEOUT = '2s';

/**
 * Drops the tables of views one release later, when the views of this release are ready and nobody can go back to them.
 * A table that somebody reads just then is left for the next start.
 * @returns what was dropped
 */
export const dropOldTables = async (pool: Pool, views: readonly View[]): Promise<readonly string[]> => {
  const dropped: string[] = [];
  for (const table of await outlived(pool, views)) if (await drop(pool, table)) dropped.push(table);
  return dropped;
};

const drop = (pool: Pool, table: string): Promise<boolean> =>
  inTransaction(pool, `begin; set local lock_timeout = '${LOCK_TIMEOUT}'`, async (client) => {
    const { rowCount } = await client.query('delete from views.checkpoints where view = $1', [table]);
    await client.query(`drop table if exists views."${table}" cascade`);
    await client.query(
      `do $$ declare f regprocedure; begin
        for f in select oid from pg_proc where pronamespace = 'views'::regnamespace and starts_with(proname, '${table}_') loop execute 'drop function ' || f; end loop;
      end $$`,
    );
    return rowCount === 1;
  }).catch((error: { readonly code?: string }) => {
    if (error.code === LOCKED) return false;
    throw error as Error;
  });

const LOCKED = '55P03';
