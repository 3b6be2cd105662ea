import type { Pool } from 'pg';
import { addMilliseconds, type Clock } from '#libs/kernel';
import { DueKnocks, HORIZON_MS, type KnockQueue } from '#libs/timers';
import type { Checked } from './checked.js';
import { Findings } from './findings.js';

/** Where the queue is, and what the time is. */
export interface QueueGround {
  readonly open: (trouble: (error: Error) => void) => Promise<KnockQueue>;
  readonly clock: Clock;
}

/**
 * Holds the queue against the deadlines of the next two days. Nothing in it is irreplaceable: what is missing is put in by the reconciler
 * within a minute of a worker's start, and what is due is found by the sweep even without a queue. So a queue is never unsound; it is told.
 * @param views for which the views lie where they were just built anew, so that the queue is held against the log itself
 */
export const checkQueue = async (views: Pool, { open, clock }: QueueGround): Promise<Checked> => {
  const now = clock.now();
  const due = new DueKnocks(views);
  let overdue = 0;
  for await (const page of due.until(now)) overdue += page.length;
  const counted = await countedIn(open, () => due.until(addMilliseconds(now, HORIZON_MS)));
  const { missing } = counted;
  return {
    name: 'queue',
    counted: `${counted.due} knocks are due within 48 hours, ${overdue} of them now; ${missing === undefined ? 'the queue cannot be reached' : `${counted.due - missing} have a job`}`,
    numbers: { due: counted.due, overdue, ...(missing !== undefined && { missing }) },
    deviations: new Findings(),
    notes: [
      ...(missing === undefined ? [`The sweep finds everything that is due without the queue, a little later: ${counted.why}`] : []),
      ...(missing ? [`${missing} have none: a worker that runs puts them in, those of the next hour within a minute, and the sweep finds them without.`] : []),
    ],
  };
};

type Counted = { readonly due: number; readonly missing: number } | { readonly due: number; readonly missing: undefined; readonly why: string };

const countedIn = async (open: QueueGround['open'], knocks: () => ReturnType<DueKnocks['until']>): Promise<Counted> => {
  try {
    const queue = await open(() => {});
    try {
      return await queue.missing(knocks());
    } finally {
      await queue.close();
    }
  } catch (error) {
    let due = 0;
    for await (const page of knocks()) due += page.length;
    return { due, missing: undefined, why: (error as Error).message };
  }
};
