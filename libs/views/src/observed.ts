import type { Position } from '#libs/event-log';
import { counter, histogram, SECONDS, secondsSince, tracedTogether } from '#libs/telemetry';
import type { PageEntry, View } from './view.js';

const seen = counter('uppsikt_views_entries_total', 'Entries that each view has gone past.', ['view']);
const seconds = histogram('uppsikt_views_write_seconds', 'From a page that changes a view to its commit.', SECONDS, ['view']);
const gaps = counter('uppsikt_log_gaps_total', 'Entries that a reader of the log was not given, or was given out of order. Never, as long as all is well.');

/** A view has gone past a page. */
export const gonePast = ({ table: view }: View, { length }: readonly PageEntry[]): void => seen.inc({ view }, length);

/**
 * Writes what a page changes in a view, timed and, where the view follows what happens now, traced in the chains that it is about.
 * A view that is being built takes in what was long ago: that is no part of those chains.
 */
export const observed = async (view: View, entries: readonly PageEntry[], isLive: boolean, write: () => Promise<void>): Promise<void> => {
  const began = performance.now();
  const concerned = isLive ? entries.filter(({ stored }) => view.types?.has(stored.entry.type) ?? true) : [];
  const corrs = concerned.map(({ stored }) => stored.entry.corr);
  await tracedTogether(`view ${view.table}`, corrs, { 'uppsikt.entries': entries.length }, write);
  seconds.observe({ view: view.table }, secondsSince(began));
};

/**
 * Holds what a reader is given against what it must be given: positions that rise, one by one where the log has no gaps.
 * @param after the position before the first
 */
export const watchOrder = (after: Position, positions: readonly Position[], hasGaps: boolean): void => {
  let last = after;
  for (const position of positions) {
    if (position <= last || (!hasGaps && position !== last + 1n)) gaps.inc();
    last = position;
  }
};
