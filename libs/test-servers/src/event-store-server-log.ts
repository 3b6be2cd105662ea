import { randomId } from '#libs/kernel';
import type { EventStoreUser } from './event-store-server-access.js';

/** What a client asks to be written, and what lies there then. */
export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}
export interface Recorded extends Proposed {
  readonly stream: string;
  readonly revision: number;
  /** Commit and prepare, which are the same number for whatever comes by gRPC. */
  readonly position: bigint;
  readonly createdMs: number;
}
export type Expected = number | 'no_stream' | 'stream_exists' | 'any';
export type Written =
  | { readonly outcome: 'written'; readonly revision: number; readonly position: bigint | undefined }
  | { readonly outcome: 'wrong-expected-version'; readonly actual: number | undefined }
  | { readonly outcome: 'stream-deleted' | 'maximum-append-size-exceeded' | 'bad-request' | 'access-denied' };

export const MAX_APPEND_BYTES = 1_048_576;
/** Thrown where a position is asked for that the log never gave out. */
export class InventedPosition extends Error {
  override readonly name = 'InventedPosition';
}

interface Stream {
  events: Recorded[];
  /** The next revision: goes on after a soft deletion. */
  next: number;
  state: 'open' | 'deleted' | 'tombstoned';
}

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** What an EventStoreDB keeps, in memory, with the outcomes that a real one gives; several nodes of a cluster may share one. */
export class EventStoreServerLog {
  readonly users = new Map<string, EventStoreUser>();
  readonly #streams = new Map<string, Stream>();
  readonly #all: Recorded[] = [];
  readonly #places = new Map<bigint, number>();
  readonly #watchers = new Set<() => void>();

