import type { ClientBase } from 'pg';
import { START, type Position } from '#libs/event-log';
import { ViewsBehind, type Missing } from './arrivals.js';
import { quoted } from './columns.js';
import { ENDS, type RowView } from './row-view.js';
import { sql, verbatim, type Sql } from './sql.js';
import { Turns } from './turns.js';
import { asFolded } from './values.js';

/**
 * The view stands before an entry that this release cannot read: what it shows was so once. Over HTTP: 503, as for a stream with such an entry.
 */
export class ViewHalted extends Error {
  override readonly name = 'ViewHalted';

  constructor(table: string) {
    super(`The view ${table} has halted before what a newer release has recorded.`);
  }
}

/** A row as it is read, with its place. */
export type Found<Row> = Row & {
  readonly key: string;
  /** The position of the entry that made it so. */
  readonly since: Position;
  /** The entry that its fold could not take: what is shown is how the row was before, and nothing later is in it. */
  readonly broken: string | null;
};

export interface ListOptions {
  readonly where?: Sql;
  /** Ends with something unique, such as `key`, or pages may overlap. For people: `name collate "sv-SE-x-icu"`. */
  readonly order: Sql;
  readonly limit: number;
  readonly offset?: number;
  /** Conditions and order name only columns of the view's `counts`: a page of the past is then found by that index, and only its own rows are looked up. */
  readonly counted?: boolean;
}

/** One page, and what else was asked of all the rows that it is a page of. */
interface PageBeside<Row, Beside> {
  readonly rows: readonly Found<Row>[];
  readonly beside: readonly Beside[];
}

/** What a question needs to know of a view of rows. */
type Table = Pick<RowView, 'name' | 'table' | 'columns'>;

/** Questions to the views, all answered from one snapshot: the rows of one tenant, now or as of a position. */
export class Read {
  readonly #turns = new Turns();

  constructor(
    private readonly client: ClientBase,
    readonly tenant: string,
    /** As recorded then; undefined for now. */
    readonly at: Position | undefined,
    /** The id of the log that positions belong to. */
    readonly log: string,
    /** Views of which nothing can be said but as of then. */
    private readonly halted: readonly string[] = [],
    /** Views of which nothing can be said later than they stand in this snapshot: they have stood further on. */
    private readonly missing: ReadonlyMap<string, Missing> = new Map(),
  ) {}

  /** What stands in a FROM: the rows of a view that hold at the moment asked for. Columns have their SQL names. */
  rows(view: Table): Sql {
    const moment = this.at === undefined ? sql`until is null` : sql`int8range(since, until) @> ${this.at.toString()}::bigint`;
    return sql`(select * from ${this.#table(view)} where ${moment}) ${verbatim(view.name)}`;
  }

  /** The same rows, to be counted by the columns that the view declares for it (`counts`): an index alone answers it then, now and in the past. */
  counted(view: Table): Sql {
    if (this.at === undefined) return this.rows(view);
    const at = this.at.toString();
    const moment = sql`since <= ${at}::bigint and ${verbatim(ENDS)} > ${at}::bigint`;
    return sql`(select * from ${this.#table(view)} where ${moment}) ${verbatim(view.name)}`;
  }

  /** One page of a list whose total is known otherwise. */
  async page<Row>(view: RowView<Row>, { where = verbatim('true'), order, limit, offset = 0, counted = false }: ListOptions): Promise<readonly Found<Row>[]> {
    const asked = sql`where ${where} order by ${order} limit ${limit} offset ${offset}`;
    if (!counted || this.at === undefined) return this.query(sql`select ${columns(view)} from ${this.rows(view)} ${asked}`);
    return this.query(sql`select ${columns(view)} from ${this.#table(view)} ${verbatim(view.name)}
      join (select key, since from ${this.counted(view)} ${asked}) page using (key, since) order by ${order}`);
  }

