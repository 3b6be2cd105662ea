import type { Entry, Instant } from '#libs/kernel';
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
import { eventStoreAddress } from './event-store-address.js';
import { closed, EventStoreCalls } from './event-store-calls.js';
import { EventStoreAppends } from './event-store-appends.js';
import { asks, checkDepth, serverStream } from './event-store-entries.js';
import { logId } from './event-store-log-id.js';
import { beyond, EventStoreReads } from './event-store-reads.js';
import { supervised } from './event-store-subscription.js';
import { InTurn } from './in-turn.js';
import { observed } from './observed.js';
import { check } from './pending.js';

export interface EventStoreLogOptions {
  /** `esdb://…`: see `eventStoreAddress`. */
  readonly url: string;
  /** Shown by the server as the name of the connection. */
  readonly name?: string;
  /**
   * Commits sealed parts and keys to the vault, which lies elsewhere: done before the entries that name them are appended, never after.
   * The same parts may come again. Left out: an append that brings parts is refused.
   */
  readonly putSealed?: (tenant: string, sealed: Sealed) => Promise<void>;
  /** An entry recorded further ahead of this machine's clock than this, in milliseconds, is refused. Only where the domain's clock is the real one. */
  readonly maxAheadMs?: number;
  /** How long a call is made again while its outcome is not known, in milliseconds, before it throws LogUnavailable. */
  readonly patienceMs?: number;
  /** After how long an answer that does not come is given up, in milliseconds; the call is then made again, as patience allows. */
  readonly timeoutMs?: number;
  /** Between two tries, in milliseconds. */
  readonly pauseMs?: number;
  /** After how long a subscription that gives nothing is asked after, in milliseconds. */
  readonly watchMs?: number;
}

const PAGE = 1_000;
/** Looked at for one page, at least, where little of it is asked for. */
const LOOKED_AT = 10_000;
type Read = Awaited<ReturnType<EventLog['readAll']>>;

/**
 * The event log in an EventStoreDB, or a cluster of them. The client is loaded only here: who keeps the log in PostgreSQL needs none.
 * @throws AddressRefused, LogUnavailable when nobody answers, or an Error when the server refuses whoever asks
 */
export const eventStoreLog = async (options: EventStoreLogOptions): Promise<EventLog> => {
  const { url, name = 'uppsikt', patienceMs = 20_000, timeoutMs = 3_000, pauseMs = 150 } = options;
  const address = eventStoreAddress(url);
  const { openClient } = await import('./event-store-client.js');
  const calls = new EventStoreCalls(() => openClient(address, name), { patienceMs, timeoutMs, pauseMs });
  try {
    return new EventStoreLog(await logId(calls), calls, { ...options, pauseMs });
  } catch (error) {
    await calls.close();
    throw error;
  }
};

class EventStoreLog implements EventLog {
  readonly #closing = new AbortController();
  readonly #reads: EventStoreReads;
  readonly #appends: EventStoreAppends;
  readonly #streams = new InTurn();

  constructor(
    readonly id: string,
    private readonly calls: EventStoreCalls,
    private readonly options: EventStoreLogOptions & { readonly pauseMs: number },
  ) {
    this.#reads = new EventStoreReads(calls);
    this.#appends = new EventStoreAppends(calls, this.#reads);
  }

  async append(tenant: string, stream: string, expectedRevision: number, entries: readonly Entry[], sealed?: Sealed): Promise<Appended | Conflict> {
    const { texts } = check(tenant, stream, expectedRevision, entries, sealed);
    texts.forEach(checkDepth);
    this.#checkAhead(entries);
    if (this.#closing.signal.aborted) throw closed();
    const name = serverStream(tenant, stream);
    // In the order they were asked: those behind are waited for when the log is closed.
    return observed(entries, () =>
      this.#streams.run(name, async () => {
        await this.#putSealed(tenant, sealed);
        return this.#appends.append({ name, expected: expectedRevision, entries, texts });
      }),
    );
  }

  async #putSealed(tenant: string, sealed: Sealed | undefined): Promise<void> {
    if (!sealed || sealed.keys.length + sealed.parts.length === 0) return;
    if (!this.options.putSealed) throw new Error('This log was opened without a vault, and cannot keep what is personal.');
    await this.options.putSealed(tenant, sealed);
  }

  #checkAhead(entries: readonly Entry[]): void {
    const { maxAheadMs } = this.options;
    if (maxAheadMs === undefined) return;
    const latest = new Date(Date.now() + maxAheadMs).toISOString() as Instant;
    const ahead = entries.find(({ at }) => at > latest);
    if (ahead) throw new RangeError(`An entry of ${ahead.stream} is recorded more than ${maxAheadMs} ms ahead of this machine's clock.`);
  }

  async readStream(
    tenant: string,
    stream: string,
    { from, direction = 'forwards', max = Infinity }: { from?: number; direction?: 'forwards' | 'backwards'; max?: number } = {},
  ): Promise<readonly Stored[]> {
    checkStream(tenant, stream);
    checkMax(max);
    return this.#reads.stream(serverStream(tenant, stream), from, direction === 'backwards', max);
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
    const most = Math.min(max, PAGE);
    const asked = asks(tenant, filter);
    const entries: Stored[] = [];
    let looked = 0;
    for await (const chunk of this.#reads.all(after, direction === 'backwards')) {
      for (const stored of chunk) {
        looked++;
        if (asked(stored)) entries.push(stored);
        if (entries.length === most || looked === LOOKED_AT) return { entries, next: stored.position };
      }
    }
    return { entries, next: undefined };
  }

  async head(): Promise<Position> {
    return this.#reads.head();
  }

  async *subscribe({ after, signal }: { after: Position; signal: AbortSignal }): AsyncIterable<Page> {
    const ends = AbortSignal.any([signal, this.#closing.signal]);
    if (after !== START && (await this.#headUnless(ends)) < after) {
      if (!ends.aborted) throw beyond(after);
    }
    const { pauseMs, watchMs = 5_000 } = this.options;
    yield* supervised({ after, signal: ends, client: () => this.calls.client, head: () => this.#reads.head(), pauseMs, watchMs });
  }

  /** Where the log ends, however long the server stays away. */
  async #headUnless(ends: AbortSignal): Promise<Position> {
    while (!ends.aborted) {
      try {
        return await this.#reads.head();
      } catch (error) {
        if (!(error instanceof LogUnavailable)) throw error;
      }
    }
    return START;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#streams.drained();
    await this.calls.close();
  }
}
