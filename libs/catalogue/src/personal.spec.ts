import { expect, test } from '@jest/globals';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { dataSchema, DayType, IdType, InstantType, type Event, type Stream } from '#libs/kernel';
import { streams } from './index.js';
import type { JsonSchema } from './json-schema.js';

const all: readonly Stream<unknown, Event>[] = streams;
/** Streams about an individual: they name the pseudonym under whose key their personal parts are sealed. */
const aboutIndividuals = all.filter((stream) => 'subject' in stream);

/** What people write where a field lets them. */
const FREE_TEXTS = [
  'Alva',
  'Alva Öberg',
  'alva öberg',
  '20080101-1234',
  '200801011234',
  '+46701234567',
  'alva@example.se',
  'Storgatan 1',
  'Ringde; modern sade att det går bra.',
  'alva-'.repeat(40),
  '',
];

/** Where a schema lets in free text: a line for each place. */
const freeText = (schema: JsonSchema, at: string): string[] => {
  if ('const' in schema || schema.enum) return [];
  if (schema.anyOf) return schema.anyOf.flatMap((one) => freeText(one, at));
  switch (schema.type) {
    case 'integer':
    case 'boolean':
      return [];
    case 'string': {
      const check = Compile(schema as object);
      const held = FREE_TEXTS.find((text) => check.Check(text));
      return held === undefined ? [] : [`${at} can hold ${JSON.stringify(held)}`];
    }
    case 'array':
      return schema.items ? freeText(schema.items, `${at}[]`) : [`${at} can hold anything`];
    case 'object': {
      const open = schema.additionalProperties === false ? [] : [`${at} can hold properties of any name`];
      return [...open, ...Object.entries(schema.properties ?? {}).flatMap(([name, property]) => freeText(property, `${at}/${name}`))];
    }
    default:
      return [`${at} can hold anything`];
  }
};

test('orders and persons are streams about an individual', () => {
  expect(aboutIndividuals.map(({ name }) => name)).toEqual(expect.arrayContaining(['order', 'person']));
});

test.each(aboutIndividuals.flatMap(({ name, events }) => events.map((type) => [`${name}: ${type.type}`, type] as const)))(
  '%s holds ids, days, numbers, codes and hashes; its free texts are sealed',
  (_name, type) => {
    expect(freeText(dataSchema(type), type.type)).toEqual([]);
  },
);

test.each(aboutIndividuals.map((stream) => [stream.name, stream] as const))(
  '%s names its pseudonym in one event, which opens the case',
  (_name, { events }) => {
    expect(events.filter(({ data }) => 'subject' in data)).toHaveLength(1);
  },
);

test('what is in no stream about an individual has nothing to seal, and no key to seal it with', () => {
  const others = all.filter((stream) => !('subject' in stream));
  const sealed = others.flatMap(({ events }) => events.filter(({ personal }) => Object.keys(personal).length > 0));
  expect(sealed.map(({ type }) => type)).toEqual([]);
});

test.each([
  ['a text', Type.String()],
  ['a text of some length', Type.String({ minLength: 1, maxLength: 20 })],
  ['a text in a list', Type.Array(Type.String())],
  ['a text in a part', Type.Object({ note: Type.String() }, { additionalProperties: false })],
  ['a text among codes', Type.Union([Type.Literal('other'), Type.String()])],
  ['a pattern that is not anchored', Type.String({ pattern: '[a-z]' })],
  ['a pattern of words', Type.String({ pattern: '^[\\p{L} ]+$' })],
  ['a pattern of digits', Type.String({ pattern: '^[0-9-]+$' })],
  ['a pattern without end', Type.String({ pattern: '^[a-z-]+$' })],
  ['a part that takes more', Type.Object({})],
  ['anything', Type.Unknown()],
  ['a number with a fraction', Type.Number()],
  ['names as keys', Type.Record(Type.String(), Type.Integer())],
] as const)('%s would be found', (_what, schema) => {
  expect(freeText(dataSchema({ data: { field: schema } }), 'It').length).toBeGreaterThan(0);
});

test('ids, days, instants and hashes are no free text', () => {
  const data = { id: IdType(''), on: DayType(''), at: InstantType(''), sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }), count: Type.Integer() };
  expect(freeText(dataSchema({ data }), 'It')).toEqual([]);
});
