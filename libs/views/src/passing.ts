import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Held } from './checkpoints.js';
import type { Place } from './place.js';
import { transaction } from './transaction.js';

/** How often the places of views that had nothing to write are written down. */
const EVERY_MS = 20;

/** A view that has moved on with nothing written. */
interface Move extends Held {
  readonly place: Place;
  /** Told when the view is not where it was left: somebody has taken it over, or thrown it away; or the view is still ours, and was set back. */
  readonly lost: (isOurs: boolean) => void;
}

/**
 * Views that a page does not concern only move on: their checkpoints are written together, a little later.
 * Whoever crashes before reads a few pages again, which changes nothing.
 */
export class Passing {
  readonly #moved = new Map<string, Move>();
  #isWriting = false;
  #write: Promise<void> = Promise.resolve();

  constructor(private readonly pool: Pool) {}

  moved(view: string, move: Move): void {
    this.#moved.set(view, move);
    if (!this.#isWriting) void this.#writeAll();
  }

  /** Resolves when everything said so far is written down, or could not be. */
  async settled(): Promise<void> {
    await this.#writeMoved();
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true;
    while (this.#moved.size > 0) {
      await pause(EVERY_MS);
      await this.#writeMoved();
    }
    this.#isWriting = false;
  }

  /** One at a time. What could not be written the next page says again. */
  #writeMoved(): Promise<void> {
    return (this.#write = this.#write.then(() => this.#writeDown()).catch(() => {}));
  }

  async #writeDown(): Promise<void> {
    if (this.#moved.size === 0) return;
    const moves = new Map(this.#moved);
    const said = [...moves].map(([view, { epoch, written, place }]) => ({
      ...place,
      view,
      epoch: epoch.toString(),
      written: written.toString(),
      position: place.position.toString(),
    }));
    this.#moved.clear();
    const { rows } = await transaction(this.pool, (client) =>
      client.query<{ view: string; ours: boolean }>({
        name: 'pass_views',
        text: `with m as materialized (
            select * from json_to_recordset($1::json) as m(view text, epoch bigint, written bigint, position bigint, footing jsonb, clocks jsonb)),
          passed as (
            update views.checkpoints c set position = m.position, footing = m.footing, clocks = m.clocks, halted = null
            from m where c.view = m.view and c.epoch = m.epoch and c.position >= m.written and c.position < m.position)
          select m.view, c.view is not null as ours from m left join views.checkpoints c on c.view = m.view and c.epoch = m.epoch
          where c.view is null or c.position < m.written`,
        values: [JSON.stringify(said)],
      }),
    );
    for (const { view, ours } of rows) moves.get(view)?.lost(ours);
  }
}
