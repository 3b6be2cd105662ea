import canonicalize from 'canonicalize';
import { ascii } from '#libs/fields';
import { dataSchema, derivedId, entryText, personalSchema, type AnyEventType, type Entry, type Instant } from '#libs/kernel';
import { sampleOf } from './sample.js';

/** A file of golden bytes: what this release writes for one event type. Once released it never changes; another shape gets another schema number. */
export interface Golden {
  /** ASCII: `GenomforandeplanReceived.1.json`. */
  readonly file: string;
  readonly text: string;
}

const id = (name: string): string => derivedId('golden', name);

/** For every event type the canonical bytes of one entry, and beside it what is sealed of it, where something is. */
export const goldens = (types: readonly AnyEventType[]): readonly Golden[] =>
  types.flatMap((type) => {
    const file = `${ascii(type.type)}.${type.schema}`;
    const entry = { file: `${file}.json`, text: entryText(entryOf(type)) };
    if (Object.keys(type.personal).length === 0) return [entry];
    return [entry, { file: `${file}.personal.json`, text: canonicalize(sampleOf(personalSchema(type), 'personal')) ?? '' }];
  });

/** It depends on the declaration alone: neither on other types nor on the streams that hold it. */
const entryOf = (type: AnyEventType): Entry => {
  const parts = Object.keys(type.personal).map((part) => ({
    part,
    subject: id('subject'),
    kid: id('key'),
    alg: 'A256GCM' as const,
    len: 60,
    sha256: '0123456789abcdef'.repeat(4),
  }));
  return {
    v: 1,
    id: id(type.type),
    tenant: 'stockholm',
    stream: `sample-${id('stream')}`,
    rev: 7,
    type: type.type,
    schema: type.schema,
    at: '2020-10-16T22:00:00.000Z' as Instant,
    by: { actor: id('actor'), role: 'case-officer', unit: id('unit'), for: id('holder') },
    corr: '0123456789abcdef'.repeat(2),
    caus: id('cause'),
    cmd: id('command'),
    basis: [id('rule')],
    data: sampleOf(dataSchema(type), type.type) as Entry['data'],
    ...(parts.length > 0 && { personal: parts }),
  };
};
