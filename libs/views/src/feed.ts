import { setTimeout as pause } from 'node:timers/promises';
import type { EventLog } from '#libs/event-log';
import type { EventRegistry } from '#libs/kernel';
import { Cursor } from './cursor.js';
import { pagesAfter, unseen, type FeedPage } from './pages.js';
import type { Place } from './place.js';

/** Pages kept for those who come a little later. */
const MAX_KEPT_PAGES = 6;
/** How long those in front wait for one behind who still needs the oldest of them, in milliseconds; then that one reads for itself. */
const PATIENCE_MS = 1_000;
/** A subscription that nobody asked for so long is ended. */
const IDLE_MS = 5_000;

/** Somebody who reads the log, page by page. */
export interface FeedReader {
  /**
   * The next page, as soon as there is one; asking for it says that the one before has been dealt with.
   * @throws what the log throws, FeedClosed; asking again subscribes anew
   */
  next(): Promise<FeedPage>;
  close(): void;
}

interface Reading {
  place: Place;
  askedAt: number;
}

/**
 * The log as the views of a process read it: those at about the same place share one subscription and its parsed pages,
 * so that the log is not read and parsed once for each of them. Whoever is quicker waits a little for the slower ones.
 */
export class Feed {
  readonly #cursors = new Set<Cursor>();
  readonly #readings = new Set<Reading>();
  #kept: readonly FeedPage[] = [];
  #asked = Promise.withResolvers<void>();

  constructor(
    private readonly log: EventLog,
    private readonly registry: EventRegistry,
  ) {}

  reader(from: Place): FeedReader {
    const reading: Reading = { place: from, askedAt: performance.now() };
    this.#readings.add(reading);
    const next = async () => {
      reading.askedAt = performance.now();
      this.#asked.resolve();
      this.#asked = Promise.withResolvers();
      const page = unseen(await this.#after(reading), reading.place);
      reading.place = page.place;
      return page;
    };
    return { next, close: () => void this.#readings.delete(reading) };
  }

  close(): void {
    for (const cursor of this.#cursors) this.#end(cursor);
  }

  async #after(reading: Reading): Promise<FeedPage> {
    const { position } = reading.place;
    for (;;) {
      const kept = this.#kept.find((page) => page.after <= position && position < page.place.position);
      if (kept) return kept;
      const waitMs = this.#courtesyMs(reading);
      if (waitMs <= 0) return this.#pull(reading.place);
      await Promise.race([this.#asked.promise, pause(waitMs)]);
    }
  }

  /** For how long yet to wait for others, so that the oldest page need not be read again for them. */
  #courtesyMs(reading: Reading): number {
    const [oldest] = this.#kept;
    if (!oldest || this.#kept.length < MAX_KEPT_PAGES) return 0;
    const needing = [...this.#readings].filter(({ place }) => oldest.after <= place.position && place.position < oldest.place.position);
    const waits = needing.filter((other) => other !== reading).map(({ askedAt }) => askedAt + PATIENCE_MS - performance.now());
    return Math.max(0, ...waits);
  }

  async #pull(place: Place): Promise<FeedPage> {
    const cursor = [...this.#cursors].find((candidate) => candidate.place.position === place.position) ?? this.#open(place);
    try {
      const page = await cursor.next();
      if (!this.#kept.includes(page)) this.#kept = [...this.#kept.slice(1 - MAX_KEPT_PAGES), page];
      return page;
    } catch (error) {
      this.#end(cursor);
      throw error;
    }
  }

  #open(place: Place): Cursor {
    for (const cursor of this.#cursors) if (cursor.idleMs() > IDLE_MS) this.#end(cursor);
    const stop = new AbortController();
    const cursor = new Cursor(place, pagesAfter(this.log, this.registry, place, stop.signal), stop);
    this.#cursors.add(cursor);
    return cursor;
  }

  #end(cursor: Cursor): void {
    this.#cursors.delete(cursor);
    cursor.end();
  }
}
