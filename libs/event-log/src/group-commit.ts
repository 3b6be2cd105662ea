import { LogUnavailable } from './event-log.js';
import { batchSize } from './observed.js';
import type { Pending } from './pending.js';

const MAX_BATCH_BYTES = 4 * 1024 * 1024;
const MAX_BATCH_APPENDS = 512;
/** While the server writes one batch, the next is made up and sent. */
const MAX_IN_FLIGHT = 2;
/** A batch sent while another is in flight should hold this much: each costs an fsync of its own. */
const WORTH_ITS_FSYNC = 32;
/** More than this many wait only where the server does not keep up, or is away. */
const MAX_WAITING = 10_000;

/**
 * Gathers appends while others are being written, so that many share one commit: one round trip and one fsync for all.
 * At most one append per stream is in flight, and no entry twice in a batch; the rest waits in order.
 */
export class GroupCommit {
  #waiting: Pending[] = [];
  readonly #streams = new Set<string>();
  #inFlight = 0;
  #turn = false;
  #drained = Promise.withResolvers<void>();

  /** @param write settles each append of a batch; throws LogUnavailable when the server did not answer for as long as patience lasts */
  constructor(private readonly write: (batch: readonly Pending[]) => Promise<void>) {}

  /** @throws LogUnavailable when too many wait already */
  add(append: Pending): void {
    if (this.#waiting.length >= MAX_WAITING) throw new LogUnavailable('Too many appends wait to be written; try again.');
    this.#waiting.push(append);
    this.#soon();
  }

  /** When nothing waits and nothing is being written. */
  async drained(): Promise<void> {
    if (this.#inFlight > 0 || this.#waiting.length > 0) await this.#drained.promise;
  }

  /** Not at once: whoever else appends in this turn of the loop, or was answered just now and appends again, shares the batch. */
  #soon(): void {
    if (this.#turn) return;
    this.#turn = true;
    setImmediate(() => {
      this.#turn = false;
      this.#send();
    });
  }

  #send(): void {
    while (this.#inFlight < MAX_IN_FLIGHT && this.#waiting.length >= (this.#inFlight === 0 ? 1 : WORTH_ITS_FSYNC)) {
      const share = Math.max(WORTH_ITS_FSYNC, Math.ceil(this.#waiting.length / (MAX_IN_FLIGHT - this.#inFlight)));
      const batch = this.#take(Math.min(share, MAX_BATCH_APPENDS));
      if (batch.length === 0) return; // all that wait are on streams in flight
      this.#inFlight++;
      batchSize.observe(batch.length);
      void this.#written(batch);
    }
  }

  async #written(batch: readonly Pending[]): Promise<void> {
    try {
      await this.write(batch);
    } catch (error) {
      // Those who wait have waited for the same server, and would only wait as long again.
      for (const { fail } of this.#waiting) fail(error);
      this.#waiting = [];
    }
    this.#inFlight--;
    for (const append of batch) this.#streams.delete(streamOf(append));
    if (this.#inFlight > 0 || this.#waiting.length > 0) return this.#soon();
    this.#drained.resolve();
    this.#drained = Promise.withResolvers();
  }

  #take(max: number): Pending[] {
    const batch: Pending[] = [];
    const left: Pending[] = [];
    const passed = new Set<string>();
    const ids = new Set<string>();
    let bytes = 0;
    for (const append of this.#waiting) {
      const stream = streamOf(append);
      const full = batch.length === max || (batch.length > 0 && bytes + append.bytes > MAX_BATCH_BYTES);
      if (full || this.#streams.has(stream) || passed.has(stream) || append.entries.some(({ id }) => ids.has(id))) {
        left.push(append);
        passed.add(stream); // those behind it wait their turn
      } else {
        batch.push(append);
        bytes += append.bytes;
        this.#streams.add(stream);
        for (const { id } of append.entries) ids.add(id);
      }
    }
    this.#waiting = left;
    return batch;
  }
}

const streamOf = ({ tenant, stream }: Pending): string => `${tenant}.${stream}`;
