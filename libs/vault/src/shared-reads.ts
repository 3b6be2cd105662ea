/** What one tenant's callers have asked for in this turn of the loop. */
interface Asked<Row> {
  readonly keys: Set<string>;
  readonly rows: Promise<readonly Row[]>;
}

/** Reads of one tenant that are asked for in the same turn of the loop share a round trip: sixty commands at once need sixty keys. */
export class SharedReads<Row> {
  readonly #asked = new Map<string, Asked<Row>>();

  constructor(
    private readonly read: (tenant: string, keys: readonly string[]) => Promise<readonly Row[]>,
    private readonly keyOf: (row: Row) => string,
  ) {}

  async rows(tenant: string, keys: readonly string[]): Promise<readonly Row[]> {
    const asked = this.#asked.get(tenant) ?? this.#begin(tenant);
    for (const key of keys) asked.keys.add(key);
    const wanted = new Set(keys);
    return (await asked.rows).filter((row) => wanted.has(this.keyOf(row)));
  }

  #begin(tenant: string): Asked<Row> {
    const keys = new Set<string>();
    const turn = new Promise<void>((over) => setImmediate(over));
    const rows = turn.then(() => {
      this.#asked.delete(tenant);
      return this.read(tenant, [...keys]);
    });
    const asked = { keys, rows };
    this.#asked.set(tenant, asked);
    return asked;
  }
}
