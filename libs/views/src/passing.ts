import type { Pool } from 'pg';
import type { Position } from '#libs/event-log';
import type { Held } from './checkpoints.js';
import type { Place } from './place.js';
import { Standings } from './standings.js';
import { transaction } from './transaction.js';

/** A view as this process keeps it. */
interface Standing extends Held {
  readonly place: Place;
  /** Told when the view is not where it was left: somebody has taken it over, or thrown it away; or the view is still ours, and was set back. */
  readonly lost: (isOurs: boolean) => void;
}

/** Views that a page does not concern only move on: their checkpoints are written together, a little later. */
export class Passing {
  readonly #standings: Standings<Standing>;

  /** @param lookEveryMs how often it is looked whether the views are where they were left */
  constructor(
    private readonly pool: Pool,
    lookEveryMs?: number,
  ) {
    this.#standings = new Standings({ write: (said) => this.#write(said), missing: (said) => this.#missing(said), lookEveryMs });
  }

  /** The view has moved on with nothing written. */
  moved(view: string, standing: Standing): void {
    this.#standings.moved(view, standing);
  }

  /** The view was taken over here, or its rows and its checkpoint were written. */
  stands(view: string, standing: Standing): void {
    this.#standings.stands(view, standing);
  }

  /** Writes down how far the views have come, and says no more of this one. */
  async leaves(view: string): Promise<void> {
    await this.settled();
    this.#standings.leaves(view);
  }

  /** Resolves when everything said so far is written down, or could not be. */
  settled(): Promise<void> {
    return this.#standings.settled();
  }

  async #write(moves: ReadonlyMap<string, Standing>): Promise<void> {
    const said = [...moves].map(([view, { epoch, written, place }]) => ({
      ...place,
      view,
      epoch: epoch.toString(),
      written: written.toString(),
      position: place.position.toString(),
    }));
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

  /** Asked without their places, which are long: writing these tells why they are not there. */
  async #missing(standings: ReadonlyMap<string, Standing>): Promise<readonly string[]> {
    const { rows } = await this.pool.query<{ view: string; epoch: bigint; position: Position }>({
      name: 'look_at_views',
      text: 'select view, epoch, position from views.checkpoints where view = any($1)',
      values: [[...standings.keys()]],
    });
    const there = new Map(rows.map((row) => [row.view, row]));
    return [...standings].filter(([view, { epoch, place }]) => !isThere(there.get(view), epoch, place.position)).map(([view]) => view);
  }
}

const isThere = (row: { readonly epoch: bigint; readonly position: Position } | undefined, epoch: bigint, position: Position): boolean =>
  row?.epoch === epoch && row.position >= position;
