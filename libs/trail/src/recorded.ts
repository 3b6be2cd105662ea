import type { Pool } from 'pg';
import type { Position } from '#libs/event-log';
import type { View } from '#libs/views';
import { TABLE } from './trail-name.js';

/** An event by its own id. */
interface EventId {
  readonly tenant: string;
  readonly id: string;
}

/** The trail can tell now of no event that it was not recorded. */
class TrailIncomplete extends Error {
  override readonly name = 'TrailIncomplete';

  constructor() {
    super('The trail is being built anew, has halted or has rows in quarantine: nobody can tell by it what was not recorded.');
  }
}

/** It belongs to this log and this release, is built, goes on, has left nothing out, and has come so far. */
const COMPLETE = `exists (select from views.checkpoints where view = $1 and fingerprint = $2 and log = $3 and position >= $4
  and ready and halted is null and quarantined = 0)`;

/** What was recorded and what was not, by the trail: it holds every entry of the log, wherever that lies. */
export class Recorded {
  readonly #view: readonly string[];

  /**
   * @param pool of the role `uppsikt_worker`, which sees all tenants
   * @param log its id: a trail of another log tells nothing of this one
   */
  constructor(
    private readonly pool: Pool,
    log: string,
    { table, fingerprint }: Pick<View, 'table' | 'fingerprint'>,
  ) {
    this.#view = [table, fingerprint, log];
  }

  /** Whether the trail holds every entry up to a position. */
  async isComplete(upTo: Position): Promise<boolean> {
    const { rows } = await this.pool.query<{ complete: boolean }>(`select ${COMPLETE} as complete`, [...this.#view, upTo.toString()]);
    return rows[0]?.complete === true;
  }

  /**
   * Of some events those that were not recorded up to a position. That the trail is complete is asked in the same statement, so from the same
   * snapshot: one that is built anew meanwhile is empty.
   * @throws TrailIncomplete
   */
  async without<E extends EventId>(upTo: Position, events: readonly E[]): Promise<readonly E[]> {
    // LEFT JOIN LATERAL … LIMIT 1: one step in the index for each, whatever the planner thinks of ids, which nothing is measured of.
    const { rows } = await this.pool.query<{ complete: boolean; missing: readonly number[] }>({
      name: `recorded_${TABLE}`,
      text: `select ${COMPLETE} as complete, array(
          select n.nth::integer from unnest($5::text[], $6::uuid[]) with ordinality n(tenant, id, nth)
          left join lateral (select t.id from views.${TABLE} t where t.tenant = n.tenant and t.id = n.id limit 1) t on true
          where t.id is null order by 1) as missing`,
      values: [...this.#view, upTo.toString(), events.map(({ tenant }) => tenant), events.map(({ id }) => id)],
    });
    const [{ complete, missing } = { complete: false, missing: [] }] = rows;
    if (!complete) throw new TrailIncomplete();
    return missing.flatMap((nth) => events[nth - 1] ?? []);
  }
}
