import { setTimeout as pause } from 'node:timers/promises';
import type { ResolvedEvent } from '@eventstore/db-client';
import { LogRefused, LogUnavailable } from './event-log.js';
import { AddressRefused } from './event-store-address.js';
import { Damaged } from './event-store-entries.js';
import type { EventStoreClient } from './event-store-client.js';
import { LogClosed } from './log-state.js';

export interface Patience {
  /** How long a call is made again, in milliseconds, before it throws LogUnavailable. */
  readonly patienceMs: number;
  /** After how long an answer that does not come is given up, in milliseconds: the client's own deadlines are not always kept. */
  readonly timeoutMs: number;
  /** Between two tries, in milliseconds: a server that is away says so at once. */
  readonly pauseMs: number;
}

/** What came says nothing: neither done nor refused. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** One try of a call. */
export interface Try {
  /** Raised when nobody waits for this try any more. */
  readonly signal: AbortSignal;
  /** Something came, and more is to come: the time begins anew. */
  readonly goesOn: () => void;
}
const OVER = 'nobody waits for this any more';
export type Reading = AsyncIterable<ResolvedEvent> & { cancel(): Promise<void>; on(event: 'error', heard: () => void): unknown };
/** All that a read gives, while somebody waits for it. */
export const everything = async (reading: Reading, { signal, goesOn }: Try): Promise<readonly ResolvedEvent[]> => {
  // It may fail a second time, when nobody reads it any more.
  reading.on('error', () => {});
  signal.addEventListener('abort', () => void reading.cancel().catch(() => {}), { once: true });
  const events: ResolvedEvent[] = [];
  for await (const event of reading) {
    events.push(event);
    goesOn();
  }
  return events;
};

export type Ask<T> = (client: EventStoreClient, one: Try) => Promise<T>;

/** What the client's errors say of themselves; a lost server gives some that say nothing but a code. */
type Said = { readonly type?: string; readonly code?: number; readonly message?: string };
export const typeOf = (error: unknown): string | undefined => (error as Said).type;

/** Calls that end in time, whatever the server does: those whose outcome is not known are made again, the very same. */
export class EventStoreCalls {
  #client: EventStoreClient;
  #closed = false;
  readonly #under = new Set<Promise<unknown>>();

  constructor(
    private readonly open: () => EventStoreClient,
    private readonly patience: Patience,
  ) {
    this.#client = open();
  }

  get client(): EventStoreClient {
    return this.#client;
  }

  /**
   * @param ask the same call each time
   * @throws LogUnavailable when the outcome is not known after all tries; LogRefused or RangeError when the server refuses clearly
   */
  call<T>(ask: Ask<T>): Promise<T> {
    if (this.#closed) return Promise.reject(closed());
    const calling = this.#call(ask).finally(() => void this.#under.delete(calling));
    this.#under.add(calling);
    return calling;
  }

  async #call<T>(ask: Ask<T>): Promise<T> {
    const { patienceMs, pauseMs } = this.patience;
    const until = performance.now() + patienceMs;
    for (;;) {
      const client = this.#client;
      try {
        return await this.#inTime((one) => ask(client, one));
      } catch (error) {
        const refusal = refusalOf(error);
        if (refusal) throw refusal;
        if (error instanceof NoAnswer) this.#renew(client);
        if (performance.now() + pauseMs > until)
          throw new LogUnavailable(`The EventStoreDB gave no answer that can be relied on: ${saying(error)}.`, { cause: error });
        await pause(pauseMs);
      }
    }
  }

  async #inTime<T>(ask: (one: Try) => Promise<T>): Promise<T> {
    const { timeoutMs } = this.patience;
    const stop = new AbortController();
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new NoAnswer(`none came within ${timeoutMs} ms`)), timeoutMs);
    const asked = ask({ signal: stop.signal, goesOn: () => void timer.refresh() });
    // What comes too late is nobody's any more, and must not be taken for a fault that nobody looks after.
    asked.catch(() => {});
    try {
      return await Promise.race([asked, late]);
    } finally {
      clearTimeout(timer);
      // With a reason of its own: to make one costs more than all else here.
      stop.abort(OVER);
    }
  }

  /** A connection that answers nothing may be dead without knowing: the next call goes by another. */
  #renew(silent: EventStoreClient): void {
    if (this.#client !== silent || this.#closed) return;
    this.#client = this.open();
    silent.close();
  }

  /** Takes no more calls, waits for those under way, and closes the client. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#under);
    this.#client.close();
  }
}

export const closed = (): LogUnavailable => new LogUnavailable('The log has been closed.');

const saying = (error: unknown): string => {
  const { type, code, message } = error as Said;
  return [type, code === undefined ? undefined : `code ${code}`, message?.replaceAll(/\s+/g, ' ')]
    .filter((part) => part !== undefined && part !== '')
    .join(', ');
};

/** What no second try would change. */
export const refusalOf = (error: unknown): Error | undefined => {
  const { type, message = '' } = error as Said;
  switch (type) {
    case 'access-denied':
      return new AddressRefused('The EventStoreDB refuses the user of EVENTSTORE_URL, its password or its certificate.', { cause: error });
    case 'stream-deleted':
      return new Damaged('The stream was deleted at the EventStoreDB, for ever: nothing of this log may be.', { cause: error });
    case 'maximum-append-size-exceeded':
      return new RangeError('The EventStoreDB takes less in one append than it does by default.', { cause: error });
    case 'unknown':
      return message.includes('Unexpected ReadAllResult') ? new LogRefused('This log never gave out this position.', { cause: error }) : undefined;
    default:
      return [LogRefused, LogClosed, RangeError, Damaged].some((refusal) => error instanceof refusal) ? (error as Error) : undefined;
  }
};
