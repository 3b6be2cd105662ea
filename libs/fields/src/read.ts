import type { Text } from '#libs/kernel';
import { Compile, type Validator } from 'typebox/compile';
import { fieldsOf, type Shape } from './field.js';
import { faultsOf } from './sentences.js';
import { cleaned, schemaOf } from './shape.js';

/** One thing wrong with what came in. */
export interface Fault {
  /** JSON pointer (RFC 6901) to it. */
  readonly pointer: string;
  /** What to write instead. */
  readonly detail: Text;
}

/** What came in does not have the shape it should. Says the first few things that are wrong, so that they can be mended at once. */
export class BadShape extends Error {
  override readonly name = 'BadShape';

  constructor(readonly faults: readonly Fault[]) {
    super(faults.map(({ pointer, detail }) => `${pointer || '/'}: ${detail.en}`).join(' '));
  }
}

const checks = new WeakMap<Shape, Validator>();

const checkOf = (shape: Shape): Validator => {
  const known = checks.get(shape);
  if (known) return known;
  const made = Compile(schemaOf(shape));
  checks.set(shape, made);
  return made;
};

/**
 * What came in, as the shape it should have. Nothing is converted: `"1"` is no number.
 * @throws BadShape with the first few faults and where they are; unknown properties are faults too
 */
export const read = <C extends object>(shape: Shape<C>, value: unknown): C => {
  const clean = cleaned(shape, value);
  const check = checkOf(shape);
  if (!check.Check(clean)) throw new BadShape(faultsOf(check.Errors(clean)));
  return Object.assign(new shape(), clean);
};

/**
 * Parameters of an address are all text: those whose field is a number, a yes or no, or a list are made so.
 * What cannot be made so stays as it is, for {@link read} to refuse.
 */
export const fromParameters = (shape: Shape, parameters: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  const fields = fieldsOf(shape);
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, typed(fields.get(name)?.schema, value)]));
};

const typed = (schema: { readonly type?: string } | undefined, value: unknown): unknown => {
  switch (schema?.type) {
    case 'integer':
      return typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
    case 'boolean':
      return value === 'true' || (value === 'false' ? false : value);
    case 'array':
      return Array.isArray(value) ? value : [value];
    default:
      return value;
  }
};
