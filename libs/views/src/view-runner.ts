import type { Pool } from 'pg';
import type { EventLog, Position } from '#libs/event-log';
import type { EventRegistry } from '#libs/kernel';
import { Arrivals } from './arrivals.js';
import { Checkpoints } from './checkpoints.js';
import { Feed } from './feed.js';
import { Follower, type FollowerState, type Says, type Shared } from './follower.js';
import { Leases } from './leases.js';
import { Passing } from './passing.js';
import { prepareViews } from './schema.js';
import { Turns } from './turns.js';
import type { View } from './view.js';

export interface ViewRunnerOptions {
  /** Of the role `uppsikt_worker`, which owns the schema of the views; some connections more than there are busy views do no harm. */
  readonly pool: Pool;
  readonly log: EventLog;
  readonly registry: EventRegistry;
  readonly views: readonly View[];
  /** Shared with the {@link Views} of the same process, which then learn at once how far a view has come. */
  readonly arrivals?: Arrivals;
  readonly leases?: Leases;
  readonly say?: Says;
  /** Told when a view has halted at an entry that this release cannot read: a newer one has written it. */
  readonly onHalted?: (why: string) => void;
  /** In development a changed declaration of the same version makes the table anew; otherwise it stops the view. */
  readonly rebuildChanged?: boolean;
  /** How often it is looked whether the database still holds what was written to it, in milliseconds. */
  readonly lookEveryMs?: number;
}

/** How a view fares in this process. */
export interface ViewStatus {
  readonly view: string;
  readonly state: FollowerState;
  readonly position: Position;
  /** How far it is behind the end of the log: entries in PostgreSQL, bytes in EventStoreDB. 0 where another process keeps it. */
  readonly behind: bigint;
  readonly quarantined: number;
  readonly fault?: string;
}

const SILENT: Says = { info: () => {}, warn: () => {} };

/** Keeps the views of a release up to date in this process, or stands by while another does. */
export class ViewRunner {
  readonly #shared: Shared;
  readonly #followers: readonly Follower[];
  readonly #stop = new AbortController();
  #running: Promise<unknown> = Promise.resolve();

  /** @throws TypeError where two views have the same table */
  constructor({
    pool,
    log,
    registry,
    views,
    arrivals = new Arrivals(pool, log.id),
    leases = new Leases(pool),
    say = SILENT,
    onHalted = () => {},
    rebuildChanged = false,
    lookEveryMs,
  }: ViewRunnerOptions) {
    const twice = views.find(({ table }, at) => views.findIndex((other) => other.table === table) < at);
    if (twice) throw new TypeError(`Two views have the table ${twice.table}.`);
    const checkpoints = new Checkpoints(pool, log, { rebuildChanged });
    this.#shared = {
      pool,
      log,
      feed: new Feed(log, registry),
      leases,
      checkpoints,
      passing: new Passing(pool, lookEveryMs),
      arrivals,
      say,
      onHalted,
      indexing: new Turns(),
    };
    this.#followers = views.map((view) => new Follower(view, this.#shared));
  }

  /** Resolves when it has begun; the views follow the log from now on. */
  async start(): Promise<void> {
    await prepareViews(this.#shared.pool);
    this.#running = Promise.all(this.#followers.map((follower) => follower.run(this.#stop.signal)));
  }

  /** Finishes what is being written and gives the views free for others. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#shared.feed.close();
    await this.#running;
    await this.#shared.passing.settled();
  }

  async status(): Promise<readonly ViewStatus[]> {
    const head = await this.#shared.log.head();
    return this.#followers.map(({ view, state, position, quarantined, fault }) => ({
      view: view.table,
      state,
      position,
      behind: state === 'waiting' || head < position ? 0n : head - position,
      quarantined,
      ...(fault !== undefined && { fault }),
    }));
  }
}
