import type { Pool } from 'pg';
import { lastEntry, START, type EventLog, type Position } from '#libs/event-log';
import { advance, BEGINNING, LeaseLost, standsIn, Standings, transaction, type Footing, type Place } from '#libs/views';

interface Row {
  readonly log: string;
  readonly position: Position;
  readonly footing: Footing | null;
}

/** The log is another one than the reaction has followed: what followed from that one cannot be told. */
export class ReactionLost extends Error {
  override readonly name = 'ReactionLost';

  constructor(reaction: string) {
    super(
      `The reaction ${reaction} has followed another log, or one that was restored to an earlier day. Remove its row in views.reactions to begin at the end of this one.`,
    );
  }
}

/** How far a reaction has come in this process. */
interface Standing {
  readonly epoch: bigint;
  readonly place: Place;
}

/**
 * How far each reaction has come, over all processes. What was done and is not written down, or was taken back by a crash of the database, is said
 * again by this process while it lives, and done again by the next one, with no effect.
 */
export class ReactionCheckpoints {
  readonly #standings: Standings<Standing>;
  /** What this process has done, which is known before it is written down. */
  readonly #here = new Map<string, Position>();

  /** @param lookEveryMs how often what was written is said again */
  constructor(
    private readonly pool: Pool,
    private readonly log: EventLog,
    lookEveryMs?: number,
  ) {
    this.#standings = new Standings({ write: (said) => this.#write(said), missing: (said) => Promise.resolve(said.keys()), lookEveryMs });
  }

  /** A reaction that is new begins at the end of the log, unless it asks for the whole: what happened before it was thought of does not concern it. */
  async begin(name: string, from: 'head' | 'start'): Promise<void> {
    const { footing, position } = from === 'start' ? BEGINNING : await endOf(this.log);
    await this.pool.query('insert into views.reactions (name, log, position, footing) values ($1, $2, $3, $4) on conflict (name) do nothing', [
      name,
      this.log.id,
      position.toString(),
      footing && JSON.stringify(footing),
    ]);
  }

  /**
   * Where the reaction stands. From now on only whoever has this epoch may move it.
   * @throws ReactionLost; LeaseLost when somebody has taken it over since, and this process was paused meanwhile
   */
  async takeOver(name: string, epoch: bigint): Promise<Place> {
    const { rows } = await this.pool.query<Row>('update views.reactions set epoch = $2 where name = $1 and epoch <= $2 returning log, position, footing', [
      name,
      epoch.toString(),
    ]);
    const [row] = rows;
    if (!row) {
      const { rowCount } = await this.pool.query('select from views.reactions where name = $1', [name]);
      throw rowCount ? new LeaseLost(`the reaction ${name}`) : new ReactionLost(name);
    }
    const place: Place = { position: row.position, footing: row.footing ?? undefined, clocks: {} };
    if (row.log !== this.log.id || !(await standsIn(this.log, place))) throw new ReactionLost(name);
    return place;
  }

  /** Everything up to there has been reacted to. */
  moved(name: string, epoch: bigint, place: Place): void {
    this.#here.set(name, place.position);
    this.#standings.moved(name, { epoch, place });
  }

  /** Writes down how far the reactions have come, and says no more of this one. */
  async leaves(name: string): Promise<void> {
    await this.#standings.settled();
    this.#standings.leaves(name);
  }

  /** Whether all of them have reacted to everything up to a position. */
  async have(names: readonly string[], position: Position): Promise<boolean> {
    const elsewhere = names.filter((name) => (this.#here.get(name) ?? START) < position);
    if (elsewhere.length === 0) return true;
    const there = await this.pool.query('select from views.reactions where name = any($1) and position >= $2 and log = $3', [
      elsewhere,
      position.toString(),
      this.log.id,
    ]);
    return there.rowCount === elsewhere.length;
  }

  async #write(standings: ReadonlyMap<string, Standing>): Promise<void> {
    const moves = [...standings].map(([name, { epoch, place }]) => ({ ...place, name, epoch: epoch.toString(), position: place.position.toString() }));
    await transaction(this.pool, (client) =>
      client.query({
        name: 'move_reactions',
        text: `update views.reactions r set position = m.position, footing = m.footing
          from json_to_recordset($1::json) as m(name text, epoch bigint, position bigint, footing jsonb)
          where r.name = m.name and r.epoch = m.epoch and r.position < m.position and r.log = $2`,
        values: [JSON.stringify(moves), this.log.id],
      }),
    );
  }
}

const endOf = async (log: EventLog): Promise<Place> => {
  const last = await lastEntry(log);
  return last ? advance(BEGINNING, [last], last.position).place : BEGINNING;
};
