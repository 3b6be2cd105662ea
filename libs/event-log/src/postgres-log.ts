import { DatabaseError, type Pool } from 'pg';
import { listen, openPool, type Listener } from '#libs/database';
import type { Entry } from '#libs/kernel';
import { AppendWriter } from './append-writer.js';
import { Announcer, CHANNEL } from './announcer.js';
import {
  LogRefused,
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
import { GroupCommit } from './group-commit.js';
import { patiently } from './patience.js';
import { check } from './pending.js';
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
}

const PAGE = 1_000;
const LOOK_EVERY_MS = 250;
const LAST_REVISION = 2_147_483_647;
/** What `log.read_page` says of a position beyond the log's end. */
const BEYOND_THE_END = 'UL001';

/**
 * The event log in PostgreSQL (see `logMigrations`).
 * @throws LogUnavailable when the server does not answer
 */
export const postgresLog = async ({ url, name = 'uppsikt', readers = 4, maxAheadMs, patienceMs = 10_000 }: PostgresLogOptions): Promise<EventLog> => {
  const reading = openPool(url, { max: readers, name: `${name} log` });
  const appending = openPool(url, { max: 1, name: `${name} append` });
  try {
    const { rows } = await patiently(() => reading.query<{ id: string }>('select log.id()'), patienceMs);
    return new PostgresLog(rows[0]?.id ?? '', url, reading, appending, patienceMs, maxAheadMs);
  } catch (error) {
    await Promise.all([reading.end(), appending.end()]);
    throw error;
  }
};

type Read = Awaited<ReturnType<EventLog['readAll']>>;
type Query = { name: string; text: string; values?: unknown[]; rowMode: 'array' };

class PostgresLog implements EventLog {
  readonly #closing = new AbortController();
  readonly #streams: StreamReads;
  readonly #appends: GroupCommit;
  readonly #tail: Tail;
  #listener: Listener | undefined;

  constructor(
    readonly id: string,
    private readonly url: string,
    private readonly reading: Pool,
    private readonly appending: Pool,
    private readonly patienceMs: number,
    maxAheadMs: number | undefined,
  ) {
    this.#streams = new StreamReads(reading, patienceMs);
    this.#tail = new Tail(() => this.head(), LOOK_EVERY_MS);
    const announcer = new Announcer(reading);
    const moved = (head: Position) => {
      this.#tail.moved(head);
      announcer.announce();
    };
    const writer = new AppendWriter(appending, patienceMs, maxAheadMs, moved);
    this.#appends = new GroupCommit((batch) => writer.write(batch));
  }

  async append(tenant: string, stream: string, expectedRevision: number, entries: readonly Entry[], sealed?: Sealed): Promise<Appended | Conflict> {
    const checked = check(tenant, stream, expectedRevision, entries, sealed);
    if (this.#closing.signal.aborted) throw new LogUnavailable('This log has been closed.');
    return new Promise((settle, fail) => this.#appends.add({ ...checked, settle, fail }));
  }

  async readStream(
    tenant: string,
    stream: string,
    { from, direction = 'forwards', max = Infinity }: { from?: number; direction?: 'forwards' | 'backwards'; max?: number } = {},
  ): Promise<readonly Stored[]> {
    const backwards = direction === 'backwards';
    const entries: Stored[] = [];
    let next = Math.max(from ?? (backwards ? LAST_REVISION : 0), backwards ? -1 : 0);
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
    const backwards = direction === 'backwards';
    const how = [after ?? (backwards ? null : START), backwards, filter.types ?? null, filter.streams ?? null, Math.min(max, PAGE)];
    const query =
      tenant === undefined
        ? { name: 'read_all', text: 'select "position", entry from log.read_all($1, $2, $3, $4, $5)', values: how }
        : { name: 'read_tenant', text: 'select "position", entry from log.read_tenant($6, $1, $2, $3, $4, $5)', values: [...how, tenant] };
    const rows = await this.#ask<[Position | null, string | null]>({ ...query, rowMode: 'array' });
    const next = rows.pop()?.[0] ?? undefined;
    return { entries: rows.map(([position, text]) => stored(position ?? START, text ?? '')), next };
  }

  async head(): Promise<Position> {
    const rows = await this.#ask<[Position]>({ name: 'head', text: 'select log.head()', rowMode: 'array' });
    return rows[0]?.[0] ?? START;
  }

  async *subscribe({ after, signal }: { after: Position; signal: AbortSignal }): AsyncIterable<Page> {
    this.#listener ??= listen(this.url, CHANNEL, () => void this.#tail.look());
    const ended = AbortSignal.any([signal, this.#closing.signal]);
    for (let seen = after; !ended.aborted;) {
      const { entries, next } = await this.#readOn(seen, ended);
      if (ended.aborted) return;
      seen = entries.at(-1)?.position ?? seen;
      if (entries.length > 0) yield { entries, upTo: seen };
      if (next === undefined) await this.#tail.after(seen, ended);
    }
  }

  /** A page after a position, however long the server stays away. */
  async #readOn(seen: Position, ended: AbortSignal): Promise<Read> {
    for (;;) {
      try {
        return await this.readAll({ after: seen });
      } catch (error) {
        if (ended.aborted) return { entries: [], next: undefined };
        if (!(error instanceof LogUnavailable)) throw error;
      }
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#appends.drained();
    await Promise.all([this.#listener?.close(), this.appending.end(), this.reading.end()]);
  }

  async #ask<R extends unknown[]>(query: Query): Promise<R[]> {
    try {
      const { rows } = await patiently(() => this.reading.query<R>(query), this.patienceMs, this.#closing.signal);
      return rows;
    } catch (error) {
      if (error instanceof DatabaseError && error.code === BEYOND_THE_END) throw new LogRefused(error.message);
      throw error;
    }
  }
}
