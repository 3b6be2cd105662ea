import type { ResolvedEvent, ReadRevision, ReadPosition } from '@eventstore/db-client';
import { LogRefused, LogUnavailable, START, type Position, type Stored } from './event-log.js';
import { NoAnswer, typeOf, type EventStoreCalls } from './event-store-calls.js';
import type { EventStoreClient } from './event-store-client.js';
import { serverPosition, storedOf } from './event-store-entries.js';

/** Read by one call. */
const CHUNK = 1_000;
/** How far back is looked at once for the last entry, since the server writes its own events between. */
const TAIL = 32;

type Reading = AsyncIterable<ResolvedEvent> & { cancel(): Promise<void>; on(event: 'error', heard: () => void): unknown };
interface Chunk {
  readonly events: readonly ResolvedEvent[];
  /** There is no more in this direction. */
  readonly end: boolean;
}

/** Reads in chunks that are taken whole, so that no call is left open half read. */
export class EventStoreReads {
  constructor(private readonly calls: EventStoreCalls) {}

  /** A stream's entries from a revision; none where there is no such stream. */
  async stream(name: string, from: number | undefined, backwards: boolean, max: number): Promise<readonly Stored[]> {
    const found: Stored[] = [];
    if (from !== undefined && from < 0 && backwards) return found;
    let next: ReadRevision = from === undefined ? (backwards ? 'end' : 'start') : BigInt(Math.max(from, 0));
    while (found.length < max) {
      const asked = Math.min(max - found.length, CHUNK);
      const fromRevision = next;
      // A stream that is there holds something; from a given revision on, it need not.
      const { events, end } = await this.#chunk(asked, next === 'start' || next === 'end' || backwards, (client) =>
        client.readStream(name, { fromRevision, direction: backwards ? 'backwards' : 'forwards', maxCount: asked }),
      );
      found.push(...events.flatMap((event) => storedOf(event) ?? []));
      const last = events.at(-1)?.event?.revision;
      if (end || last === undefined || (backwards && last === 0n)) break;
      next = last + (backwards ? -1n : 1n);
    }
    return found;
  }

  /** Some of the whole, strictly after a position or before it: what the server itself wrote among it, or others, is left out. */
  async *all(after: Position | undefined, backwards: boolean): AsyncGenerator<readonly Stored[]> {
    let from: ReadPosition = after === undefined ? (backwards ? 'end' : 'start') : after === START ? 'start' : serverPosition(after);
    if (backwards && after === START) return;
    for (;;) {
      const fromPosition: ReadPosition = from;
      // The log holds at least the event that says its id, and forwards what it is read from: an empty answer is none.
      const { events, end } = await this.#chunk(CHUNK, typeof from === 'string' || from.commit !== after, (client) =>
        client.readAll({ fromPosition, direction: backwards ? 'backwards' : 'forwards', maxCount: CHUNK }),
      );
      // Nothing there: a position from beyond the end, which no reader of this log was ever given, or an answer cut short.
      if (events.length === 0 && !backwards) {
        if (after !== undefined && after > (await this.head())) throw beyond(after);
        throw new LogUnavailable('The EventStoreDB gave an empty answer where there is something.');
      }
      // Forwards a read begins with the position it is given.
      const first = typeof from === 'string' ? undefined : from.commit;
      yield events.flatMap((event) => (event.event?.position?.commit === first ? [] : (storedOf(event) ?? [])));
      const last = events.at(-1)?.event?.position;
      if (end || !last) return;
      from = last;
    }
  }

  /** The position of the last entry. */
  async head(): Promise<Position> {
    let from: ReadPosition = 'end';
    for (let maxCount = TAIL; ; maxCount = CHUNK) {
      const fromPosition: ReadPosition = from;
      const { events, end } = await this.#chunk(maxCount, true, (client) => client.readAll({ fromPosition, direction: 'backwards', maxCount }));
      for (const event of events) {
        const stored = storedOf(event);
        if (stored) return stored.position;
      }
      const last = events.at(-1)?.event?.position;
      if (end || !last) return START;
      from = last;
    }
  }

  /** @param some whether there must be something to read */
  #chunk(asked: number, some: boolean, read: (client: EventStoreClient) => Reading): Promise<Chunk> {
    return this.calls.call(async (client, { signal, goesOn }) => {
      const reading = read(client);
      // It may fail a second time, when nobody reads it any more.
      reading.on('error', () => {});
      signal.addEventListener('abort', () => void reading.cancel().catch(() => {}), { once: true });
      const events: ResolvedEvent[] = [];
      try {
        for await (const event of reading) {
          events.push(event);
          goesOn();
        }
      } catch (error) {
        if (typeOf(error) === 'stream-not-found') return { events: [], end: true };
        throw error;
      }
      if (some && events.length === 0) throw new NoAnswer('the answer held nothing');
      return { events, end: events.length < asked };
    });
  }
}

export const beyond = (position: Position): LogRefused => new LogRefused(`Position ${position} lies beyond the end of the log: another log gave it out.`);
