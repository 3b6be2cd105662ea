import { obligationsView } from '#libs/audits';
import type { Day } from '#libs/kernel';
import { all, sql, type Read, type Sql } from '#libs/views';
import type { CountsOfUnit } from './counts.js';

/**
 * Counts of obligations by whom they were given to: one question, answered from an index alone. Who holds what they were given follows from
 * the register, which is small.
 * @param units only what was given to these; all where left out
 */
export const countsByUnit = (read: Read, today: Day, units: readonly string[] | undefined, where?: Sql): Promise<readonly CountsOfUnit[]> =>
  read.query<CountsOfUnit>(sql`
    select unit,
      count(*) filter (where status <> 'withdrawn')::integer as received,
      count(*) filter (where status = 'implemented')::integer as implemented,
      count(*) filter (where status = 'open')::integer as open,
      count(*) filter (where promised_on < ${today})::integer as "pastPromisedDay",
      count(*) filter (where last_on < ${today})::integer as "pastLastDay",
      count(*) filter (where undated)::integer as undated,
      count(*) filter (where status = 'open' and judged in ('met', 'no-longer-relevant'))::integer as settled,
      count(*) filter (where status = 'withdrawn')::integer as withdrawn
    from ${read.counted(obligationsView)}
    where ${all(units === undefined ? undefined : sql`unit = any(${units})`, where)}
    group by unit`);
