import type { Pool } from 'pg';
import { registry, views as allViews } from '#libs/catalogue';
import { Executor, Streams, type Moments } from '#libs/commands';
import type { EventLog } from '#libs/event-log';
import { CaughtUp } from '#libs/http';
import type { Clock, Instant } from '#libs/kernel';
import { TrailMoments } from '#libs/trail';
import { PostgresVault, Vault, type ErasureLedger, type Keyring } from '#libs/vault';
import { Arrivals, Views, ViewsBehind } from '#libs/views';

/** What both those who serve and those who follow the log stand on. */
export interface Footing {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly vault: Vault;
  readonly views: Views;
  readonly arrivals: Arrivals;
  readonly caughtUp: CaughtUp;
  readonly executor: Executor;
  readonly streams: Streams;
  readonly moments: Moments;
}

/** @param arrivals shared with the process's own worker, where it has one */
export const footing = (on: {
  readonly pool: Pool;
  readonly log: EventLog;
  readonly keyring: Keyring;
  readonly erasures: ErasureLedger | undefined;
  readonly clock: Clock;
  readonly arrivals?: Arrivals;
}): Footing => {
  const { pool, log, clock, arrivals = new Arrivals(pool, log.id) } = on;
  const vault = new Vault(new PostgresVault(pool), on.keyring, on.erasures);
  const views = new Views({ pool, log, views: allViews, arrivals });
  const moments = new TrailMoments(log, views, allViews);
  const executor = new Executor(log, vault, registry);
  const streams = new Streams(log, registry, moments);
  return { clock, log, vault, views, arrivals, caughtUp: new ViewsCaughtUp(views), executor, streams, moments };
};

/** The wall clock, to the millisecond. */
export const wallClock: Clock = { real: true, now: () => Temporal.Now.instant().toString({ fractionalSecondDigits: 3 }) as Instant };

/** How far the views have come, as HTTP asks it. */
class ViewsCaughtUp extends CaughtUp {
  constructor(private readonly views: Views) {
    super();
  }

  override async with(...[position, timeoutMs]: Parameters<CaughtUp['with']>): Promise<boolean> {
    try {
      await this.views.waitFor(position, allViews, { timeoutMs });
      return true;
    } catch (error) {
      if (error instanceof ViewsBehind) return false;
      throw error;
    }
  }
}
