import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import { LEASE_MS } from '#libs/views';

/** Who holds which leases now, by the ids that processes give themselves. */
export const leasesHeld = async (pool: Pool): Promise<ReadonlyMap<string, readonly string[]>> => {
  const { rows } = await pool.query<{ holder: string; names: string[] }>(
    'select holder, array_agg(name order by name) as names from views.leases where until > clock_timestamp() group by holder order by holder',
  );
  return new Map(rows.map(({ holder, names }) => [holder, names]));
};

/** Resolves when so many processes hold leases, none of them many more than another. */
export const shared = async (pool: Pool, processes: number): Promise<ReadonlyMap<string, readonly string[]>> => {
  for (;;) {
    const held = await leasesHeld(pool);
    const counts = [...held.values()].map(({ length }) => length);
    if (counts.length === processes && Math.max(...counts) - Math.min(...counts) <= 2) return held;
    await pause(100);
  }
};

/** How it went when others took over what a process held. */
export interface TakenOver {
  readonly counted: number;
  /** By the database's clock, from the last time that the process renewed its leases to the first write of whoever came after it. */
  readonly longestMs: number;
  /** What took that long. */
  readonly slowest: string;
}

/**
 * Waits until everything that a process held, which does nothing any more, is held by others, and each of them has written: the views on
 * behalf of something recorded since, the reactions likewise. What of others writes nothing to the database counts when it is held.
 */
export const takenOver = async (pool: Pool, holder: string): Promise<TakenOver> => {
  const { rows: before } = await pool.query<{ name: string; epoch: bigint }>(
    'select name, epoch from views.leases where holder = $1 and until > clock_timestamp()',
    [holder],
  );
  const { rows: places } = await pool.query<{ name: string; position: bigint }>(
    `select 'view ' || view as name, position from views.checkpoints union all select 'duty reaction ' || name, position from views.reactions`,
  );
  const positions = new Map(places.map(({ name, position }) => [name, position]));
  const waiting = new Map(before.map(({ name, epoch }) => [name, epoch]));
  const { rows: renewals } = await pool.query<{ ms: number }>(
    `select extract(epoch from max(until))::float8 * 1000 - $2 as ms from views.leases where holder = $1`,
    [holder, LEASE_MS],
  );
  const renewedAt = renewals[0]?.ms ?? 0;
  let [longestMs, slowest] = [0, ''];
  while (waiting.size > 0) {
    const { rows } = await pool.query<{ name: string; epoch: bigint; written: bigint | null; position: bigint | null; now: number }>(
      `select l.name, l.epoch, coalesce(c.epoch, r.epoch) as written, coalesce(c.position, r.position) as position,
          extract(epoch from clock_timestamp())::float8 * 1000 as now
        from views.leases l left join views.checkpoints c on l.name = 'view ' || c.view left join views.reactions r on l.name = 'duty reaction ' || r.name
        where l.name = any ($1)`,
      [[...waiting.keys()]],
    );
    for (const { name, epoch, written, position, now } of rows) {
      if (epoch <= (waiting.get(name) ?? 0n)) continue;
      if (written !== null && (written !== epoch || (position ?? 0n) <= (positions.get(name) ?? 0n))) continue;
      waiting.delete(name);
      const took = Math.round(now - renewedAt);
      if (took > longestMs) [longestMs, slowest] = [took, name];
    }
    await pause(20);
  }
  return { counted: before.length, longestMs, slowest };
};
