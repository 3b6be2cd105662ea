import { expect, test } from '@jest/globals';
import writeExcelFile from 'write-excel-file/node';
import { Refusal } from '#libs/kernel';
import { readTable, type TableType } from './read-table.js';
import { sampleFiles, zipOf, type SamplePart } from './sample-files.js';
import { MAX_CELL, MAX_COLUMNS, MAX_ROWS, MAX_TABLE_BYTES, MAX_UNPACKED_BYTES } from './table.refusals.js';

const CSV = 'text/csv';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A spreadsheet whose sheet holds these rows, as XML. */
const sheetOf = (rows: string, ...more: readonly SamplePart[]): Buffer =>
  zipOf(
    { name: '[Content_Types].xml', content: '<Types/>' },
    {
      name: 'xl/workbook.xml',
      content: `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="Blad1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    },
    { name: 'xl/worksheets/sheet1.xml', content: `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>` },
    ...more,
  );
const cell = (place: string, text: string): string => `<c r="${place}" t="inlineStr"><is><t>${text}</t></is></c>`;
const row = (number: number, ...cells: readonly string[]): string => `<row r="${number}">${cells.join('')}</row>`;

const refusal = async (bytes: Buffer, type: TableType): Promise<{ readonly code: string; readonly sv: string }> => {
  const error: unknown = await readTable(bytes, type).catch((thrown: unknown) => thrown);
  if (!(error instanceof Refusal)) throw new Error(`Not refused, but ${JSON.stringify(error)}`);
  return { code: error.code, sv: error.text.sv };
};
const cells = async (bytes: Buffer, type: TableType) => (await readTable(bytes, type)).map((one) => one.cells);

test.each([
  ['as Swedish spreadsheets write it', '\ufeffNr;Ordalydelse\r\n1;Säkerställ, att …\r\n'],
  ['with commas', 'Nr,Ordalydelse\n1,"Säkerställ, att …"\n'],
  ['with tabs', 'Nr\tOrdalydelse\r\n1\tSäkerställ, att …'],
  ['with semicolons within quotation marks of its headings', '"Nr";"Ordalydelse"\r\n1;"Säkerställ, att …"'],
  ['its ä in two parts and space around it', 'Nr;Ordalydelse\n 1 ; Sa\u0308kersta\u0308ll, att … '],
])('a CSV %s is read', async (_how, text) => {
  expect(await cells(Buffer.from(text), CSV)).toEqual([
    ['Nr', 'Ordalydelse'],
    ['1', 'Säkerställ, att …'],
  ]);
});

test('rows keep the number that a person finds them by, also after empty rows and cells of several lines', async () => {
  const table = await readTable(Buffer.from('Nr;Text\r\n\r\n1;"två\r\nrader, ""citat"""\r\n;\r\n2;slut\r\n'), CSV);
  expect(table).toEqual([
    { row: 1, cells: ['Nr', 'Text'] },
    { row: 3, cells: ['1', 'två\r\nrader, "citat"'] },
    { row: 5, cells: ['2', 'slut'] },
  ]);
});

test('rows may be of different lengths', async () => {
  expect(await cells(Buffer.from('a;b;c\n1\n1;2;3;4'), CSV)).toEqual([['a', 'b', 'c'], ['1'], ['1', '2', '3', '4']]);
});

test('a spreadsheet is read as text: numbers as they were written, days as such', async () => {
  const bytes = await writeExcelFile([
    ['Nr', 'Ordalydelse', 'Dag', 'När', 'Antal'],
    [null, null, null, null, null],
    [
      { type: String, value: '=1+1' },
      { type: String, value: ' Säkerställ ' },
      { type: Number, value: 43_976, format: 'yyyy-mm-dd' },
      { type: Number, value: 43_976.4375, format: 'yyyy-mm-dd hh:mm' },
      { type: Number, value: 0.1 },
    ],
  ]).toBuffer();
  expect(await readTable(bytes, XLSX)).toEqual([
    { row: 1, cells: ['Nr', 'Ordalydelse', 'Dag', 'När', 'Antal'] },
    { row: 3, cells: ['=1+1', 'Säkerställ', '2020-05-25', '2020-05-25T10:30:00', '0.1'] },
  ]);
});

test('a spreadsheet as other programs write it is read, and what it says yes and no to', async () => {
  const bytes = sheetOf(`<row r='2'>${cell('B2', 'R1 &amp; R2')}<c r="C2" t="b"><v>1</v></c><c r="D2"/></row>`);
  expect(await readTable(bytes, XLSX)).toEqual([{ row: 2, cells: ['', 'R1 & R2', 'true'] }]);
});

test.each<[string, Buffer, TableType, string]>([
  ['a CSV in Latin-1', Buffer.from('Nr;Åtgärd\n1;Följa upp', 'latin1'), CSV, 'table.not-utf8'],
  ['a CSV in UTF-16', Buffer.from('\ufeffNr;Text', 'utf16le'), CSV, 'table.not-utf8'],
  ['a quotation mark that is not closed', Buffer.from('Nr;Text\n1;"öppen\n2;x'), CSV, 'table.quotes'],
  ['a quotation mark in the midst of a cell', Buffer.from('Nr;Text\n1;"a"b'), CSV, 'table.quotes'],
  ['a formula in a CSV', Buffer.from('Nr;Text\n1;"=HYPERLINK(""http://x"")"'), CSV, 'table.formula'],
  ['nothing', Buffer.alloc(0), CSV, 'table.unreadable'],
  ['nothing but empty rows', Buffer.from('\r\n;;\r\n'), CSV, 'table.unreadable'],
  ['too many rows', Buffer.from('x\n'.repeat(MAX_ROWS + 1)), CSV, 'table.too-many-rows'],
  ['too many columns', Buffer.from('x;'.repeat(MAX_COLUMNS)), CSV, 'table.too-many-columns'],
  ['a cell that is too long', Buffer.from(`Nr;Text\n1;${'x'.repeat(MAX_CELL + 1)}`), CSV, 'table.cell-too-long'],
  ['a file that is too large', Buffer.alloc(MAX_TABLE_BYTES + 1, 'x'), CSV, 'table.too-large'],
  ['an XLSX that is none', Buffer.from('PK\x03\x04 x'), XLSX, 'table.unreadable'],
  ['an old or locked Excel file', Buffer.from('d0cf11e0a1b11ae1', 'hex'), XLSX, 'table.unreadable'],
  ['another document as XLSX', sampleFiles['application/vnd.openxmlformats-officedocument.wordprocessingml.document'], XLSX, 'table.unreadable'],
  ['a sheet that is no XML', sheetOf('<<'), XLSX, 'table.unreadable'],
  ['a sheet out of order', sheetOf(row(2, cell('A2', 'x')) + row(1, cell('A1', 'x'))), XLSX, 'table.unreadable'],
  ['a formula', sheetOf(row(1, cell('A1', 'x'), '<c r="B1"><f>A1*2</f><v>2</v></c>')), XLSX, 'table.formula'],
  ['a formula without a value', sheetOf(row(7, '<c r="AB7"><f ca="1"/></c>')), XLSX, 'table.formula'],
  ['an error value', sheetOf(row(1, '<c r="A1" t="e"><v>#N/A</v></c>')), XLSX, 'table.error-value'],
  ['macros', sheetOf(row(1, cell('A1', 'x')), { name: 'xl/vbaProject.bin', content: 'x' }), XLSX, 'table.macro'],
  ['links to other files', sheetOf(row(1, cell('A1', 'x')), { name: 'xl/externalLinks/externalLink1.xml', content: '<x/>' }), XLSX, 'table.macro'],
  ['a cell in the last row there can be', sheetOf(row(1_048_576, cell('A1048576', 'x'))), XLSX, 'table.too-many-rows'],
  ['a cell far out to the right', sheetOf(row(1, cell('XFD1', 'x'))), XLSX, 'table.too-many-columns'],
  ['a row whose number hides behind another attribute', sheetOf(`<row a=">" r="9999999">${cell('A9999999', 'x')}</row>`), XLSX, 'table.too-many-rows'],
  ['a row whose number is written otherwise', sheetOf(`<row r="&#57;999999">${cell('A1', 'x')}</row>`), XLSX, 'table.unreadable'],
  ['a tag that is broken', sheetOf(`<row r="1" a="x<c r="A1"><v>1</v></row>`), XLSX, 'table.unreadable'],
  ['a ZIP that says that it is a bomb', sheetOf(row(1), { name: 'a', content: 'x', saidSize: MAX_UNPACKED_BYTES }), XLSX, 'table.too-large'],
  [
    'a ZIP that is a bomb and does not say so',
    sheetOf(row(1), { name: 'xl/sharedStrings.xml', content: Buffer.alloc(2_000_000), saidSize: 100 }),
    XLSX,
    'table.unreadable',
  ],
])('%s is refused', async (_what, bytes, type, code) => {
  expect((await refusal(bytes, type)).code).toBe(code);
});

