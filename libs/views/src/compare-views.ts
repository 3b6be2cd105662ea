import type { ClientBase, Pool } from 'pg';
import type { Position } from '#libs/event-log';
import { inTransaction } from './transaction.js';
import type { View } from './view.js';

/** How a view in use stands to the same view built anew beside it. */
export interface Compared {
  readonly table: string;
  /**
   * `equal` or `different` as far as the one in use had come; `absent`, since no process has built it yet; `other`, since it was built from
   * another declaration or another log, and is built anew by whoever takes it up.
   */
  readonly outcome: 'equal' | 'different' | 'absent' | 'other';
  /** Rows compared, versions included, and how many of them differ or stand on one side alone. */
  readonly rows: number;
  readonly different: number;
  /** The first of them. */
  readonly named: readonly string[];
  /** As far as both were compared. */
  readonly upTo: Position;
}

interface Checkpoint {
  readonly fingerprint: string;
  readonly log: string;
  readonly position: Position;
}

const NAMED = 5;
/** Types that cannot be compared, or only by their text. */
const AS_TEXT = ['json', 'jsonb', 'tsvector'];

/**
 * Compares a view in use with the same view built anew, row by row, each as it stood at the same position: it may go on meanwhile.
 * @param pool of the role `uppsikt_worker`, by which both lie within reach
 * @param schema where the other one is
 * @param built the position up to which that one was built
 */
export const compareViews = async (pool: Pool, view: View, schema: string, logId: string, built: Position): Promise<Compared> => {
  const { table } = view;
  const nothing = { table, rows: 0, different: 0, named: [], upTo: built };
  const there = await pool.query<{ checkpoints: boolean; itself: boolean }>(
    `select to_regclass('views.checkpoints') is not null as checkpoints, to_regclass($1) is not null as itself`,
    [`views.${table}`],
  );
  if (!there.rows[0]?.checkpoints || !there.rows[0].itself) return { ...nothing, outcome: 'absent' };
  const { rows } = await pool.query<Checkpoint>('select fingerprint, log, position from views.checkpoints where view = $1', [table]);
  const [checkpoint] = rows;
  if (!checkpoint) return { ...nothing, outcome: 'absent' };
  if (checkpoint.fingerprint !== view.fingerprint || checkpoint.log !== logId) return { ...nothing, outcome: 'other' };
  const upTo = checkpoint.position < built ? checkpoint.position : built;
  return { ...nothing, upTo, ...(await compareRows(pool, table, schema, upTo)) };
};

const compareRows = async (pool: Pool, table: string, schema: string, upTo: Position): Promise<Pick<Compared, 'outcome' | 'rows' | 'different' | 'named'>> => {
  const columns = await pool.query<{ name: string; type: string }>(
    `select column_name as name, data_type as type from information_schema.columns where table_schema = $1 and table_name = $2 order by ordinal_position`,
    [schema, table],
  );
  const { key, rows } = sidesOf(columns.rows, upTo);
  const side = (of: string) => `select ${key.join(', ')}, md5(row(${rows.values.join(', ')})::text) as digest from ${of}.${table} where ${rows.until}`;
  const named = key.map((column) => `coalesce(l.${column}, b.${column})::text`).join(` || ' ' || `);
  const sql = `select count(*) as all, count(*) filter (where l.digest is distinct from b.digest) as different,
        (array_agg(${named} || case when b.digest is null then ' should not be there' when l.digest is null then ' is missing' else ' is another' end)
          filter (where l.digest is distinct from b.digest))[1:${NAMED}] as named
      from (${side('views')}) l full join (${side(schema)}) b using (${key.join(', ')})`;
  // Many rows take long.
  const ask = (client: ClientBase) => client.query<{ all: bigint; different: bigint; named: readonly string[] | null }>(sql);
  const found = await inTransaction(pool, 'begin; set local transaction_timeout = 0', ask);
  const [{ all, different, named: first } = { all: 0n, different: 0n, named: null }] = found.rows;
  return { outcome: different === 0n ? 'equal' : 'different', rows: Number(all), different: Number(different), named: first ?? [] };
};

/** What a row is known by, and its values as they stood at a position: a view of rows keeps its versions, the trail only grows. */
const sidesOf = (columns: readonly { readonly name: string; readonly type: string }[], upTo: Position) => {
  const isOfVersions = columns.some(({ name }) => name === 'since');
  const value = ({ name, type }: { readonly name: string; readonly type: string }) =>
    isOfVersions && name === 'until' ? `case when until <= ${upTo} then until end` : AS_TEXT.includes(type) ? `"${name}"::text` : `"${name}"`;
  return {
    key: isOfVersions ? ['tenant', 'key', 'since'] : ['tenant', 'position'],
    rows: { values: columns.map(value), until: `${isOfVersions ? 'since' : 'position'} <= ${upTo}` },
  };
};
