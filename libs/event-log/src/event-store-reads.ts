import type { ResolvedEvent, ReadPosition } from '@eventstore/db-client';
import { LogRefused, LogUnavailable, START, type Position, type Stored } from './event-log.js';
import { everything, NoAnswer, type EventStoreCalls, type Reading } from './event-store-calls.js';
import type { EventStoreClient } from './event-store-client.js';
import { Damaged, serverPosition, storedOf } from './event-store-entries.js';
import type { ServerNames } from './event-store-names.js';

/** Read by one call. */
const CHUNK = 1_000;
/** How far back is looked at once for the last entry, since the server writes its own events between. */
const TAIL = 32;

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

  /** Some of the whole, strictly after a position or before it: what the server itself wrote among it, or others, is left out. */
  async *all(after: Position | undefined, backwards: boolean): AsyncGenerator<readonly Stored[]> {
    let from: ReadPosition = after === undefined ? (backwards ? 'end' : 'start') : after === START ? 'start' : serverPosition(after);
    if (backwards && after === START) return;
    for (let nothing = 0; nothing < 2;) {
      const fromPosition: ReadPosition = from;
      // The log holds at least the event that says its id, and forwards what it is read from: an empty answer is none. A position may be invented.
      const events = await this.#chunk(typeof from === 'string' || (!backwards && from.commit !== after), (client) =>
        client.readAll({ fromPosition, direction: backwards ? 'backwards' : 'forwards', maxCount: CHUNK }),
      );
      // Nothing there: a position from beyond the end, which no reader of this log was ever given, or an answer cut short.
      if (events.length === 0 && !backwards) {
        if (after !== undefined && after > (await this.head())) throw beyond(after);
        throw new LogUnavailable('The EventStoreDB gave an empty answer where there is something.');
      }
      // Forwards a read begins with the position it is given.
      const first = typeof from === 'string' ? undefined : from.commit;
      const fresh = events.filter(({ event }) => event?.position?.commit !== first);
      yield fresh.flatMap((event) => storedOf(event, this.names) ?? []);
      // It ends where nothing came twice, not where less came than was asked for: a call may end well before its time.
      const last = fresh.at(-1)?.event?.position;
      nothing = last ? 0 : nothing + 1;
      from = last ?? from;
    }
  }

  /** The position of the last entry. */
  async head(): Promise<Position> {
    let from: ReadPosition = 'end';
    let nothing = 0;
    for (let maxCount = TAIL; nothing < 2; maxCount = CHUNK) {
      const fromPosition: ReadPosition = from;
      const events = await this.#chunk(from === 'end', (client) => client.readAll({ fromPosition, direction: 'backwards', maxCount }));
      nothing = events.length > 0 ? 0 : nothing + 1;
      for (const event of events) {
        const stored = storedOf(event, this.names);
        if (stored) return stored.position;
      }
      from = events.at(-1)?.event?.position ?? from;
    }
    return START;
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
