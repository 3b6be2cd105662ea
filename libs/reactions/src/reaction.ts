import type { AnyEventType, Event, EventOf } from '#libs/kernel';
import type { Read, Seen, View } from '#libs/views';

/** Asks the views as they were when the event was recorded: waits for those named to have come that far. */
export type AsOfEvent = <T>(views: readonly View[], questions: (read: Read) => Promise<T>) => Promise<T>;

/** What follows in other streams from an event in one. */
export interface Reaction {
  /** Never changed once released: ids of commands and the checkpoint hang on it. */
  readonly name: string;
  /** Event types it looks at, by name. */
  readonly on: ReadonlySet<string>;
  /** Ids of the objects concerned. */
  readonly targets: (event: Seen, asOf: AsOfEvent) => Promise<readonly string[]> | readonly string[];
  /** Pure: the command for one of them. */
  readonly react: (event: Seen, target: string) => object;
}

/** Declares a reaction: which objects an event concerns, and the command that each is sent. A refused command becomes a dead letter. */
export const reaction = <T extends AnyEventType>({
  name,
  on,
  targets,
  react,
}: {
  readonly name: string;
  readonly on: readonly T[];
  readonly targets: (event: Seen<EventOf<T> & Event>, asOf: AsOfEvent) => Promise<readonly string[]> | readonly string[];
  readonly react: (event: Seen<EventOf<T> & Event>, target: string) => object;
}): Reaction => ({ name, on: new Set(on.map(({ type }) => type)), targets: targets as Reaction['targets'], react: react as Reaction['react'] });
