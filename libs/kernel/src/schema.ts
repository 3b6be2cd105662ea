import { Type, type TEnum, type TString, type TUnsafe } from 'typebox';
import type { Day } from './day.js';
import type { Instant } from './instant.js';

/** A UUID in event data. */
export const IdType = (description: string): TString => Type.String({ format: 'uuid', description });

/** A calendar day in event data, `YYYY-MM-DD`, in Europe/Stockholm. */
export const DayType = (description: string): TUnsafe<Day> => Type.Unsafe<Day>(Type.String({ format: 'date', description }));

/** An instant in event data: RFC 3339, UTC, milliseconds. */
export const InstantType = (description: string): TUnsafe<Instant> => Type.Unsafe<Instant>(Type.String({ format: 'date-time', description }));

/** One of some codes in event data: what people read is said elsewhere, by the code. */
export const CodeType = <const C extends readonly string[]>(values: C, description: string): TEnum<[...C]> =>
  Type.Enum([...values] as [...C], { description }) as TEnum<[...C]>;
