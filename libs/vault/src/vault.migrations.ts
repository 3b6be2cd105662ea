import type { Migration } from '#libs/database';

/**
 * Sealed parts and wrapped keys. Only the owner's functions touch them, each naming its tenant:
 * parts are put and read, and deleted together with the key of their subject; nothing is changed in place but what wraps a key, and when a
 * part was put last.
 */
const tables = `
create table vault.keys (
  tenant text collate "C" not null,
  subject uuid not null,
  kid uuid not null,
  alg text not null,
  wrapped bytea, -- null once destroyed: the row stays, so that the subject gets no other key
  primary key (tenant, subject)
);

create table vault.parts (
  tenant text collate "C" not null,
  event_id uuid not null,
  part text not null,
  sha256 text not null,
  subject uuid not null,
  bytes bytea not null check (octet_length(bytes) <= 1048576),
  at timestamptz not null default now(),
  primary key (tenant, event_id, part, sha256)
);
alter table vault.parts alter column bytes set storage external; -- ciphertext does not compress
create index parts_of_subject on vault.parts (tenant, subject);

create table vault.key_file (
  one boolean primary key default true check (one),
  check_value text not null
);

grant usage on schema vault to uppsikt_worker, uppsikt_api;
`;

const functions = `
-- What is there already stays: the same append may come again. A part for a destroyed key is left out, since nobody could ever open it.
create function vault.put(
  key_tenants text[], key_subjects uuid[], key_ids uuid[], key_algs text[], key_wraps bytea[],
  part_tenants text[], part_events uuid[], part_names text[], part_subjects uuid[], part_hashes text[], part_bytes bytea[]
) returns void language plpgsql volatile security definer set search_path = '' set enable_seqscan = off as $$
begin
  insert into vault.keys (tenant, subject, kid, alg, wrapped)
    select * from unnest(key_tenants, key_subjects, key_ids, key_algs, key_wraps) order by 1, 2
    on conflict do nothing;
  insert into vault.parts (tenant, event_id, part, subject, sha256, bytes)
    select * from unnest(part_tenants, part_events, part_names, part_subjects, part_hashes, part_bytes) p(tenant, event_id, part, subject, sha256, bytes)
    where not exists (select from vault.keys k where k.tenant = p.tenant and k.subject = p.subject and k.wrapped is null)
    order by 1, 2, 3
    on conflict do nothing;
end $$;

create function vault.read_keys(of_tenant text, subjects uuid[]) returns table (subject uuid, kid uuid, alg text, wrapped bytea)
language sql stable security definer set search_path = '' as $$
  select k.subject, k.kid, k.alg, k.wrapped from vault.keys k where k.tenant = of_tenant and k.subject = any (subjects) and k.wrapped is not null
$$;

create function vault.open_parts(of_tenant text, event_ids uuid[]) returns table (event_id uuid, part text, subject uuid, sha256 text, bytes bytea)
language sql stable security definer set search_path = '' as $$
  select p.event_id, p.part, p.subject, p.sha256, p.bytes from vault.parts p where p.tenant = of_tenant and p.event_id = any (event_ids)
$$;

create function vault.destroy_key(of_tenant text, of_subject uuid) returns void
language sql volatile security definer set search_path = '' as $$
  update vault.keys k set wrapped = null where k.tenant = of_tenant and k.subject = of_subject;
  delete from vault.parts p where p.tenant = of_tenant and p.subject = of_subject;
$$;

-- The tenant key was rotated: the same data keys, wrapped anew. One destroyed meanwhile stays destroyed.
create function vault.rewrap(of_tenant text, subjects uuid[], wraps bytea[]) returns void
language sql volatile security definer set search_path = '' as $$
  update vault.keys k set wrapped = w.wrapped from unnest(subjects, wraps) w(subject, wrapped)
    where k.tenant = of_tenant and k.subject = w.subject and k.wrapped is not null
$$;

-- The first check value is kept; whether this is the same.
create function vault.knows_key_file(value text) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  insert into vault.key_file (check_value) values (value) on conflict do nothing;
  return (select check_value = value from vault.key_file);
end $$;

grant execute on function vault.put, vault.read_keys, vault.open_parts, vault.destroy_key, vault.knows_key_file to uppsikt_worker, uppsikt_api;
grant execute on function vault.rewrap to uppsikt_worker;
`;

