import { Type } from 'typebox';
import { audit as auditStream, auditId, auditNumber, auditsView, type Audit } from '#libs/audits';
import { Commands, Executor, Rehearsal, type Asking, type Context, type Folded, type Reach, type Streams } from '#libs/commands';
import { document, documentId, readTable, TABLE_TYPES, type DocumentStore, type TableType } from '#libs/documents';
import { Bool, Sha256 } from '#libs/fields';
import { contradictory, derivedId, Refusal } from '#libs/kernel';
import { sql, type Views } from '#libs/views';
import { IMPORT_COLUMNS, headingOf, type ImportColumn } from './import-columns.js';
import { planImport, type Correction, type ImportStep } from './import-plan.js';
import { importRow, namesOf, type ImportFault, type ImportRow } from './import-row.js';
import { registerThen } from './register-then.js';

/** Recommendations that a municipality has in a table already: reports, whom they were handed over to, and what they recommend to each board. */
export class ImportRecommendations {
  @Sha256('The file: an XLSX or CSV that is stored as a document.') document!: string;
  @Bool('Only tell what would come of it; nothing is recorded.', { optional: true }) dryRun?: boolean;
}

const TextType = Type.Object({ sv: Type.String(), en: Type.String() });
const columnCode = Type.Enum(Object.keys(IMPORT_COLUMNS) as ImportColumn[]);
const RowOutcome = Type.Object({
  row: Type.Integer({ description: 'As a spreadsheet counts it, from 1.' }),
  outcome: Type.Enum(['new', 'corrected', 'unchanged', 'bad'], { description: 'What came of it, or would come.' }),
  report: Type.Optional(Type.String()),
  recommendation: Type.Optional(Type.String()),
  board: Type.Optional(Type.String({ description: 'Its name.' })),
  corrections: Type.Optional(
    Type.Array(Type.Object({ column: columnCode, from: Type.Optional(Type.String()), to: Type.String() }), { description: 'What was recorded otherwise.' }),
  ),
  faults: Type.Optional(
    Type.Array(Type.Object({ column: Type.Optional(columnCode), code: Type.String(), text: TextType }), { description: 'Why it is not taken in.' }),
  ),
});
export const ImportAnswer = Type.Object({
  document: Type.String({ description: 'SHA-256 of the file.' }),
  dryRun: Type.Boolean(),
  rows: Type.Integer(),
  new: Type.Integer(),
  corrected: Type.Integer(),
  unchanged: Type.Integer(),
  bad: Type.Integer(),
  ignored: Type.Array(Type.String(), { description: 'Columns that are passed over.' }),
  items: Type.Array(RowOutcome, { description: 'Every row, in the order of the file.' }),
});
export const importExample = {
  document: '5f8f04f6a3a892aaabbddb6cf273894493773960d4a325b105fee46eef4304f1',
  dryRun: true,
  rows: 2,
  new: 1,
  corrected: 0,
  unchanged: 0,
  bad: 1,
  ignored: ['Handläggare'],
  items: [
    { row: 2, outcome: 'new', report: 'Nr 5 2020', recommendation: 'R3', board: 'Östermalms stadsdelsnämnd' },
    {
      row: 3,
      outcome: 'bad',
      faults: [
        {
          column: 'board',
          code: 'import.not-registered',
          text: {
            sv: 'Östermalm finns inte i registret. Skriv namnet som det står där, eller registrera den först.',
            en: 'Östermalm is not in the register. Write the name as it stands there, or register it first.',
          },
        },
      ],
    },
  ],
};

type Asked = Asking & { readonly reach: Reach };
interface Tell {
  /** Carries a command out, or only tries it. */
  readonly send: (command: object, audit: string, place: number) => Promise<unknown>;
}

/**
 * Reads a file of recommendations and carries out what it says, row by row: what is recorded already is left alone, what is recorded otherwise
 * is corrected, and a row that is wrong stops no other. A second time, the same file changes nothing.
 * @throws Refusal `document.unknown`, `table.…`, `import.columns-missing`, `import.column-twice`, `import.not-a-table`
 */
