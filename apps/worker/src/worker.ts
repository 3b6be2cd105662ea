import type { Pool } from 'pg';
import { reactions, registry, streams as kinds, views } from '#libs/catalogue';
import type { Commands, Streams } from '#libs/commands';
import { openPool } from '#libs/database';
import type { EventLog } from '#libs/event-log';
import { UnknownEvent, millisecondsBetween, type Clock, type Instant } from '#libs/kernel';
import { Mailer, outbox, PendingMails, type MailTransport } from '#libs/notifications';
import { people, roleHolders, successions, units, type Colleagues } from '#libs/organisation';
import { Reactions } from '#libs/reactions';
import { assertKnocks, deadlinesView, DueKnocks, dueViews, Knocker, openQueueOn, Timers, type SteppedClock, type TimerParts } from '#libs/timers';
import { Recorded, trailView } from '#libs/trail';
import { AgedParts } from '#libs/vault';
import { dropOldTables, duty, LEASE_MS, Leases, noteRelease, ViewRunner, type Arrivals, type Views, type ViewStatus } from '#libs/views';
import { VaultSweep } from './vault-sweep.js';

/** How often the timers look; what is usual where left out. */
export type TimersPace = Partial<Pick<TimerParts, 'sweepEveryMs' | 'reconcileEveryMs'>>;

/** What the worker stands on. */
export interface WorkerGround {
  /** Of the role `uppsikt_worker`. */
  readonly pool: Pool;
  readonly url: string;
  /** Where the queue is kept; in the database where left out. */
  readonly redisUrl?: string | undefined;
  /** Over all tenants. */
  readonly log: EventLog;
  readonly views: Views;
  readonly arrivals: Arrivals;
  readonly clock: Clock;
  readonly commands: Commands;
  readonly streams: Streams;
  readonly colleagues: Colleagues;
  readonly transport: MailTransport;
  /** The sender of every mail. */
  readonly mailFrom: string;
  /** What links in mails begin with. */
  readonly baseUrl: string;
  readonly say: (line: string) => void;
  /** Whether the log is within reach; see {@link watchLog}. Always, where left out. */
  readonly isFit?: () => boolean;
  readonly timers?: TimersPace;
}

/** What waits to be done. */
export interface Backlog {
  readonly count: number;
  /** For how long the oldest of it has waited, in milliseconds. */
  readonly forMs: number;
}

/** How long everything may take to come to rest. */
const PATIENCE_MS = 60_000;

/** Follows the log: keeps the views, reacts, knocks when the time has come, sends mail, removes from the vault what was never recorded. */
export class Worker {
  readonly #stop = new AbortController();
  /** Of their own: what else the process asks of the database must not keep it from saying that it lives. */
  readonly #leasePool: Pool;
  readonly #leases: Leases;
  readonly #runner: ViewRunner;
  readonly #reactions: Reactions;
  readonly #timers: Timers;
  readonly #mailer: Mailer;
  readonly #vaultSweep: VaultSweep;
  /** Raised with {@link #stop}, and when a newer release has written what this one cannot read. */
  readonly #aside = new AbortController();
  #duties: Promise<unknown> = Promise.resolve();

