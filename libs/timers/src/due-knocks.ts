import type { Pool } from 'pg';
import type { Instant } from '#libs/kernel';
import { deadlinesView } from './deadlines.view.js';
import { lateSummariesView } from './late-summaries.view.js';
import type { DueKnock } from './due-knock.js';

const PAGE = 1000;
/** The views that say what is to be knocked for, all in the same columns. */
export const dueViews = [deadlinesView, lateSummariesView] as const;
/** The earliest of each view, and of these the earliest: so each view is read by its index. */
const ofEach = (select: (table: string) => string): string => dueViews.map(({ table }) => `(${select(`views.${table}`)})`).join(' union all ');
const WRITTEN = `to_char(next_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** How those knocks stand whose moment has come. */
export interface Standing {
  readonly due: number;
  /** The moment of the earliest of them. */
  readonly earliest: Instant | undefined;
}

/** What is to be knocked for, over all tenants, as the views have it. The pool is the worker's, who alone may read over all tenants. */
export class DueKnocks {
  constructor(private readonly pool: Pick<Pool, 'query'>) {}

  /** Everything up to a moment, that moment included, in pages, the earliest first. */
  async *until(moment: Instant): AsyncGenerator<readonly DueKnock[]> {
    for (let last: DueKnock | undefined, full = true; full;) {
      const { rows }: { rows: DueKnock[] } = await this.pool.query<DueKnock>({
        name: 'due_knocks',
        text: `select tenant, stream, owner, key as deadline, generation, unit, caus, corr, next_rung as rung, next_occurrence as occurrence, ${WRITTEN} as at
          from (${ofEach(
            (table) => `select tenant, stream, owner, key, generation, unit, caus, corr, next_rung, next_occurrence, next_at
              from ${table} where until is null and next_at <= $1 and (next_at, tenant, key) > ($2, $3, $4) order by next_at, tenant, key limit ${PAGE}`,
          )}) due order by next_at, tenant, key limit ${PAGE}`,
        values: [moment, last?.at ?? '-infinity', last?.tenant ?? '', last?.deadline ?? ''],
      });
      if (rows.length > 0) yield rows;
      last = rows.at(-1);
      full = rows.length === PAGE;
    }
  }

  /** What is to be knocked for by now, and has not been. */
  async standing(now: Instant): Promise<Standing> {
    const { rows } = await this.pool.query<{ due: number; earliest: Instant | null }>({
      name: 'standing_knocks',
      text: `select count(*)::integer as due, ${WRITTEN.replace('next_at', 'min(next_at)')} as earliest from (${ofEach(
        (table) => `select next_at from ${table} where until is null and next_at <= $1`,
      )}) due`,
      values: [now],
    });
    return { due: rows[0]?.due ?? 0, earliest: rows[0]?.earliest ?? undefined };
  }

  /** The earliest moment for which there is something to be knocked for: after the one and up to the other, both of which may be left out. */
  async next({ after = '-infinity', until = 'infinity' }: { readonly after?: Instant | '-infinity'; readonly until?: Instant | 'infinity' } = {}): Promise<
    Instant | undefined
  > {
    const { rows } = await this.pool.query<{ at: Instant }>({
      name: 'next_knock',
      text: `select ${WRITTEN} as at from (${ofEach(
        (table) => `select next_at from ${table} where until is null and next_at > $1 and next_at <= $2 order by next_at limit 1`,
      )}) due order by next_at limit 1`,
      values: [after, until],
    });
    return rows[0]?.at;
  }
}
