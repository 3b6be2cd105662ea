interface Kept<V> {
  readonly value: V;
  /** When its key came in: as in any map, that is the order. */
  readonly nth: number;
}

/** Ids and hashes begin with two random digits: as many parts. */
const PARTS = 256;
const partOf = (id: string): number => Number.parseInt(id.slice(0, 2), 16) || 0;

/**
 * A map by random ids that is never changed: one with an entry more, or less, shares all but a small part with it. Where each event about one of
 * thousands makes a new map, the whole is folded in time that grows with their number, and not with its square.
 */
export class ById<V> implements ReadonlyMap<string, V> {
  private constructor(
    private readonly parts: readonly (ReadonlyMap<string, Kept<V>> | undefined)[],
    readonly size: number,
    private readonly next: number,
  ) {}

  static none<V>(): ById<V> {
    return new ById<V>(Array.from({ length: PARTS }), 0, 0);
  }

  get(id: string): V | undefined {
    return this.#kept(id)?.value;
  }

  has(id: string): boolean {
    return this.#kept(id) !== undefined;
  }

  with(id: string, value: V): ById<V> {
    const known = this.#kept(id);
    const part = new Map(this.parts[partOf(id)]).set(id, { value, nth: known?.nth ?? this.next });
    return new ById(this.parts.with(partOf(id), part), this.size + (known ? 0 : 1), this.next + 1);
  }

  without(id: string): ById<V> {
    if (!this.has(id)) return this;
    const part = new Map(this.parts[partOf(id)]);
    part.delete(id);
    return new ById(this.parts.with(partOf(id), part), this.size - 1, this.next);
  }

  entries(): MapIterator<[string, V]> {
    const kept = this.parts.flatMap((part) => [...(part ?? [])]).toSorted(([, one], [, other]) => one.nth - other.nth);
    return new Map(kept.map(([id, { value }]) => [id, value] as const)).entries();
  }

  keys(): MapIterator<string> {
    return new Map(this.entries()).keys();
  }

  values(): MapIterator<V> {
    return new Map(this.entries()).values();
  }

  [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries();
  }

  forEach(each: (value: V, id: string, map: ReadonlyMap<string, V>) => void): void {
    for (const [id, value] of this) each(value, id, this);
  }

  #kept(id: string): Kept<V> | undefined {
    return this.parts[partOf(id)]?.get(id);
  }
}
