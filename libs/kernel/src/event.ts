import { Type, type Static, type TObject, type TProperties, type TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import type { Text } from './text.js';

/** An event as a decision makes it and as `evolve` sees it: what happened, without who, when and where. */
export interface Event<N extends string = string, D = unknown, P = unknown> {
  readonly type: N;
  readonly data: D;
  /** Sealed on the way in; only there between a decision and the log. `evolve` never sees it. */
  readonly personal?: P;
}

export interface Declaration<D extends TProperties, P extends TProperties> {
  /** What people call it. */
  readonly name: Text;
  /** The schema number this release writes; raised whenever `data` changes shape. */
  readonly schema: number;
  /** The facts of the process: in a stream about an individual only ids, days, numbers, enumerated codes and hashes. */
  readonly data: D;
  /** The personal part, sealed per case: one part per property. Every free text belongs here. */
  readonly personal?: P;
  /** How data of another schema number is read: older ones upcast, the next one read before any release writes it. */
  readonly reads?: Readonly<Record<number, (data: never) => unknown>>;
  /** A more telling name for some data: a missed deadline of type genomförandeplan is *genomförandeplan försenad*. */
  readonly label?: (data: Static<TObject<D>>) => Text | undefined;
  /** Recorded by a timer, not by a person: such entries make no one's ETag stale. */
  readonly byTimer?: true;
}

/** One kind of event. Its TypeScript type, JSON Schema, start-up registry, names and golden bytes all come from here. */
export interface EventType<N extends string = string, D extends TProperties = TProperties, P extends TProperties = TProperties> extends Declaration<D, P> {
  readonly type: N;
  readonly personal: P;
  /** Compiled check of `data`; made at first use, since compiling every declaration would slow each start. */
  readonly check: () => Validator;
}

/** The event that a declaration describes. */
export type EventOf<T> = T extends {
  readonly type: infer N extends string;
  readonly data: infer D extends TProperties;
  readonly personal: infer P extends TProperties;
}
  ? Event<N, Static<TObject<D>>, Static<TObject<P>>>
  : never;

/** An event type that carries any data: what registries, folds and views hold. */
export type AnyEventType = Omit<EventType, 'label' | 'reads' | 'data' | 'personal'> & {
  readonly data: TProperties;
  readonly personal: TProperties;
  readonly reads?: Readonly<Record<number, (data: never) => unknown>>;
  readonly label?: (data: never) => Text | undefined;
};

/** Declares an event type, once. The name is kept in NFC, since `ö` can be written in two ways that look alike. */
export const eventType = <const N extends string, D extends TProperties, P extends TProperties = Record<never, TSchema>>(
  type: N,
  declaration: Declaration<D, P>,
): EventType<N, D, P> => {
  if (type !== type.normalize('NFC')) throw new TypeError(`Event type ${type} is not in NFC.`);
  let compiled: Validator | undefined;
  const check = () => (compiled ??= Compile(dataSchema(declaration)));
  return { ...declaration, type, personal: declaration.personal ?? ({} as P), check };
};

/** The JSON Schema of an event type's `data`: closed, so that nothing unknown is stored. */
export const dataSchema = (declaration: { readonly data: TProperties }): TObject => Type.Object(declaration.data, { additionalProperties: false });

/** The JSON Schema of an event type's personal part. */
export const personalSchema = (declaration: { readonly personal?: TProperties }): TObject =>
  Type.Object(declaration.personal ?? {}, { additionalProperties: false });

/** Makes an event. The personal part is asked for exactly where the type declares one. */
export const event = <N extends string, D extends TProperties, P extends TProperties>(
  { type }: EventType<N, D, P>,
  data: Static<TObject<D>>,
  ...[personal]: keyof P extends never ? [] : [Static<TObject<P>>]
): Event<N, Static<TObject<D>>, Static<TObject<P>>> => (personal === undefined ? { type, data } : { type, data, personal });
