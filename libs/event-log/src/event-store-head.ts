import type { ReadPosition } from '@eventstore/db-client';
import { START, type Position } from './event-log.js';
import { everything, NoAnswer, type EventStoreCalls } from './event-store-calls.js';
import { storedOf } from './event-store-entries.js';
import type { ServerNames } from './event-store-names.js';

/** How far back is looked at once for the last entry, since others write between; further back it is looked at in larger steps. */
const TAIL = 32;
const STEP = 1_000;

/** Up to `looked` everything at the server was looked at, and of all that the last entry of this log lies at `head`. */
interface Seen {
  readonly looked: Position;
  readonly head: Position;
}

/**
 * Where the log ends, and the server. Each question is put to whoever leads, so that an answer holds all that was acknowledged before, by whomever;
 * but no event is looked at twice: a log that lies quiet beside others, which write much, costs what came since it was last asked.
 */
export class EventStoreHead {
  #seen: Seen;
  #first: Promise<Seen> | undefined;

  /** @param begun where the event lies that says the log's own id: nothing of the log lies before it */
  constructor(
    private readonly calls: EventStoreCalls,
    private readonly names: ServerNames,
    begun: Position,
  ) {
    this.#seen = { looked: begun, head: START };
  }

  /** The position of the last entry. */
  async head(): Promise<Position> {
    return (await this.#look()).head;
  }

  /** The position of the last event of the server, whosever it is. */
  async end(): Promise<Position> {
    const [last] = await this.#step('end', 1);
    const end = (last?.event?.position?.commit ?? START) as Position;
    return end > this.#seen.looked ? end : this.#seen.looked;
  }

  /** This process was told that an entry lies there: a node that is behind the others cannot make it unknown again. */
  holds(position: Position): void {
    this.#note({ looked: position, head: position });
  }

  /** The first look may go back far: whoever asks meanwhile waits for it, and then looks at what came since. */
  async #look(): Promise<Seen> {
    if (this.#first) {
      await this.#first;
      return this.#back();
    }
    this.#first = this.#back();
    this.#first.catch(() => (this.#first = undefined));
    return this.#first;
  }

  /** Back from the end of the server to the last entry, or to where it was looked before. */
  async #back(): Promise<Seen> {
    const before = this.#seen;
    let looked: Position | undefined;
    let from: ReadPosition = 'end';
    for (let maxCount = TAIL; ; maxCount = STEP) {
      for (const { event } of await this.#step(from, maxCount)) {
        if (!event?.position) continue;
        from = event.position;
        const at = from.commit as Position;
        looked ??= at;
        if (at <= before.looked) return this.#note({ looked, head: before.head });
        const stored = storedOf({ event }, this.names);
        if (stored) return this.#note({ looked, head: stored.position });
      }
    }
  }

  #step(fromPosition: ReadPosition, maxCount: number) {
    return this.calls.call(async (client, one) => {
      const events = await everything(client.readAll({ fromPosition, direction: 'backwards', maxCount, requiresLeader: true }), one);
      // Before whatever lies after the log's beginning lies something.
      if (events.length === 0) throw new NoAnswer('the answer held nothing');
      return events;
    });
  }

  /** What another look, or an append, has seen meanwhile may reach further. */
  #note(seen: Seen): Seen {
    if (seen.looked > this.#seen.looked) this.#seen = seen;
    return this.#seen;
  }
}
