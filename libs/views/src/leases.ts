import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import { randomId } from '#libs/kernel';
import { Lease } from './lease.js';
import { shared } from './shares.js';
import { transaction } from './transaction.js';

export interface LeaseOptions {
  /** How long a process that stopped still counts as the holder, in milliseconds. Another takes over at most a fifth later. */
  readonly ttlMs?: number;
  /**
   * Whether this process can do at present what it holds leases for. While it cannot, it gives back what it holds and takes nothing; who waits goes
   * on waiting.
   */
  readonly isFit?: () => boolean;
}

interface Waiter {
  readonly name: string;
  readonly resolve: (lease: Lease) => void;
}

/** What a look at all processes finds. */
interface Sight {
  /** What each of the others wants. */
  readonly others: readonly (readonly string[])[];
  readonly free: readonly string[];
}

/** How long a process that stopped counts as the holder: short enough that another has taken over within ten seconds. */
export const LEASE_MS = 7_000;
/** How often leases are renewed within their time: a process may stall for most of it and lose none. */
const RENEWALS = 7;
/** How much more often somebody looks who has less than its share, so that what another gives back is not left lying. */
const HASTE = 4;

/**
 * Who does what, over all processes and releases: at most one holder of a name, by the database's time.
 * A holder that was paused and woke up late is stopped by its epoch, which is checked where it writes.
 *
 * Every process says what it wants, for as long as it lives, and holds its share of it (see {@link shared}). One that has just come is not
 * counted by the others before it has lived as long as a lease lasts: one that starts and falls, again and again, moves nothing.
 */
export class Leases {
  readonly #holder = randomId();
  readonly #held = new Map<string, Lease>();
  readonly #waiting = new Set<Waiter>();
  readonly #ttlMs: number;
  readonly #isFit: () => boolean;
  #wake = new AbortController();
  #isRunning = false;
  #looking: Promise<boolean> = Promise.resolve(false);
  /** What was said last, and when: anew when it is another, or when the time has come. */
  #said = { wants: '', at: -Infinity };

  constructor(
    private readonly pool: Pool,
    { ttlMs = LEASE_MS, isFit = () => true }: LeaseOptions = {},
  ) {
    this.#ttlMs = ttlMs;
    this.#isFit = isFit;
  }

  /** What this process holds now. */
  get held(): readonly string[] {
    return [...this.#held.keys()];
  }

  /** Takes the lease where nobody holds it, whatever this process holds already. */
  async take(name: string): Promise<Lease | undefined> {
    const [lease] = await this.#take([name]);
    return lease;
  }

  /**
   * Waits until the lease is ours.
   * @throws the signal's reason when it is raised
   */
  async hold(name: string, signal: AbortSignal): Promise<Lease> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<Lease>();
    const waiter: Waiter = { name, resolve };
    const stop = () => {
      this.#waiting.delete(waiter);
      this.#wake.abort();
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', stop, { once: true });
    this.#waiting.add(waiter);
    this.#soon();
    return promise.finally(() => signal.removeEventListener('abort', stop));
  }

  #soon(): void {
    void this.#run();
    this.#wake.abort();
  }

