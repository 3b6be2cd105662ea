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

/** What came in, each known field brought to the one way it is kept. Anything but an object is left to the schema. */
export const cleaned = (shape: Shape, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const fields = fieldsOf(shape);
  return Object.fromEntries(Object.entries(value).map(([name, one]: [string, unknown]) => [name, fields.get(name)?.clean?.(one) ?? one]));
};
