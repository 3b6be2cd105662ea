import {
  auditNumber,
  CompleteAuditReport,
  CorrectReferral,
  MakeRecommendation,
  QuoteWording,
  ReceiveReferral,
  recommendationId,
  ReferToBoard,
  RegisterAuditReport,
  type Audit,
  type Recommendation,
  type RegisteredAudit,
  type Report,
} from '#libs/audits';
import { columnName, type ImportColumn } from './import-columns.js';
import type { ImportFault, ImportRow } from './import-row.js';

/** Something that was recorded otherwise before. */
export interface Correction {
  readonly column: ImportColumn;
  readonly from?: string;
  readonly to: string;
}

/** One command, and the rows that ask for it. */
export interface ImportStep {
  readonly audit: string;
  /** For those of its rows that are still taken in when its turn comes. */
  readonly command: (rows: readonly number[]) => object;
  readonly rows: readonly number[];
  /** What it corrects; nothing where it records what is new. */
  readonly corrections: readonly Correction[];
}

export interface ImportPlan {
  readonly steps: readonly ImportStep[];
  readonly faults: readonly ImportFault[];
}

/** What the rows are held against. */
export interface Known {
  /** The audit that the body's number names, registered or not yet. */
  readonly audit: (issuedBy: string, number: string) => { readonly id: string; readonly state: Audit };
  /** What is told as the reason of what is corrected. */
  readonly source: string;
}

/** A report as rows name it, however its number is written. */
const reportOf = ({ issuedBy, report }: ImportRow): string => `${issuedBy} ${auditNumber(report)}`;

const OF_REPORT = ['title', 'registryNumber', 'periodAudited', 'reportOn', 'handedOverOn'] as const satisfies readonly ImportColumn[];
const OF_REFERRAL = ['referral', 'lastReplyOn', 'receivedOn', 'boardNumber'] as const satisfies readonly ImportColumn[];
const OF_RECOMMENDATION = ['wording', 'addressed'] as const satisfies readonly ImportColumn[];

/**
 * What is to be done for the rows of a file: reports first, then whom they were handed over to, then what they recommend. What is recorded
 * already is left alone; what is recorded otherwise is corrected, never recorded a second time.
 */
export const planImport = (rows: readonly ImportRow[], known: Known): ImportPlan => {
  const faults: ImportFault[] = [];
  const kept = withoutContradictions(rows, faults);
  const steps = [...Map.groupBy(kept, reportOf).values()].flatMap((ofReport) => reportSteps(ofReport, known, faults));
  return { steps, faults };
};

/** Rows that say the same of one thing; the first counts, and one that says otherwise is at fault. */
const withoutContradictions = (rows: readonly ImportRow[], faults: ImportFault[]): readonly ImportRow[] => {
  const first = new Map<string, ImportRow>();
  const said = (row: ImportRow, thing: string, columns: readonly (ImportColumn & keyof ImportRow)[]): boolean => {
    const before = first.get(thing) ?? row;
    if (before === row) first.set(thing, row);
    const otherwise = columns.find((column) => row[column] !== before[column]);
    if (otherwise === undefined) return true;
    faults.push({
      row: row.row,
      column: otherwise,
      code: 'import.rows-differ',
      text: {
        sv: `${columnName(otherwise)} är en annan än på rad ${before.row}, som gäller samma sak. Skriv samma på båda.`,
        en: `${columnName(otherwise)} is another than in row ${before.row}, which is about the same. Write the same in both.`,
      },
    });
    return false;
  };
  return rows.filter((row) => {
    const report = reportOf(row);
    const key = `key ${report} ${row.recommendation} ${row.board}`;
    const twice = first.get(key);
    if (twice) {
      faults.push({
        row: row.row,
        code: 'import.row-twice',
        text: {
          sv: `Samma rekommendation till samma nämnd står redan på rad ${twice.row}. Ta bort den ena raden.`,
          en: `The same recommendation to the same board stands in row ${twice.row} already. Delete one of the rows.`,
        },
      });
      return false;
    }
    const agrees =
      said(row, `report ${report}`, OF_REPORT) &&
      said(row, `referral ${report} ${row.board}`, OF_REFERRAL) &&
      said(row, `recommendation ${report} ${row.recommendation}`, OF_RECOMMENDATION);
    if (agrees) first.set(key, row);
    return agrees;
  });
};

