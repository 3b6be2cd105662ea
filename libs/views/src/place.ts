import type { EventLog, Position, Stored } from '#libs/event-log';
import { START } from '#libs/event-log';
import { laterOf, type Instant } from '#libs/kernel';

/** The entry that a checkpoint stands on: how a log that was restored or exchanged is known. */
export interface Footing {
  readonly id: string;
  readonly tenant: string;
  readonly stream: string;
  readonly rev: number;
}

/** How far a reader has come in the log. */
export interface Place {
  readonly position: Position;
  /** The last entry seen; undefined before the first. */
  readonly footing: Footing | undefined;
  /** Recorded time of each tenant up to here: the latest `at` of its entries. */
  readonly clocks: Readonly<Record<string, Instant>>;
}

export const BEGINNING: Place = { position: START, footing: undefined, clocks: {} };

/** The place after more entries, and the recorded time of each of them. */
export const advance = (from: Place, entries: readonly Stored[], upTo: Position): { readonly place: Place; readonly recorded: readonly Instant[] } => {
  const clocks = { ...from.clocks };
  const recorded = entries.map(({ entry: { tenant, at } }) => (clocks[tenant] = clocks[tenant] ? laterOf(clocks[tenant], at) : at));
  const last = entries.at(-1)?.entry;
  const footing = last ? { id: last.id, tenant: last.tenant, stream: last.stream, rev: last.rev } : from.footing;
  return { place: { position: upTo, footing, clocks }, recorded };
};

/** Where a log holds that entry; undefined where it does not. */
export const positionIn = async (log: EventLog, { id, tenant, stream, rev }: Footing): Promise<Position | undefined> => {
  const [found] = await log.readStream(tenant, stream, { from: rev, max: 1 });
  return found?.entry.id === id ? found.position : undefined;
};

/** Whether the log still holds the entry that the place stands on, there. */
export const standsIn = async (log: EventLog, { position, footing }: Place): Promise<boolean> => {
  if (!footing) return position === START;
  const found = await positionIn(log, footing);
  return found !== undefined && found <= position && position <= (await log.head());
};
