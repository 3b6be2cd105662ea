import { entryText, MAX_EVENTS, type Entry } from '#libs/kernel';
import type { Appended, Conflict, Sealed } from './event-log.js';

/** An append that has been checked and waits to be written. */
export interface Pending {
  readonly tenant: string;
  readonly stream: string;
  readonly expected: number;
  readonly entries: readonly Entry[];
  readonly texts: readonly string[];
  readonly sealed: Sealed;
  /** About what it takes in a batch. */
  readonly bytes: number;
  readonly settle: (outcome: Appended | Conflict) => void;
  readonly fail: (error: unknown) => void;
}

const NOTHING: Sealed = { keys: [], parts: [] };
const MAX_PART_BYTES = 1_048_576;
const MAX_REVISION = 2_147_483_647;

/**
 * Checks an append before anything else sees it.
 * @throws RangeError when it is empty, too many, too large, out of its place or not canonical JSON's to hold
 */
export const check = (
  tenant: string,
  stream: string,
  expected: number,
  entries: readonly Entry[],
  sealed: Sealed = NOTHING,
): Omit<Pending, 'settle' | 'fail'> => {
  if (entries.length === 0 || entries.length > MAX_EVENTS) {
    throw new RangeError(`An append holds 1 to ${MAX_EVENTS} entries; this one on ${stream} holds ${entries.length}.`);
  }
  if (!Number.isInteger(expected) || expected < -1 || expected > MAX_REVISION - MAX_EVENTS)
    throw new RangeError(`${expected} is no revision that ${stream} can have.`);
  for (const [index, entry] of entries.entries()) {
    if (entry.tenant !== tenant || entry.stream !== stream)
      throw new RangeError(`Entry ${entry.id} belongs to ${entry.stream} of ${entry.tenant}, not to ${stream} of ${tenant}.`);
    if (entry.rev !== expected + 1 + index) throw new RangeError(`Entry ${entry.id} says revision ${entry.rev}; its place is ${expected + 1 + index}.`);
  }
  if (new Set(entries.map(({ id }) => id)).size < entries.length) throw new RangeError(`An append on ${stream} holds the same entry twice.`);
  const large = sealed.parts.find(({ bytes }) => bytes.length > MAX_PART_BYTES);
  if (large) throw new RangeError(`Part ${large.part} of entry ${large.eventId} takes ${large.bytes.length} bytes; at most ${MAX_PART_BYTES} are allowed.`);
  const texts = entries.map(entryText);
  const bytes = texts.reduce((sum, text) => sum + text.length, 0) + sealed.parts.reduce((sum, part) => sum + part.bytes.length, 0);
  return { tenant, stream, expected, entries, texts, sealed, bytes };
};
