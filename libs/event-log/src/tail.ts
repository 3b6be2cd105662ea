import type { Position } from './event-log.js';

/**
 * Where the log ends, as far as this process knows, and who waits for it to grow.
 * One look at the log serves all who wait: when told to look, and every so often in case nobody tells.
 */
export class Tail {
  #known = -1n;
  readonly #waiting = new Map<() => void, Position>();
  #timer: NodeJS.Timeout | undefined;
  #looking = false;
  #lookAgain = false;
  #closed = false;

  /** @param head asks the log where it ends */
  constructor(
    private readonly head: () => Promise<Position>,
    private readonly everyMs: number,
  ) {}

  /** Resolves when there is something after a position, when the signal is raised, or when the tail is closed. */
  async after(position: Position, signal: AbortSignal): Promise<void> {
    if (this.#known > position || signal.aborted || this.#closed) return;
    this.#timer ??= setInterval(() => void this.look(), this.everyMs);
    const { promise, resolve } = Promise.withResolvers<void>();
    const wake = () => resolve();
    this.#waiting.set(wake, position);
    signal.addEventListener('abort', wake, { once: true });
    await promise;
    signal.removeEventListener('abort', wake);
    this.#waiting.delete(wake);
    if (this.#waiting.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
  }

  /** The log was seen to reach this far. */
  moved(head: Position): void {
    if (head <= this.#known) return;
    this.#known = head;
    for (const [wake, position] of this.#waiting) {
      if (position < head) wake();
    }
  }

  /** Looks where the log ends. A log that does not answer is looked at again in its time. */
  async look(): Promise<void> {
    this.#lookAgain = true;
    if (this.#looking) return;
    this.#looking = true;
    while (this.#lookAgain) {
      this.#lookAgain = false;
      await this.head().then(
        (head) => this.moved(head),
        () => {},
      );
    }
    this.#looking = false;
  }

  close(): void {
    this.#closed = true;
    for (const wake of this.#waiting.keys()) wake();
  }
}