/** By default everybody may call a function; that a server was prepared otherwise is not taken for granted. */
const grantedAlone = 'revoke execute on all functions in schema vault from public';

const restores = `
-- Which backups this data was restored from. The row is there before anything else is, and finished after everything else.
create table vault.restores (
  backup uuid primary key,
  begun_at timestamptz not null default now(),
  finished_at timestamptz
);

-- As before, but nobody opens a vault that is half restored: every process asks this first.
create or replace function vault.knows_key_file(value text) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if exists (select from vault.restores r where r.finished_at is null) then
    raise exception 'This data is half restored.' using errcode = 'UV001';
  end if;
  insert into vault.key_file (check_value) values (value) on conflict do nothing;
  return (select check_value = value from vault.key_file);
end $$;
`;

const sweep = `
-- How far whoever looks for parts of events that were never recorded has come in the vault; no row: at the beginning.
create table vault.sweep (
  one boolean primary key default true check (one),
  tenant text collate "C" not null,
  event_id uuid not null
);

-- How far whoever looks for other parts of recorded events has come in a log, and where that ended when this was noted.
create table vault.sweep_of_log (
  log uuid primary key,
  position bigint not null,
  head bigint not null,
  noted_at timestamptz not null
);

-- As before, but what comes again is as young as what is new: it is about to be named, and nobody may take it for left over. Keys are locked
-- before parts, as in remove_aged: whoever is second finds what the first one left.
create or replace function vault.put(
  key_tenants text[], key_subjects uuid[], key_ids uuid[], key_algs text[], key_wraps bytea[],
  part_tenants text[], part_events uuid[], part_names text[], part_subjects uuid[], part_hashes text[], part_bytes bytea[]
) returns void language plpgsql volatile security definer set search_path = '' set enable_seqscan = off as $$
begin
  insert into vault.keys as k (tenant, subject, kid, alg, wrapped)
    select distinct on (n.tenant, n.subject) n.*
    from unnest(key_tenants, key_subjects, key_ids, key_algs, key_wraps) n(tenant, subject, kid, alg, wrapped) order by n.tenant, n.subject
    on conflict (tenant, subject) do update set kid = k.kid where false; -- changes nothing, and locks it
  insert into vault.parts (tenant, event_id, part, subject, sha256, bytes)
    select distinct on (p.tenant, p.event_id, p.part, p.sha256) p.*
    from unnest(part_tenants, part_events, part_names, part_subjects, part_hashes, part_bytes) p(tenant, event_id, part, subject, sha256, bytes)
    where not exists (select from vault.keys k where k.tenant = p.tenant and k.subject = p.subject and k.wrapped is null)
    order by p.tenant, p.event_id, p.part, p.sha256
    on conflict (tenant, event_id, part, sha256) do update set at = now();
end $$;

-- A part that is put before this moment is old: its append is long over.
create function vault.sweep_begins() returns table (before timestamptz, tenant text, event_id uuid)
language sql stable security definer set search_path = '' as $$
  select now() - interval '24 hours', s.tenant, s.event_id from (select) one left join vault.sweep s on true
$$;

-- Without a place: the next one begins anew.
create function vault.sweep_ends(at_tenant text, at_event uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  delete from vault.sweep s where at_tenant is null;
  insert into vault.sweep (tenant, event_id) select at_tenant, at_event where at_tenant is not null
    on conflict (one) do update set tenant = excluded.tenant, event_id = excluded.event_id;
end $$;

-- Up to where every entry is older than a day, with an hour more for tries of the same command that were under way; empty until there is such a place.
create function vault.sweep_of_log_begins(of_log uuid) returns table ("position" bigint, up_to bigint)
language sql stable security definer set search_path = '' as $$
  select s.position, case when s.noted_at < now() - interval '25 hours' then s.head end from vault.sweep_of_log s where s.log = of_log
$$;

-- Without a head, the one that was noted is still to be come to.
create function vault.sweep_of_log_ends(of_log uuid, at_position bigint, at_head bigint) returns void
language sql volatile security definer set search_path = '' as $$
  insert into vault.sweep_of_log as s (log, position, head, noted_at) values (of_log, at_position, coalesce(at_head, at_position), now())
    on conflict (log) do update set position = excluded.position,
      head = coalesce(at_head, s.head), noted_at = case when at_head is null then s.noted_at else now() end
$$;

-- The events that parts are there of, in their order. The index of the primary key alone tells, and nothing is sorted, however little is known of the table.
create function vault.events_after(after_tenant text, after_event uuid, most integer) returns table (tenant text, event_id uuid)
language sql stable security definer set search_path = '' set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off as $$
  select distinct p.tenant, p.event_id from vault.parts p where (p.tenant, p.event_id) > (after_tenant, after_event) order by 1, 2 limit most
$$;

-- Of some events those that an old part is there of.
create function vault.aged(before timestamptz, tenants text[], event_ids uuid[]) returns table (tenant text, event_id uuid)
language sql stable security definer set search_path = '' set enable_seqscan = off as $$
  select n.tenant, n.event_id from unnest(tenants, event_ids) n(tenant, event_id)
    where exists (select from vault.parts p where p.tenant = n.tenant and p.event_id = n.event_id and p.at < before)
$$;

-- Removes the old parts of some events, but for those with these hashes, and the keys that seal nothing then. The row of a destroyed key stays,
-- and a young part, whatever is asked.
create function vault.remove_aged(before timestamptz, tenants text[], event_ids uuid[], named text[]) returns table (parts integer, keys integer)
language plpgsql volatile security definer set search_path = '' set enable_seqscan = off
set plan_cache_mode = force_custom_plan -- the hashes are then looked up, not gone through one by one
as $$
declare
  cut timestamptz := least(before, now() - interval '24 hours');
  locked_tenants text[];
  locked_subjects uuid[];
begin
  select array_agg(k.tenant), array_agg(k.subject) into locked_tenants, locked_subjects from (
    select k.tenant, k.subject from vault.keys k
      where k.wrapped is not null and (k.tenant, k.subject) in (
        select p.tenant, p.subject from unnest(tenants, event_ids) n(tenant, event_id)
          join vault.parts p on p.tenant = n.tenant and p.event_id = n.event_id and p.at < cut and p.sha256 <> all (named))
      order by k.tenant, k.subject for update of k) k;
  delete from vault.parts p using unnest(tenants, event_ids) n(tenant, event_id)
    where p.tenant = n.tenant and p.event_id = n.event_id and p.at < cut and p.sha256 <> all (named);
  get diagnostics parts = row_count;
  delete from vault.keys k using unnest(locked_tenants, locked_subjects) n(tenant, subject)
    where k.tenant = n.tenant and k.subject = n.subject and k.wrapped is not null
      and not exists (select from vault.parts p where p.tenant = k.tenant and p.subject = k.subject);
  get diagnostics keys = row_count;
  return next;
end $$;

grant execute on function vault.sweep_begins, vault.sweep_ends, vault.sweep_of_log_begins, vault.sweep_of_log_ends, vault.events_after, vault.aged,
  vault.remove_aged to uppsikt_worker;
revoke execute on function vault.sweep_begins, vault.sweep_ends, vault.sweep_of_log_begins, vault.sweep_of_log_ends, vault.events_after, vault.aged,
  vault.remove_aged from public;
`;

/** The vault's schema; run by the role that owns it, together with the log's. */
export const vaultMigrations: Migration = { schema: 'vault', steps: [tables, functions, grantedAlone, restores, sweep] };
