import { setTimeout as pause } from 'node:timers/promises';
import type { Lease } from './lease.js';
import type { Leases } from './leases.js';

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Something that one process does at a time, whatever release it is of: sends mail, knocks, reacts.
 * It runs while this process holds the lease, begins anew after a fault, ever more patiently, and moves to another process when this one stops.
 * @param run ends when its signal is raised; what it writes it writes behind `lease.fence`, or where repeating does no harm
 * @param fault told of what it threw
 */
export const duty = async (
  leases: Leases,
  name: string,
  run: (signal: AbortSignal, lease: Lease) => Promise<void>,
  signal: AbortSignal,
  fault: (error: unknown) => void = () => {},
): Promise<void> => {
  for (let wait = FIRST_PAUSE_MS; !signal.aborted;) {
    const lease = await leases.hold(`duty ${name}`, signal).catch(() => undefined);
    if (!lease) return;
    const over = AbortSignal.any([signal, lease.signal]);
    const began = performance.now();
    try {
      await run(over, lease);
    } catch (error) {
      if (!over.aborted) fault(error);
    } finally {
      await lease.release();
    }
    if (over.aborted) continue; // its turn is over, through no fault of its own
    if (performance.now() - began > LONGEST_PAUSE_MS) wait = FIRST_PAUSE_MS;
    await pause(wait, undefined, { signal }).catch(() => {});
    wait = Math.min(wait * 2, LONGEST_PAUSE_MS);
  }
};
