import { validateSync } from 'class-validator';
import { OBJECT } from './checks.js';
import { faultsOf, unknownIn, type Fault } from './faults.js';
import { fieldsOf, type Shape } from './field.js';
import { made } from './shape.js';

/** What came in does not have the shape it should. Says the first few things that are wrong, so that they can be mended at once. */
export class BadShape extends Error {
  override readonly name = 'BadShape';

  constructor(readonly faults: readonly Fault[]) {
    super(faults.map(({ pointer, detail }) => `${pointer || '/'}: ${detail.en}`).join(' '));
  }
}

/** The most faults that one answer lists: a list of a thousand items may have each of them wrong. */
const MOST_FAULTS = 16;

/**
 * What came in, as the shape it should have: class-validator holds it against the fields' checks. Nothing is converted: `"1"` is no number.
 * @throws BadShape with the first few faults and where they are; unknown properties are faults too
 */
export const read = <C extends object>(shape: Shape<C>, value: unknown): C => {
  const instance = made(shape, value);
  if (!(instance instanceof shape)) throw new BadShape([{ pointer: '', detail: OBJECT }]);
  const faults = [...faultsOf(validateSync(instance, { forbidUnknownValues: true, stopAtFirstError: true })), ...unknownIn(shape, value)];
  if (faults.length > 0) throw new BadShape(faults.slice(0, MOST_FAULTS));
  return instance;
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
