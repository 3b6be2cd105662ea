import { Type, type TObject, type TSchema } from 'typebox';
import { fieldsOf, type Shape } from './field.js';

const schemas = new WeakMap<Shape, TObject>();
const names = new WeakMap<object, string>();

/** Gives a schema the name by which the API description refers to it. */
export const named = <S extends TSchema>(name: string, schema: S): S => {
  if (!/^[A-Za-z][A-Za-z0-9]*$/.test(name)) throw new TypeError(`${name} cannot name a schema: ASCII letters and digits only.`);
  names.set(schema, name);
  return schema;
};

/** The name given to a schema, where it has one. */
export const nameOf = (schema: object): string | undefined => names.get(schema);

/** A name without its dots and rings: keys of the API description are ASCII, `ReceiveGenomförandeplan` is `ReceiveGenomforandeplan` there. */
export const ascii = (name: string): string => name.normalize('NFD').replaceAll(/\p{M}/gu, '');

/** The JSON Schema of a shape: closed, so that nothing unknown gets in. Named after the class. */
export const schemaOf = (shape: Shape): TObject => {
  const known = schemas.get(shape);
  if (known) return known;
  const properties = Object.fromEntries([...fieldsOf(shape)].map(([name, { schema, optional }]) => [name, optional ? Type.Optional(schema) : schema]));
  const made = named(ascii(shape.name), Type.Object(properties, { additionalProperties: false }));
  schemas.set(shape, made);
  return made;
};

/**
 * What came in as an instance of the shape, each of its fields brought to the one way it is kept: class-validator finds its checks
 * by the class. What no field is called is left out, for {@link read} to refuse. Anything but an object is left to the checks.
 */
export const made = <C extends object>(shape: Shape<C>, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const instance = new shape();
  for (const [name, { clean }] of fieldsOf(shape)) {
    if (Object.hasOwn(value, name)) Object.assign(instance, { [name]: clean ? clean(Reflect.get(value, name)) : Reflect.get(value, name) });
  }
  return instance;
};
