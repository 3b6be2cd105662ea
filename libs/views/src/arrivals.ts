import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Position } from '#libs/event-log';
import type { View } from './view.js';

/** How soon the checkpoints are looked at when somebody waits, for views that another process keeps; then ever less often. */
const FIRST_LOOK_MS = 10;
const LAST_LOOKS_MS = 100;

/** The views have not come as far as was asked, in the time that was given. Over HTTP: 503 with Retry-After. */
export class ViewsBehind extends Error {
  override readonly name = 'ViewsBehind';

  constructor(
    readonly views: readonly string[],
    readonly position: Position,
  ) {
    super(`${views.join(', ')} has not come to position ${position} yet.`);
  }
}

interface Waiter {
  readonly position: Position;
  readonly views: readonly string[];
  readonly arrived: () => void;
}

/** How far the views have come, as far as this process knows, and who waits for them: one look serves all who wait. */
export class Arrivals {
  readonly #known = new Map<string, Position>();
  readonly #waiting = new Set<Waiter>();
  #looking = false;
  #lookInMs = FIRST_LOOK_MS;

  /** @param log its id: what a view held of another log says nothing of this one */
  constructor(
    private readonly pool: Pool,
    private readonly log: string,
  ) {}

  /** A view of this process stands here now. */
  moved(view: string, position: Position): void {
    this.#known.set(view, position);
    for (const waiter of this.#waiting) if (waiter.views.includes(view) && this.#behind(waiter).length === 0) waiter.arrived();
  }

  /**
   * Resolves when all of the views hold everything up to a position.
   * @throws ViewsBehind when the time is over; the signal's reason when it is raised
   */
  async wait(position: Position, views: readonly View[], signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiter: Waiter = { position, views: views.map(({ table }) => table), arrived: resolve };
    if (this.#behind(waiter).length === 0) return;
    const over = () =>
      reject(signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError' ? new ViewsBehind(this.#behind(waiter), position) : signal.reason);
    signal.addEventListener('abort', over, { once: true });
    if (signal.aborted) over();
    this.#waiting.add(waiter);
    this.#lookInMs = FIRST_LOOK_MS;
    void this.#look();
    try {
      await promise;
    } finally {
      signal.removeEventListener('abort', over);
      this.#waiting.delete(waiter);
    }
  }

  #behind({ position, views }: Waiter): readonly string[] {
    return views.filter((view) => (this.#known.get(view) ?? -1n) < position);
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    while (this.#waiting.size > 0) {
      await pause(this.#lookInMs);
      this.#lookInMs = Math.min(this.#lookInMs * 1.2, LAST_LOOKS_MS);
      if (this.#waiting.size === 0) break;
      const rows = await this.pool.query<{ view: string; position: Position }>('select view, position from views.checkpoints where log = $1', [this.log]).then(
        (result) => result.rows,
        () => [],
      );
      for (const { view, position } of rows) if (position > (this.#known.get(view) ?? -1n)) this.moved(view, position);
    }
    this.#looking = false;
  }
}
