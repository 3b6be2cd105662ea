import type { Pending } from './pending.js';

const MAX_BATCH_BYTES = 4 * 1024 * 1024;
const MAX_BATCH_APPENDS = 512;

/**
 * Gathers appends while a batch is being written, so that many share one commit: one round trip and one fsync for all.
 * At most one append per stream is in a batch, and no entry twice; the rest waits in order.
 */
export class GroupCommit {
  #waiting: Pending[] = [];
  #running: Promise<void> | undefined;

  /** @param write settles each append of a batch; it never throws */
  constructor(private readonly write: (batch: readonly Pending[]) => Promise<void>) {}

  add(append: Pending): void {
    this.#waiting.push(append);
    // Not at once: whoever else appends in this turn of the loop shares the batch.
    this.#running ??= new Promise<void>((turn) => setImmediate(turn)).then(() => this.#run());
  }

  /** When nothing waits and nothing is being written. */
  async drained(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) await this.write(this.#take());
    this.#running = undefined;
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
