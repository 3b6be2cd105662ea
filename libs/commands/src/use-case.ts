import { derivedId, type Decide, type Event, type Stream } from '#libs/kernel';
import type { Context } from './context.js';
import type { May, UnitOf } from './may.js';

/** A stream as it was when it was read: its state, and where it stood. */
export interface Folded<S> {
  readonly state: S;
  /** Last revision, -1 where nobody has written. */
  readonly revision: number;
  readonly etag: number;
  /** Id of the last entry; cited as basis by whoever relies on the whole stream. */
  readonly lastId: string | undefined;
}

/** Reads other streams of the same tenant for a decision. */
export interface Reads {
  fold<S, E extends Event>(stream: Stream<S, E>, id: string): Promise<Folded<S>>;
}

/**
 * Reference data that a decision rests on, loaded before it: a rule, a delegation, an approval.
 * What it returns in `basis` (event ids) is cited by every event of the decision.
 */
export type Need<C, V> = (reads: Reads, command: C, context: Context) => Promise<{ readonly value: V; readonly basis?: readonly string[] }>;

export type Needs<C> = Readonly<Record<string, Need<C, unknown>>>;
export type Values<N> = { readonly [K in keyof N]: N[K] extends Need<never, infer V> ? V : never };

export type CommandClass<C> = new () => C;

/** The id of a new object: the one its command names, else one that follows from the command, so that a repeat finds it. */
export const created =
  <C>(kind: string, named: (command: C) => string | undefined) =>
  (command: C, { commandId }: Context): string =>
    named(command) ?? derivedId(commandId, kind);

/** Everything about a use case but its decision's text: one line in a module. */
export interface UseCase<C, S, E extends Event, N extends Needs<C>> {
  /** The stream that the command writes to … */
  readonly of: Stream<S, E>;
  /** … and which one of them. For a new object: `created`. */
  readonly id: (command: C, context: Context) => string;
  /** Who may: the row of the authorisation table. */
  readonly may: readonly May[];
  /** The unit or board that the object was first given to; `may` with scope `unit` or `board` needs it. */
  readonly unit?: UnitOf<S>;
  readonly needs?: N;
  readonly decide: Decide<C, S, E, Values<N>>;
}
