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

/** How far a process knows a view to have come. */
export interface Known {
  readonly position: Position;
  /** Its checkpoint has stood here: what came after, up to the position, did not change it. */
  readonly written: Position;
  /** The furthest that its checkpoint has ever stood: whoever waited for that must not be shown less. */
  readonly told: Position;
}

/** A view that stands further back than it has stood. */
export interface Missing extends Pick<Known, 'told'> {
  readonly stands: Position;
}

/** Where views stand in a snapshot. */
export type Stood = Readonly<Record<string, string>>;

const NOTHING: Known = { position: -1n as Position, written: -1n as Position, told: -1n as Position };

/** The furthest that any view has stood: of one that stands no earlier nothing is missing. */
export const furthest = (known: ReadonlyMap<string, Known>): Position =>
  [...known.values()].reduce((most, { told }) => (told > most ? told : most), NOTHING.told);

interface Waiter {
  readonly position: Position;
  readonly views: readonly string[];
  readonly arrived: () => void;
}

/** How far the views have come, as far as this process knows, and who waits for them: one look serves all who wait. */
export class Arrivals {
  readonly #known = new Map<string, Known>();
  readonly #waiting = new Set<Waiter>();
  #looking = false;
  #lookInMs = FIRST_LOOK_MS;

  /** @param log its id: what a view held of another log says nothing of this one */
  constructor(
    private readonly pool: Pool,
    private readonly log: string,
  ) {}

  /** All that is known now. */
  get known(): ReadonlyMap<string, Known> {
    return new Map(this.#known);
  }

  /**
   * A view stands here now; further back than it did where the database was set back.
   * @param written where it stands in the database at the least
   */
  moved(view: string, position: Position, written: Position): void {
    const { told } = this.#knownOf(view);
    this.#known.set(view, { position, written, told: written > told ? written : told });
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

  /**
   * The views of which a snapshot, taken after this was known, holds less than somebody may have waited for: as after a crash of the database, or
   * while they are built anew. Whoever waits for them now waits for them to come back.
   * @param stood where those stand there that stand before the {@link furthest}
   */
  missing(known: ReadonlyMap<string, Known>, stood: Stood): ReadonlyMap<string, Missing> {
    const missing = new Map<string, Missing>();
    for (const [view, position] of Object.entries(stood)) {
      const stands = BigInt(position) as Position;
      const told = known.get(view)?.told ?? NOTHING.told;
      if (stands >= told) continue;
      missing.set(view, { stands, told });
      this.#setBack(view, stands, known);
    }
    return missing;
  }

  #knownOf(view: string): Known {
    return this.#known.get(view) ?? NOTHING;
  }

  /** Unless more has been learned meanwhile. */
  #setBack(view: string, stands: Position, known: ReadonlyMap<string, Known>): void {
    const before = known.get(view);
    if (before && stands < before.written && this.#known.get(view) === before) this.moved(view, stands, stands);
  }

  #behind({ position, views }: Waiter): readonly string[] {
    return views.filter((view) => this.#knownOf(view).position < position);
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    while (this.#waiting.size > 0) {
      await pause(this.#lookInMs);
      this.#lookInMs = Math.min(this.#lookInMs * 1.2, LAST_LOOKS_MS);
      if (this.#waiting.size === 0) break;
      const { known } = this;
      const rows = await this.pool.query<{ view: string; position: Position }>('select view, position from views.checkpoints where log = $1', [this.log]).then(
        (result) => result.rows,
        () => [],
      );
      for (const { view, position } of rows) {
        if (position > this.#knownOf(view).position) this.moved(view, position, position);
        else this.#setBack(view, position, known);
      }
    }
    this.#looking = false;
  }
}
