import type { AnyEventType, Event, EventOf } from '#libs/kernel';
import type { Read, Seen, View } from '#libs/views';

/** Asks the views as they were when the event was recorded: waits for those named to have come that far. */
export type AsOfEvent = <T>(views: readonly View[], questions: (read: Read) => Promise<T>) => Promise<T>;

/** An event as a reaction sees it. Its recorded time stays with the views, which have followed the log from its beginning. */
export type Happened<E extends Event = Event> = Omit<Seen<E>, 'recordedAt'> & E;

/** What follows in other streams from an event in one. */
export interface Reaction {
  /** Never changed once released: ids of commands and the checkpoint hang on it. */
  readonly name: string;
  /** Event types it looks at, by name. Never more once released: what the release before passed by would never be looked at; that is another reaction. */
  readonly on: ReadonlySet<string>;
  /** Where it begins when it is new. */
  readonly from: 'head' | 'start';
  /** Ids of the objects concerned: the same ones each time it is asked, or a repeat would not be known as one. */
  readonly targets: (event: Happened, asOf: AsOfEvent) => Promise<readonly string[]> | readonly string[];
  /** Pure: the command for one of them. */
  readonly react: (event: Happened, target: string) => object;
}

export interface ReactionDeclaration<T extends AnyEventType> {
  readonly name: string;
  readonly on: readonly T[];
  /** `start` also reacts to everything that was recorded before the reaction was thought of. */
  readonly from?: 'head' | 'start';
  readonly targets: (event: Happened<EventOf<T> & Event>, asOf: AsOfEvent) => Promise<readonly string[]> | readonly string[];
  readonly react: (event: Happened<EventOf<T> & Event>, target: string) => object;
}

/** Declares a reaction: which objects an event concerns, and the command that each is sent. A refused command becomes a dead letter. */
export const reaction = <T extends AnyEventType>({ name, on, from = 'head', targets, react }: ReactionDeclaration<T>): Reaction => ({
  name,
  on: new Set(on.map(({ type }) => type)),
  from,
  targets: targets as Reaction['targets'],
  react: react as Reaction['react'],
});