  append(name: string, expected: Expected, proposed: readonly Proposed[]): Written {
    if (name === '' || proposed.some(({ id, type }) => type === '' || !UUID.test(id))) return { outcome: 'bad-request' };
    if (proposed.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0) > MAX_APPEND_BYTES)
      return { outcome: 'maximum-append-size-exceeded' };
    const stream = this.#streams.get(name) ?? { events: [], next: 0, state: 'open' };
    if (stream.state === 'tombstoned') return { outcome: 'stream-deleted' };
    if (!fits(stream, expected)) return this.#again(name, stream, expected, proposed);
    if (expected === 'any') {
      const again = this.#again(name, stream, stream.events.findIndex(({ id }) => id === proposed[0]?.id) - 1, proposed);
      if (again.outcome === 'written') return again;
    }
    if (proposed.length === 0) return { outcome: 'written', revision: 0, position: undefined };
    return this.#write(name, stream, proposed);
  }

  /** Ids are looked at only here, where the revision does not match: the first outcome for what is there already, in its place. */
  #again(name: string, stream: Stream, expected: Expected, proposed: readonly Proposed[]): Written {
    const wrong = { outcome: 'wrong-expected-version', actual: stream.next === 0 ? undefined : stream.next - 1 } as const;
    const from = expected === 'no_stream' ? 0 : typeof expected === 'number' ? expected + 1 : -1;
    if (from < 0 || proposed.length === 0 || proposed.some(({ id }, index) => stream.events[from + index]?.id !== id)) return wrong;
    const last = stream.events[from + proposed.length - 1];
    // Of a stream that was deleted since, nobody knows the place any more.
    const gone = last === undefined || last.revision < stream.next - this.#readable(name, stream).length;
    return { outcome: 'written', revision: from + proposed.length - 1, position: gone ? undefined : last.position };
  }

  #write(name: string, stream: Stream, proposed: readonly Proposed[]): Written {
    if (stream.state === 'deleted') this.append(`$$${name}`, 'any', [metadata(`${stream.next}`)]);
    stream.state = 'open';
    this.#streams.set(name, stream);
    let last: Recorded | undefined;
    for (const event of proposed) {
      // As many bytes as the event takes, so that no two positions follow each other.
      const position = (this.#all.at(-1)?.position ?? 0n) + BigInt(100 + event.data.length + event.metadata.length);
      last = { ...event, stream: name, revision: stream.next++, position, createdMs: Date.now() };
      stream.events.push(last);
      this.#places.set(position, this.#all.push(last) - 1);
    }
    for (const wake of this.#watchers) wake();
    return { outcome: 'written', revision: stream.next - 1, position: last?.position };
  }

  /** From where on a stream may be read, as its metadata say. */
  #readable(name: string, stream: Stream): readonly Recorded[] {
    const said = this.#streams.get(`$$${name}`)?.events.at(-1);
    const { $tb = 0, $maxCount = Infinity } = (said ? JSON.parse(Buffer.from(said.data).toString('utf8')) : {}) as { $tb?: number; $maxCount?: number };
    return stream.state === 'open' ? stream.events.filter(({ revision }) => revision >= $tb && revision >= stream.next - $maxCount) : [];
  }

  /** @returns undefined where there is no such stream (any more) */
  readStream(name: string, from: number | 'start' | 'end', backwards: boolean, max: number): readonly Recorded[] | 'stream-deleted' | undefined {
    const stream = this.#streams.get(name);
    if (stream?.state === 'tombstoned') return 'stream-deleted';
    if (!stream || stream.state === 'deleted') return undefined;
    const events = this.#readable(name, stream);
    const first = from === 'start' ? 0 : from === 'end' ? stream.next - 1 : from;
    const asked = backwards ? events.filter(({ revision }) => revision <= first).toReversed() : events.filter(({ revision }) => revision >= first);
    return asked.slice(0, max);
  }

  /**
   * Forwards that position included, backwards what lies before it.
   * @throws InventedPosition
   */
  readAll(from: bigint | 'start' | 'end', backwards: boolean, max: number): readonly Recorded[] {
    const place = this.#placeOf(from);
    return backwards ? this.#all.slice(Math.max(place - max, 0), place).toReversed() : this.#all.slice(place, place + max);
  }

  /**
   * The place after a position, where a subscription begins.
   * @throws InventedPosition
   */
  placeAfter(position: bigint | 'start' | 'end'): number {
    return typeof position === 'bigint' ? Math.min(this.#placeOf(position) + 1, this.#all.length) : this.#placeOf(position);
  }
  at(place: number): Recorded | undefined {
    return this.#all[place];
  }

  #placeOf(from: bigint | 'start' | 'end'): number {
    if (from === 'start') return 0;
    if (from === 'end' || from > (this.#all.at(-1)?.position ?? 0n)) return this.#all.length;
    const place = this.#places.get(from);
    if (place === undefined) throw new InventedPosition();
    return place;
  }

  /** A stream that is not deleted for ever goes on when it is written to; until then its metadata say that it begins after its end. */
  delete(name: string, expected: Expected, forEver: boolean): Written {
    const stream = this.#streams.get(name) ?? { events: [], next: 0, state: 'open' };
    if (stream.state === 'tombstoned') return { outcome: 'stream-deleted' };
    if (!fits(stream, expected)) return { outcome: 'wrong-expected-version', actual: stream.next === 0 ? undefined : stream.next - 1 };
    this.#streams.set(name, stream);
    stream.state = forEver ? 'tombstoned' : 'deleted';
    if (!forEver) this.append(`$$${name}`, 'any', [metadata(GONE)]);
    return { outcome: 'written', revision: stream.next - 1, position: this.#all.at(-1)?.position };
  }

  /** Calls whenever something was written, until told to stop. */
  watch(wake: () => void): () => void {
    this.#watchers.add(wake);
    return () => this.#watchers.delete(wake);
  }

  /** Everything that lies in a stream, for the eyes of a spec. */
  ids(name: string): readonly string[] {
    return (this.#streams.get(name)?.events ?? []).map(({ id }) => id);
  }
}

/** Where a stream begins that was deleted and not written to since. */
const GONE = '9223372036854775807';
const metadata = (truncateBefore: string): Proposed => ({
  id: randomId(),
  type: '$metadata',
  contentType: 'application/json',
  data: Buffer.from(`{"$tb":${truncateBefore}}`),
  metadata: new Uint8Array(),
});

const fits = (stream: Stream, expected: Expected): boolean => {
  const exists = stream.state === 'open' && stream.next > 0;
  switch (expected) {
    case 'any':
      return true;
    case 'stream_exists':
      return exists;
    case 'no_stream':
      return !exists;
    default:
      return stream.next - 1 === expected && stream.next > 0;
  }
};
