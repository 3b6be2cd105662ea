import type { Pool } from 'pg';
import { reactions, registry, views } from '#libs/catalogue';
import type { Commands } from '#libs/commands';
import type { EventLog } from '#libs/event-log';
import type { Clock, Instant } from '#libs/kernel';
import { Reactions } from '#libs/reactions';
import { deadlinesView, DueKnocks, Knocker, openPostgresQueue, Timers, type SteppedClock } from '#libs/timers';
import { duty, Leases, ViewRunner, type Arrivals, type Views } from '#libs/views';

/** What the worker stands on. */
export interface WorkerGround {
  /** Of the role `uppsikt_worker`. */
  readonly pool: Pool;
  readonly url: string;
  /** Over all tenants. */
  readonly log: EventLog;
  readonly views: Views;
  readonly arrivals: Arrivals;
  readonly clock: Clock;
  readonly commands: Commands;
  readonly say: (line: string) => void;
}

/** How long everything may take to come to rest. */
const PATIENCE_MS = 60_000;

/** Follows the log: keeps the views, reacts, knocks when the time has come, sends mail. */
export class Worker {
  readonly #stop = new AbortController();
  readonly #leases: Leases;
  readonly #runner: ViewRunner;
  readonly #reactions: Reactions;
  readonly #timers: Timers;
  #duties: Promise<unknown> = Promise.resolve();

  constructor(private readonly ground: WorkerGround) {
    const { pool, url, log, views: asked, arrivals, clock, commands, say } = ground;
    const fault = (error: unknown) => say(`${(error as Error).message}`);
    this.#leases = new Leases(pool);
    this.#runner = new ViewRunner({ pool, log, registry, views, arrivals, leases: this.#leases, say: { info: () => {}, warn: say } });
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
      clock,
      due: new DueKnocks(pool),
      knocker: new Knocker(commands, clock),
      caughtUp: (signal) => asked.caughtUp([deadlinesView], signal),
      openQueue: (trouble) => openPostgresQueue(url, trouble),
      fault,
    });
  }

  /** Resolves when it has begun to follow: whatever is recorded from now on is followed up. */
  async start(): Promise<void> {
    await this.#runner.start();
    await this.#reactions.start();
  }

  /** Begins to do by itself what time alone calls for. Not while somebody steps the clock: {@link step} does it then. */
  startDuties(): void {
    this.#duties = duty(
      this.#leases,
      'timers',
      (signal) => this.#timers.run(signal),
      this.#stop.signal,
      (error) => this.ground.say((error as Error).message),
    );
  }

  /** Resolves when everything that was recorded has been followed up, and what came of that too. */
  async settle(): Promise<void> {
    const { log, arrivals } = this.ground;
    for (let head = await log.head(), before; head !== before; head = await log.head()) {
      before = head;
      const signal = AbortSignal.timeout(PATIENCE_MS);
      await Promise.all([arrivals.wait(head, views, signal), this.#reactions.settled(head, signal)]);
    }
  }

  /** Steps the clock to a moment, by way of every moment at which something falls due; see {@link Timers.step}. */
  async step(clock: SteppedClock, until: Instant, options: { readonly down?: boolean } = {}): Promise<void> {
    await this.#timers.step(clock, until, () => this.settle(), options);
  }

  /** Finishes what is being written and lets others take over. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all([this.#duties, this.#reactions.stop()]);
    await this.#runner.stop();
  }
}
