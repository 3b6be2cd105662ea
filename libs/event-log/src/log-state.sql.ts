/**
 * Whether the log is in use, and how another's entries are put into it.
 *
 * - The last state counts; without any the log is open. It changes under the lock that every append holds to its commit: what was
 *   appended before is there to be read, and what comes after is refused, whoever asks.
 * - While it is being filled, only sessions of the role that owns it put anything in: no process has one.
 * - A page is put in whole or not at all, and only where the log ends as its filler believes: two who fill it cannot mix their pages.
 */
export const stateFunctions = `
create table log.states (
  nth integer primary key generated always as identity,
  state text not null check (state in ('open', 'filling', 'moved')),
  other uuid,
  at timestamptz not null default clock_timestamp(),
  check ((state = 'open') = (other is null))
);
create trigger only_grows before update or delete or truncate on log.states for each statement execute function log.refuse_change();

create function log.state() returns table (state text, other uuid)
language sql stable security definer set search_path = ''
as $$ select s.state, s.other from log.states s order by s.nth desc limit 1 $$;

create function log.refuse_closed() returns trigger language plpgsql set search_path = '' as $$
declare
  now_is record;
begin
  select s.state, s.other into now_is from log.states s order by s.nth desc limit 1;
  if now_is.state = 'moved' or (now_is.state = 'filling' and session_user <> current_user) then
    raise exception '% %', now_is.state, now_is.other using errcode = 'UL002';
  end if;
  return null;
end $$;
create trigger in_use before insert on log.events for each statement execute function log.refuse_closed();

create function log.become(new_state text, new_other uuid) returns void language plpgsql set search_path = '' as $$
begin
  lock table log.identity in exclusive mode;
  insert into log.states (state, other) values (new_state, new_other);
end $$;

create function log.fill(after bigint, tenants text[], streams text[], revisions integer[], ids uuid[], types text[], ats text[], entries bytea[])
returns void language plpgsql set search_path = '' as $$
begin
  lock table log.identity in exclusive mode;
  if (select s.state from log.state() s) is distinct from 'filling' then
    raise exception 'This log is not being filled.';
  end if;
  if after = log.head() then
    insert into log.events (position, tenant, stream, revision, id, type, at, entry)
      select after + e.o, e.tenant, e.stream, e.revision, e.id, e.type, e.at::timestamptz, e.entry
      from unnest(tenants, streams, revisions, ids, types, ats, entries) with ordinality e(tenant, stream, revision, id, type, at, entry, o);
  end if;
end $$;

revoke execute on all functions in schema log from public;
grant execute on function log.state to uppsikt_worker, uppsikt_api;
`;