export const importRecommendations = async (
  { document: sha256, dryRun = false }: ImportRecommendations,
  asking: Asked,
  views: Views,
  executor: Executor,
  streams: Streams,
  store: DocumentStore,
  commands: Commands,
) => {
  const { tenant, today } = asking;
  const { bytes, type, name } = await tableOf(tenant, sha256, executor, store);
  const [first, ...table] = await readTable(bytes, type);
  const heading = headingOf(first?.cells ?? []);
  const { register, units, name: nameOf } = await registerThen(asking, undefined, executor, streams);
  const names = namesOf(register, units);
  const parsed = table.map((row) => importRow(row, heading, names, register, today));
  const read = parsed.flatMap((row) => ('read' in row ? [row.read] : []));
  const audits = await auditsOf(tenant, read, views, executor);
  const plan = planImport(read, {
    audit: (issuedBy, number) => audits.get(keyOf(issuedBy, number)) ?? { id: auditId(tenant, issuedBy, number), state: { status: 'none' } },
    source: `Import av ${name}`,
  });
  const faults = [...parsed.flatMap((row) => ('faults' in row ? row.faults : [])), ...plan.faults];
  const tell = dryRun ? rehearsed(asking, executor) : carriedOut(asking, sha256, audits, commands);
  const outcomes = await carryOut(plan.steps, faults, tell);
  const items = table.map(({ row }) =>
    rowOutcome(
      row,
      read.find((one) => one.row === row),
      outcomes,
      nameOf,
    ),
  );
  const count = (outcome: string) => items.filter((item) => item.outcome === outcome).length;
  return {
    document: sha256,
    dryRun,
    rows: items.length,
    new: count('new'),
    corrected: count('corrected'),
    unchanged: count('unchanged'),
    bad: count('bad'),
    ignored: heading.ignored,
    items,
  };
};

const tableOf = async (tenant: string, sha256: string, executor: Executor, store: DocumentStore) => {
  const { state } = await executor.reads(tenant).fold(document, documentId(tenant, sha256));
  const stream = state.status === 'stored' ? await store.get(tenant, sha256) : undefined;
  if (state.status === 'none' || !stream) throw notThere(sha256);
  const [{ mediaType, name }] = state.copies;
  const type = TABLE_TYPES.find((one) => one === mediaType);
  if (!type) throw noTable(name);
  const parts = await Array.fromAsync(stream as AsyncIterable<Buffer>);
  return { bytes: Buffer.concat(parts), type: type satisfies TableType, name };
};

const notThere = (sha256: string) =>
  contradictory(
    'document.unknown',
    {
      sv: `Ingen handling med SHA-256 ${sha256} är lagrad. Ladda upp filen först.`,
      en: `No document with the SHA-256 ${sha256} is stored. Upload the file first.`,
    },
    '/document',
  );
const noTable = (name: string) =>
  contradictory(
    'import.not-a-table',
    { sv: `${name} är ingen tabell. Spara den som .xlsx eller CSV UTF-8.`, en: `${name} is no table. Save it as .xlsx or CSV UTF-8.` },
    '/document',
  );

const keyOf = (issuedBy: string, number: string): string => `${issuedBy} ${auditNumber(number)}`;
interface KnownAudit {
  readonly id: string;
  readonly state: Audit;
  readonly revision: number;
}

