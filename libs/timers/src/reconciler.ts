import { setTimeout as pause } from 'node:timers/promises';
import { addMilliseconds, type Clock } from '#libs/kernel';
import type { DueKnocks } from './due-knocks.js';
import type { Knocker } from './knocker.js';
import type { KnockQueue } from './queue.js';
import type { Fault } from './sweep.js';
import { within } from './within.js';

/** Only this far ahead are jobs made: an emptied queue loses little, and a moved deadline leaves few jobs that knock for nothing. */
export const HORIZON_MS = 48 * 3_600_000;
/** Looking through all of them takes a second of each core for a hundred thousand, so every minute only the next hour is looked at. */
const NEAR_MS = 3_600_000;
const FAR_EVERY_MS = NEAR_MS / 2;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** A queue whose store is away may not hold up a stop. */
const CLOSING_MS = 5_000;

/** Puts a job into the queue for every knock so far ahead that has none; overdue ones at once. */
const reconcile = async (queue: KnockQueue, due: DueKnocks, clock: Clock, aheadMs: number): Promise<void> => {
  const now = clock.now();
  await queue.fill(due.until(addMilliseconds(now, aheadMs)), now);
};

/** What keeps a queue going needs. */
export interface Reconciling {
  /** Opens the queue; told how to say that its store is away. */
  readonly open: (trouble: (error: Error) => void) => Promise<KnockQueue>;
  readonly due: DueKnocks;
  readonly knocker: Knocker;
  readonly clock: Clock;
  readonly everyMs: number;
  readonly fault: Fault;
}

/**
 * Keeps the queue filled and lets it knock, until the signal: reconciles at start, at every interval, and soon after its store was away.
 * While it is away this goes on trying, ever more patiently, and stands in nobody's way.
 */
export const keepQueue = async ({ open, due, knocker, clock, everyMs, fault }: Reconciling, signal: AbortSignal): Promise<void> => {
  for (let wait = FIRST_PAUSE_MS; !signal.aborted; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
    let queue: KnockQueue | undefined;
    let trouble = new AbortController();
    try {
      queue = await open((error) => {
        fault(error);
        trouble.abort();
      });
      await queue.work((knock) => knocker.knock(knock));
      for (let farAt = 0; !signal.aborted;) {
        const isFar = performance.now() >= farAt;
        await reconcile(queue, due, clock, isFar ? HORIZON_MS : NEAR_MS);
        if (isFar) farAt = performance.now() + FAR_EVERY_MS;
        wait = FIRST_PAUSE_MS;
        await pause(everyMs, undefined, { signal: AbortSignal.any([signal, trouble.signal]) }).catch(() => {});
        if (trouble.signal.aborted) {
          farAt = 0;
          trouble = new AbortController();
          await pause(FIRST_PAUSE_MS, undefined, { signal }).catch(() => {});
        }
      }
    } catch (error) {
      fault(error);
    } finally {
      await closed(queue);
    }
    await pause(wait, undefined, { signal }).catch(() => {});
  }
};

const closed = async (queue: KnockQueue | undefined): Promise<void> => {
  if (queue) await within(CLOSING_MS, queue.close(), 'The queue does not close.').catch(() => {});
};
