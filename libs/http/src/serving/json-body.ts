import type { Text } from '#libs/kernel';
import { HttpRefused } from '../problem/told.js';

const MAX_DEPTH = 20;

const strict = new TextDecoder('utf-8', { fatal: true });

const malformed = (code: string, text: Text) => new HttpRefused({ status: 400, code, text });

const decoded = (body: Uint8Array): string => {
  try {
    return strict.decode(body);
  } catch {
    throw malformed('body.not-utf8', { sv: 'Skicka JSON i UTF-8.', en: 'Send JSON in UTF-8.' });
  }
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed('body.not-json', {
      sv: 'Det som skickades är inte JSON: kontrollera citattecken, kommatecken och klamrar.',
      en: 'What was sent is not JSON: check quotation marks, commas and braces.',
    });
  }
};

const namesIn = (value: unknown, depth = 0): number => {
  if (typeof value !== 'object' || value === null) return 0;
  if (depth === MAX_DEPTH) throw malformed('body.too-deep', { sv: 'Det som skickades är för djupt nästlat.', en: 'What was sent is nested too deeply.' });
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce<number>((sum, one) => sum + namesIn(one, depth + 1), own);
};

/** Outside its texts, JSON has as many colons as names were written. */
const namesWritten = (text: string): number => text.replaceAll(/"[^"\\]*(?:\\.[^"\\]*)*"/g, '').split(':').length - 1;

/**
 * The JSON of a body. A name that stands twice in an object is refused: of the two values each reader might take another (RFC 8259 §4).
 * @throws HttpRefused (400)
 */
export const readJson = (body: Uint8Array): unknown => {
  if (body.length === 0) return undefined;
  const text = decoded(body);
  const value = parsed(text);
  if (namesIn(value) !== namesWritten(text)) {
    throw malformed('body.name-twice', { sv: 'Samma namn står två gånger i ett objekt.', en: 'The same name stands twice in an object.' });
  }
  return value;
};
