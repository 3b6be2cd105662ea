import { setTimeout as pause } from 'node:timers/promises';

/** How often what has moved is written down, all together. */
const EVERY_MS = 20;
/** How soon that is tried again which could not be written. */
const AFTER_FAULT_MS = 500;
/** How often it is looked whether the database still holds what was written: sooner than those give up who wait for it to come back. */
const LOOK_EVERY_MS = 2_000;

/** How standings are kept. */
export interface Keeping<T> {
  /** Writes all of them down at once, or none. */
  readonly write: (standings: ReadonlyMap<string, T>) => Promise<void>;
  /** Which of them the database does not hold as they are. */
  readonly missing: (standings: ReadonlyMap<string, T>) => Promise<Iterable<string>>;
  readonly lookEveryMs?: number | undefined;
}

/**
 * Where each of those stands that a process keeps, by their names: written down together, a little later, and again until it is written.
 * A crash of the database may take back what it had said to be written, under a process that lives on; so it is looked now and then, also where
 * nothing moves. What a process had not written when it ended is done again, which changes nothing.
 */
export class Standings<T> {
  readonly #standing = new Map<string, T>();
  readonly #unwritten = new Set<string>();
  #isWriting = false;
  #isLooking = false;
  #hasFailed = false;
  #write: Promise<void> = Promise.resolve();

  constructor(private readonly keeping: Keeping<T>) {}

  /** It has moved: that is to be written down. */
  moved(name: string, standing: T): void {
    this.#unwritten.add(name);
    this.#stand(name, standing);
    void this.#writeAll();
  }

  /** It stands here, which is written down already. */
  stands(name: string, standing: T): void {
    this.#unwritten.delete(name);
    this.#stand(name, standing);
  }

  /** This process says no more of it. */
  leaves(name: string): void {
    this.#standing.delete(name);
    this.#unwritten.delete(name);
  }

  /** Resolves when everything said so far is written down, or could not be. */
  settled(): Promise<void> {
    return (this.#write = this.#write.then(() => this.#writeDown()));
  }

  #stand(name: string, standing: T): void {
    this.#standing.set(name, standing);
    void this.#lookAll();
  }

  async #writeAll(): Promise<void> {
    if (this.#isWriting) return;
    this.#isWriting = true;
    while (this.#unwritten.size > 0) {
      await pause(this.#hasFailed ? AFTER_FAULT_MS : EVERY_MS, undefined, { ref: false });
      await this.settled();
    }
    this.#isWriting = false;
  }

  async #writeDown(): Promise<void> {
    const standings = new Map([...this.#standing].filter(([name]) => this.#unwritten.has(name)));
    this.#unwritten.clear();
    if (standings.size === 0) return;
    try {
      await this.keeping.write(standings);
      this.#hasFailed = false;
    } catch {
      this.#hasFailed = true;
      this.#writeAgain(standings.keys());
    }
  }

  #writeAgain(names: Iterable<string>): void {
    for (const name of names) if (this.#standing.has(name)) this.#unwritten.add(name);
    void this.#writeAll();
  }

  /** For as long as something stands. */
  async #lookAll(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    while (this.#standing.size > 0) {
      await pause(this.keeping.lookEveryMs ?? LOOK_EVERY_MS, undefined, { ref: false });
      if (this.#standing.size > 0) await this.#look().catch(() => {}); // a database that is away is asked again
    }
    this.#isLooking = false;
  }

  async #look(): Promise<void> {
    this.#writeAgain(await this.keeping.missing(new Map(this.#standing)));
  }
}
