import { integerArray, textArray } from './binary-array.js';
import type { Position, Stored } from './event-log.js';
import type { Queries } from './queries.js';
import { stored } from './stored.js';

const SQL = 'select i, "position", entry from log.read_streams($1, $2, $3, $4, $5)';
/** Streams read by one call. */
const MAX_STREAMS = 100;

/** A slice of one stream. */
export interface Slice {
  readonly tenant: string;
  readonly stream: string;
  readonly from: number;
  readonly max: number;
  readonly backwards: boolean;
}
interface Asked extends Slice {
  readonly give: (entries: readonly Stored[]) => void;
  readonly fail: (error: unknown) => void;
}

/** Reads slices of streams; those asked for in the same turn of the loop share a round trip. */
export class StreamReads {
  #asked: Asked[] = [];

  constructor(private readonly queries: Queries) {}

  read(slice: Slice): Promise<readonly Stored[]> {
    return new Promise((give, fail) => {
      this.#asked.push({ ...slice, give, fail });
      if (this.#asked.length === 1) setImmediate(() => this.#run());
    });
  }

  #run(): void {
    const asked = this.#asked;
    this.#asked = [];
    for (const backwards of [false, true]) {
      const alike = asked.filter((slice) => slice.backwards === backwards);
      for (let at = 0; at < alike.length; at += MAX_STREAMS) void this.#readTogether(alike.slice(at, at + MAX_STREAMS), backwards);
    }
  }

  async #readTogether(asked: readonly Asked[], backwards: boolean): Promise<void> {
    try {
      const values = [
        textArray(asked.map(({ tenant }) => tenant)),
        textArray(asked.map(({ stream }) => stream)),
        integerArray(asked.map(({ from }) => from)),
        integerArray(asked.map(({ max }) => max)),
        backwards,
      ];
      const rows = await this.queries.rows<[bigint, Position, string]>({ name: 'read_streams', text: SQL, values });
      const found = asked.map((): Stored[] => []);
      for (const [i, position, text] of rows) found[Number(i) - 1]?.push(stored(position, text));
      for (const [index, { give }] of asked.entries()) give(found[index] ?? []);
    } catch (error) {
      for (const { fail } of asked) fail(error);
    }
  }
}
