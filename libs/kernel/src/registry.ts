import type { Entry } from './entry.js';
import type { AnyEventType, Event } from './event.js';
import type { Recorded } from './decider.js';
import type { Text } from './text.js';

/** An entry of a type or schema that this release does not know: a fold answers 503 and a view halts, never a guess. */
export class UnknownEvent extends Error {
  override readonly name = 'UnknownEvent';

  constructor(readonly entry: Pick<Entry, 'id' | 'type' | 'schema'>) {
    super(`Event ${entry.id} is a ${entry.type} of schema ${entry.schema}, which this release cannot read; it was written by a newer one.`);
  }
}

/** An event read back from the log: its data in this release's shape, and what else was recorded. */
export type RecordedEvent<E extends Event = Event> = E & Recorded;

/** Every event type of the product by its name: what start-up, folds, views and the trail read entries by. */
export class EventRegistry {
  readonly #types = new Map<string, AnyEventType>();

  /** @throws TypeError when two declarations share a name */
  constructor(types: Iterable<AnyEventType>) {
    for (const type of types) {
      const known = this.#types.get(type.type);
      if (known && known !== type) throw new TypeError(`Two event types are called ${type.type}.`);
      this.#types.set(type.type, type);
    }
  }

  get types(): readonly AnyEventType[] {
    return [...this.#types.values()];
  }

  find(type: string): AnyEventType | undefined {
    return this.#types.get(type);
  }

  /**
   * The event of an entry, older schemas upcast.
   * @throws UnknownEvent when this release knows neither the type nor a way to read its schema
   */
  read(entry: Entry): RecordedEvent {
    const type = this.#types.get(entry.type);
    const { id, rev, at, by } = entry;
    if (type?.schema === entry.schema) return { type: entry.type, data: entry.data, id, rev, at, by };
    const reads = type?.reads?.[entry.schema];
    if (!reads) throw new UnknownEvent(entry);
    return { type: entry.type, data: reads(entry.data as never), id, rev, at, by };
  }

  /** What people call what happened. A type nobody knows is called by its own name: the trail shows everything. */
  label(entry: Pick<Entry, 'type' | 'schema' | 'data'>): Text {
    const type = this.#types.get(entry.type);
    if (!type) return { sv: entry.type, en: entry.type };
    const data = type.schema === entry.schema ? entry.data : type.reads?.[entry.schema]?.(entry.data as never);
    return (data === undefined ? undefined : type.label?.(data as never)) ?? type.name;
  }
}
