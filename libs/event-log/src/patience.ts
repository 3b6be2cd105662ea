import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseError } from 'pg';
import { LogUnavailable } from './event-log.js';

const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 500;

/** SQLSTATE classes that pass: connection, rollback by conflict or deadlock, resources, a cancelled or stopping server, the system, a transaction that took too long. */
const PASSING = /^(08|40|53|55|57|58|25P0[34]|25006|XX)/;

/** Whether the same call may well succeed in a moment: the server is away, starting, stopping or short of something. */
export const passes = (error: unknown): boolean => {
  if (error instanceof DatabaseError) return PASSING.test(error.code ?? '');
  const { syscall, message } = error as { syscall?: string; message?: string };
  return syscall !== undefined || /connection|timeout/i.test(message ?? '');
};

/**
 * Does again, ever more slowly, what may be done twice.
 * @throws LogUnavailable once it has not succeeded for `forMs`; at once whatever does not pass
 */
export const patiently = async <T>(call: () => Promise<T>, forMs: number, signal?: AbortSignal): Promise<T> => {
  const until = performance.now() + forMs;
  for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
    try {
      return await call();
    } catch (error) {
      if (!passes(error)) throw error;
      if (performance.now() + wait > until || signal?.aborted)
        throw new LogUnavailable(`The event log does not answer: ${(error as Error).message}`, { cause: error });
      await pause(wait, undefined, { signal }).catch(() => {});
    }
  }
};
