import type { Pool } from 'pg';

/** Any constant will do; it only has to be the same for every release. */
const LOCK = 8_111;

/** What the views keep beside their own tables. It belongs to the worker, as they do. */
const TABLES = `
create table if not exists views.leases (
  name text primary key,
  holder uuid not null,
  epoch bigint not null,
  until timestamptz not null
);
create table if not exists views.holders (
  holder uuid primary key,
  wants text[] not null,
  since timestamptz not null,
  until timestamptz not null
);
delete from views.holders where until < clock_timestamp() - interval '1 hour';
create table if not exists views.releases (
  id text primary key,
  tables text[] not null,
  started_at timestamptz not null
);
create table if not exists views.checkpoints (
  view text primary key,
  fingerprint text not null,
  epoch bigint not null,
  log uuid not null,
  position bigint not null,
  footing jsonb,
  clocks jsonb not null,
  ready boolean not null,
  quarantined integer not null,
  halted text
);`;

/** Makes the common tables where they are not there yet; several processes may do it at once. */
export const prepareViews = async (pool: Pool): Promise<void> => {
  await pool.query(`begin; select pg_advisory_xact_lock(${LOCK}); ${TABLES} commit`);
};

/**
 * Makes whoever keeps a view build its table anew from the whole log, in place: until then the process is not ready. For operators;
 * a changed fold needs none of it, since its version is raised.
 * @returns whether there is such a table
 */
export const rebuildView = async (pool: Pool, table: string): Promise<boolean> => {
  const { rowCount } = await pool.query('delete from views.checkpoints where view = $1', [table]);
  return rowCount === 1;
};
