import { createHash } from 'node:crypto';
import { dataSchema, type AnyEventType, type EventOf } from '#libs/kernel';
import { quoted, sqlName, type Columns, type RowOf } from './columns.js';
import { RowWriter } from './row-writer.js';
import { ofTenant, secured, unmeasured } from './table.js';
import { toldOfTenants } from './tenants.js';
import type { Seen, View } from './view.js';

/** What makes a view of rows: a row type, keys, a pure fold for one row. Its queries stand beside it. */
export interface RowViewDeclaration<C extends Columns, T extends AnyEventType> {
  /** Lower case, `a-z` and `_`: part of the table's name. */
  readonly name: string;
  /** Raised whenever the fold changes: the new table is built beside the old one, from the whole log. */
  readonly version: number;
  readonly columns: C;
  readonly reads: readonly T[];
  /** Which rows an event concerns. */
  readonly keys: (event: Seen<EventOf<T>>) => string | readonly string[];
  /**
   * One row after one event. Pure. The same row (by reference) where nothing changes; undefined where there is none any more.
   * What it throws, twice, puts the row into quarantine.
   */
  readonly fold: (row: RowOf<C> | undefined, event: Seen<EventOf<T>>, key: string) => RowOf<C> | undefined;
  /** Columns of text, uuid or day that lists of the past are narrowed by: they lead the index behind `asOf`. */
  readonly during?: readonly (keyof C & string)[];
  /** What is counted over very many rows, now and in the past: an index of these columns alone answers it, see {@link Read.counted}. */
  readonly counts?: {
    /** Columns that narrow and group. */
    readonly by: readonly (keyof C & string)[];
    /** Columns that conditions on what is counted name; a column of neither list costs a look into the table for each row. */
    readonly of: readonly (keyof C & string)[];
    /** Columns that pages of the past are ordered by. */
    readonly order?: readonly (keyof C & string)[];
  };
  /** Indexes of the current rows, each a list of columns after the tenant. */
  readonly indexes?: readonly (readonly (keyof C & string)[])[];
  readonly acting?: true;
  /** The api may ask which municipalities have a row of a key, see {@link tenantsOf}. Only where keys are random, or keyed hashes. */
  readonly everywhere?: true;
}

/** A view whose every row keeps its versions, so that each list can be asked as of any position. */
export interface RowView<Row = unknown> extends View {
  readonly name: string;
  readonly version: number;
  readonly columns: Columns;
  /** The types read, by name. */
  readonly types: ReadonlySet<string>;
  readonly keys: (event: Seen) => readonly string[];
  readonly fold: (row: Row | undefined, event: Seen, key: string) => Row | undefined;
}

/** Where a version ends, the one that holds now after everything: the index of counts knows it in these words. */
export const ENDS = 'coalesce(until, 9223372036854775807)';

const NAME = /^[a-z][a-z_]{0,39}$/;
const OWN = ['tenant', 'key', 'since', 'until', 'broken'];

/**
 * Declares a view of rows.
 * @throws TypeError when a name cannot be that of a table or column
 */
export const rowView = <const C extends Columns, T extends AnyEventType>(declaration: RowViewDeclaration<C, T>): RowView<RowOf<C>> => {
  const { name, version, columns, reads, keys, acting = false, everywhere = false } = declaration;
  const table = `${name}_${version}`;
  if (!NAME.test(name)) throw new TypeError(`A view cannot be called ${name}: use a-z and _.`);
  const taken = Object.keys(columns).find((property) => OWN.includes(property) || !/^[a-z][a-zA-Z0-9]*$/.test(property));
  if (taken !== undefined) throw new TypeError(`A column of ${name} cannot be called ${taken}.`);
  const create = [...tableOf(table, columns), ...(everywhere ? toldOfTenants(table) : [])];
  const index = indexesOf(table, declaration);
  const consumed = reads.map((type) => ({ type: type.type, schema: type.schema, data: dataSchema(type) }));
  const view: RowView<RowOf<C>> = {
    name,
    version,
    table,
    columns,
    acting,
    takesUnknown: false,
    create,
    index,
    types: new Set(reads.map(({ type }) => type)),
    keys: (event) => [keys(event as Seen<EventOf<T>>)].flat(),
    fold: declaration.fold as RowView<RowOf<C>>['fold'],
    fingerprint: createHash('sha256')
      .update(JSON.stringify([create, index, consumed]))
      .digest('hex'),
    writer: (pool) => new RowWriter(view, pool),
  };
  return view;
};

/** One entry makes at most one version of a row, which the unique index of the past holds to. */
const tableOf = (table: string, columns: Columns): readonly string[] => [
  `create table views.${table} (
    tenant text collate "C" not null,
    key text collate "C" not null,
    since bigint not null,
    until bigint,
    broken uuid,
    ${Object.entries(columns)
      .map(([property, column]) => `${quoted(property)} ${column.sql}`)
      .join(', ')}
  )`,
  ...unmeasured(
    table,
    Object.keys(columns)
      .filter((property) => columns[property]?.sql === 'json')
      .map(sqlName),
  ),
  // By key first, as no other index is: whatever the planner believes of a table that has just filled up, a row is looked up by this one.
  `create unique index ${table}_current on views.${table} (key, tenant) where until is null`,
  ...secured(table),
  ...ofTenant(table),
];

const indexesOf = <C extends Columns, T extends AnyEventType>(
  table: string,
  { indexes = [], during = [], counts }: RowViewDeclaration<C, T>,
): readonly string[] => [
  `create unique index ${table}_past on views.${table} (tenant, key, since)`,
  `create index ${table}_during on views.${table} using gist (${['tenant', ...during.map(quoted), 'int8range(since, until)'].join(', ')})`,
  ...(counts ? countedBy(table, counts.by.map(quoted), counts.of.map(quoted), (counts.order ?? []).map(quoted)) : []),
  ...indexes.map(
    (columns, nth) => `create index ${table}_list_${nth + 1} on views.${table} (${['tenant', ...columns.map(quoted)].join(', ')}) where until is null`,
  ),
];

/**
 * One of the rows that hold now, in which equal ones share a place, and one of all versions. To count 100,000 rows of a million versions took
 * 240 ms by their ranges and takes 75 ms by these; nearer to the present it takes less, since what ended before the moment is passed over.
 */
const countedBy = (table: string, by: readonly string[], of: readonly string[], order: readonly string[]): readonly string[] => [
  `create index ${table}_counts on views.${table} (${['tenant', ...by, ...of].join(', ')}) where until is null`,
  `create index ${table}_counts_past on views.${table} (${['tenant', ...by, `(${ENDS})`, 'since'].join(', ')}) include (${['until', ...of, ...order, 'key'].join(', ')})`,
];
