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
import { AddressRefused, eventStoreAddress, unusable } from './event-store-address.js';
import { closed, EventStoreCalls } from './event-store-calls.js';
import { EventStoreAppends } from './event-store-appends.js';
import { asks, checkKept } from './event-store-entries.js';
import { EventStoreHead } from './event-store-head.js';
import { ServerNames } from './event-store-names.js';
import { beyond, EventStoreReads } from './event-store-reads.js';
import { rightsOf } from './event-store-rights.js';
import { EventStoreState, type Kept } from './event-store-state.js';
import { supervised } from './event-store-subscription.js';
import { EventStoreUse } from './event-store-use.js';
import { InTurn } from './in-turn.js';
import { inUse, type LogState, type MovingLog } from './log-state.js';
import { observed } from './observed.js';
import { check } from './pending.js';
import { runsOf } from './runs.js';

export interface EventStoreLogOptions {
  /** `esdb://…`: see `eventStoreAddress`. */
  readonly url: string;
  /** The log's name at the server, where that holds several; see `ServerNames`. */
  readonly log?: string | undefined;
  /** Shown by the server as the name of the connection. */
  readonly name?: string;
  /**
   * Commits sealed parts and keys to the vault, which lies elsewhere: done before the entries that name them are appended, never after.
   * The same parts may come again. Left out: an append that brings parts is refused.
   */
  readonly putSealed?: (tenant: string, sealed: Sealed) => Promise<void>;
  /** A user who may delete streams or change their metadata is refused; `warn` where it is known that nothing is kept that must last. */
  readonly excessRights?: 'refuse' | 'warn';
  /** Told, in a sentence each, what an operator should know and the log can do without. */
  readonly warn?: (sentence: string) => void;
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
  /** For how long it counts that the log was seen to be in use, in milliseconds: the same for all processes, and for whoever closes the log. */
  readonly lookMs?: number;
}

const PAGE = 1_000;
/** Looked at for one page, at most, and what one call gives: of what is not asked for, the server's own events and other logs' among it. */
const LOOKED_AT = 10_000;
type Read = Awaited<ReturnType<EventLog['readAll']>>;

/**
 * The event log in an EventStoreDB, or a cluster of them. The client is loaded only here: who keeps the log in PostgreSQL needs none.
 * @throws AddressRefused in one sentence where the address cannot be used: it is none, nobody answers there, or the user has too few rights, or too many;
 * LogClosed when the log is not in use
 */
export const eventStoreLog = async (options: EventStoreLogOptions): Promise<EventLog> => inUse(await openEventStore(options, false));

/** The same log for whoever moves it, in use or not. */
export const movingEventStoreLog = (options: EventStoreLogOptions): Promise<MovingLog> => openEventStore(options, true);

const openEventStore = async (options: EventStoreLogOptions, moves: boolean): Promise<MovingLog> => {
  const { url, name = 'uppsikt', patienceMs = 20_000, timeoutMs = 3_000, pauseMs = 150, lookMs = 5_000, excessRights = 'refuse', warn = () => {} } = options;
  const address = eventStoreAddress(url);
  const names = new ServerNames(options.log);
  const { openClient } = await import('./event-store-client.js');
  const calls = new EventStoreCalls(() => openClient(address, name), { patienceMs, timeoutMs, pauseMs });
  try {
    const { excess, unknown } = await rightsOf(calls, address);
    if (excess && excessRights === 'refuse') throw new AddressRefused(excess);
    for (const sentence of [excess, unknown]) if (sentence) warn(sentence);
    const kept = new EventStoreState(calls, names);
    const begun = await kept.begin();
    return new EventStoreLog(begun, calls, names, { ...options, pauseMs }, kept, new EventStoreUse(() => kept.read(), lookMs), moves);
  } catch (error) {
    await calls.close();
    throw unusable('EVENTSTORE_URL', error);
  }
};

class EventStoreLog implements MovingLog {
  readonly id: string;
  readonly #begun: Position;
  readonly #closing = new AbortController();
  readonly #head: EventStoreHead;
  readonly #reads: EventStoreReads;
  readonly #appends: EventStoreAppends;
  readonly #streams = new InTurn();

