import type { Day } from './day.js';
import type { By } from './entry.js';
import type { AnyEventType, Event } from './event.js';
import type { Instant } from './instant.js';

/** What else of an entry `evolve` may read. */
export interface Recorded {
  /** The event's own id: what a later event cites as its basis. */
  readonly id: string;
  readonly rev: number;
  readonly at: Instant;
  readonly by: By;
}

/**
 * A kind of stream: its facts and how they add up.
 * @typeParam S state, a union on `status`; its `none` is that of a stream nobody has written to
 */
export interface Stream<S, E extends Event> {
  /** First part of the stream's name: `order` of `order-<uuid>`. */
  readonly name: string;
  readonly events: readonly AnyEventType[];
  readonly initial: S;
  /** Pure: the same facts always give the same state, also after an erasure, since it never sees a personal part. */
  evolve(state: S, event: E, recorded: Recorded): S;
  /** Pseudonym under whose key the stream's personal parts are sealed; left out where there are none. */
  subject?(state: S): string | undefined;
}

/** What a decision is given beside command and state: never a clock, never a store. */
export interface Given {
  readonly now: Instant;
  /** The day of `now` in Europe/Stockholm. */
  readonly today: Day;
  readonly by: By;
  readonly tenant: string;
  /** The id of the object itself: the stream's name without its kind. */
  readonly id: string;
  /** A fresh random pseudonym, for the opening event of a case. */
  readonly subject: string;
}

/**
 * What may be said, given what has happened. Pure. Nothing new to say is an empty answer;
 * expected bad news is an event; a broken rule is thrown as a `Refusal`.
 */
export type Decide<C, S, E extends Event, N = unknown> = (command: C, state: S, given: Given & N) => readonly E[];
