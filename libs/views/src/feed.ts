import type { EventLog } from '#libs/event-log';
import type { EventRegistry } from '#libs/kernel';
import { pagesAfter, type FeedPage } from './pages.js';
import type { Place } from './place.js';

/** Pages kept for those who come a little later. */
const MAX_KEPT_PAGES = 8;
/** A subscription that nobody asked for so long is ended. */
const IDLE_MS = 5_000;

/** The feed was closed under a reader. */
export class FeedClosed extends Error {
  override readonly name = 'FeedClosed';
}

/**
 * The log as the views of a process read it: those at the same place share one subscription and its parsed pages,
 * so that the log is not read and parsed once for each of them.
 */
export class Feed {
  readonly #cursors = new Set<Cursor>();
  #kept: readonly FeedPage[] = [];

  constructor(
    private readonly log: EventLog,
    private readonly registry: EventRegistry,
  ) {}

  /**
   * The page after a place, as soon as there is one. It may begin earlier; what the reader has seen the reader leaves out.
   * @throws what the log throws, FeedClosed; asking again subscribes anew
   */
  async after(place: Place): Promise<FeedPage> {
    const kept = this.#kept.find((page) => page.after <= place.position && place.position < page.place.position);
    if (kept) return kept;
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

  close(): void {
    for (const cursor of this.#cursors) this.#end(cursor);
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
    cursor.stop.abort();
  }
}

/** A subscription, and the page that comes next: it is read while the one before is being written. */
class Cursor {
  #next: Promise<FeedPage>;
  #waiting = 0;
  #askedAt = performance.now();

  constructor(
    /** Where the next page begins. */
    public place: Place,
    private readonly pages: AsyncIterator<FeedPage, undefined>,
    readonly stop: AbortController,
  ) {
    this.#next = this.#pull();
  }

  async next(): Promise<FeedPage> {
    const asked = this.#next;
    this.#waiting++;
    try {
      const page = await asked;
      if (this.#next === asked) {
        this.place = page.place;
        this.#next = this.#pull();
      }
      return page;
    } finally {
      this.#waiting--;
      this.#askedAt = performance.now();
    }
  }

  /** For how long nobody has waited for a page. */
  idleMs(): number {
    return this.#waiting > 0 ? 0 : performance.now() - this.#askedAt;
  }

  #pull(): Promise<FeedPage> {
    const pulled = this.pages.next().then(({ value }) => {
      if (!value) throw new FeedClosed('The feed is closed.');
      return value;
    });
    pulled.catch(() => {}); // told to whoever asks
    return pulled;
  }
}
