import type { Pool } from 'pg';
import type { Position } from '#libs/event-log';
import { ViewsBehind } from './arrivals.js';
import type { RowView } from './row-view.js';

const nameOf = (table: string): string => `views.${table}_tenants`;

/**
 * Tells which municipalities have a row of a key, and nothing else of it: for whoever has to learn for which one to read. It runs with the rights
 * of the table's owner, past row-level security, so the key must be one that nobody guesses.
 */
export const toldOfTenants = (table: string): readonly string[] => [
  `create or replace function ${nameOf(table)}(of_key text) returns setof text
    language sql stable security definer set search_path = '' set enable_seqscan = off as $$
      select t.tenant from views.${table} t where t.key = of_key and t.until is null
    $$`,
  `grant execute on function ${nameOf(table)} to uppsikt_api`,
];

/** What PostgreSQL says where the function is not there, or not the whole schema. */
const NOT_THERE = ['42883', '3F000'];

/**
 * The municipalities that have a row of a key, as the view stands.
 * @param view one that is declared to tell them (`everywhere`)
 * @throws ViewsBehind where no process has made the view yet
 */
export const tenantsOf = async (pool: Pick<Pool, 'query'>, { table }: Pick<RowView, 'table'>, key: string): Promise<readonly string[]> => {
  const query = { name: `tenants of ${table}`, text: `select tenant from ${nameOf(table)}($1) tenant order by tenant`, values: [key] };
  try {
    const { rows } = await pool.query<{ readonly tenant: string }>(query);
    return rows.map(({ tenant }) => tenant);
  } catch (error) {
    if (NOT_THERE.includes((error as { readonly code?: string }).code ?? '')) throw new ViewsBehind([table], 0n as Position);
    throw error;
  }
};
