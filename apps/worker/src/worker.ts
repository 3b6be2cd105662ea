import type { Pool } from 'pg';
import { registry, views } from '#libs/catalogue';
import type { EventLog } from '#libs/event-log';
import { ViewRunner, type Arrivals } from '#libs/views';

/** What the worker stands on. */
export interface WorkerGround {
  /** Of the role `uppsikt_worker`. */
  readonly pool: Pool;
  /** Over all tenants. */
  readonly log: EventLog;
  readonly arrivals: Arrivals;
  readonly say: (line: string) => void;
}

/** What follows the log: views, reactions, timers, mail. */
export interface Worker {
  /** Resolves when everything that was recorded or fell due has been followed up, and what came of that too. */
  settle(): Promise<void>;
  /** Finishes what is being written and lets others take over. */
  stop(): Promise<void>;
}

const PATIENCE_MS = 60_000;

/** Starts whatever follows the log. */
export const startWorker = async ({ pool, log, arrivals, say }: WorkerGround): Promise<Worker> => {
  const runner = new ViewRunner({ pool, log, registry, views, arrivals, say: { info: say, warn: say } });
  await runner.start();
  const settle = async () => {
    for (let head = await log.head(), before; head !== before; head = await log.head()) {
      before = head;
      await arrivals.wait(head, views, AbortSignal.timeout(PATIENCE_MS));
    }
  };
  return { settle, stop: () => runner.stop() };
};
