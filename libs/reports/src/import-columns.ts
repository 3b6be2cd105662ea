import { contradictory } from '#libs/kernel';

/** A column of the file: what it is called there, in any of several ways, and whether it must be there. */
interface Column {
  readonly names: readonly [string, ...string[]];
  readonly required?: true;
}

/** The columns of a file of recommendations, as docs/import.md tells them. */
export const IMPORT_COLUMNS = {
  report: { names: ['Rapport', 'Rapportnummer', 'Report', 'Report number'], required: true },
  title: { names: ['Rapportens titel', 'Titel', 'Title of the report', 'Title'], required: true },
  issuedBy: { names: ['Utfärdad av', 'Issued by'], required: true },
  registryNumber: { names: ['Rapportens diarienummer', 'Diarienummer', 'Registry number'] },
  periodAudited: { names: ['Granskad period', 'Period audited'] },
  reportOn: { names: ['Rapportens dag', 'Report date'] },
  handedOverOn: { names: ['Överlämnad', 'Handed over'] },
  recommendation: { names: ['Rekommendation', 'Rekommendationens nummer', 'Recommendation'], required: true },
  wording: { names: ['Lydelse', 'Wording'], required: true },
  board: { names: ['Nämnd', 'Riktad till', 'Board', 'Addressed to'], required: true },
  addressed: { names: ['Mottagaren angiven', 'How addressed'] },
  referral: { names: ['Överlämnad för', 'Handed over for'] },
  lastReplyOn: { names: ['Sista svarsdag', 'Last day for the reply'] },
  receivedOn: { names: ['Mottagen', 'Received'] },
  boardNumber: { names: ['Nämndens diarienummer', 'Registry number of the board'] },
} as const satisfies Readonly<Record<string, Column>>;
export type ImportColumn = keyof typeof IMPORT_COLUMNS;

const columns = Object.entries(IMPORT_COLUMNS) as [ImportColumn, Column][];
const plain = (text: string): string => text.toLocaleLowerCase('sv').replaceAll(/\s+/g, ' ').trim();

/** What a column is called, in the first way. */
export const columnName = (column: ImportColumn): string => IMPORT_COLUMNS[column].names[0];

/** Which place of a row holds which column, and what is in the file beside them. */
export interface Heading {
  readonly places: ReadonlyMap<ImportColumn, number>;
  /** Columns that are passed over. */
  readonly ignored: readonly string[];
}

/**
 * The first row, which names the columns.
 * @throws Refusal `import.columns-missing`, `import.column-twice`
 */
export const headingOf = (cells: readonly string[]): Heading => {
  const named = cells.map((cell) => columns.find(([, { names }]) => names.some((name) => plain(name) === plain(cell)))?.[0]);
  const twice = named.find((column, place) => column !== undefined && named.indexOf(column) !== place);
  if (twice !== undefined)
    throw contradictory('import.column-twice', {
      sv: `Filen har två kolumner för ${columnName(twice)}. Ta bort den ena.`,
      en: `The file has two columns for ${columnName(twice)}. Delete one of them.`,
    });
  const missing = columns.filter(([column, { required }]) => required && !named.includes(column)).map(([column]) => columnName(column));
  if (missing.length > 0)
    throw contradictory('import.columns-missing', {
      sv: `Första raden ska ha kolumnernas namn. Det saknas: ${missing.join(', ')}.`,
      en: `The first row must name the columns. Missing: ${missing.join(', ')}.`,
    });
  return {
    places: new Map(named.flatMap((column, place) => (column === undefined ? [] : [[column, place] as const]))),
    ignored: cells.filter((cell, place) => cell !== '' && named[place] === undefined),
  };
};
