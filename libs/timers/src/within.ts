import { setTimeout as pause } from 'node:timers/promises';

/**
 * Waits no longer than that; what is waited for goes on, and how it ends is nobody's business then.
 * @throws an Error that says so, when it has not come in time
 */
export const within = async <T>(ms: number, awaited: Promise<T>, otherwise: string): Promise<T> => {
  const over = new AbortController();
  const late = pause(ms, undefined, { signal: over.signal }).then(() => {
    throw new Error(otherwise);
  });
  late.catch(() => {});
  try {
    return await Promise.race([awaited, late]);
  } finally {
    over.abort();
  }
};
