import canonicalize from 'canonicalize';
import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Instant } from './instant.js';

const Id = (description: string) => Type.String({ format: 'uuid', description });

/** Who acted, in which role, for which unit, and in whose stead. */
export const By = Type.Object(
  {
    actor: Type.String({ minLength: 1, maxLength: 64, description: 'Random UUID of a person, or the name of a system actor such as `timers`.' }),
    role: Type.String({ pattern: '^[a-z][a-z-]*$', maxLength: 64 }),
    unit: Id('The unit in which the role is held.'),
    for: Type.Optional(Id('The person in whose stead the actor acted.')),
  },
  { additionalProperties: false },
);
export type By = Static<typeof By>;

/** Where the personal part of an event lies in the vault, and how to know it again. */
export const PersonalRef = Type.Object(
  {
    part: Type.String({ minLength: 1, maxLength: 64 }),
    subject: Id('Pseudonym of the case or person whose key seals the part.'),
    kid: Id('The data key.'),
    alg: Type.Literal('A256GCM'),
    len: Type.Integer({ minimum: 28, description: 'Length in bytes of what is stored: IV, ciphertext, tag.' }),
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'Of the stored bytes.' }),
  },
  { additionalProperties: false },
);
export type PersonalRef = Static<typeof PersonalRef>;

/**
 * What the log stores, hashes and exports: RFC 8785 canonical JSON, byte for byte.
 * `at` is the recorded instant; business days stand in `data` as `…On`, instants as `…At`. The two are never mixed.
 */
export const Entry = Type.Object(
  {
    v: Type.Literal(1, { description: 'Layout of the entry itself.' }),
    id: Id('UUIDv5 of tenant, stream, command and index.'),
    tenant: Type.String({ pattern: '^[a-z0-9]+$', maxLength: 40 }),
    stream: Type.String({
      pattern: '^[a-z][a-z-]*-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
      maxLength: 100,
      description: '`order-<uuid>`, without the tenant.',
    }),
    rev: Type.Integer({ minimum: 0, description: 'Place in the stream, without gaps.' }),
    type: Type.String({ minLength: 1, maxLength: 100 }),
    schema: Type.Integer({ minimum: 1 }),
    at: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$', description: 'Recorded instant, UTC, milliseconds.' }),
    by: By,
    corr: Type.String({ pattern: '^[0-9a-f]{32}$', description: 'Correlation: the trace id of the request that began the chain.' }),
    caus: Type.Optional(Id('The event that caused it.')),
    cmd: Id('The command that decided it.'),
    basis: Type.Optional(Type.Array(Id('An event.'), { description: 'Rule versions and decisions relied on.' })),
    data: Type.Object({}, { additionalProperties: true }),
    personal: Type.Optional(Type.Array(PersonalRef, { minItems: 1 })),
  },
  { $id: 'https://uppsikt.se/schema/entry-1.json', title: 'Entry', additionalProperties: false },
);
export type Entry = Omit<Static<typeof Entry>, 'at' | 'data'> & { readonly at: Instant; readonly data: Readonly<Record<string, unknown>> };

/** The most that one entry may take, in bytes of UTF-8. */
export const MAX_ENTRY_BYTES = 65_535;
/** The most events that one append may hold. */
export const MAX_EVENTS = 15;

const entryCheck = Compile(Entry);

const canonical = (entry: Entry): string | undefined => {
  try {
    return canonicalize(entry);
  } catch (error) {
    throw new RangeError(`Entry ${entry.id} (${entry.type}) holds what JSON cannot hold: ${(error as Error).message}.`, { cause: error });
  }
};

/**
 * The entry as it is stored: canonical JSON (RFC 8785) in UTF-8.
 * @throws RangeError when it does not follow the schema, holds what JSON cannot hold, or is larger than {@link MAX_ENTRY_BYTES}
 */
export const entryText = (entry: Entry): string => {
  const candidate: unknown = entry;
  if (!entryCheck.Check(candidate))
    throw new RangeError(`Entry ${entry.id} (${entry.type}) does not follow its schema: ${JSON.stringify(entryCheck.Errors(candidate)[0] ?? null)}`);
  const text = canonical(entry);
  if (text === undefined || text.includes('\\u0000')) throw new RangeError(`Entry ${entry.id} (${entry.type}) holds what the log cannot keep.`);
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_ENTRY_BYTES) throw new RangeError(`Entry ${entry.id} (${entry.type}) takes ${bytes} bytes; at most ${MAX_ENTRY_BYTES} are allowed.`);
  return text;
};
