/** How many positions one page looks through at most: a filter that nothing matches must not hold a connection for long. */
const WINDOW = 10_000;
/** A page ends once it holds this much. */
const PAGE_BYTES = 4 * 1024 * 1024;

/**
 * What is read of the log. A page of the whole log ends with a row without an entry: its position is where to go on from,
 * null where there is no more. Positions have no gaps, so a window of them is plain arithmetic.
 */
export const readFunctions = `
create function log.id() returns uuid language sql stable security definer set search_path = ''
  as $$ select id from log.identity $$;

create function log.head() returns bigint language sql stable security definer set search_path = ''
  as $$ select coalesce(max(position), 0) from log.events $$;

create function log.read_streams(tenants text[], streams text[], froms integer[], maxes integer[], backwards boolean)
returns table (i bigint, "position" bigint, entry text)
language plpgsql stable security definer
set search_path = ''
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set jit = off
as $$
begin
  if backwards then
    return query select a.i, e.position, convert_from(e.entry, 'UTF8')
      from unnest(tenants, streams, froms, maxes) with ordinality a(tenant, stream, "from", max, i)
      cross join lateral (
        select e.position, e.entry from log.events e
        where e.tenant = a.tenant and e.stream = a.stream and e.revision <= a.from order by e.revision desc limit a.max
      ) e;
  else
    return query select a.i, e.position, convert_from(e.entry, 'UTF8')
      from unnest(tenants, streams, froms, maxes) with ordinality a(tenant, stream, "from", max, i)
      cross join lateral (
        select e.position, e.entry from log.events e
        where e.tenant = a.tenant and e.stream = a.stream and e.revision >= a.from order by e.revision limit a.max
      ) e;
  end if;
end $$;

create function log.read_page(of_tenant text, after bigint, backwards boolean, of_types text[], of_streams text[], at_most integer)
returns table ("position" bigint, entry text)
language plpgsql stable
set search_path = ''
set enable_seqscan = off
set jit = off
as $$
#variable_conflict use_column
declare
  head bigint := log.head();
  low bigint; high bigint; upto bigint; -- this page looks at low < position <= high
  e record;
  count integer := 0;
  bytes bigint := 0;
begin
  if after > head then
    raise exception 'This position is beyond the end of the log: it was given out by another log.' using errcode = 'UL001';
  end if;
  if backwards then
    high := least(after - 1, head); low := greatest(high - ${WINDOW}, 0); upto := low + 1;
  else
    low := after; high := least(after + ${WINDOW}, head); upto := high;
  end if;
  for e in execute 'select e.position, e.entry from log.events e
    where e.position > $1 and e.position <= $2 and ($3 is null or e.tenant = $3) and ($4 is null or e.type = any($4))
      and ($5 is null or left(e.stream, -37) = any($5)) order by e.position' || case when backwards then ' desc' else '' end || ' limit $6'
    using low, high, of_tenant, of_types, of_streams, at_most
  loop
    position := e.position;
    entry := convert_from(e.entry, 'UTF8');
    return next;
    count := count + 1;
    bytes := bytes + octet_length(e.entry);
    if count = at_most or bytes >= ${PAGE_BYTES} then
      upto := e.position;
      exit;
    end if;
  end loop;
  position := case when backwards and upto > 1 or not backwards and upto < head then upto end;
  entry := null;
  return next;
end $$;

create function log.read_tenant(of_tenant text, after bigint, backwards boolean, of_types text[], of_streams text[], at_most integer)
returns table ("position" bigint, entry text)
language plpgsql stable security definer set search_path = ''
as $$
begin
  if of_tenant is null then
    raise exception 'A tenant must be named.' using errcode = 'insufficient_privilege';
  end if;
  return query select * from log.read_page(of_tenant, after, backwards, of_types, of_streams, at_most);
end $$;

create function log.read_all(after bigint, backwards boolean, of_types text[], of_streams text[], at_most integer)
returns table ("position" bigint, entry text)
language sql stable security definer set search_path = ''
as $$ select * from log.read_page(null, after, backwards, of_types, of_streams, at_most) $$;

grant execute on function log.id, log.head, log.read_streams, log.read_tenant to uppsikt_worker, uppsikt_api;
grant execute on function log.read_all to uppsikt_worker;
`;
