import { type EventLog, type Position, type Stored } from '#libs/event-log';
import type { EventRegistry, Instant } from '#libs/kernel';
import { watchOrder } from './observed.js';
import { advance, type Place } from './place.js';
import type { PageEntry, Seen } from './view.js';

/** Entries after one position up to another, read and parsed once for all who want them. */
export interface FeedPage {
  readonly after: Position;
  readonly entries: readonly PageEntry[];
  /** Where a reader stands who has seen them. */
  readonly place: Place;
}

/** The log from a place on, page by page, parsed. */
export async function* pagesAfter(log: EventLog, registry: EventRegistry, from: Place, signal: AbortSignal): AsyncGenerator<FeedPage, undefined> {
  let place = from;
  for await (const { entries, upTo } of log.subscribe({ after: from.position, signal })) {
    const after = place.position;
    watchOrder(
      after,
      entries.map(({ position }) => position),
      !log.gapless,
    );
    const next = advance(place, entries, upTo);
    place = next.place;
    yield { after, place, entries: entries.map((stored, index) => pageEntry(registry, stored, next.recorded[index] ?? stored.entry.at)) };
  }
}

/** The page without what a reader at this place has seen already. */
export const unseen = ({ entries, ...page }: FeedPage, place: Place): FeedPage => ({
  ...page,
  after: place.position,
  entries: page.after === place.position ? entries : entries.filter(({ stored }) => stored.position > place.position),
});

/** As much of the page as comes before the first entry that this release cannot read; undefined where it can read all. */
export const readable = (page: FeedPage, from: Place): { readonly page: FeedPage; readonly fault: Error } | undefined => {
  const at = page.entries.findIndex(({ event }) => event instanceof Error);
  if (at < 0) return undefined;
  const entries = page.entries.slice(0, at);
  const { place } = advance(
    from,
    entries.map(({ stored }) => stored),
    entries.at(-1)?.stored.position ?? from.position,
  );
  return { page: { after: page.after, entries, place }, fault: page.entries[at]?.event as Error };
};

const pageEntry = (registry: EventRegistry, stored: Stored, recordedAt: Instant): PageEntry => ({
  stored,
  recordedAt,
  event: seen(registry, stored, recordedAt),
});

const seen = (registry: EventRegistry, { entry, position }: Stored, recordedAt: Instant): Seen | Error => {
  try {
    const { tenant, stream, cmd, caus, corr } = entry;
    return { ...registry.read(entry), tenant, stream, position, recordedAt, cmd, corr, ...(caus !== undefined && { caus }) };
  } catch (error) {
    return error as Error; // of a newer release, or an old schema that is read wrongly: either way nobody goes past it
  }
};
