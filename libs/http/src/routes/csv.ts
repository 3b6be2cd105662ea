import { stringify } from 'csv-stringify/sync';
import type { Text } from '#libs/kernel';
import type { Language } from '../problem/language.js';
import { HttpRefused } from '../problem/told.js';
import type { Listed } from './query.endpoint.js';

/** The most rows that a file of a list may have; a longer list is refused rather than cut without a word. */
export const MAX_FILE_ROWS = 10_000;

/** Whether `Accept` asks for the file form of a list. */
export const wantsCsv = (accept: string | undefined): boolean => /(?:^|,)\s*text\/csv\s*(?:;(?!\s*q=0(?:\.0*)?\s*(?:,|$))|,|$)/i.test(accept ?? '');

const YES_NO = { sv: ['ja', 'nej'], en: ['yes', 'no'] } as const;

/**
 * A list as a file that a Swedish spreadsheet opens as it is: UTF-8 with BOM, semicolons,
 * and no cell that the spreadsheet would take for a formula.
 * @throws HttpRefused (422) where the list has more rows than a file may
 */
export const csvOf = (columns: Readonly<Record<string, Text>>, { total, items, cursor }: Listed, offset: number, language: Language): string => {
  if ((cursor !== undefined || total - offset > items.length) && items.length >= MAX_FILE_ROWS) {
    throw new HttpRefused({
      status: 422,
      code: 'list.too-long',
      text: {
        sv: `Listan har fler rader än de ${MAX_FILE_ROWS} som en fil får ha. Avgränsa den.`,
        en: `The list has more than the ${MAX_FILE_ROWS} rows that a file may have. Narrow it down.`,
      },
    });
  }
  const [yes, no] = YES_NO[language];
  return stringify([...items], {
    header: true,
    columns: Object.entries(columns).map(([key, name]) => ({ key, header: name[language] })),
    bom: true,
    delimiter: ';',
    record_delimiter: 'windows',
    escape_formulas: true,
    cast: { boolean: (value) => (value ? yes : no) },
  });
};
