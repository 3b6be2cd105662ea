/** Does what belongs to one name in the order it was asked, one after the other; what belongs to several at once. */
export class InTurn {
  readonly #last = new Map<string, Promise<unknown>>();

  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name);
    const running = before ? before.then(work) : work();
    // The one behind comes also where this one fails.
    const done = running.catch(() => {});
    this.#last.set(name, done);
    try {
      return await running;
    } finally {
      if (this.#last.get(name) === done) this.#last.delete(name);
    }
  }

  /** Resolves when everything that was asked is done. */
  async drained(): Promise<void> {
    while (this.#last.size > 0) await Promise.all(this.#last.values());
  }
}
