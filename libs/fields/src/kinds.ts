import { Type, type TSchema } from 'typebox';
import { instant, type Day, type Instant } from '#libs/kernel';
import * as checks from './checks.js';
import { field, type Field, type Optional, type OrNothing, type Shape } from './field.js';
import { made, named, schemaOf } from './shape.js';

const optional = (options: Optional | undefined) => options?.optional === true;

const ofText = (value: unknown, clean: (text: string) => string): unknown => (typeof value === 'string' ? clean(value) : value);
const lowered = (value: unknown): unknown => ofText(value, (text) => text.toLowerCase());

const id = (description?: string): TSchema => Type.String({ format: 'uuid', ...(description !== undefined && { description }) });

/** A UUID. Some systems write theirs in capitals; they are kept in lower case. */
export const Id = <const O extends Optional>(description: string, options?: O): Field<OrNothing<string, O>> =>
  field({ schema: id(description), checks: checks.isIdText, optional: optional(options), clean: lowered });

/** A calendar day, `YYYY-MM-DD`. */
export const DayField = <const O extends Optional>(description: string, options?: O): Field<OrNothing<Day, O>> =>
  field({ schema: Type.String({ format: 'date', description }), checks: checks.isDayText, optional: optional(options) });

const toInstant = (text: string): string => {
  try {
    return instant(text);
  } catch {
    return text;
  }
};

/** A moment, RFC 3339 with any offset; kept in UTC with milliseconds. */
export const InstantField = <const O extends Optional>(description: string, options?: O): Field<OrNothing<Instant, O>> =>
  field({
    schema: Type.String({ format: 'date-time', description }),
    checks: checks.isInstantText,
    optional: optional(options),
    clean: (value) => ofText(value, toInstant),
  });

/** One of some codes. @param name ASCII, what the list of codes is called in the API description */
export const Code = <const V extends string, const O extends Optional>(
  description: string,
  values: readonly V[],
  name: string,
  options?: O,
): Field<OrNothing<V, O>> => field({ schema: { ...codes(values, name), description }, checks: checks.isCode(values), optional: optional(options) });

/** Some of some codes, each once. @param name ASCII, what the list of codes is called in the API description */
export const ListOfCodes = <const V extends string, const O extends Optional>(
  description: string,
  values: readonly V[],
  name: string,
  options?: O,
): Field<OrNothing<V[], O>> =>
  field({
    schema: Type.Array(codes(values, name), { maxItems: values.length, uniqueItems: true, description }),
    checks: checks.isListOfCodes(values),
    optional: optional(options),
  });

const codes = (values: readonly string[], name: string): TSchema => named(name, Type.Enum([...values], { type: 'string' }));

const sha256 = (description?: string): TSchema => Type.String({ pattern: '^[0-9a-f]{64}$', ...(description !== undefined && { description }) });

/** A SHA-256 in hexadecimal; kept in lower case. */
export const Sha256 = <const O extends Optional>(description: string, options?: O): Field<OrNothing<string, O>> =>
  field({ schema: sha256(description), checks: checks.isSha256, optional: optional(options), clean: lowered });

/** Some SHA-256, each once: the documents that a command cites. */
export const ListOfSha256 = <const O extends Optional>(
  description: string,
  options: O & { readonly max: number; readonly min?: number },
): Field<OrNothing<string[], O>> =>
  field({
    schema: Type.Array(sha256(), { maxItems: options.max, minItems: options.min ?? 0, uniqueItems: true, description }),
    checks: checks.isListOfSha256(options),
    optional: optional(options),
    clean: (value) => (Array.isArray(value) ? value.map(lowered) : value),
  });

const writtenText = (value: unknown): unknown => ofText(value, (text) => text.normalize('NFC').trim());

/**
 * What a person writes: not empty, without what a database cannot keep (U+0000, halves of a surrogate pair),
 * without space around it, and in NFC, so that the same word is the same text.
 */
export const FreeText = <const O extends Optional>(description: string, options: O & { readonly max: number }): Field<OrNothing<string, O>> =>
  field({
    schema: Type.String({ minLength: 1, maxLength: options.max, description }),
    checks: checks.isFreeText(options.max),
    optional: optional(options),
    clean: writtenText,
  });

/** Some texts that a person writes, each once. @param options `length` is the most characters of each */
export const ListOfTexts = <const O extends Optional>(
  description: string,
  options: O & { readonly max: number; readonly min?: number; readonly length: number },
): Field<OrNothing<string[], O>> =>
  field({
    schema: Type.Array(Type.String({ minLength: 1, maxLength: options.length }), {
      maxItems: options.max,
      minItems: options.min ?? 0,
      uniqueItems: true,
      description,
    }),
    checks: checks.isListOfTexts(options),
    optional: optional(options),
    clean: (value) => (Array.isArray(value) ? value.map(writtenText) : value),
  });

/** A whole number. With a default the property is always there. */
export const Int = <const O extends Optional & { readonly min?: number; readonly max?: number; readonly default?: number }>(
  description: string,
  options?: O,
): Field<O extends { readonly default: number } ? number : OrNothing<number, O>> =>
  field({
    schema: Type.Integer({
      minimum: options?.min ?? Number.MIN_SAFE_INTEGER,
      maximum: options?.max ?? Number.MAX_SAFE_INTEGER,
      description,
      ...(options?.default !== undefined && { default: options.default }),
    }),
    checks: checks.isWhole(options?.min ?? Number.MIN_SAFE_INTEGER, options?.max ?? Number.MAX_SAFE_INTEGER),
    optional: optional(options) || options?.default !== undefined,
  });

/** Yes or no. */
export const Bool = <const O extends Optional>(description: string, options?: O): Field<OrNothing<boolean, O>> =>
  field({ schema: Type.Boolean({ description }), checks: [checks.isYesOrNo], optional: optional(options) });

/** A part that is a shape of its own. */
export const Nested = <P extends object, const O extends Optional>(part: () => Shape<P>, options?: O): Field<OrNothing<P, O>> =>
  field({ schema: schemaOf(part()), checks: checks.isPart, part: part(), optional: optional(options), clean: (value) => made(part(), value) });

/** Some parts, in their order. */
export const ListOf = <P extends object, const O extends Optional>(
  part: () => Shape<P>,
  options: O & { readonly max: number; readonly min?: number },
): Field<OrNothing<P[], O>> =>
  field({
    schema: Type.Array(schemaOf(part()), { maxItems: options.max, minItems: options.min ?? 0 }),
    checks: checks.isListOfParts(options),
    part: part(),
    optional: optional(options),
    clean: (value) => (Array.isArray(value) ? value.map((item) => made(part(), item)) : value),
  });

/** Some ids, each once. */
export const ListOfIds = <const O extends Optional>(
  description: string,
  options: O & { readonly max: number; readonly min?: number },
): Field<OrNothing<string[], O>> =>
  field({
    schema: Type.Array(id(), { maxItems: options.max, minItems: options.min ?? 0, uniqueItems: true, description }),
    checks: checks.isListOfIds(options),
    optional: optional(options),
    clean: (value) => (Array.isArray(value) ? value.map(lowered) : value),
  });

/** Some calendar days, each once. */
export const ListOfDays = <const O extends Optional>(
  description: string,
  options: O & { readonly max: number; readonly min?: number },
): Field<OrNothing<Day[], O>> =>
  field({
    schema: Type.Array(Type.String({ format: 'date' }), { maxItems: options.max, minItems: options.min ?? 0, uniqueItems: true, description }),
    checks: checks.isListOfDays(options),
    optional: optional(options),
  });
