import { LogUnavailable } from './event-log.js';

/** More than this many wait only where the server does not keep up, or is away. */
const MAX_WAITING = 10_000;

/** Does what belongs to one name in the order it was asked, one after the other; what belongs to several at once. */
export class InTurn {
  /** Of each name what was asked last: resolves when it is done, to the error where the log was away. */
  readonly #last = new Map<string, Promise<LogUnavailable | undefined>>();
  #waiting = 0;

  /** @throws LogUnavailable when too many wait already, or the one in front has waited for the log in vain: those behind would only wait as long again */
  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    if (this.#waiting >= MAX_WAITING) throw new LogUnavailable('Too many appends wait to be written; try again.');
    this.#waiting++;
    const running = this.#after(this.#last.get(name), work);
    const done = running.then(
      () => undefined,
      (error: unknown) => (error instanceof LogUnavailable ? error : undefined),
    );
    this.#last.set(name, done);
    try {
      return await running;
    } finally {
      this.#waiting--;
      if (this.#last.get(name) === done) this.#last.delete(name);
    }
  }

  async #after<T>(before: Promise<LogUnavailable | undefined> | undefined, work: () => Promise<T>): Promise<T> {
    const away = await before;
    if (away) throw away;
    return work();
  }

  /** Resolves when everything that was asked is done. */
  async drained(): Promise<void> {
    while (this.#last.size > 0) await Promise.all(this.#last.values());
  }
}