const reportSteps = (rows: readonly ImportRow[], known: Known, faults: ImportFault[]): readonly ImportStep[] => {
  const [first] = rows;
  if (!first) return [];
  const { id, state } = known.audit(first.issuedBy, first.report);
  const step: Step = (command, ofRows, corrections = []) => ({
    audit: id,
    command: typeof command === 'function' ? (command as ImportStep['command']) : () => command,
    rows: ofRows.map(({ row }) => row),
    corrections,
  });
  const recorded = state.status === 'registered' ? state : undefined;
  return [
    ...(recorded
      ? completion(first, recorded, known.source).map(({ command, corrections }) => step(command, rows, corrections))
      : [step(registration(id, first), rows)]),
    ...[...Map.groupBy(rows, ({ board }) => board).values()].flatMap((ofBoard) => referralSteps(id, ofBoard, recorded, known.source, faults, step)),
    ...[...Map.groupBy(rows, ({ recommendation }) => recommendation).values()].flatMap((ofOne) =>
      recommendationSteps(id, ofOne, recorded, known.source, faults, step),
    ),
  ];
};

type Step = (command: object | ImportStep['command'], rows: readonly ImportRow[], corrections?: readonly Correction[]) => ImportStep;

const reportFields = ({ registryNumber, periodAudited, reportOn, handedOverOn }: ImportRow) => ({
  ...(registryNumber !== undefined && { registryNumber }),
  ...(periodAudited !== undefined && { periodAudited }),
  ...(reportOn !== undefined && { reportOn }),
  ...(handedOverOn !== undefined && { handedOverOn }),
});

const registration = (audit: string, row: ImportRow): RegisterAuditReport =>
  Object.assign(new RegisterAuditReport(), { audit, numbers: [row.report], title: row.title, issuedBy: row.issuedBy, ...reportFields(row) });

/** What of a report is stated and recorded otherwise; what the file leaves out stays as it is. */
const completion = (row: ImportRow, { audit, report }: RegisteredAudit, reason: string) => {
  const corrections = OF_REPORT.flatMap((column): readonly Correction[] => {
    const [before, now] = [report[column satisfies keyof Report], row[column]];
    return now === undefined || now === before ? [] : [{ column, ...(before !== undefined && { from: before }), to: now }];
  });
  if (corrections.length === 0) return [];
  const news = Object.fromEntries(corrections.map(({ column, to }) => [column, to]));
  return [{ command: Object.assign(new CompleteAuditReport(), { audit, ...news, reason }), corrections }];
};

