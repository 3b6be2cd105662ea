import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import { randomId } from '#libs/kernel';
import { Lease } from './lease.js';
import { transaction } from './transaction.js';

export interface LeaseOptions {
  /** How long a process that stopped still counts as the holder, in milliseconds. */
  readonly ttlMs?: number;
}

/**
 * Who does what, over all processes and releases: at most one holder of a name, by the database's time.
 * A holder that was paused and woke up late is stopped by its epoch, which is checked where it writes.
 */
export class Leases {
  readonly #holder = randomId();
  readonly #held = new Map<string, Lease>();
  readonly #ttlMs: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly pool: Pool,
    { ttlMs = 10_000 }: LeaseOptions = {},
  ) {
    this.#ttlMs = ttlMs;
  }

  /** What this process holds now. */
  get held(): readonly string[] {
    return [...this.#held.keys()];
  }

  /** Takes the lease where nobody holds it. */
  async take(name: string): Promise<Lease | undefined> {
    const asked = performance.now();
    const { rows } = await this.pool.query<{ epoch: bigint }>({
      name: 'take_lease',
      text: `insert into views.leases as l (name, holder, epoch, until) values ($1, $2, 1, clock_timestamp() + $3 * interval '1 ms')
        on conflict (name) do update set holder = excluded.holder, epoch = l.epoch + 1, until = excluded.until where l.until <= clock_timestamp()
        returning epoch`,
      values: [name, this.#holder, this.#ttlMs],
    });
    const epoch = rows[0]?.epoch;
    if (epoch === undefined) return undefined;
    const lease = new Lease(name, epoch, (given) => this.#give(given));
    lease.validFor(this.#ttlMs - (performance.now() - asked));
    this.#held.set(name, lease);
    lease.signal.addEventListener('abort', () => this.#forget(lease), { once: true });
    this.#timer ??= setInterval(() => void this.#renew(), this.#ttlMs / 3);
    return lease;
  }

  /**
   * Waits until the lease is ours.
   * @throws AbortError when the signal is raised
   */
  async hold(name: string, signal: AbortSignal): Promise<Lease> {
    for (;;) {
      signal.throwIfAborted();
      const lease = await this.take(name).catch(() => undefined); // a database that is away gives no leases
      if (lease && !signal.aborted) return lease;
      await lease?.release();
      await pause((this.#ttlMs / 5) * (0.75 + Math.random() / 2), undefined, { signal });
    }
  }

  /** Renews all at once. Those that are not renewed in time end by themselves, also while a database that is away does not answer. */
  async #renew(): Promise<void> {
    const asked = performance.now();
    const held = [...this.#held.values()];
    // Not waited for to reach the disk, which may be busy for long: a renewal lost in a crash makes a lease shorter, never another's.
    const renewed = await transaction(this.pool, (client) =>
      client.query<{ name: string }>({
        name: 'renew_leases',
        text: `update views.leases l set until = clock_timestamp() + $4 * interval '1 ms' from unnest($1::text[], $2::bigint[]) h(name, epoch)
          where l.name = h.name and l.epoch = h.epoch and l.holder = $3 returning l.name`,
        values: [held.map(({ name }) => name), held.map(({ epoch }) => epoch.toString()), this.#holder, this.#ttlMs],
      }),
    )
      .then(({ rows }) => new Set(rows.map(({ name }) => name)))
      .catch(() => undefined);
    for (const lease of held) {
      if (renewed?.has(lease.name)) lease.validFor(this.#ttlMs - (performance.now() - asked));
      else if (renewed) lease.end();
    }
  }

  async #give(lease: Lease): Promise<void> {
    if (this.#held.get(lease.name) !== lease) return;
    lease.end();
    const over = this.pool.query('update views.leases set until = clock_timestamp() where name = $1 and epoch = $2', [lease.name, lease.epoch.toString()]);
    await over.catch(() => {}); // else it lapses
  }

  #forget(lease: Lease): void {
    if (this.#held.get(lease.name) === lease) this.#held.delete(lease.name);
    if (this.#held.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
