import type { ResolvedEvent, ReadPosition } from '@eventstore/db-client';
import { LogRefused, LogUnavailable, START, type Position, type Stored } from './event-log.js';
import { everything, NoAnswer, type EventStoreCalls, type Reading } from './event-store-calls.js';
import type { EventStoreClient } from './event-store-client.js';
import { Damaged, serverPosition, storedOf } from './event-store-entries.js';
import type { EventStoreHead } from './event-store-head.js';
import type { ServerNames } from './event-store-names.js';

/** Read by one call. */
const CHUNK = 1_000;
/** So often the whole may be read on from one place without anything new, where there is more. */
const TRIES = 5;

const commitOf = (position: ReadPosition): bigint | undefined => (typeof position === 'string' ? undefined : position.commit);

const taken = (name: string, what: string): Damaged =>
  new Damaged(`${name} ${what}: somebody has deleted entries at the EventStoreDB, or let it do so, which nobody may. Restore them from a backup.`);

/** Of the whole, what one call gave. */
export interface Chunk {
  readonly entries: readonly Stored[];
  /** So many events were looked at for them: the server's own are among them, and other logs'. */
  readonly looked: number;
  /** Where to go on from, though perhaps no entry lies there; undefined where it is no position of this log, as of an event that came in a transaction. */
  readonly upTo: Position | undefined;
}

/** Reads in chunks that are taken whole, so that no call is left open half read. */
export class EventStoreReads {
  constructor(
    private readonly calls: EventStoreCalls,
    private readonly names: ServerNames,
    private readonly head: EventStoreHead,
    /** Where the event lies that says the log's own id: nothing of the log lies before it. */
    private readonly begun: Position,
  ) {}

  /**
   * A stream's entries from a revision; none where there is no such stream.
   * @throws Damaged where somebody has taken some of them away
   */
  async stream(name: string, from: number | undefined, backwards: boolean, max: number): Promise<readonly Stored[]> {
    const found: Stored[] = [];
    if (from !== undefined && from < 0 && backwards) return found;
    const step = backwards ? -1n : 1n;
    let next = from === undefined ? (backwards ? ('end' as const) : ('start' as const)) : BigInt(Math.max(from, 0));
    /** What must come next; backwards a read may be asked for from beyond the end. */
    let due = backwards ? undefined : typeof next === 'bigint' ? next : 0n;
    for (let unsaid = 0; found.length < max && unsaid < 2;) {
      const asked = { name, from: next, backwards, count: Math.min(max - found.length, CHUNK) };
      const { events, whole, absent } = await this.calls.call(async (client, one) => {
        const some = await client.readSome(asked, one);
        // A stream that is there holds something.
        if (!some.whole && some.events.length === 0 && typeof asked.from === 'string') throw new NoAnswer('the answer held nothing');
        return some;
      });
      if (absent) await this.#neverThere(name);
      for (const event of events) {
        const revision = event.event?.revision;
        if (revision !== (due ?? revision)) throw taken(name, `has ${revision} where ${due} is due`);
        due = (revision ?? 0n) + step;
        found.push(...[storedOf(event, this.names)].filter((stored) => stored !== undefined));
      }
      const end = whole && events.length < asked.count;
      if (backwards && end && due !== undefined && due >= 0n) throw taken(name, `ends at ${due + 1n}, backwards`);
      if (end || (due !== undefined && due < 0n)) break;
      // A server that never says where a stream ends is believed when it gives nothing, twice.
      unsaid = events.length === 0 ? unsaid + 1 : 0;
      next = due ?? next;
    }
    return found;
  }

  /** A stream that was deleted looks as if it had never been; its metadata tell. */
  async #neverThere(name: string): Promise<void> {
    const { events } = await this.calls.call((client, one) => client.readSome({ name: `$$${name}`, from: 'end', backwards: true, count: 1 }, one));
    if (events.some(({ event }) => event?.isJson && (event.data as { $tb?: unknown }).$tb !== undefined)) throw taken(name, 'is gone');
  }

  /** The whole, strictly after a position or before it: of what the server itself wrote, and others, it is only told how much it was. */
  async *all(after: Position | undefined, backwards: boolean): AsyncGenerator<Chunk> {
    if (backwards && after !== undefined && after <= this.begun) return;
    let from: ReadPosition = after === undefined && backwards ? 'end' : serverPosition(after === undefined || after === START ? this.begun : after);
    for (let nothing = 0; nothing < TRIES;) {
      const fromPosition: ReadPosition = from;
      // Before each entry lies the event that says the log's id, and forwards what is read from: an empty answer is none. A position may be invented.
      const events: readonly ResolvedEvent[] = await this.#chunk(backwards || commitOf(from) !== after, (client) =>
        client.readAll({ fromPosition, direction: backwards ? 'backwards' : 'forwards', maxCount: CHUNK }),
      );
      // Nothing there: a position from beyond the end, which no reader of this log was ever given, or an answer cut short.
      if (events.length === 0) {
        if (after !== undefined && after > (await this.head.end())) throw beyond(after);
        break;
      }
      // Forwards a read begins with the position it is given.
      const fresh: readonly ResolvedEvent[] = events.filter(({ event }) => event?.position?.commit !== commitOf(from));
      const last: Exclude<ReadPosition, string> | undefined = fresh.at(-1)?.event?.position;
      const upTo = last && last.commit === last.prepare ? (last.commit as Position) : undefined;
      yield { entries: fresh.flatMap((event) => storedOf(event, this.names) ?? []), looked: fresh.length, upTo };
      // It ends where the server does, not where less came than was asked for: a call may end well before its time.
      if (backwards ? last && last.commit <= this.begun : !last && (commitOf(from) ?? 0n) >= (await this.head.end())) return;
      nothing = last ? 0 : nothing + 1;
      from = last ?? from;
    }
    throw new LogUnavailable('The EventStoreDB gave an empty answer where there is something.');
  }

  /** @param some whether there must be something to read */
  #chunk(some: boolean, read: (client: EventStoreClient) => Reading): Promise<readonly ResolvedEvent[]> {
    return this.calls.call(async (client, one) => {
      const events = await everything(read(client), one);
      if (some && events.length === 0) throw new NoAnswer('the answer held nothing');
      return events;
    });
  }
}

export const beyond = (position: Position): LogRefused => new LogRefused(`Position ${position} lies beyond the end of the log: another log gave it out.`);
