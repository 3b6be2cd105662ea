import { setTimeout as pause } from 'node:timers/promises';
import { LogClosed, type LogState } from './log-state.js';

/**
 * Whether the log is in use, as it was seen a moment ago: what is acknowledged is acknowledged only so long after a look that found it in
 * use. Whoever closes the log waits longer than that before its end is read, and so finds everything that anybody was told is there. (An
 * append cannot be made to depend on another stream here, as it can in PostgreSQL.) Time is the process's own and monotonic.
 */
export class EventStoreUse {
  #seenAt = -Infinity;
  #closed = false;
  #looking: Promise<void> | undefined;

  constructor(
    private readonly look: () => Promise<LogState>,
    private readonly goodForMs: number,
  ) {}

  /**
   * Before something is done: looks in good time, so that nobody need wait for it. Who has not looked for long waits all the same: what is
   * appended after the end of a closed log was read would lie there although nobody was told of it, and the log could not be moved back.
   * @throws LogClosed, LogUnavailable where it was not seen to be in use
   */
  async before(): Promise<void> {
    if (!this.#isFresh()) return this.after();
    if (performance.now() - this.#seenAt > this.goodForMs / 2) this.#look().catch(() => {}); // told afterwards
  }

  /**
   * After it was done, before it is acknowledged.
   * @throws LogClosed, LogUnavailable
   */
  async after(): Promise<void> {
    if (this.#isFresh()) return;
    await this.#looking?.catch(() => {}); // begun before, and perhaps too long ago
    if (!this.#isFresh()) await this.#look();
  }

  /** Waits until nothing is acknowledged any more by whoever saw it in use before. */
  async over(): Promise<void> {
    await pause(this.goodForMs * 1.2);
  }

  #isFresh(): boolean {
    return !this.#closed && performance.now() - this.#seenAt < this.goodForMs;
  }

  #look(): Promise<void> {
    return (this.#looking ??= this.#ask().finally(() => (this.#looking = undefined)));
  }

  async #ask(): Promise<void> {
    const began = performance.now();
    const state = await this.look();
    this.#closed = state.state !== 'open';
    if (this.#closed) throw new LogClosed(state);
    this.#seenAt = began;
  }
}