/** The audits that the rows are about: by whichever id they were registered, found by issuer and number. */
const auditsOf = async (tenant: string, rows: readonly ImportRow[], views: Views, executor: Executor): Promise<ReadonlyMap<string, KnownAudit>> => {
  const named = new Map(rows.map(({ issuedBy, report }) => [keyOf(issuedBy, report), { issuedBy, report }]));
  const known = await views.read(tenant, (read) =>
    read.page(auditsView, { where: sql`issued_by = any(${[...new Set(rows.map(({ issuedBy }) => issuedBy))]})`, order: sql`key`, limit: MANY_AUDITS }),
  );
  const found = new Map(known.flatMap(({ key, issuedBy, numbers }) => numbers.map((number) => [keyOf(issuedBy, number), key] as const)));
  const folded = [...named].map(async ([key, { issuedBy, report }]) => {
    const id = found.get(key) ?? auditId(tenant, issuedBy, report);
    const { state, revision }: Folded<Audit> = await executor.reads(tenant).fold(auditStream, id);
    return [key, { id, state, revision }] as const;
  });
  return new Map(await Promise.all(folded));
};
const MANY_AUDITS = 50_000;

const contextOf = ({ tenant, by, holdings, now }: Asked, commandId: string): Context => ({
  tenant,
  by,
  ...(holdings && { holdings }),
  commandId,
  corr: derivedId(commandId, 'import').replaceAll('-', ''),
  now,
});

const rehearsed = (asking: Asked, executor: Executor): Tell => {
  const rehearsal = new Rehearsal(executor.reads(asking.tenant), contextOf(asking, derivedId(asking.tenant, 'rehearsal')));
  return { send: (command) => rehearsal.send(command) };
};

/** The id of each command follows from the file and from where its audit stood: the same request sent twice at once does nothing twice. */
const carriedOut = (asking: Asked, sha256: string, audits: ReadonlyMap<string, KnownAudit>, commands: Commands): Tell => {
  const revisions = new Map([...audits.values()].map(({ id, revision }) => [id, revision]));
  return {
    send: (command, audit, place) =>
      commands.send(command, contextOf(asking, derivedId(asking.tenant, asking.by.actor, 'import', sha256, audit, revisions.get(audit) ?? -1, place))),
  };
};

interface Outcomes {
  readonly faults: ReadonlyMap<number, readonly ImportFault[]>;
  readonly corrections: ReadonlyMap<number, readonly Correction[]>;
  /** Rows for which something was recorded that was not there before. */
  readonly news: ReadonlySet<number>;
}

/** How many audits are taken in at once; what concerns one of them goes one after the other. */
const AT_ONCE = 16;

/** One step of an audit after the other: a row that one of its steps is refused for takes no further part. */
const carryOut = async (steps: readonly ImportStep[], before: readonly ImportFault[], { send }: Tell): Promise<Outcomes> => {
  const faults = Map.groupBy(before, ({ row }) => row);
  const corrections = new Map<number, readonly Correction[]>();
  const news = new Set<number>();
  const carry = async (step: ImportStep, place: number): Promise<void> => {
    const rows = step.rows.filter((row) => !faults.has(row));
    if (rows.length === 0) return;
    try {
      await send(step.command(rows), step.audit, place);
      for (const row of rows) {
        if (step.corrections.length === 0) news.add(row);
        else corrections.set(row, [...(corrections.get(row) ?? []), ...step.corrections]);
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      for (const row of rows) faults.set(row, [{ row, code: error.code, text: error.text }]);
    }
  };
  const waiting = [...Map.groupBy([...steps.entries()], ([, { audit }]) => audit).values()].values();
  const taking = async (): Promise<void> => {
    for (const ofAudit of waiting) for (const [place, step] of ofAudit) await carry(step, place);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, taking));
  return { faults, corrections, news };
};

const rowOutcome = (row: number, read: ImportRow | undefined, { faults, corrections, news }: Outcomes, nameOf: (unit: string) => string) => {
  const about = read && { report: read.report, recommendation: read.recommendation, board: nameOf(read.board) };
  const wrong = faults.get(row);
  if (wrong) return { row, outcome: 'bad', ...about, faults: wrong.map(({ column, code, text }) => ({ ...(column !== undefined && { column }), code, text })) };
  const corrected = corrections.get(row);
  if (corrected) return { row, outcome: 'corrected', ...about, corrections: corrected };
  return { row, outcome: news.has(row) ? 'new' : 'unchanged', ...about };
};
