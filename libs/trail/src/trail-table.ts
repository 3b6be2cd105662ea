import { ofTenant, secured, unmeasured } from '#libs/views';
import { BLOCK_BITS } from './lexemes.js';
import { COLUMNS } from './trail-columns.js';

const VERSION = 1;
export const TABLE = `trail_${VERSION}`;

/** How many of the newest are looked through one by one before the index is asked. */
const WINDOW = 2_000;
/** How many blocks are asked for at once at most: when there was little in the newer ones, more of the older are taken together. */
const MOST_BLOCKS = 8;

/**
 * The one way to search: positions of what matches, newest first. Some hundred entries match or almost none do, and nobody knows which
 * before; so first the newest are looked through along their order, then blocks of older ones are asked of the text index, ever more at once.
 * An index scan in order alone would read a million entries for an absent word, and the text index alone would fetch them all for a common one.
 * Every filter is a lexeme as well, so that the index finds a rare actor among the uses of a common word; the columns then say it exactly.
 */
const search = `
create or replace function views.${TABLE}_search(of_tenant text, words text[], literals text[], of_actor text, of_role text, of_unit uuid, of_stream text, of_type text,
  low bigint, high bigint, at_most integer, newest_first boolean) returns setof bigint
language plpgsql stable security definer
set search_path = pg_catalog, views
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set jit = off
as $$
declare
  query tsquery := ''::tsquery;
  blocks tsquery;
  entry record;
  word text;
  so_far integer := 0;
  looked integer := 0;
  fetched integer;
  last_looked bigint;
  block integer;
  oldest integer;
  at_once integer := 1;
begin
  if of_tenant is distinct from current_setting('uppsikt.tenant', true) then
    raise exception 'This session does not read for that tenant.' using errcode = 'insufficient_privilege';
  end if;
  foreach word in array words loop query := query && plainto_tsquery('swedish', word); end loop;
  foreach word in array literals loop query := query && word::tsquery; end loop;

  for entry in
    select t.position, t.number, (numnode(query) = 0 or t.words @@ query) and (of_actor is null or t.actor = of_actor) and (of_role is null or t.role = of_role)
      and (of_unit is null or t.unit = of_unit) and (of_stream is null or t.stream = of_stream) and (of_type is null or t.type = of_type) as matches
    from (select * from views.${TABLE} where tenant = of_tenant and position > low and position <= high order by position desc limit ${WINDOW}) t
  loop
    looked := looked + 1;
    last_looked := entry.position;
    block := entry.number >> ${BLOCK_BITS};
    if entry.matches then
      so_far := so_far + 1;
      return next entry.position;
      if so_far = at_most then return; end if;
    end if;
  end loop;
  if looked < ${WINDOW} then return; end if;

  high := last_looked - 1;
  select t.number >> ${BLOCK_BITS} into oldest from views.${TABLE} t where t.tenant = of_tenant and t.position > low order by t.position limit 1;
  while block >= oldest loop
    select string_agg(format('''=%s:%s''', of_tenant, b), '|')::tsquery into blocks from generate_series(greatest(block - at_once + 1, oldest), block) b;
    if newest_first then
      return query select t.position from (select * from views.${TABLE} h where h.words @@ (query && blocks) offset 0) t
        where t.tenant = of_tenant and t.position > low and t.position <= high and (of_actor is null or t.actor = of_actor) and (of_role is null or t.role = of_role)
          and (of_unit is null or t.unit = of_unit) and (of_stream is null or t.stream = of_stream) and (of_type is null or t.type = of_type)
        order by t.position desc limit at_most - so_far;
    else
      return query select t.position from (select * from views.${TABLE} h where h.words @@ (query && blocks) offset 0) t
        where t.tenant = of_tenant and t.position > low and t.position <= high and (of_actor is null or t.actor = of_actor) and (of_role is null or t.role = of_role)
          and (of_unit is null or t.unit = of_unit) and (of_stream is null or t.stream = of_stream) and (of_type is null or t.type = of_type)
        limit at_most - so_far;
    end if;
    get diagnostics fetched = row_count;
    so_far := so_far + fetched;
    if so_far >= at_most then return; end if;
    block := block - at_once;
    at_once := least(at_once * 2, ${MOST_BLOCKS});
  end loop;
end $$`;

export const create: readonly string[] = [
  `create table views.${TABLE} (${COLUMNS.map(({ name, sql }) => `${name} ${sql}${sql === 'text' ? ' collate "C"' : ''}`).join(', ')})`,
  ...unmeasured(TABLE, ['words', 'data', 'basis', 'corr', 'id', 'caus', 'cmd']),
  ...secured(TABLE),
  ...ofTenant(TABLE),
  search,
  `grant execute on function views.${TABLE}_search to uppsikt_api`,
];

/** `fastupdate` off, since entries that wait outside the index cost each search 14 ms. */
export const index: readonly string[] = [
  `create unique index ${TABLE}_order on views.${TABLE} (tenant, position)`,
  `create index ${TABLE}_recorded on views.${TABLE} (tenant, recorded, position)`,
  `create unique index ${TABLE}_id on views.${TABLE} (tenant, id)`,
  `create index ${TABLE}_words on views.${TABLE} using gin (words) with (fastupdate = off)`,
];
