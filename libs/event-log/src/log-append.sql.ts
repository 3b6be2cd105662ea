/**
 * One batch of appends, one transaction: called autocommitted, by a process that gathers what came in meanwhile.
 *
 * - Sealed parts and keys are written first, before anybody is kept waiting.
 * - The lock on `log.identity` is held to commit, so positions are given out in the order of commits, without gaps, and no reader can
 *   skip an entry. A lock on a table writes nothing, where a counter in a row would leave a dead version behind for each batch.
 * - Under READ COMMITTED each statement of a volatile function takes a fresh snapshot: what follows the lock sees all that was
 *   committed before it was granted.
 * - The last revision is found by LEFT JOIN LATERAL … LIMIT 1: as EXISTS or a plain join the planner scanned the table.
 * - Each append has its own outcome. A known id elsewhere violates \`events_id\` and undoes the batch; the caller tries its halves.
 */
export const appendFunction = `
create function log.append(
  -- one of each per append; at most one append per stream
  tenants text[], streams text[], expected integer[], counts integer[], latest text[],
  -- one of each per entry, in the order of the appends
  appends integer[], ids uuid[], types text[], ats text[], entries bytea[],
  max_ahead interval,
  key_tenants text[], key_subjects uuid[], key_ids uuid[], key_algs text[], key_wraps bytea[],
  part_tenants text[], part_events uuid[], part_names text[], part_subjects uuid[], part_hashes text[], part_bytes bytea[]
) returns table (outcome text, revision integer, "position" bigint)
language plpgsql volatile security definer
set search_path = ''
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set jit = off
as $$
#variable_conflict use_column
declare
  head bigint;
begin
  if cardinality(key_subjects) + cardinality(part_events) > 0 then
    perform vault.put(key_tenants, key_subjects, key_ids, key_algs, key_wraps, part_tenants, part_events, part_names, part_subjects, part_hashes, part_bytes);
  end if;
  lock table log.identity in exclusive mode;
  select coalesce(max(e.position), 0) into head from log.events e;
  return query with
    asked as materialized (
      select a.i, a.tenant, a.stream, a.expected, a.count, coalesce(last.revision, -1) as actual,
        sum(a.count) over (order by a.i) - a.count + 1 as first,
        a.latest::timestamptz > clock_timestamp() + max_ahead as ahead
      from unnest(tenants, streams, expected, counts, latest) with ordinality a(tenant, stream, expected, count, latest, i)
      left join lateral (
        select e.revision from log.events e where e.tenant = a.tenant and e.stream = a.stream order by e.revision desc limit 1
      ) last on true
    ),
    fit as materialized (
      select a.*, head + sum(a.count) over (order by a.i) as upto
      from asked a where a.actual = a.expected and a.ahead is not true
    ),
    stored as (
      insert into log.events (position, tenant, stream, revision, id, type, at, entry)
      select f.upto - f.count + 1 + e.o - f.first, f.tenant, f.stream, f.expected + 1 + e.o - f.first, e.id, e.type, e.at::timestamptz, e.entry
      from unnest(appends, ids, types, ats, entries) with ordinality e(i, id, type, at, entry, o) join fit f on f.i = e.i
    )
    select
      case when f.i is not null or earlier.count = a.count then 'appended' when a.actual = a.expected then 'ahead' else 'conflict' end,
      case when f.i is not null or earlier.count = a.count then a.expected + a.count else a.actual end,
      coalesce(f.upto::bigint, earlier.position)
    from asked a
    left join fit f on f.i = a.i
    left join lateral (
      select count(*) as count, max(e.position) as position from log.events e
      where a.actual >= a.expected + a.count and e.tenant = a.tenant and e.stream = a.stream
        and e.revision between a.expected + 1 and a.expected + a.count and e.id = ids[(a.first + e.revision - a.expected - 1)::integer]
    ) earlier on f.i is null
    order by a.i;
end $$;
grant execute on function log.append to uppsikt_worker, uppsikt_api;
`;
