import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Place } from './place.js';
import { transaction } from './transaction.js';

/** How often the places of views that had nothing to write are written down. */
const EVERY_MS = 20;

/**
 * Views that a page does not concern only move on: their checkpoints are written together, a little later.
 * Whoever crashes before reads a few pages again, which changes nothing.
 */
export class Passing {
  readonly #moved = new Map<string, { readonly epoch: bigint; readonly place: Place }>();
  #isWriting = false;
  #write: Promise<void> = Promise.resolve();

  constructor(private readonly pool: Pool) {}

  moved(view: string, epoch: bigint, place: Place): void {
    this.#moved.set(view, { epoch, place });
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
    const moves = [...this.#moved].map(
      ([
        view,
        {
          epoch,
          place: { position, footing, clocks },
        },
      ]) => ({
        view,
        epoch: epoch.toString(),
        position: position.toString(),
        footing,
        clocks,
      }),
    );
    this.#moved.clear();
    await transaction(this.pool, (client) =>
      client.query({
        name: 'pass_views',
        text: `update views.checkpoints c set position = m.position, footing = m.footing, clocks = m.clocks, halted = null
          from json_to_recordset($1::json) as m(view text, epoch bigint, position bigint, footing jsonb, clocks jsonb)
          where c.view = m.view and c.epoch = m.epoch and c.position < m.position`,
        values: [JSON.stringify(moves)],
      }),
    );
  }
}
