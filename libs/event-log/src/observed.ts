import type { Entry } from '#libs/kernel';
import { histogram, SECONDS, secondsSince, traced } from '#libs/telemetry';
import type { Appended, Conflict } from './event-log.js';

const seconds = histogram('uppsikt_append_seconds', 'From an append to its outcome: waiting for the batch before, and for the disk.', SECONDS, ['outcome']);

/** How many appends share a commit. */
export const batchSize = histogram('uppsikt_append_batch_size', 'Appends that shared one commit.', [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]);

/** An append, timed and traced as part of its chain. */
export const observed = async (entries: readonly Entry[], append: () => Promise<Appended | Conflict>): Promise<Appended | Conflict> => {
  const began = performance.now();
  let outcome = 'failed';
  try {
    const { corr = '', stream = '' } = entries[0] ?? {};
    const attributes = { 'uppsikt.stream': stream, 'uppsikt.entries': entries.length };
    const appended = await traced('append', { corr, attributes }, async (note) => {
      const said = await append();
      note({ 'uppsikt.outcome': said.outcome, ...(said.outcome === 'appended' && { 'uppsikt.position': String(said.position) }) });
      return said;
    });
    ({ outcome } = appended);
    return appended;
  } finally {
    seconds.observe({ outcome }, secondsSince(began));
  }
};
