import { types, type CustomTypesConfig } from 'pg';
import type { Instant } from '#libs/kernel';

const INT8 = 20;
const DATE = 1082;
const TIMESTAMPTZ = 1184;
const IN_UTC = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,3}))?\+00$/;

/** An instant as the log writes it, of the server's text: `2026-02-16 08:00:00.12+00`. */
const instantOf = (text: string): Instant => {
  const [, day, time, fraction = ''] = IN_UTC.exec(text) ?? [];
  const written = day ? `${day}T${time}.${fraction.padEnd(3, '0')}Z` : Temporal.Instant.from(text.replace(' ', 'T')).toString({ fractionalSecondDigits: 3 });
  return written as Instant;
};

type ParserOf = (oid: number, format?: string) => (text: string) => unknown;

const parserOf: ParserOf = (oid, format) => {
  if (oid === INT8) return BigInt;
  if (oid === DATE) return String;
  return oid === TIMESTAMPTZ ? instantOf : (types.getTypeParser as ParserOf)(oid, format);
};

/** How a view's values come in: just as the fold gave them. */
export const asFolded: CustomTypesConfig = { getTypeParser: parserOf as CustomTypesConfig['getTypeParser'] };
