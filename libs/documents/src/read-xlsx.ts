import { readSheet } from 'read-excel-file/universal';
import { aFormula, aMacro, anError, MAX_COLUMNS, MAX_ROWS, MAX_UNPACKED_BYTES, noTable, tooLargeTable, tooManyColumns, tooManyRows } from './table.refusals.js';
import { unzipped, zipEntries } from './zip.js';

/**
 * The cells of the first sheet of an XLSX, row by row as they stand, the empty too. Numbers come as they were written, days as ISO 8601.
 * Nothing is unpacked before its size is known, nor handed on before it is seen that no cell lies far out.
 * @throws Refusal `table.…`
 */
export const readXlsx = async (bytes: Buffer): Promise<readonly (readonly string[])[]> => {
  for (const sheet of sheetsOf(bytes)) assertPlain(sheet);
  const copy = new ArrayBuffer(bytes.length);
  new Uint8Array(copy).set(bytes);
  try {
    const rows: readonly (readonly unknown[])[] = await readSheet(copy, { parseNumber: (text: string) => text });
    return rows.map((cells) => cells.map(textOf));
  } catch {
    throw noTable(); // whatever it cannot make sense of is the file's fault: sizes and places have been seen to
  }
};

const sheetsOf = (bytes: Buffer): readonly string[] => {
  const entries = zipEntries(bytes);
  if (!entries) throw noTable();
  if (entries.some(({ name }) => /vbaProject|^xl\/(?:externalLinks|macrosheets|dialogsheets)\//i.test(name))) throw aMacro();
  if (entries.reduce((sum, { size }) => sum + size, 0) > MAX_UNPACKED_BYTES) throw tooLargeTable();
  const sheets = entries.flatMap((entry) => {
    const content = unzipped(entry);
    if (!content) throw noTable(); // it is not the size that it says, or under a password
    return /^xl\/worksheets\/[^/]+\.xml$/i.test(entry.name) ? [content.toString()] : [];
  });
  if (sheets.length === 0) throw noTable();
  return sheets;
};

const TAG = '<(?:[\\w.-]+:)?(?:row|c)(?=[\\s/>])';
/** A tag with all of its attributes: what stands within quotation marks does not end it. */
const ROW_OR_CELL = new RegExp(`${TAG}((?:[^<>"']|"[^"<]*"|'[^'<]*')*)>`, 'g');
const PLACE = /\sr\s*=\s*["']([A-Z]{0,3})(\d{1,7})["']/;
/** A reader would take it for an empty cell. */
const ERROR_VALUE = /\st\s*=\s*["']e["']/;
const FORMULA = /<(?:[\w.-]+:)?f[\s/>]/;

/** Rows and cells lie within the bounds, and none holds a formula: a reader makes every row and cell up to the last. */
const assertPlain = (sheet: string): void => {
  let read = 0;
  for (const [, attributes = ''] of sheet.matchAll(ROW_OR_CELL)) {
    read++;
    if (attributes.includes('&')) throw noTable(); // a place that is written so that it looks like another
    if (ERROR_VALUE.test(attributes)) throw anError();
    const [, letters = '', row = '0'] = PLACE.exec(attributes) ?? [];
    if (Number(row) > MAX_ROWS) throw tooManyRows();
    if (columnOf(letters) > MAX_COLUMNS) throw tooManyColumns();
  }
  if (read !== [...sheet.matchAll(new RegExp(TAG, 'g'))].length) throw noTable();
  const formula = sheet.search(FORMULA);
  if (formula >= 0) throw aFormula(cellBefore(sheet, formula));
};

/** The address of the cell that a place in the text lies in. */
const cellBefore = (sheet: string, place: number): string => {
  const [, letters = 'A', row = '1'] = PLACE.exec(sheet.slice(sheet.lastIndexOf(' r=', place), place)) ?? [];
  return `${letters}${row}`;
};

const columnOf = (letters: string): number => Array.from(letters, (letter) => letter.charCodeAt(0) - 64).reduce((sum, place) => sum * 26 + place, 0);

const textOf = (cell: unknown): string => {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'object') return dayOrMoment(Number(cell));
  return typeof cell === 'string' ? cell : JSON.stringify(cell);
};

/** A day of a spreadsheet has no zone: it comes as midnight UTC. */
const dayOrMoment = (milliseconds: number): string => {
  const at = Temporal.Instant.fromEpochMilliseconds(milliseconds).round('second').toZonedDateTimeISO('UTC');
  return at.hour + at.minute + at.second === 0 ? at.toPlainDate().toString() : at.toPlainDateTime().toString();
};
