import type { Entry } from '#libs/kernel';

/**
 * A place in one log: larger is later. What a reader was given it may give back, to the same log; nothing else is a position.
 * Over HTTP it travels together with the log's own id (see `formatPosition`).
 */
export type Position = bigint & { readonly position: unique symbol };

/** The position before everything: reading after it begins at the first entry. */
export const START = 0n as Position;

/** An entry as it lies in the log: `text` is what was hashed and stored, `entry` the same, parsed. */
export interface Stored {
  readonly position: Position;
  readonly text: string;
  readonly entry: Entry;
}

/** A sealed personal part and, for the first part of a subject, its wrapped key: committed with the entries or before them, never after. */
export interface SealedPart {
  readonly eventId: string;
  readonly part: string;
  /** Whose key seals it: with that key the part is destroyed. */
  readonly subject: string;
  /** Of `bytes`, as in the entry's `personal`. */
  readonly sha256: string;
  /** IV, ciphertext, tag; at most 1 MiB. */
  readonly bytes: Uint8Array;
}
export interface WrappedKey {
  readonly subject: string;
  readonly kid: string;
  readonly alg: string;
  /** The data key under the tenant's key. */
  readonly wrapped: Uint8Array;
}
export interface Sealed {
  readonly keys: readonly WrappedKey[];
  readonly parts: readonly SealedPart[];
}

export type Appended = { readonly outcome: 'appended'; readonly revision: number; readonly position: Position };
/** Somebody else wrote first: nothing was stored. `actual` is the stream's last revision, -1 where it is empty. */
export type Conflict = { readonly outcome: 'conflict'; readonly actual: number };

export interface Page {
  readonly entries: readonly Stored[];
  /** The reader has seen everything up to and including this, whether or not there was an entry for it. */
  readonly upTo: Position;
}

/** What a reader may leave out. Both conditions hold where both are given. */
export interface EntryFilter {
  readonly types?: readonly string[];
  /** First parts of stream names: `order`, `person`. */
  readonly streams?: readonly string[];
}

/** Thrown where a log is asked with what it never gave out: another log's position, a stream name that cannot be. */
export class LogRefused extends Error {
  override readonly name = 'LogRefused';
}

/**
 * The append-only log that everything else is rebuilt from.
 * Each stream is gapless and ordered, the whole is totally ordered, and no reader ever skips an entry.
 * Adapters: PostgreSQL here; any other must pass `eventLogContract`.
 */
export interface EventLog {
  /** UUID of the log itself: positions and checkpoints belong to it. */
  readonly id: string;
  /** Whether positions follow one another one by one, so that a reader sees that it was not given one. Not where left out. */
  readonly gapless?: true;

  /**
   * Appends 1 to 15 entries to one stream, or none at all; they are durable (fsync) when the promise resolves.
   * The same entries (by id) at their own place again, whoever has followed: the first outcome, nothing written twice.
   * @param expectedRevision last revision the caller has read, -1 for a stream nobody has written to; `entries[0].rev` is one more
   * @throws RangeError when an entry is too large, out of its place or not canonical JSON's to hold; LogUnavailable when the outcome is not known after retries
   */
  append(tenant: string, stream: string, expectedRevision: number, entries: readonly Entry[], sealed?: Sealed): Promise<Appended | Conflict>;

  /** A stream's entries from a revision, that one included; backwards from it (or from the end, where `from` is left out). An absent stream is empty. */
  readStream(tenant: string, stream: string, options?: { from?: number; direction?: 'forwards' | 'backwards'; max?: number }): Promise<readonly Stored[]>;

  /**
   * One page of the whole log (of one tenant), strictly after a position, or strictly before it when backwards (from the end, where `after` is left out).
   * A page may hold nothing at all and still not be the last: go on from `next`, where perhaps no entry lies, until it is undefined.
   */
  readAll(options: {
    tenant?: string;
    after?: Position;
    direction?: 'forwards' | 'backwards';
    filter?: EntryFilter;
    max?: number;
  }): Promise<{ readonly entries: readonly Stored[]; readonly next: Position | undefined }>;

  /** Position of the last entry, {@link START} on an empty log. */
  head(): Promise<Position>;

  /**
   * Everything after a position, then whatever comes, until the signal; ends without an error when it does.
   * Pages may be empty of entries, so that a reader that needs none of what happened still moves on.
   */
  subscribe(options: { after: Position; signal: AbortSignal }): AsyncIterable<Page>;

  /** @throws LogClosed where nobody may append to it any more, since its entries have been moved to another, or are being so */
  assertInUse(): Promise<void>;

  close(): Promise<void>;
}

/** The outcome of an append is not known: it may or may not be there. The same call again, with the same ids, finds out. */
export class LogUnavailable extends Error {
  override readonly name: string = 'LogUnavailable';
}

/** A position as it goes out over HTTP: the log's id, a dot, the number. */
export const formatPosition = (logId: string, position: Position): string => `${logId}.${position}`;

/**
 * A position that came in over HTTP.
 * @throws LogRefused when it is none, or another log's
 */
export const parsePosition = (logId: string, text: string): Position => {
  const [id, digits, ...more] = text.split('.');
  if (more.length > 0 || !digits || !/^\d{1,19}$/.test(digits)) throw new LogRefused('This is not a position of a log.');
  if (id !== logId)
    throw new LogRefused('This position belongs to another log: it was given out before the log was restored or exchanged. Ask again without it.');
  const position = BigInt(digits);
  if (position > 9_223_372_036_854_775_807n) throw new LogRefused('This is not a position of a log.');
  return position as Position;
};
