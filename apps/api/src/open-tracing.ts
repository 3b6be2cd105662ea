import type { Settings } from '#libs/settings';
import { startTracing } from '#libs/telemetry';
import type { Keep } from './stores.js';

/** Traces this process, where the settings say where to. To be opened first: it is closed last, when nothing is left to be traced. */
export const openTracing = async (keep: Keep, { tracesTo, tracedShare: share }: Pick<Settings, 'tracesTo' | 'tracedShare'>, service: string): Promise<void> => {
  if (tracesTo !== undefined) keep(await startTracing(tracesTo, { service, share }), (end) => end());
};