test('a refusal tells where', async () => {
  expect((await refusal(sheetOf(row(7, '<c r="AB7"><f ca="1"/></c>')), XLSX)).sv).toContain('i AB7.');
  expect((await refusal(Buffer.from('Nr;Text\n1;"=A1"'), CSV)).sv).toContain('i B2.');
  expect((await refusal(Buffer.from(`Nr\n1\n${'x'.repeat(MAX_CELL + 1)}`), CSV)).sv).toContain('rad 3');
});

test('one long text in thousands of cells is not read into memory', async () => {
  const strings = { name: 'xl/sharedStrings.xml', content: `<sst xmlns="${MAIN}"><si><t>${'x'.repeat(30_000)}</t></si></sst>` };
  const rows = Array.from({ length: 1000 }, (_, n) => row(n + 1, ...['A', 'B', 'C'].map((letter) => `<c r="${letter}${n + 1}" t="s"><v>0</v></c>`)));
  expect((await refusal(sheetOf(rows.join(''), strings), XLSX)).code).toBe('table.too-large');
  expect((await cells(sheetOf(rows[0]!, strings), XLSX))[0]!.map((text) => text.length)).toEqual([30_000, 30_000, 30_000]);
});

test('as many rows as are taken are read quickly', async () => {
  const rows = Array.from({ length: MAX_ROWS }, (_, n) =>
    row(n + 1, cell(`A${n + 1}`, `R${n}`), cell(`B${n + 1}`, 'Säkerställ att uppföljningen dokumenteras')),
  );
  const start = performance.now();
  expect((await readTable(sheetOf(rows.join('')), XLSX)).length).toBe(MAX_ROWS);
  expect(performance.now() - start).toBeLessThan(5_000);
});