  /** What went wrong and is tried again, in one line. */
  readonly #fault = (error: unknown): void => {
    if (error instanceof UnknownEvent) this.#standAside(error.message);
    else this.ground.say((error as Error).message);
  };

  constructor(private readonly ground: WorkerGround) {
    const { pool, url, log, views: asked, arrivals, clock, commands, say } = ground;
    const fault = this.#fault;
    this.#leasePool = openPool(url, { max: 2, name: 'uppsikt leases', timeoutMs: LEASE_MS }); // a later answer is worth nothing
    this.#leases = new Leases(this.#leasePool, ground.isFit && { isFit: ground.isFit });
    this.#runner = new ViewRunner({
      pool,
      log,
      registry,
      views,
      arrivals,
      leases: this.#leases,
      say: { info: () => {}, warn: say },
      onHalted: (why) => this.#standAside(why),
    });
    this.#reactions = new Reactions(reactions, {
      pool,
      log,
      registry,
      views: asked,
      leases: this.#leases,
      clock,
      send: (command, context) => commands.send(command, context),
      fault,
    });
    this.#timers = new Timers({
      ...ground.timers,
      clock,
      due: new DueKnocks(pool),
      knocker: new Knocker(commands, clock),
      caughtUp: (signal) => asked.caughtUp(dueViews, signal),
      openQueue: openQueueOn({ redisUrl: ground.redisUrl, databaseUrl: url, warn: say }),
      fault,
    });
    const { streams, colleagues, transport, mailFrom: from, baseUrl } = ground;
    this.#mailer = new Mailer({
      clock,
      pending: new PendingMails(pool),
      views: asked,
      streams,
      colleagues,
      commands,
      transport,
      from,
      baseUrl,
      caughtUp: async (signal) => {
        await log.assertInUse(); // what cannot be recorded as sent would be sent again and again
        await arrivals.wait(await log.head(), [outbox, deadlinesView, units, successions, people, roleHolders], signal);
      },
      fault,
    });
    this.#vaultSweep = new VaultSweep({ log, vault: new AgedParts(pool), recorded: new Recorded(pool, log.id, trailView(registry)), say });
  }

  /**
   * Resolves when it has begun to follow: whatever is recorded from now on is followed up.
   * @throws TypeError where a stream has deadlines that no module lets timers knock at
   */
  async start(): Promise<void> {
    assertKnocks(kinds);
    await this.#runner.start();
    await noteRelease(this.ground.pool, views);
    await this.#reactions.start();
  }

  /** Drops the tables of releases that nobody goes back to, once those of this one are ready. */
  async #dropOldTables(): Promise<void> {
    const { pool, say } = this.ground;
    await this.built(this.#aside.signal);
    const dropped = await dropOldTables(pool, views);
    if (dropped.length > 0) say(`The views of an older release have been dropped: ${dropped.join(', ')}.`);
  }

  /**
   * What a newer release has written cannot be folded here, so everything that acts is left to that one's processes, for as long as this one
   * lives. Its own views have halted, and it is not ready.
   */
  #standAside(why: string): void {
    if (this.#aside.signal.aborted) return;
    this.ground.say(`${why} This process leaves reactions, reminders and mail to those of that release.`);
    this.#aside.abort();
    void this.#reactions.stop();
  }

  /** Begins to do by itself what time alone calls for. Not while somebody steps the clock: {@link step} does it then. */
  startDuties(): void {
    const { signal } = this.#aside;
    this.#duties = Promise.all([
      duty(this.#leases, 'timers', (over) => this.#timers.run(over), signal, this.#fault),
      duty(this.#leases, 'mailer', (over) => this.#mailer.run(over), signal, this.#fault),
      duty(this.#leases, 'vault', (over) => this.#vaultSweep.run(over), signal, this.#fault),
      this.#dropOldTables().catch((error: unknown) => (signal.aborted ? undefined : this.#fault(error))),
    ]);
  }

  /**
   * Waits while views are built: as long as they come on, however long the log is.
   * @throws ViewsBehind when none has come on for a minute, or one has halted; the signal's reason
   */
  async built(signal: AbortSignal): Promise<void> {
    const { log, arrivals } = this.ground;
    const head = await log.head();
    for (let before: bigint | undefined; ;) {
      try {
        return await arrivals.wait(head, views, AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]));
      } catch (error) {
        const status = await this.status();
        const behind = status.reduce((sum, view) => sum + view.behind, 0n);
        if (signal.aborted || behind === before || status.some(({ state }) => state === 'halted')) throw error;
        before = behind;
      }
    }
  }

  /** Resolves when everything that was recorded has been followed up, and what came of that too. */
  async settle(): Promise<void> {
    const { log, arrivals } = this.ground;
    for (let head = await log.head(), before; head !== before; head = await log.head()) {
      before = head;
      const signal = AbortSignal.timeout(PATIENCE_MS);
      await Promise.all([arrivals.wait(head, views, signal), this.#reactions.settled(head, signal)]);
      await this.#mailer.drain(signal);
    }
  }

  /** Steps the clock to a moment, by way of every moment at which something falls due; see {@link Timers.step}. */
  async step(clock: SteppedClock, until: Instant, options: { readonly down?: boolean } = {}): Promise<void> {
    await this.#timers.step(clock, until, () => this.settle(), options);
  }

  /** How each view fares in this process. */
  status(): Promise<readonly ViewStatus[]> {
    return this.#runner.status();
  }

  /** How many commands of reactions were refused, and wait for somebody to look at them. */
  deadLetterCount(): Promise<number> {
    return this.#reactions.deadLetterCount();
  }

  /** @throws Error where a newer release has written what this one cannot read: it does nothing that acts any more */
  async assertActs(): Promise<void> {
    if (this.#aside.signal.aborted) throw new Error('This process has left what acts to those of a newer release.');
  }

  /** What this process alone does at present. */
  leases(): readonly string[] {
    return this.#leases.held;
  }

  /** How many knocks are due and have not been answered, and for how long the earliest of them has been; over all processes. */
  async dueKnocks(): Promise<Backlog> {
    const { due, earliest } = await new DueKnocks(this.ground.pool).standing(this.ground.clock.now());
    return { count: due, forMs: this.#since(earliest) };
  }

  /** How many mails have not gone, and since when the oldest of them was to go; over all processes. */
  async pendingMails(): Promise<Backlog> {
    const { pending, oldest } = await new PendingMails(this.ground.pool).standing();
    return { count: pending, forMs: this.#since(oldest) };
  }

  #since(moment: Instant | undefined): number {
    return moment === undefined ? 0 : Math.max(0, millisecondsBetween(moment, this.ground.clock.now()));
  }

  /** Finishes what is being written and lets others take over. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#aside.abort();
    await Promise.all([this.#duties, this.#reactions.stop(), this.#runner.stop()]); // a mail that hangs keeps no view from another process
    await this.#leasePool.end();
  }
}
