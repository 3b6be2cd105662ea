import { CsvError, parse } from 'csv-parse/sync';
import { badQuotes, notUtf8 } from './table.refusals.js';

const strict = new TextDecoder('utf-8', { fatal: true });

const decoded = (bytes: Uint8Array): string => {
  try {
    return strict.decode(bytes); // leaves out the mark of UTF-8 at the beginning
  } catch {
    throw notUtf8();
  }
};

/** Semicolons, as Swedish spreadsheets write, commas, or tabs: whichever the first line has most of, outside its quotation marks. */
const delimiterOf = (text: string): string => {
  const [line = ''] = text.replaceAll(/"[^"]*"/g, '').split(/\r?\n/, 1);
  const [first] = [';', ',', '\t'].map((sign) => ({ sign, count: line.split(sign).length })).toSorted((a, b) => b.count - a.count);
  return first!.sign;
};

/**
 * The cells of a CSV (RFC 4180), row by row as they stand, the empty too.
 * @throws Refusal `table.not-utf8`, `table.quotes`
 */
export const readCsv = (bytes: Uint8Array): readonly (readonly string[])[] => {
  const text = decoded(bytes);
  if (text.includes('\0')) throw notUtf8(); // UTF-16
  try {
    return parse(text, { delimiter: delimiterOf(text), relax_column_count: true });
  } catch (error) {
    if (error instanceof CsvError) throw badQuotes(Number((error as { records?: unknown }).records ?? 0) + 1);
    throw error;
  }
};
