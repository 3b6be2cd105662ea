import type { EventLog, Position, Stored } from '#libs/event-log';
import type { Event, EventRegistry, Instant, RecordedEvent, Stream } from '#libs/kernel';

/** Tells which position an instant is: the last entry of a tenant that had been recorded by then. */
export abstract class Moments {
  abstract positionAt(tenant: string, instant: Instant): Promise<Position>;
}

/** One entry of a stream, as it lies in the log and as this release reads it. */
export interface Happened<E extends Event> {
  readonly stored: Stored;
  readonly event: RecordedEvent<E>;
}

/** An object as its stream tells it. */
export interface Told<S, E extends Event> {
  readonly state: S;
  /** Revision of the last entry that no timer wrote; -1 where there is none. */
  readonly etag: number;
  readonly happened: readonly Happened<E>[];
}

const PAGE = 1_000;

/** Reads objects from their own streams, now or as they were recorded: for pages about one object. Lists are read from views. */
export class Streams {
  constructor(
    private readonly log: EventLog,
    private readonly registry: EventRegistry,
    private readonly moments: Moments,
  ) {}

  /**
   * @param asOf as it was recorded then; as it is now where left out
   * @throws UnknownEvent where a newer release has written what this one cannot read
   */
  async tell<S, E extends Event>(tenant: string, stream: Stream<S, E>, id: string, asOf?: Instant): Promise<Told<S, E>> {
    const upTo = asOf === undefined ? undefined : await this.moments.positionAt(tenant, asOf);
    const happened: Happened<E>[] = [];
    for (let full = true; full;) {
      const page = await this.log.readStream(tenant, `${stream.name}-${id}`, { from: happened.length, max: PAGE });
      const known = upTo === undefined ? page : page.filter(({ position }) => position <= upTo);
      happened.push(...known.map((stored) => ({ stored, event: this.registry.read(stored.entry) as RecordedEvent<E> })));
      full = known.length === PAGE;
    }
    return {
      state: happened.reduce((state, { event }) => stream.evolve(state, event, event), stream.initial),
      etag: happened.reduce((etag, { event }) => (this.registry.find(event.type)?.byTimer ? etag : event.rev), -1),
      happened,
    };
  }
}
