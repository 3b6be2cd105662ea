import { derivedId } from '#libs/kernel';
import { Compile } from 'typebox/compile';
import type { JsonSchema } from './json-schema.js';

/** Texts that every pattern of the product is to find one among; the last is free text, with letters of more than one byte. */
const TEXTS = ['0123456789abcdef'.repeat(4), 'genomforandeplan', '08:00', 'Räksmörgås & söner'];

/**
 * Something that a schema lets in, always the same: what is optional is there, of several choices the first, of several kinds of
 * items one each. An id is told by the name of its property, so that the samples of one stream are about the same things.
 * @throws TypeError for a schema of which no sample is known
 */
export const sampleOf = (schema: JsonSchema, name: string): unknown => {
  if ('const' in schema) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf) return sampleOf(schema.anyOf[0] ?? {}, name);
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, property]) => [key, sampleOf(property, key)]));
    case 'array':
      return listOf(schema.items?.anyOf ?? [schema.items ?? {}], name, schema.minItems ?? 1);
    case 'string':
      return textOf(schema, name);
    case 'integer':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    default:
      throw new TypeError(`No sample is known for ${name}: ${JSON.stringify(schema)}.`);
  }
};

/** One item of each kind; where the list must hold more, others of them. */
const listOf = (items: readonly JsonSchema[], name: string, least: number): readonly unknown[] =>
  Array.from({ length: Math.max(least, items.length) }, (_, nth) => sampleOf(items[nth % items.length] ?? {}, nth < items.length ? name : `${name} ${nth}`));

const textOf = (schema: JsonSchema, name: string): string => {
  const check = Compile(schema as object);
  const id = derivedId('sample', name);
  const found = [id, `sample-${id}`, '2020-10-16', '2020-10-16T22:00:00.000Z', ...TEXTS].filter((text) => check.Check(text));
  // Free text takes anything: there the letters are to be tried, not an id.
  const text = schema.format === undefined && schema.pattern === undefined ? found.at(-1) : found[0];
  if (text === undefined) throw new TypeError(`No sample is known for ${name}: ${JSON.stringify(schema)}.`);
  return text;
};