  constructor(
    { id, position }: Pick<Kept, 'id' | 'position'>,
    private readonly calls: EventStoreCalls,
    private readonly names: ServerNames,
    private readonly options: EventStoreLogOptions & { readonly pauseMs: number },
    private readonly kept: EventStoreState,
    private readonly use: EventStoreUse,
    /** Reads and fills it whether it is in use or not. */
    private readonly moves: boolean,
  ) {
    this.id = id;
    this.#begun = position;
    this.#head = new EventStoreHead(calls, names, position);
    this.#reads = new EventStoreReads(calls, names, this.#head, position);
    this.#appends = new EventStoreAppends(calls, this.#reads, this.#head);
  }

  async append(tenant: string, stream: string, expectedRevision: number, entries: readonly Entry[], sealed?: Sealed): Promise<Appended | Conflict> {
    const { texts } = check(tenant, stream, expectedRevision, entries, sealed);
    entries.forEach((entry, index) => checkKept(texts[index] ?? '', entry));
    this.#checkAhead(entries);
    if (this.#closing.signal.aborted) throw closed();
    const name = this.names.stream(tenant, stream);
    // In the order they were asked: those behind are waited for when the log is closed.
    return observed(entries, () =>
      this.#streams.run(name, () =>
        this.#inUse(async () => {
          await this.#putSealed(tenant, sealed);
          return this.#appends.append({ name, expected: expectedRevision, entries, texts }, () => this.use.before());
        }),
      ),
    );
  }

  /** @throws LogClosed, also where it was done and nobody may be told */
  async #inUse<T>(work: () => Promise<T>): Promise<T> {
    await this.use.before();
    const done = await work();
    await this.use.after();
    return done;
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
    const read = () => this.#reads.stream(this.names.stream(tenant, stream), from, direction === 'backwards', max);
    // A command that is found there has been carried out, and is answered so: it must not lie where nobody will look for it.
    return this.moves ? read() : this.#inUse(read);
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
      for (const stored of chunk.entries) {
        if (asked(stored)) entries.push(stored);
        if (entries.length === most) return { entries, next: stored.position };
      }
      looked += chunk.looked;
      if (looked >= LOOKED_AT && chunk.upTo !== undefined) return { entries, next: chunk.upTo };
    }
    return { entries, next: undefined };
  }

  head(): Promise<Position> {
    return this.#head.head();
  }

  async *subscribe({ after, signal }: { after: Position; signal: AbortSignal }): AsyncIterable<Page> {
    const ends = AbortSignal.any([signal, this.#closing.signal]);
    if (after !== START && (await this.#endUnless(ends)) < after) {
      if (!ends.aborted) throw beyond(after);
    }
    const { pauseMs, watchMs = 5_000 } = this.options;
    const supervision = { names: this.names, signal: ends, client: () => this.calls.client, head: () => this.head(), pauseMs, watchMs };
    yield* supervised({ after, from: after === START ? this.#begun : after, ...supervision });
  }

  /** Where the server ends, which may be after the last entry, however long it stays away. */
  async #endUnless(ends: AbortSignal): Promise<Position> {
    while (!ends.aborted) {
      try {
        return await this.#head.end();
      } catch (error) {
        if (!(error instanceof LogUnavailable)) throw error;
      }
    }
    return START;
  }

  state(): Promise<LogState> {
    return this.kept.read();
  }

  assertInUse(): Promise<void> {
    return this.use.after();
  }

  async become(state: LogState): Promise<void> {
    await this.kept.change(state);
    if (state.state !== 'open') await this.use.over();
  }

  /** One append after the other, since order among streams is the order in which they are answered; what follows each other in one stream goes in one. */
  async fill(after: Position, entries: readonly Entry[]): Promise<void> {
    if ((await this.head()) !== after) return;
    for (const run of runsOf(entries)) {
      const [{ tenant, stream, rev }] = run;
      const { texts } = check(tenant, stream, rev - 1, run);
      run.forEach((entry, index) => checkKept(texts[index] ?? '', entry));
      const { outcome } = await this.#appends.append({ name: this.names.stream(tenant, stream), expected: rev - 1, entries: run, texts }, async () => {});
      if (outcome === 'conflict') return;
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#streams.drained();
    await this.calls.close();
  }
}
