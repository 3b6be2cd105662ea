import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseError, type QueryArrayConfig, type QueryArrayResult } from 'pg';
import { LogRefused, LogUnavailable } from './event-log.js';
import { LogClosed, stateOf } from './log-state.js';

/** A statement, prepared once per connection under its name; rows come as arrays. */
export interface Query {
  readonly name: string;
  readonly text: string;
  readonly values?: readonly unknown[];
}

/** A pool, or a pipeline. */
interface Connections {
  query<R extends unknown[]>(query: QueryArrayConfig): Promise<QueryArrayResult<R>>;
  end(): Promise<void>;
}

const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 500;
/** SQLSTATE classes that pass: connection, rollback by conflict or deadlock, resources, a cancelled or stopping server, the system, a transaction that took too long. */
const PASSING = /^(08|40|53|55|57|58|25P0[34]|25006|XX)/;
/** What `log.read_page` says of a position beyond the log's end. */
const BEYOND_THE_END = 'UL001';
/** What is said of an append where the log's state, named with the other log, allows none. */
const CLOSED = 'UL002';

/** Asks the database, patiently: each call may be made twice, and is made again while the server is away. */
export class Queries {
  readonly #running = new Set<Promise<unknown>>();
  #closed = false;

  /** @param patienceMs how long a server may be away */
  constructor(
    private readonly connections: Connections,
    private readonly patienceMs: number,
  ) {}

  /**
   * @throws LogUnavailable when there was no answer for as long as patience lasts, or the log was closed
   * @throws LogRefused when it is asked with a position that the log never gave out; LogClosed when nobody may append
   */
  async rows<R extends unknown[]>(query: Query): Promise<R[]> {
    if (this.#closed) throw closed();
    const asking = this.#ask<R>(query);
    this.#running.add(asking);
    try {
      return await asking;
    } finally {
      this.#running.delete(asking);
    }
  }

  /** Answers what has been asked, and takes no more. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#running);
    await this.connections.end();
  }

  async #ask<R extends unknown[]>({ name, text, values = [] }: Query): Promise<R[]> {
    const until = performance.now() + this.patienceMs;
    for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
      try {
        return (await this.connections.query<R>({ name, text, values: [...values], rowMode: 'array' })).rows;
      } catch (error) {
        if (error instanceof DatabaseError && error.code === BEYOND_THE_END) throw new LogRefused(error.message);
        if (error instanceof DatabaseError && error.code === CLOSED) throw closedBy(error.message);
        if (!passes(error)) throw error;
        if (this.#closed || performance.now() + wait > until) {
          throw new LogUnavailable(`The event log does not answer: ${(error as Error).message}`, { cause: error });
        }
        await pause(wait);
      }
    }
  }
}

/** Whether the same call may well succeed in a moment: the server is away, starting, stopping or short of something. */
const passes = (error: unknown): boolean => {
  if (error instanceof DatabaseError) return PASSING.test(error.code ?? '');
  const { syscall, message } = error as { syscall?: string; message?: string };
  return syscall !== undefined || /connection|timeout|not queryable/i.test(message ?? '');
};

const closedBy = (message: string): LogClosed => {
  const [state = '', other] = message.split(' ');
  return new LogClosed(stateOf(state, other));
};

/** What is said to whoever comes after the log was closed. */
export const closed = (): LogUnavailable => new LogUnavailable('This log has been closed.');
