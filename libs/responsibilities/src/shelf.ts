/**
 * Things by id, of which there may be ten thousand: one more makes a new shelf that shares nearly everything with the old one, so that a
 * stream is folded in a time that grows with its length, and not with the square of it.
 */
export class Shelf<V> {
  readonly #compartments: readonly ReadonlyMap<string, V>[];

  private constructor(
    compartments: readonly ReadonlyMap<string, V>[],
    readonly size: number,
  ) {
    this.#compartments = compartments;
  }

  static readonly COMPARTMENTS = 256;

  static empty<V>(): Shelf<V> {
    return new Shelf<V>([], 0);
  }

  get(id: string): V | undefined {
    return this.#compartments[compartmentOf(id)]?.get(id);
  }

  /** The shelf with one thing more, or in the place of the one that had its id. */
  with(id: string, value: V): Shelf<V> {
    const nth = compartmentOf(id);
    const before = this.#compartments[nth];
    const compartments = this.#compartments.slice();
    compartments[nth] = new Map(before).set(id, value);
    return new Shelf(compartments, before?.has(id) ? this.size : this.size + 1);
  }

  /** All of them, each time in the same order. */
  *values(): Generator<V, void, undefined> {
    for (const compartment of this.#compartments) if (compartment) yield* compartment.values();
  }
}

/** Ids are UUIDs, whose first two digits are spread evenly. */
const compartmentOf = (id: string): number => Number.parseInt(id.slice(0, 2), 16) % Shelf.COMPARTMENTS;
