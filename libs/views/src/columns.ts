import { isDay, isInstant, type Day, type Instant } from '#libs/kernel';

/** One column of a view: how PostgreSQL keeps it, and what a fold may put there. */
export interface Column<V = unknown> {
  readonly sql: 'uuid' | 'text' | 'date' | 'integer' | 'boolean' | 'timestamptz' | 'json';
  readonly holds: (value: unknown) => value is V;
}
export type Columns = Readonly<Record<string, Column>>;

/** The row that columns make: what the fold returns and the queries give. */
export type RowOf<C extends Columns> = { readonly [K in keyof C]: C[K] extends Column<infer V> ? V : never };

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** What a column of text can hold: no U+0000, no half of a surrogate pair. */
export const isText = (value: unknown): value is string => typeof value === 'string' && !value.includes('\u0000') && value.isWellFormed();
const isInteger = (value: unknown): value is number => Number.isInteger(value) && Math.abs(value as number) < 2 ** 31;
/** What comes back from the database as it went in: nothing undefined at the top, no NUL, no lone surrogate. */
const isJson = (value: unknown): boolean => {
  const text = JSON.stringify(value) as string | undefined;
  return text !== undefined && text !== 'null' && !/\\u(?:0000|d[89a-f])/i.test(text);
};

/** The kinds of columns. */
export const col = {
  uuid: (): Column<string> => ({ sql: 'uuid', holds: (value): value is string => typeof value === 'string' && UUID.test(value) }),
  /** `text<'open' | 'done'>()` for codes. */
  text: <V extends string = string>(): Column<V> => ({ sql: 'text', holds: (value): value is V => isText(value) }),
  day: (): Column<Day> => ({ sql: 'date', holds: isDay }),
  instant: (): Column<Instant> => ({ sql: 'timestamptz', holds: isInstant }),
  /** A whole number of 32 bits. */
  int: (): Column<number> => ({ sql: 'integer', holds: isInteger }),
  bool: (): Column<boolean> => ({ sql: 'boolean', holds: (value): value is boolean => typeof value === 'boolean' }),
  /** Kept as text, as it was written: half the cost of `jsonb`, and it comes back with its keys in their order. Cast it where SQL looks inside often. */
  json: <V extends object>(): Column<V> => ({ sql: 'json', holds: (value): value is V => isJson(value) }),
  optional: <V>({ sql, holds }: Column<V>): Column<V | null> => ({ sql, holds: (value): value is V | null => value === null || holds(value) }),
};

/** `dueOn` is `due_on` in SQL. */
export const sqlName = (property: string): string => property.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The same, quoted, since `end` and `order` are words of SQL. */
export const quoted = (property: string): string => `"${sqlName(property)}"`;
