import type { ClientBase, Pool } from 'pg';
import type { Position, Stored } from '#libs/event-log';
import type { Event, Instant, RecordedEvent } from '#libs/kernel';

/** What a view is told of an entry: the event in this release's shape, and where it stands. */
export type Seen<E extends Event = Event> = RecordedEvent<E> & {
  readonly tenant: string;
  readonly stream: string;
  readonly position: Position;
  /** Recorded time, for `asOf`: the running maximum of `at` in the tenant, since clocks differ and step back. */
  readonly recordedAt: Instant;
  readonly cmd: string;
  readonly caus?: string;
  readonly corr: string;
};

/** One entry of a page, read once for all views. */
export interface PageEntry {
  readonly stored: Stored;
  readonly recordedAt: Instant;
  /** Why not, where this release cannot read it: that halts a view, never a guess. */
  readonly event: Seen | Error;
}

/** What a page changes in one view, worked out and not yet written. */
export interface Change {
  /** Writes it all, inside the transaction that moves the checkpoint. */
  write(client: ClientBase): Promise<void>;
  /** Rows that will be quarantined by it: a sentence each, for the log of the process. */
  readonly quarantined: readonly string[];
}

/** Keeps one view up to date, for as long as this process owns it. */
export interface Writer {
  /** What these entries change; undefined where they change nothing. Called in the order of the log, each entry once. */
  take(entries: readonly PageEntry[]): Promise<Change | undefined>;
}

/** A table that follows the log: everything in it can be made anew from there. */
export interface View {
  /** The table in the schema `views`: name and version, `orders_1`. Each release reads its own. */
  readonly table: string;
  /** Changes whenever the same entries could give another table: DDL, version, types and schemas read. */
  readonly fingerprint: string;
  /** A view that something acts on (deadlines, outbox): a row in quarantine makes the process not ready. */
  readonly acting: boolean;
  /** Whether the view also takes entries that this release cannot read, as the trail does. Any other halts there. */
  readonly takesUnknown: boolean;
  /** The types of what it reads; all where left out. */
  readonly types?: ReadonlySet<string>;
  /** Makes the bare table, with what the writer itself needs. */
  readonly create: readonly string[];
  /** What is only needed once it is read: made after the first load, which is faster. */
  readonly index: readonly string[];
  /** @param pool for reading what is there; a writer writes only in the transaction it is given */
  writer(pool: Pool): Writer;
}
