import type { ResolvedEvent, ReadRevision, ReadPosition } from '@eventstore/db-client';
import { LogRefused, LogUnavailable, START, type Position, type Stored } from './event-log.js';
import { everything, NoAnswer, typeOf, type EventStoreCalls } from './event-store-calls.js';
import type { EventStoreClient } from './event-store-client.js';
import { Damaged, serverPosition, storedOf } from './event-store-entries.js';
import type { ServerNames } from './event-store-names.js';

/** Read by one call. */
const CHUNK = 1_000;
/** How far back is looked at once for the last entry, since the server writes its own events between. */
const TAIL = 32;

interface Chunk {
  readonly events: readonly ResolvedEvent[];
  /** There is no more in this direction. */
  readonly end: boolean;
  /** There is no such stream. */
  readonly absent?: true;
}

const taken = (name: string, what: string): Damaged =>
  new Damaged(`${name} ${what}: somebody has deleted entries at the EventStoreDB, or let it do so, which nobody may. Restore them from a backup.`);

/** Reads in chunks that are taken whole, so that no call is left open half read. */
export class EventStoreReads {
  constructor(
    private readonly calls: EventStoreCalls,
    private readonly names: ServerNames,
  ) {}

  /**
   * A stream's entries from a revision; none where there is no such stream.
   * @throws Damaged where somebody has taken some of them away
   */
  async stream(name: string, from: number | undefined, backwards: boolean, max: number): Promise<readonly Stored[]> {
    const found: Stored[] = [];
    if (from !== undefined && from < 0 && backwards) return found;
    const step = backwards ? -1n : 1n;
    let next: ReadRevision = from === undefined ? (backwards ? 'end' : 'start') : BigInt(Math.max(from, 0));
    /** What must come next; backwards a read may be asked for from beyond the end. */
    let due = backwards ? undefined : next === 'start' || next === 'end' ? 0n : next;
    while (found.length < max) {
      const asked = Math.min(max - found.length, CHUNK);
      const fromRevision = next;
      // A stream that is there holds something; from a given revision on, it need not.
      const { events, end, absent } = await this.#chunk(asked, next === 'start' || next === 'end' || backwards, (client) =>
        client.readStream(name, { fromRevision, direction: backwards ? 'backwards' : 'forwards', maxCount: asked }),
      );
      if (absent) await this.#neverThere(name);
      for (const event of events) {
        const revision = event.event?.revision;
        if (revision !== (due ?? revision)) throw taken(name, `has ${revision} where ${due} is due`);
        due = (revision ?? 0n) + step;
        found.push(...[storedOf(event, this.names)].filter((stored) => stored !== undefined));
      }
      if (backwards && end && due !== undefined && due >= 0n) throw taken(name, `ends at ${due + 1n}, backwards`);
      if (end || due === undefined || due < 0n) break;
      next = due;
    }
    return found;
  }

  /** A stream that was deleted looks as if it had never been; its metadata tell. */
  async #neverThere(name: string): Promise<void> {
    const { events } = await this.#chunk(1, false, (client) => client.readStream(`$$${name}`, { fromRevision: 'end', direction: 'backwards', maxCount: 1 }));
    if (events.some(({ event }) => event?.isJson && (event.data as { $tb?: unknown }).$tb !== undefined)) throw taken(name, 'is gone');
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
      yield events.flatMap((event) => (event.event?.position?.commit === first ? [] : (storedOf(event, this.names) ?? [])));
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
        const stored = storedOf(event, this.names);
        if (stored) return stored.position;
      }
      const last = events.at(-1)?.event?.position;
      if (end || !last) return START;
      from = last;
    }
  }

  /** @param some whether there must be something to read */
  #chunk(asked: number, some: boolean, read: (client: EventStoreClient) => Parameters<typeof everything>[0]): Promise<Chunk> {
    return this.calls.call(async (client, one) => {
      try {
        const events = await everything(read(client), one);
        if (some && events.length === 0) throw new NoAnswer('the answer held nothing');
        return { events, end: events.length < asked };
      } catch (error) {
        if (typeOf(error) === 'stream-not-found') return { events: [], end: true, absent: true };
        throw error;
      }
    });
  }
}

export const beyond = (position: Position): LogRefused => new LogRefused(`Position ${position} lies beyond the end of the log: another log gave it out.`);