  /**
   * One page of a list, and what else is asked of all its rows: of the past both from one pass over the index of counts, which is most of what either
   * takes by itself. For now each is asked by itself, from the index that suits it.
   * @param columns those of the view's `counts` that order and question name
   * @param ask the question, of rows that hold at the moment and meet the condition
   */
  async pageBeside<Row, Beside extends object>(
    view: RowView<Row>,
    { where = verbatim('true'), order, limit, offset = 0 }: Omit<ListOptions, 'counted'>,
    { columns: named, ask }: { readonly columns: readonly (keyof Row & string)[]; readonly ask: (rows: Sql) => Sql },
  ): Promise<PageBeside<Row, Beside>> {
    if (this.at === undefined) {
      const rows = await this.page(view, { where, order, limit, offset });
      return { rows, beside: await this.query<Beside>(ask(sql`(select * from ${this.rows(view)} where ${where}) held`)) };
    }
    // In memory, for this transaction: on disk it took a sixth longer.
    await this.query(sql`select set_config('work_mem', '32MB', true)`);
    const taken = verbatim(['key', 'since', ...named.map(quoted)].join(', '));
    const found = await this.query<Found<Row> & { readonly beside: readonly Beside[] | null }>(sql`
      with held as materialized (select ${taken} from ${this.counted(view)} where ${where}),
        page as (select key, since from held order by ${order} limit ${limit} offset ${offset})
      select ${columns(view)}, beside from (select coalesce(json_agg(one), '[]') as beside from (${ask(verbatim('held'))}) one) asked
        full join (page join ${this.#table(view)} shown using (key, since)) on false order by ${order}`);
    const rows = found.flatMap(({ beside, ...row }) => (beside === null ? [row as unknown as Found<Row>] : []));
    return { rows, beside: found.flatMap(({ beside }) => beside ?? []) };
  }

  /** One page of a list, and how many there are in all. */
  async list<Row>(view: RowView<Row>, options: ListOptions): Promise<{ readonly rows: readonly Found<Row>[]; readonly total: number }> {
    const { where, limit, offset = 0 } = options;
    const rows = await this.page(view, options);
    if (offset === 0 && rows.length < limit) return { rows, total: rows.length };
    return { rows, total: await this.count(view, where) };
  }

  async count(view: Table, where: Sql = verbatim('true')): Promise<number> {
    const [row] = await this.query<{ readonly total: number }>(sql`select count(*)::integer as total from ${this.rows(view)} where ${where}`);
    return row?.total ?? 0;
  }

  async find<Row>(view: RowView<Row>, key: string): Promise<Found<Row> | undefined> {
    // Spelled out for the past, so that the index on keys is used and not the one on ranges.
    const moment = this.at === undefined ? sql`until is null` : sql`since <= ${this.at.toString()} and (until > ${this.at.toString()} or until is null)`;
    const [row] = await this.query<Found<Row>>(
      sql`select ${columns(view)} from ${this.#table(view)} where key = ${key} and ${moment} order by since desc limit 1`,
    );
    return row;
  }

  /** @throws ViewHalted */
  #table({ table }: Table): Sql {
    if (this.at === undefined && this.halted.includes(table)) throw new ViewHalted(table);
    return verbatim(`views.${table}_of_tenant`);
  }

  /**
   * Any question. Days, instants and `bigint` come as the folds have them. Several asked at once are answered in their order.
   * @throws ViewsBehind where no process has made the view yet, or it is asked for what this snapshot misses of it
   */
  async query<Row extends object>(question: Sql): Promise<readonly Row[]> {
    const { text, values } = question.toQuery();
    for (const [table, { stands, told }] of this.missing)
      if (text.includes(`views.${table}_`) && (this.at === undefined || this.at > stands)) throw new ViewsBehind([table], told);
    try {
      const { rows } = await this.#turns.take(() => this.client.query<Row>({ text, values: [...values], types: asFolded }));
      return rows;
    } catch (error) {
      const view = notMade(error);
      throw view === undefined ? error : new ViewsBehind([view], START);
    }
  }
}

/** Which view PostgreSQL says is not there, if that is what it says, in whatever language: no other table is called so. */
const notMade = (error: unknown): string | undefined => {
  const { code, message = '' } = error as { readonly code?: string; readonly message?: string };
  return code === '42P01' ? /"views\.(\w+)_of_tenant"/.exec(message)?.[1] : undefined;
};

const columns = ({ columns: declared }: Table): Sql =>
  verbatim(['key', 'since', 'broken', ...Object.keys(declared).map((property) => `${quoted(property)} as "${property}"`)].join(', '));
