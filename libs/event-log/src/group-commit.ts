import { LogUnavailable } from './event-log.js';
import type { Pending } from './pending.js';

const MAX_BATCH_BYTES = 4 * 1024 * 1024;
const MAX_BATCH_APPENDS = 512;
/** More than this many wait only where the server does not keep up, or is away. */
const MAX_WAITING = 10_000;

/**
 * Gathers appends while a batch is being written, so that many share one commit: one round trip and one fsync for all.
 * At most one append per stream is in a batch, and no entry twice; the rest waits in order.
 */
export class GroupCommit {
  #waiting: Pending[] = [];
  #running: Promise<void> | undefined;

  /** @param write settles each append of a batch; throws LogUnavailable when the server did not answer for as long as patience lasts */
  constructor(private readonly write: (batch: readonly Pending[]) => Promise<void>) {}

  /** @throws LogUnavailable when too many wait already */
  add(append: Pending): void {
    if (this.#waiting.length >= MAX_WAITING) throw new LogUnavailable('Too many appends wait to be written; try again.');
    this.#waiting.push(append);
    this.#running ??= this.#run();
  }

  /** When nothing waits and nothing is being written. */
  async drained(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      // Not at once: whoever else appends in this turn of the loop, or was answered just now and appends again, shares the batch.
      await new Promise<void>((turn) => setImmediate(turn));
      await this.write(this.#take()).catch((error: unknown) => this.#failAll(error));
    }
    this.#running = undefined;
  }

  /** Those who wait have waited for the same server, and would only wait as long again. */
  #failAll(error: unknown): void {
    for (const { fail } of this.#waiting) fail(error);
    this.#waiting = [];
  }

  #take(): Pending[] {
    const batch: Pending[] = [];
    const left: Pending[] = [];
    const streams = new Set<string>();
    const ids = new Set<string>();
    let bytes = 0;
    for (const append of this.#waiting) {
      const place = `${append.tenant}.${append.stream}`;
      const full = batch.length === MAX_BATCH_APPENDS || (batch.length > 0 && bytes + append.bytes > MAX_BATCH_BYTES);
      if (full || streams.has(place) || append.entries.some(({ id }) => ids.has(id))) {
        left.push(append);
      } else {
        batch.push(append);
        bytes += append.bytes;
        for (const { id } of append.entries) ids.add(id);
      }
      streams.add(place); // also of one that is left: those behind it wait their turn
    }
    this.#waiting = left;
    return batch;
  }
}