const referralSteps = (
  audit: string,
  rows: readonly ImportRow[],
  known: RegisteredAudit | undefined,
  reason: string,
  faults: ImportFault[],
  step: Step,
): readonly ImportStep[] => {
  const [first] = rows;
  if (!first) return [];
  const { board, referral: kind, lastReplyOn, receivedOn, boardNumber } = first;
  const before = known?.referrals[board];
  const steps: ImportStep[] = [];
  const said = { audit, board, ...(lastReplyOn !== undefined && { lastReplyOn }) };
  if (kind !== undefined && !before) steps.push(step(Object.assign(new ReferToBoard(), { ...said, kind }), rows));
  if (kind !== undefined && before && (kind !== before.kind || (lastReplyOn !== undefined && lastReplyOn !== before.lastReplyOn))) {
    const corrections: readonly Correction[] = [
      ...(kind === before.kind ? [] : [{ column: 'referral' as const, from: before.kind, to: kind }]),
      ...(lastReplyOn === undefined || lastReplyOn === before.lastReplyOn
        ? []
        : [{ column: 'lastReplyOn' as const, ...(before.lastReplyOn !== undefined && { from: before.lastReplyOn }), to: lastReplyOn }]),
    ];
    const kept = lastReplyOn === undefined && kind === before.kind && before.lastReplyOn !== undefined ? { lastReplyOn: before.lastReplyOn } : {};
    const basis = before.replyBasis === undefined || kind !== before.kind ? {} : { replyBasis: before.replyBasis };
    steps.push(step(Object.assign(new CorrectReferral(), { ...said, ...kept, ...basis, kind, reason }), rows, corrections));
  }
  const received = before?.received;
  if (receivedOn === undefined) {
    if (boardNumber !== undefined && boardNumber !== received?.registryNumber) faults.push(...rows.map(({ row }) => numberWithoutDay(row)));
    return steps;
  }
  if (kind === undefined && !before) {
    faults.push(...rows.map(({ row }) => receivedWithoutReferral(row)));
    return steps;
  }
  const number = boardNumber ?? received?.registryNumber;
  if (received?.on === receivedOn && received.registryNumber === number) return steps;
  const corrections: readonly Correction[] = received
    ? [
        ...(received.on === receivedOn ? [] : [{ column: 'receivedOn' as const, from: received.on, to: receivedOn }]),
        ...(number === undefined || received.registryNumber === number
          ? []
          : [{ column: 'boardNumber' as const, ...(received.registryNumber !== undefined && { from: received.registryNumber }), to: number }]),
      ]
    : [];
  steps.push(
    step(Object.assign(new ReceiveReferral(), { audit, board, on: receivedOn, ...(number !== undefined && { registryNumber: number }) }), rows, corrections),
  );
  return steps;
};

const recommendationSteps = (
  audit: string,
  rows: readonly ImportRow[],
  known: RegisteredAudit | undefined,
  source: string,
  faults: ImportFault[],
  step: Step,
): readonly ImportStep[] => {
  const [first] = rows;
  if (!first) return [];
  const { recommendation: number, wording, addressed } = first;
  const before = known && Object.values(known.recommendations).find((one) => one.number === number);
  if (!before) {
    const made = (taken: readonly number[]) => {
      const addressees = rows.flatMap(({ row, board }) => (taken.includes(row) ? [board] : []));
      return Object.assign(new MakeRecommendation(), { audit, recommendation: recommendationId(audit, number), number, wording, addressees, addressed });
    };
    return [step(made, rows)];
  }
  for (const row of rows) if (!before.addressees.includes(row.board)) faults.push(boardAdded(row.row, number));
  const others = rows.filter(({ board }) => before.addressees.includes(board));
  return others.length === 0 || isWorded(before, wording)
    ? []
    : [
        step(Object.assign(new QuoteWording(), { audit, recommendation: before.recommendation, wording, source }), others, [
          { column: 'wording', from: before.wording, to: wording },
        ]),
      ];
};

/** In the auditors' words, or in others that are noted already. */
const isWorded = ({ wording, quotations }: Recommendation, said: string): boolean => wording === said || quotations.some((quoted) => quoted.wording === said);

const boardAdded = (row: number, number: string): ImportFault => ({
  row,
  column: 'board',
  code: 'import.board-added',
  text: {
    sv: `${number} finns redan och riktas inte till denna nämnd. Har revisorerna riktat den till fler återtar de den och lämnar en ny.`,
    en: `${number} is there already and is not addressed to this board. If the auditors have addressed it to more, they withdraw it and make a new one.`,
  },
});
const receivedWithoutReferral = (row: number): ImportFault => ({
  row,
  column: 'receivedOn',
  code: 'import.received-without-referral',
  text: {
    sv: 'Nämnden kan bara ha tagit emot en rapport som överlämnats till den. Fyll i Överlämnad för.',
    en: 'The board can only have received a report that was handed over to it. Fill in what it was handed over for.',
  },
});
const numberWithoutDay = (row: number): ImportFault => ({
  row,
  column: 'receivedOn',
  code: 'import.number-without-day',
  text: {
    sv: 'Nämndens diarienummer registreras med dagen då rapporten kom in. Fyll i Mottagen.',
    en: 'The board’s registry number is recorded with the day the report came in. Fill in when it was received.',
  },
});
