/**
 * Gathers what comes in while a statement is under way, and gives it all to the next one:
 * under load a hundred requests share one round trip, alone a request waits for nothing.
 */
export class Batch<I, O> {
  #waiting: { readonly item: I; readonly done: (outcome: O) => void; readonly failed: (error: unknown) => void }[] = [];
  #draining = false;

  /** @param run gives one outcome for each item, in their order */
  constructor(
    private readonly run: (items: readonly I[]) => Promise<readonly O[]>,
    private readonly most = 500,
  ) {}

  add(item: I): Promise<O> {
    return new Promise((done, failed) => {
      this.#waiting.push({ item, done, failed });
      if (!this.#draining) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#draining = true;
    // What arrives in the same turn of the event loop goes along.
    await new Promise((next) => setImmediate(next));
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, this.most);
      try {
        const outcomes = await this.run(batch.map(({ item }) => item));
        for (const [index, { done }] of batch.entries()) done(outcomes[index] as O);
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    this.#draining = false;
  }
}
