import { stringify } from 'csv-stringify/sync';
import type { Text } from '#libs/kernel';
import type { Language } from '../problem/language.js';
import { inOneCell, YES_NO } from './file-form.js';
import type { Listed } from './query.endpoint.js';

/** A list as a file that a Swedish spreadsheet opens as it is: UTF-8 with BOM, semicolons, and no cell that the spreadsheet would take for a formula. */
export const csvOf = (columns: Readonly<Record<string, Text>>, { items }: Listed, language: Language): string => {
  const [yes, no] = YES_NO[language];
  return stringify([...items], {
    header: true,
    columns: Object.entries(columns).map(([key, name]) => ({ key, header: name[language] })),
    bom: true,
    delimiter: ';',
    record_delimiter: 'windows',
    escape_formulas: true,
    cast: { boolean: (value) => (value ? yes : no), object: inOneCell },
  });
};
