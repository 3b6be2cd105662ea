import type { Entry } from '#libs/kernel';
import type { Appended, Conflict } from './event-log.js';
import { NoAnswer, type EventStoreCalls } from './event-store-calls.js';
import { eventOf, positionOf } from './event-store-entries.js';
import type { EventStoreHead } from './event-store-head.js';
import type { EventStoreReads } from './event-store-reads.js';

interface Append {
  readonly name: string;
  /** The stream's last revision, -1 for one that nobody has written to. */
  readonly expected: number;
  readonly entries: readonly Entry[];
  readonly texts: readonly string[];
}

/** Always at an explicit revision, with the same ids: what is there already answers as it did then. Its size never exceeds what the server takes. */
export class EventStoreAppends {
  constructor(
    private readonly calls: EventStoreCalls,
    private readonly reads: EventStoreReads,
    private readonly head: EventStoreHead,
  ) {}

  /** @param before each try: throws where nothing may be appended any more */
  async append(asked: Append, before: () => Promise<void>): Promise<Appended | Conflict> {
    const outcome = await this.#append(asked, before);
    if (outcome.outcome === 'appended') this.head.holds(outcome.position);
    return outcome;
  }

  #append({ name, expected, entries, texts }: Append, before: () => Promise<void>): Promise<Appended | Conflict> {
    const events = entries.map((entry, index) => eventOf(entry, texts[index] ?? ''));
    const revision = expected + texts.length;
    return this.calls.call(async (client, { signal }): Promise<Appended | Conflict> => {
      await before();
      const answer = await client.appendTo({ name, expected, events }, signal);
      if (answer.outcome === 'wrong-expected-version') return { outcome: 'conflict', actual: answer.actual };
      if (answer.revision !== revision || !answer.position) return this.#looked(name, revision, texts);
      return { outcome: 'appended', revision, position: positionOf(answer.position) };
    });
  }

  /**
   * A success that does not say what it should: the stream itself tells.
   * @throws NoAnswer where it does not, so that the append is made again; Damaged where somebody deleted the stream, and it went on elsewhere
   */
  async #looked(name: string, revision: number, texts: readonly string[]): Promise<Appended> {
    const found = await this.reads.stream(name, revision - texts.length + 1, false, texts.length);
    const last = found.at(-1);
    if (last?.entry.rev === revision && found.every(({ text }, index) => text === texts[index]))
      return { outcome: 'appended', revision, position: last.position };
    throw new NoAnswer(`${name} does not hold at ${revision} what was said to be appended there`);
  }
}
