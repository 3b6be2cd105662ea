import type { FeedPage } from './pages.js';
import type { Place } from './place.js';

/** The feed was closed under a reader. */
class FeedClosed extends Error {
  override readonly name = 'FeedClosed';
}

/** A subscription, and the page that comes next: it is read while the one before is being written. */
export class Cursor {
  #next: Promise<FeedPage>;
  #waiting = 0;
  #askedAt = performance.now();

  constructor(
    /** Where the next page begins. */
    public place: Place,
    private readonly pages: AsyncIterator<FeedPage, undefined>,
    private readonly stop: AbortController,
  ) {
    this.#next = this.#pull();
  }

  /** @throws what the log throws, FeedClosed */
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

  /** For how long nobody has waited for a page, in milliseconds. */
  idleMs(): number {
    return this.#waiting > 0 ? 0 : performance.now() - this.#askedAt;
  }

  end(): void {
    this.stop.abort();
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
