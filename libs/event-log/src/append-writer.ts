import { DatabaseError } from 'pg';
import { appendBatch } from './append-batch.js';
import { LogUnavailable, type Position } from './event-log.js';
import type { Pending } from './pending.js';
import type { Queries } from './queries.js';

const LAST_REVISION = 'select (entry::json->>$$rev$$)::integer from log.read_streams(array[$1], array[$2], array[2147483647], array[1], true)';

/** Writes batches and sees to it that nobody fails a neighbour. */
export class AppendWriter {
  /**
   * @param maxAheadMs how far an entry's `at` may be ahead of the database's clock
   * @param moved told how far the log reaches, once it is committed
   */
  constructor(
    private readonly queries: Queries,
    private readonly maxAheadMs: number | undefined,
    private readonly moved: (head: Position) => void,
  ) {}

  /**
   * Settles each append of the batch.
   * @throws LogUnavailable when the server does not answer; appends not settled before have failed with it
   */
  async write(batch: readonly Pending[]): Promise<void> {
    try {
      await this.#write(batch);
    } catch (error) {
      for (const { fail } of batch) fail(error);
      throw error;
    }
  }

  /** What fails for another reason than the server's is tried again in halves, until the guilty one stands alone. */
  async #write(batch: readonly Pending[]): Promise<void> {
    try {
      await this.#writeTogether(batch);
    } catch (error) {
      const [only] = batch;
      if (error instanceof LogUnavailable) throw error;
      if (batch.length > 1) {
        const half = Math.ceil(batch.length / 2);
        await this.#write(batch.slice(0, half));
        await this.#write(batch.slice(half));
      } else if (only && isKnownId(error)) {
        await this.#lastRevision(only).then((actual) => only.settle({ outcome: 'conflict', actual }), only.fail);
      } else {
        only?.fail(error);
      }
    }
  }

  async #writeTogether(batch: readonly Pending[]): Promise<void> {
    const maxAhead = this.maxAheadMs === undefined ? null : `${this.maxAheadMs} milliseconds`;
    // The same batch again finds out what became of it: what was stored answers as it did then.
    const outcomes = await appendBatch(this.queries, batch, maxAhead);
    let head: Position | undefined;
    for (const [index, outcome] of outcomes.entries()) {
      const append = batch[index];
      if (outcome.outcome === 'ahead') {
        append?.fail(
          new RangeError(`An entry of ${append.stream} is recorded more than ${this.maxAheadMs} ms ahead of the database's clock; set this machine's clock.`),
        );
      } else {
        append?.settle(outcome);
        if (outcome.outcome === 'appended' && (head === undefined || outcome.position > head)) head = outcome.position;
      }
    }
    if (head !== undefined) this.moved(head);
  }

  async #lastRevision({ tenant, stream }: Pending): Promise<number> {
    const rows = await this.queries.rows<[number]>({ name: 'last_revision', text: LAST_REVISION, values: [tenant, stream] });
    return rows[0]?.[0] ?? -1;
  }
}

/** The entry is in the log already, at another place. */
const isKnownId = (error: unknown): boolean => error instanceof DatabaseError && error.constraint === 'events_id';
