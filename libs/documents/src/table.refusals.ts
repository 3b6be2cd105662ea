import { contradictory, type Refusal } from '#libs/kernel';

/** The largest table that is read, in bytes as it comes and as it is unpacked. */
export const MAX_TABLE_BYTES = 10_485_760;
export const MAX_UNPACKED_BYTES = 52_428_800;
export const MAX_ROWS = 10_000;
export const MAX_COLUMNS = 200;
/** What one cell of a spreadsheet holds. */
export const MAX_CELL = 32_767;

export const noTable = (): Refusal =>
  contradictory('table.unreadable', {
    sv: 'Filen går inte att läsa som tabell. Spara den som .xlsx utan lösenord, eller som CSV UTF-8, och försök igen.',
    en: 'The file cannot be read as a table. Save it as .xlsx without a password, or as CSV UTF-8, and try again.',
  });

export const notUtf8 = (): Refusal =>
  contradictory('table.not-utf8', {
    sv: 'Filen är inte i UTF-8, så att å, ä och ö kan bli fel. Spara den i Excel som CSV UTF-8 (kommaavgränsad), eller som .xlsx.',
    en: 'The file is not in UTF-8, so that letters such as å, ä and ö may come out wrong. Save it in Excel as CSV UTF-8 (comma delimited), or as .xlsx.',
  });

export const badQuotes = (row: number): Refusal =>
  contradictory('table.quotes', {
    sv: `Citattecknen på eller efter rad ${row} går inte ihop. En cell med citattecken skrivs inom citattecken, med dem dubblerade.`,
    en: `The quotation marks in or after row ${row} do not match. A cell with quotation marks is written within quotation marks, those doubled.`,
  });

export const tooLargeTable = (): Refusal =>
  contradictory('table.too-large', {
    sv: `Tabellen är för stor: högst ${MAX_TABLE_BYTES / 1_048_576} MiB, och ${MAX_UNPACKED_BYTES / 1_048_576} MiB uppackad. Dela upp den.`,
    en: `The table is too large: at most ${MAX_TABLE_BYTES / 1_048_576} MiB, and ${MAX_UNPACKED_BYTES / 1_048_576} MiB unpacked. Divide it.`,
  });

export const tooManyRows = (): Refusal =>
  contradictory('table.too-many-rows', {
    sv: `Tabellen har fler än ${MAX_ROWS} rader. Dela upp den, och ta bort tomma rader i slutet.`,
    en: `The table has more than ${MAX_ROWS} rows. Divide it, and delete empty rows at its end.`,
  });

export const tooManyColumns = (): Refusal =>
  contradictory('table.too-many-columns', {
    sv: `Tabellen har fler än ${MAX_COLUMNS} kolumner. Ta bort dem som inte ska läsas in.`,
    en: `The table has more than ${MAX_COLUMNS} columns. Delete those that are not to be read.`,
  });

export const tooLongCell = (row: number): Refusal =>
  contradictory('table.cell-too-long', {
    sv: `En cell på rad ${row} har fler än ${MAX_CELL} tecken. Korta den.`,
    en: `A cell of row ${row} has more than ${MAX_CELL} characters. Shorten it.`,
  });

export const aFormula = (where: string): Refusal =>
  contradictory('table.formula', {
    sv: `Det står en formel i ${where}. Ersätt formler med sina värden (kopiera, klistra in som värden) och försök igen.`,
    en: `There is a formula in ${where}. Replace formulas with their values (copy, paste as values) and try again.`,
  });

export const aMacro = (): Refusal =>
  contradictory('table.macro', {
    sv: 'Filen har makron eller länkar till andra filer. Spara den som .xlsx utan dem och försök igen.',
    en: 'The file has macros or links to other files. Save it as .xlsx without them and try again.',
  });

export const anError = (): Refusal =>
  contradictory('table.error-value', {
    sv: 'En cell i tabellen har ett felvärde, som #SAKNAS! eller #DIVISION/0!. Rätta den och försök igen.',
    en: 'A cell of the table has an error value, such as #N/A or #DIV/0!. Mend it and try again.',
  });
