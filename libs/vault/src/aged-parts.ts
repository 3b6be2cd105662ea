import type { Pool } from 'pg';
import type { Position } from '#libs/event-log';

/** An event that the vault holds parts of, recorded or not. */
export interface SealedEvent {
  readonly tenant: string;
  readonly id: string;
}

/** What was taken out of the vault. */
export interface Removed {
  readonly parts: number;
  readonly keys: number;
}

/** How far a log has been read. */
export interface LogRead {
  readonly position: Position;
  /** Where every entry up to there is old; undefined while there is no more of these. */
  readonly upTo?: Position;
}

/** Where a look at the vault begins. */
export interface SweepBegins {
  /** Parts put before this moment, by the database's clock, are old; as it came from there. */
  readonly before: string;
  /** After this event; at the beginning where left out. */
  readonly after?: SealedEvent;
}

const FIRST: SealedEvent = { tenant: '', id: '00000000-0000-0000-0000-000000000000' };
const PAGE = 1_000;
const arrays = (events: readonly SealedEvent[]) => [events.map(({ tenant }) => tenant), events.map(({ id }) => id)];

/** The vault as seen by whoever removes what no entry names. It tells events and ages, never what is sealed. */
export class AgedParts {
  /** @param pool of the role `uppsikt_worker` */
  constructor(private readonly pool: Pool) {}

  async begin(): Promise<SweepBegins> {
    const { rows } = await this.pool.query<{ before: string; tenant: string | null; event: string }>(
      'select before, tenant, event_id as event from vault.sweep_begins()',
    );
    const [{ before, tenant, event }] = rows as [(typeof rows)[0]];
    return { before, ...(tenant !== null && { after: { tenant, id: event } }) };
  }

  /** The next look begins after this event; at the beginning where left out. */
  async end(at?: SealedEvent): Promise<void> {
    await this.pool.query('select vault.sweep_ends($1, $2)', [at?.tenant, at?.id]);
  }

  /** Every event that there are parts of, in the order of the vault, in pages. */
  async *events(after: SealedEvent = FIRST): AsyncGenerator<readonly SealedEvent[]> {
    for (let last = after, full = true; full;) {
      const { rows } = await this.pool.query<SealedEvent>({
        name: 'sealed_events',
        text: 'select tenant, event_id as id from vault.events_after($1, $2, $3)',
        values: [last.tenant, last.id, PAGE],
      });
      if (rows.length > 0) yield rows;
      last = rows.at(-1) ?? last;
      full = rows.length === PAGE;
    }
  }

  /** Of some events those that an old part is there of. */
  async old(before: string, events: readonly SealedEvent[]): Promise<readonly SealedEvent[]> {
    if (events.length === 0) return [];
    const { rows } = await this.pool.query<SealedEvent>('select tenant, event_id as id from vault.aged($1, $2, $3)', [before, ...arrays(events)]);
    return rows;
  }

  /** How far a log has been read by whoever looks for earlier tries; undefined where nobody has. */
  async logRead(log: string): Promise<LogRead | undefined> {
    const { rows } = await this.pool.query<{ position: Position; upTo: Position | null }>(
      'select position, up_to as "upTo" from vault.sweep_of_log_begins($1)',
      [log],
    );
    return rows[0] && { position: rows[0].position, ...(rows[0].upTo !== null && { upTo: rows[0].upTo }) };
  }

  /** @param head where the log ends now: in a day it is to be read up to there. Left out: up to where was noted before. */
  async noteLogRead(log: string, position: Position, head?: Position): Promise<void> {
    await this.pool.query('select vault.sweep_of_log_ends($1, $2, $3)', [log, position.toString(), head?.toString()]);
  }

  /**
   * Removes the old parts of some events, and keys that seal nothing then. What was put again meanwhile stays, and the row of a destroyed key.
   * @param named hashes of parts that entries name: these stay too
   */
  async remove(before: string, events: readonly SealedEvent[], named: readonly string[] = []): Promise<Removed> {
    const { rows } = await this.pool.query<Removed>('select parts, keys from vault.remove_aged($1, $2, $3, $4)', [before, ...arrays(events), named]);
    return rows[0] ?? { parts: 0, keys: 0 };
  }
}
