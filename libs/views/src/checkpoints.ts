import type { ClientBase, Pool } from 'pg';
import type { EventLog, Position } from '#libs/event-log';
import type { Instant } from '#libs/kernel';
import { LeaseLost } from './lease.js';
import { BEGINNING, standsIn, type Footing, type Place } from './place.js';
import { inTransaction } from './transaction.js';
import type { View } from './view.js';

/** The table of this version was made by another declaration: its version should have been raised. */
export class ViewChanged extends Error {
  override readonly name = 'ViewChanged';

  constructor(table: string) {
    super(`The view ${table} was built from another declaration of the same version. Raise its version, so that the new table is built beside the old one.`);
  }
}

/** The view does not stand where this process had brought it: the database has lost what it had not yet written to disk. */
export class SetBack extends Error {
  override readonly name = 'SetBack';

  constructor(table: string) {
    super(`The database holds less of the view ${table} than was written there, as after a crash: it is read again from where it stands.`);
  }
}

/** How far a process had got a view when it last wrote to it, and may go on from: nothing of that may have been lost since. */
export interface Held {
  readonly epoch: bigint;
  /** Where the view was taken over, or its rows were last changed. */
  readonly written: Position;
}

/** Where a view stood when it was taken over. */
export interface Taken {
  readonly place: Place;
  /** Its first load is over and its indexes are there. */
  readonly ready: boolean;
  readonly quarantined: number;
  /** Why its table was made anew. */
  readonly rebuilt?: string;
}

interface Row {
  readonly epoch: bigint;
  readonly fingerprint: string;
  readonly log: string;
  readonly position: Position;
  readonly footing: Footing | null;
  readonly clocks: Readonly<Record<string, Instant>>;
  readonly ready: boolean;
  readonly quarantined: number;
}

export interface CheckpointOptions {
  /** In development a changed declaration of the same version makes the table anew; otherwise it stops the view. */
  readonly rebuildChanged: boolean;
}

/** Where each view stands, and the epoch of who may move it. */
export class Checkpoints {
  constructor(
    private readonly pool: Pool,
    private readonly log: EventLog,
    private readonly options: CheckpointOptions,
  ) {}

  /**
   * Makes this epoch the only one that may write the view. Waits for what the former owner has under way; whatever it tries later fails.
   * A table that does not belong to this declaration and this log is made anew. Why a view halted stands until somebody has got past it.
   * @throws ViewChanged; LeaseLost when somebody has taken it over since, and this process was paused meanwhile
   */
  async takeOver(view: View, epoch: bigint): Promise<Taken> {
    return inTransaction(this.pool, 'begin', async (client) => {
      // Of a view that is new too there is a row, so that of two who make its table one waits for the other and learns of it.
      await client.query(
        `insert into views.checkpoints (view, fingerprint, epoch, log, position, clocks, ready, quarantined) values ($1, $2, 0, $3, 0, '{}', false, 0)
          on conflict (view) do nothing`,
        [view.table, view.fingerprint, this.log.id],
      );
      const { rows } = await client.query<Row>('select * from views.checkpoints where view = $1 for update', [view.table]);
      const row = rows[0]?.epoch === 0n ? undefined : rows[0];
      if (row && row.epoch > epoch) throw new LeaseLost(view.table);
      if (row && row.fingerprint !== view.fingerprint && !this.options.rebuildChanged) throw new ViewChanged(view.table);
      const place: Place | undefined = row && { position: row.position, footing: row.footing ?? undefined, clocks: row.clocks };
      const reason = row && place && (await this.#unfit(view, row, place));
      if (row && place && reason === undefined) {
        await client.query('update views.checkpoints set epoch = $2 where view = $1', [view.table, epoch.toString()]);
        return { place, ready: row.ready, quarantined: row.quarantined };
      }
      await this.#make(client, view, epoch);
      return { place: BEGINNING, ready: false, quarantined: 0, ...(reason !== undefined && { rebuilt: reason }) };
    });
  }

  async #unfit(view: View, { fingerprint, log }: Row, place: Place): Promise<string | undefined> {
    if (fingerprint !== view.fingerprint) return 'its declaration has changed';
    if (log !== this.log.id) return 'it was built from another log';
    return (await standsIn(this.log, place)) ? undefined : 'the log no longer holds the entry that it had come to';
  }

  async #make(client: ClientBase, view: View, epoch: bigint): Promise<void> {
    for (const statement of [`drop table if exists views.${view.table} cascade`, ...view.create]) await client.query(statement);
    await client.query(
      `update views.checkpoints set fingerprint = $2, epoch = $3, log = $4, position = 0, footing = null, clocks = '{}', ready = false, quarantined = 0,
        halted = null where view = $1`,
      [view.table, view.fingerprint, epoch.toString(), this.log.id],
    );
  }

  /**
   * Moves one view, in the transaction that writes its rows.
   * @throws LeaseLost when somebody has taken the view over; SetBack
   */
  async move(client: ClientBase, view: View, held: Held, { position, footing, clocks }: Place, quarantined: number): Promise<void> {
    const { rowCount } = await client.query({
      name: 'move_view',
      text: `update views.checkpoints set position = $4, footing = $5, clocks = $6, quarantined = quarantined + $7, halted = null ${STILL_HELD}`,
      values: [...holding(view, held), position.toString(), footing && JSON.stringify(footing), JSON.stringify(clocks), quarantined],
    });
    if (!rowCount) throw await lost(client, view, held);
  }

  /** @throws LeaseLost; SetBack */
  async becomeReady(client: ClientBase, view: View, held: Held): Promise<void> {
    const { rowCount } = await client.query(`update views.checkpoints set ready = true ${STILL_HELD}`, [...holding(view, held)]);
    if (!rowCount) throw await lost(client, view, held);
  }

  /** Says, for all processes to see, why nobody goes on with the view. */
  async halt(view: View, epoch: bigint, why: string): Promise<void> {
    await this.pool.query('update views.checkpoints set halted = $3 where view = $1 and epoch = $2', [view.table, epoch.toString(), why]);
  }
}

const STILL_HELD = 'where view = $1 and epoch = $2 and position >= $3';
const holding = ({ table }: View, { epoch, written }: Held): readonly [string, string, string] => [table, epoch.toString(), written.toString()];

/** Why it is held no more. */
const lost = async (client: ClientBase, { table }: View, { epoch }: Held): Promise<LeaseLost | SetBack> => {
  const { rowCount } = await client.query('select from views.checkpoints where view = $1 and epoch = $2', [table, epoch.toString()]);
  return rowCount ? new SetBack(table) : new LeaseLost(table);
};
