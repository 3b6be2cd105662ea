import { hash } from 'node:crypto';
import { parse, v4 } from 'uuid';

/** The namespace of every derived id (a UUID of this project's own, RFC 9562). Changing it would make every repeat a new effect. */
export const NAMESPACE = 'b7a2f0f4-6f0b-5d53-9a6d-3a6a3f1f6f4e';
const NAMESPACE_BYTES = parse(NAMESPACE);

/** A random id: for persons and for the pseudonyms of cases, which must not be derivable from anything. */
export const randomId = (): string => v4();

/**
 * The id that follows from its parts (UUIDv5, RFC 9562): the same parts give the same id in every process and at every try.
 * Parts are joined as JSON, so that `['a', 'bc']` and `['ab', 'c']` differ. Written out here, since a command derives a dozen:
 * the library's own took a tenth of its time.
 */
export const derivedId = (...parts: readonly (string | number)[]): string => {
  const hex = hash('sha1', Buffer.concat([NAMESPACE_BYTES, Buffer.from(JSON.stringify(parts))]), 'hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** A UUID as the log keeps them: lower case, with hyphens, of a version that RFC 9562 knows. */
export const isId = (text: unknown): text is string => typeof text === 'string' && UUID.test(text);
