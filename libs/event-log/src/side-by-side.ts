import { createHash } from 'node:crypto';
import { START, type EventLog, type Position, type Stored } from './event-log.js';
import type { MovingLog } from './log-state.js';

/** One of two logs is not what it should be: in one line which entry, and why. */
export class LogsDiffer extends Error {
  override readonly name = 'LogsDiffer';
}

/** What two logs have in common, from their first entry on. */
export interface Common {
  readonly entries: number;
  readonly streams: number;
  /** How many of each tenant. */
  readonly tenants: ReadonlyMap<string, number>;
  /** Over the texts as each log holds them, in its order, with a line feed after each. */
  readonly sha256: { readonly source: string; readonly target: string };
}

/** Compared at once, and put into the target at once. */
export const PAGE = 1_000;

/** Goes through two logs page by page and sees that they hold the same: entry by entry, byte by byte, each stream without a gap. */
export class SideBySide {
  /** Where each has been read to. */
  source: Position = START;
  target: Position = START;
  /** The same in both so far. */
  entries = 0;
  /** Of these, put into the target here. */
  put = 0;
  readonly #tenants = new Map<string, number>();
  readonly #revisions = new Map<string, number>();
  readonly #hashes = { source: createHash('sha256'), target: createHash('sha256') };

  constructor(private readonly logs: { readonly source: EventLog; readonly target: MovingLog }) {}

  get common(): Common {
    const { source, target } = this.#hashes;
    const sha256 = { source: source.copy().digest('hex'), target: target.copy().digest('hex') };
    return { entries: this.entries, streams: this.#revisions.size, tenants: new Map(this.#tenants), sha256 };
  }

  /**
   * The next page of both: `fill` puts into the target what it has not got yet, and reads it again; `compare` only looks.
   * @returns how far both hold the same: undefined where the source ends, or, when only looking, the target does
   * @throws LogsDiffer; LogUnavailable
   */
  async page(how: 'fill' | 'compare'): Promise<Position | undefined> {
    const { source, target } = this.logs;
    const [asked, held] = await Promise.all([readAfter(source, this.source, PAGE), readAfter(target, this.target, PAGE)]);
    const there = held.slice(0, asked.length);
    this.#same(asked.slice(0, there.length), there);
    const missing = asked.slice(there.length);
    if (missing.length === 0) return asked.length > 0 ? this.source : undefined;
    if (how === 'compare') return undefined;
    const entries = missing.map(({ entry }) => entry);
    await target.fill(this.target, entries).catch((error: unknown) => {
      throw error instanceof RangeError ? new LogsDiffer(`The target cannot hold what the source does. ${error.message}`, { cause: error }) : error;
    });
    this.#same(missing, await readAfter(target, this.target, missing.length));
    this.put += missing.length;
    return this.source;
  }

  /** @throws LogsDiffer where the target goes on */
  async assertTargetEnds(): Promise<void> {
    const [more] = await readAfter(this.logs.target, this.target, 1);
    if (more)
      throw new LogsDiffer(`The target is not the beginning of the source: after ${this.entries} entries the source ends, and it holds ${named(more)}.`);
  }

  #same(source: readonly Stored[], target: readonly Stored[]): void {
    for (const [index, one] of source.entries()) {
      const other = target[index];
      const nth = this.entries + 1;
      if (!other) throw new LogsDiffer(`The target does not hold what was put there: its entry ${nth}, ${named(one)}, is missing.`);
      if (other.entry.id !== one.entry.id)
        throw new LogsDiffer(`The target is not the beginning of the source: its entry ${nth} is ${named(other)}, where the source holds ${named(one)}.`);
      if (other.text !== one.text) throw new LogsDiffer(`The logs differ in what they hold as entry ${nth}, ${named(one)}.`);
      this.#count(one, nth);
      this.#hashes.source.update(`${one.text}\n`);
      this.#hashes.target.update(`${other.text}\n`);
      this.source = one.position;
      this.target = other.position;
      this.entries = nth;
    }
  }

  #count(one: Stored, nth: number): void {
    const { tenant, stream, rev } = one.entry;
    const key = `${tenant}.${stream}`;
    const due = (this.#revisions.get(key) ?? -1) + 1;
    if (rev !== due) throw new LogsDiffer(`The source is not sound: its entry ${nth}, ${named(one)}, should have revision ${due}.`);
    this.#revisions.set(key, rev);
    this.#tenants.set(tenant, (this.#tenants.get(tenant) ?? 0) + 1);
  }
}

const named = ({ entry: { id, tenant, stream, rev } }: Stored): string => `${id} (${stream} of ${tenant}, revision ${rev})`;

/** So many entries after a position, or as many as there are. */
const readAfter = async (log: EventLog, position: Position, count: number): Promise<readonly Stored[]> => {
  const found: Stored[] = [];
  for (let from: Position | undefined = position; from !== undefined && found.length < count;) {
    const { entries, next } = await log.readAll({ after: from, max: count - found.length });
    found.push(...entries);
    from = next;
  }
  return found;
};
