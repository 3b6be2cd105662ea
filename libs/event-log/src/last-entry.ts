import type { EventLog, Position, Stored } from './event-log.js';

/** The last entry of a log, however much that is none lies after it; undefined where the log is empty. */
export const lastEntry = async (log: Pick<EventLog, 'readAll'>): Promise<Stored | undefined> => {
  let after: Position | undefined;
  do {
    const { entries, next }: Awaited<ReturnType<EventLog['readAll']>> = await log.readAll({
      direction: 'backwards',
      max: 1,
      ...(after !== undefined && { after }),
    });
    if (entries[0]) return entries[0];
    after = next;
  } while (after !== undefined);
  return undefined;
};
