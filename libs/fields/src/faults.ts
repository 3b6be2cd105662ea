import type { ValidationError } from 'class-validator';
import type { Text } from '#libs/kernel';
import { fieldsOf, type Shape } from './field.js';

/** One thing wrong with what came in. */
export interface Fault {
  /** JSON pointer (RFC 6901) to it. */
  readonly pointer: string;
  /** What to write instead. */
  readonly detail: Text;
}

const unknownField: Text = {
  sv: 'Här finns inget fält med det namnet. Ta bort det eller rätta namnet.',
  en: 'There is no field of that name here. Take it away or mend the name.',
};
const otherwise: Text = { sv: 'Värdet passar inte här.', en: 'This value does not fit here.' };

/** A key as a step of a JSON pointer (RFC 6901). */
const step = (key: string): string => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** A list is told of its first item that is no object; class-validator speaks of the list as a whole. */
const placeOf = (constraint: string, value: unknown): string => {
  const bad = constraint === 'isObject' && Array.isArray(value) ? value.findIndex((item) => !isObject(item)) : -1;
  return bad < 0 ? '' : step(String(bad));
};

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Properties that no field of the shape is called. class-validator's own whitelist looks names up in a plain object,
 * and so takes `constructor` and `__proto__` for known ones.
 */
export const unknownIn = (shape: Shape, value: unknown, at = ''): readonly Fault[] => {
  if (Array.isArray(value)) return value.flatMap((item, index) => unknownIn(shape, item, at + step(String(index))));
  if (!isObject(value)) return [];
  const fields = fieldsOf(shape);
  return Object.entries(value).flatMap(([name, one]) => {
    const field = fields.get(name);
    if (!field) return [{ pointer: at + step(name), detail: unknownField }];
    return field.part ? unknownIn(field.part, one, at + step(name)) : [];
  });
};

/** What class-validator found, in sentences. What is wrong with a part as a whole hides what is wrong within it. */
export const faultsOf = (errors: readonly ValidationError[], at = ''): readonly Fault[] =>
  errors.flatMap(({ property, constraints, contexts, children = [], value }) => {
    const pointer = at + step(property);
    const [constraint] = Object.keys(constraints ?? {});
    if (constraint === undefined) return faultsOf(children, pointer);
    const said: Text | undefined = contexts?.[constraint];
    return [{ pointer: pointer + placeOf(constraint, value), detail: said ?? otherwise }];
  });
