import { MAX_EVENTS, type Entry } from '#libs/kernel';

type Run = [Entry, ...Entry[]];
/** Entries that follow each other in one stream, as many as an append takes. */
export const runsOf = (entries: readonly Entry[]): readonly Run[] => {
  const runs: Run[] = [];
  for (const entry of entries) {
    const last = runs.at(-1);
    if (last && last.length < MAX_EVENTS && last[0].stream === entry.stream && last[0].tenant === entry.tenant) last.push(entry);
    else runs.push([entry]);
  }
  return runs;
};
