import canonicalize from 'canonicalize';
import type { RecordedEvent } from '@eventstore/db-client';
import { Entry } from '#libs/kernel';
import { Compile } from 'typebox/compile';
import type { EntryFilter, Position, Stored } from './event-log.js';
import type { EventBytes } from './event-store-append-stream.js';
import type { ServerNames } from './event-store-names.js';

/** As deep as data may be: whoever reads or writes it by recursion can. */
export const MAX_DEPTH = 1_000;
/** @throws RangeError where an entry is deeper, or of a type that only the server's own events have */
export const checkKept = (text: string, { type }: Entry): void => {
  if (type.startsWith('$')) throw new RangeError(`An entry is of type ${type}; those that begin with $ are the EventStoreDB's own.`);
  if (text.length < 2 * MAX_DEPTH) return;
  let depth = 0;
  for (const [brackets] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (brackets === '{' || brackets === '[') depth++;
    else if (brackets === '}' || brackets === ']') depth--;
    if (depth > MAX_DEPTH) throw new RangeError(`An entry is nested more than ${MAX_DEPTH} deep, which EventStoreDB cannot be given.`);
  }
};

/** As the server keeps it: JSON that its own tools can read, with what they follow chains by. Written here, once: the client would write it by recursion. */
export const eventOf = ({ id, type, corr, caus, cmd }: Entry, text: string): EventBytes => ({
  id,
  type,
  data: Buffer.from(text),
  metadata: Buffer.from(JSON.stringify({ $correlationId: corr, $causationId: caus ?? cmd })),
});

/** An event as a read or a subscription gives it: what is looked at of it. */
export interface Came {
  readonly event?: Pick<RecordedEvent, 'id' | 'streamId' | 'type' | 'revision' | 'position' | 'isJson'> & { readonly data: unknown };
}

/** Thrown where the server holds what this log never wrote, or no longer holds what it did: no second try mends that. */
export class Damaged extends Error {
  override readonly name = 'Damaged';
}

const entries = Compile(Entry);

/**
 * An event as an entry of this log; undefined where it is the server's own, or lies in a stream that none of this log's can be.
 * @throws Damaged when it lies in such a stream, and this log did not write it so
 */
export const storedOf = ({ event }: Came, names: ServerNames): Stored | undefined => {
  if (!event || event.type.startsWith('$') || !names.holds(event.streamId)) return undefined;
  const damaged = (why: string) => new Damaged(`Event ${event.id} of ${event.streamId} at the EventStoreDB is none that this log wrote: ${why}.`);
  const data: unknown = event.data;
  if (!event.isJson || !entries.Check(data)) throw damaged('it is no entry');
  const entry = data as Entry;
  if (names.stream(entry.tenant, entry.stream) !== event.streamId) throw damaged(`it says ${entry.stream} of ${entry.tenant}`);
  if (BigInt(entry.rev) !== event.revision || entry.id !== event.id || entry.type !== event.type)
    throw damaged(`it says revision ${entry.rev}, id ${entry.id} and type ${entry.type}, and stands at ${event.revision} as ${event.type}`);
  const text = canonicalize(data);
  if (text === undefined) throw damaged('it is no JSON');
  return { position: positionOf(event.position), text, entry };
};

/**
 * The position of what was written by gRPC: commit and prepare are one number (ADR 10).
 * @throws Error when they are two, or not said
 */
export const positionOf = (position: { readonly commit: bigint; readonly prepare: bigint } | undefined): Position => {
  if (!position || position.commit > 9_223_372_036_854_775_807n)
    throw new Error('The EventStoreDB gives no positions with the events of a stream: 22.6 or later does.');
  if (position.commit !== position.prepare) throw new Error('The EventStoreDB holds an entry in a transaction of its own, which this log never wrote.');
  return position.commit as Position;
};
/** As the server wants it. */
export const serverPosition = (position: Position): { readonly commit: bigint; readonly prepare: bigint } => ({ commit: position, prepare: position });

/** Whether an entry is asked for: the client's reads know no filter. */
export const asks = (tenant: string | undefined, { types, streams }: EntryFilter): ((stored: Stored) => boolean) => {
  const ofType = types && new Set(types);
  const ofStream = streams && new Set(streams);
  return ({ entry }) =>
    (tenant === undefined || entry.tenant === tenant) && (!ofType || ofType.has(entry.type)) && (!ofStream || ofStream.has(entry.stream.slice(0, -37)));
};
