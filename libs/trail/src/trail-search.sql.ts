import { BLOCK_BITS } from './lexemes.js';

/** How many of the newest are looked through one by one before the index is asked. */
const WINDOW = 2_000;
/** A larger block that holds more than these is asked for in its smaller ones, since all that is found must be fetched to know which are the newest. */
const MOST_FETCHED = 512;

const FILTERS = ['actor', 'role', 'unit', 'stream', 'type'].map((column) => `(of_${column} is null or t.${column} = of_${column})`).join(' and ');

/**
 * The one way to search a trail: positions of what matches, the newest first (or any of them, for counting).
 *
 * Either many entries match or almost none do, and nobody knows which before. Along the order alone an absent word would be sought in a
 * million entries; by the text index alone a common word would be fetched a million times. So the newest are looked through along their
 * order, and then blocks of older ones are asked of the index: ever larger ones while little is found, smaller ones where it is much.
 *
 * Every filter is a lexeme too, so that the index finds a rare actor among the uses of a common word; the columns then say it exactly.
 * Block, words and filters are conditions of their own and the block comes first: then the index leaps from one to the other within the
 * block, where one query of them all would compare the two commonest words from the first entry to the last.
 */
export const searchFunction = (table: string): string => `
create or replace function views.${table}_search(of_tenant text, words text[], literals text[], of_actor text, of_role text, of_unit uuid, of_stream text,
  of_type text, low bigint, high bigint, at_most integer, newest_first boolean) returns setof bigint
language plpgsql stable security definer
set search_path = pg_catalog, views
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set jit = off
as $$
declare
  bits constant integer[] := array[${BLOCK_BITS.join(', ')}];
  keys tsquery[] := '{}';
  key tsquery;
  entry record;
  hits bigint[];
  so_far integer := 0;
  looked integer := 0;
  upto integer; -- the newest number that has not been looked at
  oldest integer;
  level integer;
  widest integer := 1;
begin
  if of_tenant is distinct from current_setting('uppsikt.tenant', true) then
    raise exception 'This session does not read for that tenant.' using errcode = 'insufficient_privilege';
  end if;
  for key in select plainto_tsquery('swedish', w) from unnest(words) w union all select l::tsquery from unnest(literals) l loop
    if numnode(key) = 0 then continue; end if; -- a word that is in every text
    if cardinality(keys) < 4 then keys := keys || key; else keys[4] := keys[4] && key; end if;
  end loop;

  for entry in
    select t.position, t.number, (keys[1] is null or t.words @@ keys[1]) and (keys[2] is null or t.words @@ keys[2]) and (keys[3] is null or t.words @@ keys[3])
      and (keys[4] is null or t.words @@ keys[4]) and ${FILTERS} as matches
    from (select * from views.${table} where tenant = of_tenant and position > low and position <= high order by position desc limit ${WINDOW}) t
  loop
    looked := looked + 1;
    upto := entry.number - 1;
    if entry.matches then
      so_far := so_far + 1;
      return next entry.position;
      if so_far = at_most then return; end if;
    end if;
  end loop;
  if looked < ${WINDOW} then return; end if;

  select t.number into oldest from views.${table} t where t.tenant = of_tenant and t.position > low order by t.position limit 1;
  while upto >= oldest loop
    level := widest;
    while level > 1 and (upto + 1) & ((1 << bits[level]) - 1) <> 0 loop level := level - 1; end loop;
    key := format('''=%s:%s:%s''', of_tenant, bits[level], upto >> bits[level])::tsquery;
    hits := array(
      select t.position from (select * from views.${table} h where h.words @@ key and h.words @@ coalesce(keys[1], key) and h.words @@ coalesce(keys[2], key)
        and h.words @@ coalesce(keys[3], key) and h.words @@ coalesce(keys[4], key) offset 0) t
      where t.number <= upto and t.position > low and ${FILTERS}
      limit case when not newest_first then at_most - so_far when level > 1 then ${MOST_FETCHED} + 1 end);
    if newest_first and level > 1 and cardinality(hits) > ${MOST_FETCHED} then
      widest := level - 1;
      continue;
    end if;
    return query select hit from unnest(hits) hit order by hit desc limit at_most - so_far;
    so_far := so_far + cardinality(hits);
    if so_far >= at_most then return; end if;
    upto := ((upto >> bits[level]) << bits[level]) - 1;
    widest := least(widest + 1, ${BLOCK_BITS.length});
  end loop;
end $$`;
