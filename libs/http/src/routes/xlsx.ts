import type { Cell } from 'write-excel-file/node';
import writeExcelFile from 'write-excel-file/node';
import type { TSchema } from 'typebox';
import { schemaOf, type Shape } from '#libs/fields';
import { daysBetween, isDay, isInstant, stockholmDay, type Day, type Instant, type Text } from '#libs/kernel';
import type { Language } from '../problem/language.js';
import { inOneCell, YES_NO } from './file-form.js';
import type { Listed } from './query.endpoint.js';

/** What one cell of a spreadsheet holds. */
const MAX_CELL = 32_767;
const NAME_LIMIT = 31;

/** What XML cannot say: control characters, but for tabs and ends of lines. */
const UNSAID = /(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu;

const textCell = (text: string): { readonly type: StringConstructor; readonly value: string } => ({
  type: String,
  value: text.replaceAll(UNSAID, '').slice(0, MAX_CELL),
});

/** Days are numbered from 1900, a year that spreadsheets give a 29 February: from March on the numbers are right. */
const FIRST = '1900-03-01' as Day;
const FIRST_NUMBER = 61;

const dayCell = (on: Day): Cell => (on < FIRST ? textCell(on) : { type: Number, value: FIRST_NUMBER + daysBetween(FIRST, on), format: 'yyyy-mm-dd' });

/** A moment by the clocks of Stockholm, to the minute. */
const instantCell = (at: Instant): Cell => {
  const { hour, minute } = Temporal.Instant.from(at).toZonedDateTimeISO('Europe/Stockholm');
  return { type: Number, value: FIRST_NUMBER + daysBetween(FIRST, stockholmDay(at)) + (hour * 60 + minute) / 1440, format: 'yyyy-mm-dd hh:mm' };
};

const cellOf = (value: unknown, format: unknown, language: Language): Cell => {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number') return { type: Number, value };
  if (typeof value === 'boolean') return textCell(YES_NO[language][value ? 0 : 1]);
  if (typeof value !== 'string') return textCell(inOneCell(value));
  if (format === 'date' && isDay(value)) return dayCell(value);
  if (format === 'date-time' && isInstant(value)) return instantCell(value);
  return textCell(value); // whatever it begins with: a cell of text is never a formula
};

const formatsOf = (answer: Shape | TSchema): Readonly<Record<string, unknown>> => {
  const { properties = {} } = (typeof answer === 'function' ? schemaOf(answer as Shape) : answer) as { properties?: Record<string, { format?: unknown }> };
  return Object.fromEntries(Object.entries(properties).map(([name, { format }]) => [name, format]));
};

/**
 * A list as a spreadsheet: days and moments as such, numbers as numbers, all else as text.
 * @param answer what a row looks like: says which of its texts are days
 * @param name of the sheet
 */
export const xlsxOf = (
  columns: Readonly<Record<string, Text>>,
  { items }: Listed,
  { answer, name, language }: { readonly answer: Shape | TSchema; readonly name: string; readonly language: Language },
): Promise<Buffer> => {
  const formats = formatsOf(answer);
  const keys = Object.keys(columns);
  const headings = Object.values(columns).map((said): Cell => ({ ...textCell(said[language]), fontWeight: 'bold' }));
  const rows = items.map((item) => keys.map((key) => cellOf(item[key], formats[key], language)));
  return writeExcelFile([headings, ...rows], {
    sheet: name.slice(0, NAME_LIMIT),
    stickyRowsCount: 1,
    columns: keys.map((key) => ({
      width: widthOf(
        items.map((item) => item[key]),
        columns[key]![language],
      ),
    })),
  }).toBuffer();
};

/** Wide enough for most of what is there. */
const widthOf = (values: readonly unknown[], heading: string): number =>
  Math.min(60, Math.max(heading.length, 10, ...values.slice(0, 100).map((value) => (typeof value === 'string' ? value.length : 0))) + 2);
