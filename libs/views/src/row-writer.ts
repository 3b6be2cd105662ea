import type { ClientBase, Pool } from 'pg';
import { quoted, sqlName } from './columns.js';
import { foldRows, rowId, targetsOf, type Current, type Folded, type Target, type Version } from './row-fold.js';
import type { RowView } from './row-view.js';
import type { Change, PageEntry, Seen, Writer } from './view.js';
import { asFolded } from './values.js';

/** Rows kept in memory, so that an object that changes often is not read each time. */
const MAX_KEPT = 10_000;
const OWN = ['tenant text', 'key text', 'since bigint', 'until bigint', 'broken uuid'];

/** Writes the versions of rows. The only writer of its table, so what it once read or wrote stays true. */
export class RowWriter<Row> implements Writer {
  readonly #kept = new Map<string, Current<Row>>();
  readonly #read: string;
  readonly #close: string;
  readonly #open: string;
  /** Of the columns: in the row, and in SQL. */
  readonly #names: readonly (readonly [property: string, name: string])[];

  constructor(
    private readonly view: RowView<Row>,
    private readonly pool: Pool,
  ) {
    const columns = Object.entries(view.columns);
    this.#names = columns.map(([property]) => [property, sqlName(property)]);
    const own = OWN.map((column) => column.split(' ')[0]);
    const typed = [...OWN, ...columns.map(([property, { sql }]) => `${quoted(property)} ${sql}`)];
    const read = ['tenant', 'key', 'broken', ...columns.map(([property]) => `${quoted(property)} as "${property}"`)].map((column) => `t.${column}`);
    // One look into the index of current rows for each key, and no other way is left to the planner: for an index that was made on an
    // empty table it takes every plan to cost nothing, and read all rows of a tenant or the whole table for each page.
    const current = (of: string): string => `from views.${view.table} r where r.key = ${of}.key and r.tenant || '' = ${of}.tenant and r.until is null`;
    this.#read = `select ${read.join(', ')} from unnest($1::text[], $2::text[]) k(tenant, key) cross join lateral (select * ${current('k')} limit 1) t`;
    this.#close = `update views.${view.table} t set until = c.until
      from unnest($1::text[], $2::text[], $3::bigint[]) c(tenant, key, until) where t.ctid = (select r.ctid ${current('c')})`;
    this.#open = `insert into views.${view.table} (${[...own, ...columns.map(([property]) => quoted(property))].join(', ')}) select * from json_to_recordset($1::json) as v(${typed.join(', ')})`;
  }

  async take(entries: readonly PageEntry[]): Promise<Change | undefined> {
    const targets = targetsOf(
      this.view,
      entries.map(({ event }) => event as Seen),
    );
    if (targets.length === 0) return undefined;
    const currents = await this.#currents(targets);
    const folded = foldRows(this.view, currents, targets);
    this.#keep(currents, targets);
    if (folded.opened.length === 0 && folded.closed.length === 0) return undefined;
    return { write: (client) => this.#write(client, folded), quarantined: folded.quarantined };
  }

  async #currents(targets: readonly Target[]): Promise<Map<string, Current<Row>>> {
    const currents = new Map<string, Current<Row>>();
    const unknown = new Map<string, { readonly tenant: string; readonly key: string }>();
    for (const { event, key } of targets) {
      const id = rowId(event.tenant, key);
      const kept = this.#kept.get(id);
      if (kept) currents.set(id, kept);
      else unknown.set(id, { tenant: event.tenant, key });
    }
    if (unknown.size === 0) return currents;
    const asked = [...unknown.values()];
    const { rows } = await this.pool.query<{ tenant: string; key: string; broken: string | null }>({
      text: this.#read,
      values: [asked.map(({ tenant }) => tenant), asked.map(({ key }) => key)],
      types: asFolded,
    });
    for (const { tenant, key, broken, ...row } of rows) currents.set(rowId(tenant, key), { row: row as Row, broken });
    return currents;
  }

  #keep(currents: Map<string, Current<Row>>, targets: readonly Target[]): void {
    for (const { event, key } of targets) this.#kept.delete(rowId(event.tenant, key));
    for (const [id, current] of currents) this.#kept.set(id, current);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MAX_KEPT) break;
      this.#kept.delete(oldest);
    }
  }

  async #write(client: ClientBase, { closed, opened }: Folded<Row>): Promise<void> {
    if (closed.length > 0) {
      await client.query(this.#close, [closed.map(({ tenant }) => tenant), closed.map(({ key }) => key), closed.map(({ until }) => until.toString())]);
    }
    if (opened.length > 0) await client.query(this.#open, [JSON.stringify(opened.map((version) => this.#record(version)))]);
  }

  #record({ tenant, key, since, until, broken, row }: Version<Row>): Readonly<Record<string, unknown>> {
    const values = (row ?? {}) as Readonly<Record<string, unknown>>;
    const record: Record<string, unknown> = { tenant, key, since: since.toString(), until: until?.toString(), broken };
    for (const [property, name] of this.#names) record[name] = values[property];
    return record;
  }
}
