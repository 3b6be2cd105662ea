const MAX_NAMED = 20;

/** What was counted, and what was not as it should be: all of it counted, the first of it named. */
export class Findings {
  #count = 0;
  readonly #named: string[] = [];

  add(sentence: string): void {
    this.#count++;
    if (this.#named.length < MAX_NAMED) this.#named.push(sentence);
  }

  get count(): number {
    return this.#count;
  }

  /** The first of them. */
  get named(): readonly string[] {
    return this.#named;
  }
}
