import type { AllStreamResolvedEvent, AllStreamSubscription, ReadPosition } from '@eventstore/db-client';
import type { Page, Position, Stored } from './event-log.js';
import { refusalOf } from './event-store-calls.js';
import type { EventStoreClient } from './event-store-client.js';
import { serverPosition, storedOf } from './event-store-entries.js';
import type { ServerNames } from './event-store-names.js';

export interface Supervision {
  readonly after: Position;
  /** Where the server is asked to begin, after that one: the same, or what nothing of the log lies before. */
  readonly from: Position;
  readonly names: ServerNames;
  readonly signal: AbortSignal;
  readonly client: () => EventStoreClient;
  readonly head: () => Promise<Position>;
  readonly pauseMs: number;
  /** A subscription that has given nothing for so long is asked after: some are dead and say nothing. */
  readonly watchMs: number;
}

/** The most that lies ready for a reader that is slow, and that one page holds. */
const READY = 512;

/**
 * Everything after a position, then whatever comes, until the signal: no subscription resumes by itself, so that one follows the other,
 * each after the last event that was given, whichever of error, end and close the one before ended with.
 * @throws LogRefused where the log never gave out the position; Error where the server refuses for good
 */
export async function* supervised({ after, from: first, names, signal, client, head, pauseMs, watchMs }: Supervision): AsyncGenerator<Page> {
  let from: ReadPosition = serverPosition(first);
  let seen = after;
  while (!signal.aborted) {
    const subscription: Subscription = new Subscription(client().subscribeToAll({ fromPosition: from }, { highWaterMark: READY }));
    try {
      while (!signal.aborted) {
        const events: Came = await subscription.next(signal, watchMs);
        if (signal.aborted) return;
        if (events === 'nothing') {
          if ((await head().catch(() => seen)) > seen && !subscription.ready) break;
          continue;
        }
        if (events === 'ended') {
          // A subscription may end without saying why.
          const refusal = subscription.error === undefined ? undefined : refusalOf(subscription.error);
          if (refusal) throw refusal;
          break;
        }
        const last = events.at(-1)?.event?.position;
        if (last) from = last;
        const entries = events.flatMap((event): readonly Stored[] => [storedOf(event, names)].filter((stored) => stored !== undefined));
        seen = entries.at(-1)?.position ?? seen;
        // After what the server itself wrote, and others, a reader stays where it was: whoever begins anew where it stands must find an entry there
        // (see `standsIn` of the views). It costs a look at what came since, once for each start, at the pace of a subscription.
        if (entries.length > 0) yield { entries, upTo: seen };
      }
    } finally {
      subscription.leave();
    }
    await waited(pauseMs, signal);
  }
}

type Came = readonly AllStreamResolvedEvent[] | 'nothing' | 'ended';

/** One subscription, read at the reader's own pace. */
class Subscription {
  #over = false;
  #wake = () => {};
  error: unknown = undefined;

  constructor(private readonly reading: AllStreamSubscription) {
    reading.on('readable', () => this.#wake());
    for (const end of ['end', 'close'] as const) reading.on(end, () => this.#ended());
    // Without this one an error that comes when nobody waits would end the process.
    reading.on('error', (error) => this.#ended(error));
  }

  #ended(error?: unknown): void {
    this.error ??= error;
    this.#over = true;
    this.#wake();
  }

  get ready(): boolean {
    return this.reading.readableLength > 0;
  }

  /** What lies ready, or what comes next. What was given before the end is given out before the end is said. */
  async next(signal: AbortSignal, watchMs: number): Promise<Came> {
    const ready = this.#take();
    if (ready.length > 0) return ready;
    if (this.#over) return 'ended';
    const { promise, resolve } = Promise.withResolvers<void>();
    const wake = () => resolve();
    this.#wake = wake;
    const timer = setTimeout(wake, watchMs);
    signal.addEventListener('abort', wake, { once: true });
    await promise;
    clearTimeout(timer);
    signal.removeEventListener('abort', wake);
    const came = this.#take();
    if (came.length > 0) return came;
    return this.#over ? 'ended' : 'nothing';
  }

  #take(): AllStreamResolvedEvent[] {
    const events: AllStreamResolvedEvent[] = [];
    while (events.length < READY) {
      const event = this.reading.read() as AllStreamResolvedEvent | null;
      if (event === null) break;
      events.push(event);
    }
    return events;
  }

  leave(): void {
    this.reading.unsubscribe().catch(() => {});
    this.reading.destroy();
  }
}

const waited = async (ms: number, signal: AbortSignal): Promise<void> => {
  if (signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  const stop = () => resolve();
  signal.addEventListener('abort', stop, { once: true });
  await promise;
  clearTimeout(timer);
  signal.removeEventListener('abort', stop);
};
