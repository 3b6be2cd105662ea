import type { Pool } from 'pg';
import { START, type EventLog, type Position } from '#libs/event-log';
import type { EventRegistry } from '#libs/kernel';
import { pagesAfter, type FeedPage } from './pages.js';
import { BEGINNING } from './place.js';
import { transaction } from './transaction.js';
import type { PageEntry, View, Writer } from './view.js';

/** What came of one view that was built beside the one in use. */
export interface BuiltBeside {
  readonly view: View;
  /** Rows whose fold failed: a sentence each, the first of them. */
  readonly quarantined: readonly string[];
  /** Why it stands still, where this release cannot read an entry. */
  readonly halted?: string;
}

export interface Beside {
  /** Of another schema (see `openPoolElsewhere`), in which no such table is yet. */
  readonly pool: Pool;
  readonly log: EventLog;
  readonly registry: EventRegistry;
  readonly views: readonly View[];
  /** As far as they are built. */
  readonly upTo: Position;
  readonly signal: AbortSignal;
  readonly progress?: (position: Position) => void;
}

interface Building {
  readonly view: View;
  readonly writer: Writer;
  readonly quarantined: string[];
  halted?: string;
}

/** Builds the tables of views from the whole log, for once and in a schema of their own: nobody who uses the views notices. They get no indexes. */
export const buildBeside = async ({ pool, log, registry, views, upTo, signal, progress }: Beside): Promise<readonly BuiltBeside[]> => {
  for (const { create } of views) for (const statement of create) await pool.query(statement);
  const building = views.map((view): Building => ({ view, writer: view.writer(pool), quarantined: [] }));
  if (upTo > START) {
    const over = new AbortController();
    try {
      for await (const page of pagesAfter(log, registry, BEGINNING, AbortSignal.any([signal, over.signal]))) {
        const entries = page.entries.filter(({ stored }) => stored.position <= upTo);
        for (const one of building) await take(pool, one, entries);
        progress?.(page.place.position);
        if (isOver(page, upTo)) break;
      }
    } finally {
      over.abort();
    }
    signal.throwIfAborted();
  }
  return building.map(({ view, quarantined, halted }) => ({ view, quarantined, ...(halted !== undefined && { halted }) }));
};

const isOver = ({ place }: FeedPage, upTo: Position): boolean => place.position >= upTo;

const take = async (pool: Pool, one: Building, entries: readonly PageEntry[]): Promise<void> => {
  if (one.halted !== undefined) return;
  const unknown = one.view.takesUnknown ? undefined : entries.find(({ event }) => event instanceof Error);
  const change = await one.writer.take(unknown ? entries.slice(0, entries.indexOf(unknown)) : entries);
  if (change) await transaction(pool, (client) => change.write(client));
  one.quarantined.push(...(change?.quarantined ?? []));
  if (unknown) one.halted = (unknown.event as Error).message;
};
