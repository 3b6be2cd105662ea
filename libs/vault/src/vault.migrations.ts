import type { Migration } from '#libs/database';

/**
 * Sealed parts and wrapped keys. Only the owner's functions touch them, each naming its tenant:
 * parts are put and read, and deleted together with the key of their subject; nothing is changed in place but what wraps a key.
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

/** The vault's schema; run by the role that owns it, together with the log's. */
export const vaultMigrations: Migration = { schema: 'vault', steps: [tables, functions, grantedAlone, restores] };
