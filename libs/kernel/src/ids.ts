import { parse, v4, v5 } from 'uuid';

/** The namespace of every derived id (a UUID of this project's own, RFC 9562). Changing it would make every repeat a new effect. */
const NAMESPACE = parse('b7a2f0f4-6f0b-5d53-9a6d-3a6a3f1f6f4e');

/** A random id: for persons and for the pseudonyms of cases, which must not be derivable from anything. */
export const randomId = (): string => v4();

/**
 * The id that follows from its parts (UUIDv5): the same parts give the same id in every process and at every try.
 * Parts are joined as JSON, so that `['a', 'bc']` and `['ab', 'c']` differ.
 */
export const derivedId = (...parts: readonly (string | number)[]): string => v5(Buffer.from(JSON.stringify(parts)), NAMESPACE);

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** A UUID as the log keeps them: lower case, with hyphens, of a version that RFC 9562 knows. */
export const isId = (text: unknown): text is string => typeof text === 'string' && UUID.test(text);
