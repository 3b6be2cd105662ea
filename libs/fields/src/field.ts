import type { TSchema } from 'typebox';
import { isPresent, mayBeAbsent, type Check } from './checks.js';

/** A class that describes what comes in: a command, a query, or a part of one. It is made without arguments. */
export type Shape<C extends object = object> = new () => C;

/** What one field of a shape takes. */
export interface FieldSpec {
  /** How the API description says it. */
  readonly schema: TSchema;
  /** What it is held against, in this order: the first that fails is told. */
  readonly checks: readonly Check[];
  readonly optional: boolean;
  /** The shape of the value, or of each item of a list. */
  readonly part?: Shape;
  /** Brings what people write in several ways to the one that is kept. What it cannot make sense of it leaves to the checks. */
  readonly clean?: (value: unknown) => unknown;
}

/**
 * Decorates a property. It compiles only where the property takes everything that the field lets in:
 * an `Int` on a `string`, or an optional field on a property without `?`, does not.
 */
export type Field<T> = <C extends object, K extends keyof C>(target: C, name: [T] extends [C[K]] ? K : never) => void;

/** Leaves a field out of what is required: where it is absent, the property is `undefined`. A `null` is not absent. */
export interface Optional {
  readonly optional?: true;
}
/** What the property may hold: also nothing, where the field is optional. */
export type OrNothing<T, O> = O extends { readonly optional: true } ? T | undefined : T;

const declared = new WeakMap<object, Map<string, FieldSpec>>();

/** Makes a decorator of a property. The kinds in `kinds.ts` are all there should be. */
export const field =
  <T>(spec: FieldSpec): Field<T> =>
  (target, name) => {
    for (const check of [spec.optional ? mayBeAbsent : isPresent, ...spec.checks]) check(target, String(name));
    const own = declared.get(target) ?? new Map<string, FieldSpec>();
    declared.set(target, own.set(String(name), spec));
  };

const all = new WeakMap<Shape, ReadonlyMap<string, FieldSpec>>();

/** The fields of a shape by name, those it inherits first. */
export const fieldsOf = (shape: Shape): ReadonlyMap<string, FieldSpec> => {
  const known = all.get(shape);
  if (known) return known;
  const chain: object[] = [];
  for (let at: unknown = shape.prototype; at instanceof Object; at = Object.getPrototypeOf(at)) chain.unshift(at);
  const found = new Map(chain.flatMap((prototype) => [...(declared.get(prototype) ?? [])]));
  all.set(shape, found);
  return found;
};
