import { listen, openPool, Pipeline, type Listener } from '#libs/database';
import type { Entry } from '#libs/kernel';
import { AppendWriter } from './append-writer.js';
import { Announcer, CHANNEL } from './announcer.js';
import { checkMax, checkStream } from './asked.js';
import {
  LogUnavailable,
  START,
  type Appended,
  type Conflict,
  type EntryFilter,
  type EventLog,
  type Page,
  type Position,
  type Sealed,
  type Stored,
} from './event-log.js';
import { Growth } from './growth.js';
import { GroupCommit } from './group-commit.js';
import { inUse, LogClosed, OPEN, stateOf, type LogState, type MovingLog } from './log-state.js';
import { observed } from './observed.js';
import { check } from './pending.js';
import { fillPage } from './fill-page.js';
import { closed, Queries } from './queries.js';
import { stored } from './stored.js';
import { StreamReads } from './stream-reads.js';
import { Tail } from './tail.js';

export interface PostgresLogOptions {
  /** Of the role `uppsikt_worker`, or `uppsikt_api`, which cannot read over all tenants. */
  readonly url: string;
  /** Shown by the server as `application_name`. */
  readonly name?: string;
  /** Connections for reading; one more appends and, once somebody subscribes, one listens. */
  readonly readers?: number;
  /** An entry recorded further ahead of the database's clock than this, in milliseconds, is refused. Only where the domain's clock is the real one. */
  readonly maxAheadMs?: number;
  /** How long a call waits for a server that is away before it throws LogUnavailable, in milliseconds. */
  readonly patienceMs?: number;
  /** After how long an answer that does not come is given up, in milliseconds; the call is then made again, as patience allows. */
  readonly timeoutMs?: number;
  /** Shared with other logs of this process on the same database. */
  readonly growth?: Growth;
}

const PAGE = 1_000;
const LOOK_EVERY_MS = 250;
const LAST_REVISION = 2_147_483_647;
/**
 * The event log in PostgreSQL (see `logMigrations`).
 * @throws LogUnavailable when the server does not answer; LogClosed when the log is not in use
 */
export const postgresLog = async (options: PostgresLogOptions): Promise<EventLog> => inUse(await movingPostgresLog(options));

/**
 * The same log for whoever moves it, in use or not.
 * @param options its address is that of the role that owns the log
 */
export const movingPostgresLog = async ({
  url,
  name = 'uppsikt',
  readers = 4,
  maxAheadMs,
  patienceMs = 10_000,
  timeoutMs = 10_000,
  growth = new Growth(),
}: PostgresLogOptions): Promise<MovingLog> => {
  const reading = new Queries(openPool(url, { max: readers, name: `${name} log`, timeoutMs }), patienceMs);
  const appending = new Queries(new Pipeline(url, { name: `${name} append`, timeoutMs }), patienceMs);
  try {
    const rows = await reading.rows<[string]>({ name: 'id', text: 'select log.id()' });
    return new PostgresLog(rows[0]?.[0] ?? '', url, reading, appending, maxAheadMs, growth);
  } catch (error) {
    await Promise.all([reading.close(), appending.close()]);
    throw error;
  }
};

type Read = Awaited<ReturnType<EventLog['readAll']>>;

class PostgresLog implements MovingLog {
  readonly gapless = true;
  #closed = false;
  readonly #streams: StreamReads;
  readonly #appends: GroupCommit;
  readonly #tail: Tail;
  #listener: Listener | undefined;

