import type { Pool } from 'pg';

/** Any constant will do; it only has to be the same for every release. */
const LOCK = 8_112;

/** In the schema of the views, which is the worker's own; no rebuild touches them. */
const TABLES = `
create table if not exists views.reactions (
  name text primary key,
  log uuid not null,
  position bigint not null,
  footing jsonb,
  epoch bigint not null default 0
);
create table if not exists views.dead_letters (
  reaction text not null,
  event uuid not null,
  target text not null,
  tenant text not null,
  code text not null,
  sv text not null,
  en text not null,
  at timestamptz not null default now(),
  primary key (reaction, event, target)
);
alter table views.dead_letters enable row level security; -- without a policy: the worker's alone, since they are of all tenants
`;

/** Makes the tables where they are not there yet; several processes may do it at once. */
export const prepareReactions = async (pool: Pool): Promise<void> => {
  await pool.query(`begin; select pg_advisory_xact_lock(${LOCK}); ${TABLES} commit`);
};
