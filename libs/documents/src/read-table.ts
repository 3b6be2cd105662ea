import type { MediaTypeName } from './media-types.js';
import { readCsv } from './read-csv.js';
import { readXlsx } from './read-xlsx.js';
import {
  aFormula,
  MAX_CELL,
  MAX_COLUMNS,
  MAX_ROWS,
  MAX_TABLE_BYTES,
  noTable,
  tooLargeTable,
  tooLongCell,
  tooManyColumns,
  tooManyRows,
} from './table.refusals.js';

/** One row of a table, as a person finds it again in the file. */
export interface TableRow {
  /** As a spreadsheet counts it, from 1. */
  readonly row: number;
  /** Text without space around it, in NFC; empty where there is nothing. */
  readonly cells: readonly string[];
}

/** Text of all cells together: more than that is not read into memory. */
const MAX_CHARACTERS = 20_000_000;

/** The kinds of files that can be read as a table. */
export const TABLE_TYPES = ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'] as const satisfies readonly MediaTypeName[];
export type TableType = (typeof TABLE_TYPES)[number];

/**
 * The rows of a table that hold anything, the headings among them; of an XLSX those of its first sheet.
 * @throws Refusal `table.…`, each with what to do in the spreadsheet
 */
export const readTable = async (bytes: Buffer, type: TableType): Promise<readonly TableRow[]> => {
  if (bytes.length > MAX_TABLE_BYTES) throw tooLargeTable();
  const rows = type === 'text/csv' ? readCsv(bytes) : await readXlsx(bytes);
  if (rows.length > MAX_ROWS) throw tooManyRows();
  let characters = 0;
  const table = rows.map((cells, place): TableRow => {
    const row = place + 1;
    if (cells.length > MAX_COLUMNS) throw tooManyColumns();
    return {
      row,
      cells: cells.map((cell) => {
        characters += cell.length;
        if (characters > MAX_CHARACTERS) throw tooLargeTable();
        if (cell.length > MAX_CELL) throw tooLongCell(row);
        if (type === 'text/csv' && cell.startsWith('=')) throw aFormula(`${letterOf(cells.indexOf(cell))}${row}`);
        return cell.normalize('NFC').trim();
      }),
    };
  });
  const filled = table.filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (filled.length === 0) throw noTable();
  return filled;
};

/** `A` of 0, `AB` of 27. */
const letterOf = (column: number): string => (column < 26 ? '' : letterOf(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26));
