import type { JSONRecordedEvent } from '@eventstore/db-client';
import { randomId } from '#libs/kernel';
import { LogRefused, type Position } from './event-log.js';
import { everything, NoAnswer, typeOf, type EventStoreCalls } from './event-store-calls.js';
import { positionOf } from './event-store-entries.js';
import type { ServerNames } from './event-store-names.js';
import { OPEN, stateOf, type LogState } from './log-state.js';

/** What is kept of the log itself: its first event has the log's id for its own, the last of the others says whether it is in use. */
const BEGUN = 'LogBegun';
const CHANGED = 'LogStateChanged';
const MOST = 1_000;

export interface Kept {
  readonly id: string;
  /** Where the log's first event lies: before that there is nothing of it. */
  readonly position: Position;
  readonly state: LogState;
  readonly revision: number;
}

/** The one stream that lies outside every tenant. */
export class EventStoreState {
  constructor(
    private readonly calls: EventStoreCalls,
    private readonly names: ServerNames,
  ) {}

  /** Made by whoever comes first. */
  async begin(): Promise<Kept> {
    for (const id = randomId(); ;) {
      const kept = await this.#kept();
      if (kept) return kept;
      await this.#write(BEGUN, id, { log: id }, -1);
    }
  }

  async read(): Promise<LogState> {
    const kept = await this.#kept();
    if (!kept) throw new Error(`The stream ${this.names.log} of the EventStoreDB is gone, and with it the id of the log.`);
    return kept.state;
  }

  /** @throws LogRefused where somebody else changes it meanwhile */
  async change(state: LogState): Promise<void> {
    const { revision } = await this.begin();
    if (!(await this.#write(CHANGED, randomId(), { ...state }, revision))) throw new LogRefused('Somebody else changes the state of the log at once.');
  }

  /** @returns whether it is written; somebody else may have been first */
  async #write(type: string, id: string, data: Record<string, string>, expected: number): Promise<boolean> {
    const events = [{ id, type, data: Buffer.from(JSON.stringify(data)), metadata: new Uint8Array() }];
    const { outcome } = await this.calls.call((client, { signal }) => client.appendTo({ name: this.names.log, expected, events }, signal));
    return outcome !== 'wrong-expected-version';
  }

  #kept(): Promise<Kept | undefined> {
    return this.calls.call(async (client, one) => {
      try {
        const found = await everything(client.readStream(this.names.log, { maxCount: MOST }), one);
        const events = found.flatMap(({ event }) => (event ? [event as JSONRecordedEvent] : []));
        const [first] = events;
        if (first) return { id: first.id, position: positionOf(first.position), state: stateIn(events.at(-1)), revision: events.length - 1 };
      } catch (error) {
        if (typeOf(error) === 'stream-not-found') return undefined;
        throw error;
      }
      throw new NoAnswer('the answer held nothing');
    });
  }
}

const stateIn = (last: JSONRecordedEvent | undefined): LogState => {
  if (last?.type !== CHANGED) return OPEN;
  const { state = '', other } = last.data as { state?: string; other?: string };
  return stateOf(state, other);
};