  constructor(
    readonly id: string,
    private readonly url: string,
    private readonly reading: Queries,
    private readonly appending: Queries,
    maxAheadMs: number | undefined,
    growth: Growth,
  ) {
    this.#streams = new StreamReads(reading);
    this.#tail = new Tail(() => this.head(), LOOK_EVERY_MS);
    growth.hear((head) => this.#tail.moved(head));
    const announcer = new Announcer(reading);
    const moved = (head: Position) => {
      growth.grew(head);
      announcer.announce();
    };
    const writer = new AppendWriter(appending, maxAheadMs, moved);
    this.#appends = new GroupCommit((batch) => writer.write(batch));
  }

  async append(tenant: string, stream: string, expectedRevision: number, entries: readonly Entry[], sealed?: Sealed): Promise<Appended | Conflict> {
    const checked = check(tenant, stream, expectedRevision, entries, sealed);
    if (this.#closed) throw closed();
    return observed(entries, () => new Promise((settle, fail) => this.#appends.add({ ...checked, settle, fail })));
  }

  async readStream(
    tenant: string,
    stream: string,
    { from, direction = 'forwards', max = Infinity }: { from?: number; direction?: 'forwards' | 'backwards'; max?: number } = {},
  ): Promise<readonly Stored[]> {
    checkStream(tenant, stream);
    checkMax(max);
    const backwards = direction === 'backwards';
    const entries: Stored[] = [];
    let next = Math.min(Math.max(Math.trunc(from ?? (backwards ? LAST_REVISION : 0)) || 0, -1), LAST_REVISION);
    while (entries.length < max) {
      const asked = Math.min(max - entries.length, PAGE);
      const page = await this.#streams.read({ tenant, stream, from: next, max: asked, backwards });
      entries.push(...page);
      const last = page.at(-1);
      if (!last || page.length < asked) break;
      next = last.entry.rev + (backwards ? -1 : 1);
    }
    return entries;
  }

  async readAll({
    tenant,
    after,
    direction = 'forwards',
    filter = {},
    max = PAGE,
  }: {
    tenant?: string;
    after?: Position;
    direction?: 'forwards' | 'backwards';
    filter?: EntryFilter;
    max?: number;
  }): Promise<Read> {
    checkMax(max);
    const backwards = direction === 'backwards';
    const how = [after ?? (backwards ? null : START), backwards, filter.types ?? null, filter.streams ?? null, Math.min(max, PAGE)];
    const query =
      tenant === undefined
        ? { name: 'read_all', text: 'select "position", entry from log.read_all($1, $2, $3, $4, $5)', values: how }
        : { name: 'read_tenant', text: 'select "position", entry from log.read_tenant($6, $1, $2, $3, $4, $5)', values: [...how, tenant] };
    const rows = await this.reading.rows<[Position | null, string | null]>(query);
    const next = rows.pop()?.[0] ?? undefined;
    return { entries: rows.map(([position, text]) => stored(position ?? START, text ?? '')), next };
  }

  async head(): Promise<Position> {
    const rows = await this.reading.rows<[Position]>({ name: 'head', text: 'select log.head()' });
    return rows[0]?.[0] ?? START;
  }

  async *subscribe({ after, signal }: { after: Position; signal: AbortSignal }): AsyncIterable<Page> {
    this.#listener ??= listen(this.url, CHANNEL, () => void this.#tail.look());
    const ended = () => signal.aborted || this.#closed;
    for (let seen = after; !ended();) {
      const { entries, next } = await this.#readOn(seen, ended);
      if (ended()) return;
      seen = entries.at(-1)?.position ?? seen;
      if (entries.length > 0) yield { entries, upTo: seen };
      if (next === undefined) await this.#tail.after(seen, signal);
    }
  }

  /** A page after a position, however long the server stays away. */
  async #readOn(seen: Position, ended: () => boolean): Promise<Read> {
    for (;;) {
      try {
        return await this.readAll({ after: seen });
      } catch (error) {
        if (ended()) return { entries: [], next: undefined };
        if (!(error instanceof LogUnavailable)) throw error;
      }
    }
  }

  async state(): Promise<LogState> {
    const rows = await this.reading.rows<[string, string | null]>({ name: 'state', text: 'select state, other from log.state()' });
    return rows[0] ? stateOf(...rows[0]) : OPEN;
  }

  async assertInUse(): Promise<void> {
    const state = await this.state();
    if (state.state !== 'open') throw new LogClosed(state);
  }

  async become(state: LogState): Promise<void> {
    const values = [state.state, 'other' in state ? state.other : null];
    await this.reading.rows({ name: 'become', text: 'select log.become($1, $2)', values });
  }

  async fill(after: Position, entries: readonly Entry[]): Promise<void> {
    await fillPage(this.appending, after, entries);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#tail.close();
    await this.#appends.drained();
    await Promise.all([this.#listener?.close(), this.appending.close(), this.reading.close()]);
  }
}
