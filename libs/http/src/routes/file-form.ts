import { HttpRefused } from '../problem/told.js';
import type { Listed } from './query.endpoint.js';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The forms of a list that are files, by what `Accept` calls them. */
const FORMS = { csv: 'text/csv', xlsx: XLSX } as const;
export type FileForm = keyof typeof FORMS;

/** The most rows that a file of a list may have; a longer list is refused rather than cut without a word. */
export const MAX_FILE_ROWS = 10_000;

/** How a file says yes and no. */
export const YES_NO = { sv: ['ja', 'nej'], en: ['yes', 'no'] } as const;

/** How a cell says what is no text, number or day: some texts one after the other, all else as JSON. */
export const inOneCell = (value: object): string =>
  Array.isArray(value) && value.every((one) => typeof one === 'string') ? value.join(', ') : JSON.stringify(value);

/** The file form of a list that `Accept` asks for; of several the first. */
export const fileFormOf = (accept: string | undefined): FileForm | undefined => {
  for (const range of (accept ?? '').toLowerCase().split(',')) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
    if (parameters.some((parameter) => /^q\s*=\s*0(?:\.0*)?$/.test(parameter))) continue;
    if (type === FORMS.csv) return 'csv';
    if (type === FORMS.xlsx) return 'xlsx';
  }
  return undefined;
};

/** @throws HttpRefused (422) where the list has more rows than a file may */
export const assertWhole = ({ total, items, cursor }: Listed, offset: number): void => {
  if ((cursor === undefined && total - offset <= items.length) || items.length < MAX_FILE_ROWS) return;
  throw new HttpRefused({
    status: 422,
    code: 'list.too-long',
    text: {
      sv: `Listan har fler rader än de ${MAX_FILE_ROWS} som en fil får ha. Avgränsa den.`,
      en: `The list has more than the ${MAX_FILE_ROWS} rows that a file may have. Narrow it down.`,
    },
  });
};
