import type { Migration } from '#libs/database';
import { appendFunction } from './log-append.sql.js';
import { readFunctions } from './log-read.sql.js';
import { stateFunctions } from './log-state.sql.js';

/** The tables; only the owner's functions write or read them. */
const tables = `
create table log.identity (
  one boolean primary key default true check (one),
  id uuid not null default gen_random_uuid()
);
insert into log.identity default values;

create table log.events (
  position bigint primary key,
  tenant text collate "C" not null,
  stream text collate "C" not null,
  revision integer not null,
  id uuid not null constraint events_id unique,
  type text not null,
  at timestamptz not null,
  entry bytea not null,
  constraint events_place unique (tenant, stream, revision)
);

create function log.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'The log only grows: % of % is refused.', lower(tg_op), tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger only_grows before update or delete or truncate on log.events for each statement execute function log.refuse_change();
create trigger stays before update or delete or truncate on log.identity for each statement execute function log.refuse_change();

grant usage on schema log to uppsikt_worker, uppsikt_api;
`;

/** By default everybody may call a function; that a server was prepared otherwise is not taken for granted. */
const grantedAlone = 'revoke execute on all functions in schema log from public';

/** What the log needs of its database; run by the role that owns it, together with the vault's. */
export const logMigrations: Migration = { schema: 'log', steps: [tables, appendFunction, readFunctions, grantedAlone, stateFunctions] };
