import type { Clock } from '#libs/kernel';
import type { DueKnock } from './due-knock.js';
import type { DueKnocks } from './due-knocks.js';
import type { Knocker } from './knocker.js';

/** How many knocks are decided at once. */
const CONCURRENCY = 32;

/** What the timers tell of that did not go as it should. It is tried again; nothing is lost by it. */
export type Fault = (error: unknown, knock?: DueKnock) => void;

/**
 * Knocks for everything that is due now, over all tenants. It needs no queue: with it alone everything is done, a little later.
 * A knock that fails is told of and stands in nobody's way; the next sweep tries it again.
 * @returns how many knocks were answered
 */
export const sweep = async (due: DueKnocks, knocker: Knocker, clock: Clock, fault: Fault, signal?: AbortSignal): Promise<number> => {
  let answered = 0;
  const one = (knock: DueKnock) =>
    knocker.knock(knock).then(
      () => answered++,
      (error: unknown) => fault(error, knock),
    );
  for await (const page of due.until(clock.now())) {
    const rest = page.values();
    const inTurn = async () => {
      for (const knock of rest) {
        if (signal?.aborted) return;
        await one(knock);
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, inTurn));
    if (signal?.aborted) break;
  }
  return answered;
};