  /** For as long as something is held or awaited. */
  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    for (;;) {
      this.#wake = new AbortController();
      await turn(); // what is asked for at once is looked for at once
      if (this.#held.size === 0 && this.#waiting.size === 0) break;
      const hungry = await (this.#looking = this.#look().catch(() => false)); // a database that is away gives no leases
      const everyMs = this.#ttlMs / RENEWALS / (hungry ? HASTE : 1);
      await pause(everyMs * (0.75 + Math.random() / 2), undefined, { signal: this.#wake.signal }).catch(() => {});
    }
    this.#isRunning = false;
    await this.#leave();
  }

  /** @returns whether this process has less than its share */
  async #look(): Promise<boolean> {
    if (!this.#isFit()) return this.#standBack();
    const awaited = [...new Set([...this.#waiting].map(({ name }) => name))].filter((name) => !this.#held.has(name));
    await this.#say([...this.#held.keys(), ...awaited].toSorted());
    const { others, free } = await this.#sight(awaited);
    const held = [...this.#held.values()].filter(({ signal }) => !signal.aborted).map(({ name }) => name);
    const { take, give, hungry } = shared({ held, awaited, free, others: others.map((wants) => new Set(wants)) });
    for (const name of give) this.#held.get(name)?.recall();
    if (take.length > 0) for (const lease of await this.#take(take)) this.#hand(lease);
    return hungry;
  }

  /** Wants nothing for now; what it still holds stays its own until whoever works under it has come to an end. */
  async #standBack(): Promise<boolean> {
    for (const lease of this.#held.values()) if (!lease.signal.aborted) lease.recall();
    await this.#say([]);
    return false;
  }

  #hand(lease: Lease): void {
    const waiter = [...this.#waiting].find(({ name }) => name === lease.name);
    if (!waiter) return void lease.release(); // whoever waited has given up meanwhile
    this.#waiting.delete(waiter);
    waiter.resolve(lease);
  }

  async #take(names: readonly string[]): Promise<readonly Lease[]> {
    const asked = performance.now();
    // In the order of their names, so that two who take at once wait for each other one way round.
    const { rows } = await this.pool.query<{ name: string; epoch: bigint }>({
      name: 'take_leases',
      text: `insert into views.leases as l (name, holder, epoch, until)
          select name, $2::uuid, 1, clock_timestamp() + $3 * interval '1 ms' from unnest($1::text[]) n(name) order by name
        on conflict (name) do update set holder = excluded.holder, epoch = l.epoch + 1, until = excluded.until where l.until <= clock_timestamp()
        returning name, epoch`,
      values: [names, this.#holder, this.#ttlMs],
    });
    const leases = rows.map(({ name, epoch }) => new Lease(name, epoch, { give: (lease) => this.#give(lease), ended: (lease) => this.#forget(lease) }));
    for (const lease of leases) {
      this.#held.set(lease.name, lease);
      lease.validFor(this.#ttlMs - (performance.now() - asked));
    }
    void this.#run();
    return leases;
  }

  /**
   * Says that this process lives and what it wants, and renews what it holds, all at once. What is not renewed in time ends by itself, also
   * while a database that is away does not answer.
   */
  async #say(wants: readonly string[]): Promise<void> {
    const asked = performance.now();
    if (this.#said.wants === wants.join() && asked - this.#said.at < this.#ttlMs / RENEWALS / 2) return;
    const held = [...this.#held.values()];
    // Not waited for to reach the disk, which may be busy for long: a renewal lost in a crash makes a lease shorter, never another's.
    const { rows } = await transaction(this.pool, (client) =>
      client.query<{ name: string }>({
        name: 'renew_leases',
        text: `with said as (
            insert into views.holders as h (holder, wants, since, until) values ($1, $2, clock_timestamp(), clock_timestamp() + $3 * interval '1 ms')
            on conflict (holder) do update set wants = excluded.wants, until = excluded.until,
              since = case when h.until > excluded.since then h.since else excluded.since end),
          ours as materialized (
            select l.name from views.leases l join unnest($4::text[], $5::bigint[]) o(name, epoch) using (name, epoch)
            where l.holder = $1 and l.until > clock_timestamp() order by l.name for no key update of l)
          update views.leases l set until = clock_timestamp() + $3 * interval '1 ms' from ours where l.name = ours.name returning l.name`,
        values: [this.#holder, wants, this.#ttlMs, held.map(({ name }) => name), held.map(({ epoch }) => epoch.toString())],
      }),
    );
    this.#said = { wants: wants.join(), at: asked };
    const renewed = new Set(rows.map(({ name }) => name));
    for (const lease of held) {
      if (renewed.has(lease.name)) lease.validFor(this.#ttlMs - (performance.now() - asked));
      else lease.end();
    }
  }

  async #sight(awaited: readonly string[]): Promise<Sight> {
    const { rows } = await this.pool.query<Sight>({
      name: 'see_leases',
      text: `select
        (select coalesce(json_agg(h.wants), '[]') from views.holders h
          where h.holder <> $1 and h.until > clock_timestamp() and h.since <= clock_timestamp() - $3 * interval '1 ms') as others,
        (select coalesce(json_agg(a.name order by random()), '[]') from unnest($2::text[]) a(name)
          where not exists (select from views.leases l where l.name = a.name and l.until > clock_timestamp())) as free`,
      values: [this.#holder, awaited, this.#ttlMs],
    });
    return rows[0] ?? { others: [], free: [] };
  }

  async #give(lease: Lease): Promise<void> {
    if (this.#held.get(lease.name) !== lease) return;
    lease.end();
    const over = this.pool.query('update views.leases set until = clock_timestamp() where name = $1 and epoch = $2', [lease.name, lease.epoch.toString()]);
    await over.catch(() => {}); // else it lapses
    if (this.#held.size === 0 && this.#waiting.size === 0) await this.#leave();
  }

  #forget(lease: Lease): void {
    if (this.#held.get(lease.name) === lease) this.#held.delete(lease.name);
    this.#wake.abort();
  }

  /** Wants nothing more: the others need not wait for that to be seen. */
  async #leave(): Promise<void> {
    await this.#looking; // which may be saying what it wanted until now
    if (this.#said.at === -Infinity) return;
    this.#said = { wants: '', at: -Infinity };
    await this.pool.query('delete from views.holders where holder = $1', [this.#holder]).catch(() => {});
  }
}
