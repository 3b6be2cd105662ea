import { reckonedObligation, type JudgementOutcome, type ObligationCounts } from '#libs/audits';
import { isAfter, isBefore, type Day } from '#libs/kernel';
import type { ObligationThen } from './changes.js';
import { countsOf } from './counts.js';

/** One recommendation of the board as its report shows it. What is left out is unknown, or has not been. */
export interface StatusRow {
  readonly obligation: string;
  readonly auditNumber?: string;
  readonly auditTitle: string;
  readonly number: string;
  readonly wording?: string;
  /** The board it was first addressed to. */
  readonly addressedTo: string;
  readonly status: 'open' | 'implemented';
  readonly receivedOn?: Day;
  readonly repliedOn?: Day;
  readonly lastOn?: Day;
  readonly promisedOn?: Day;
  readonly firstPromisedOn?: Day;
  readonly pastPromisedDay: boolean;
  readonly pastLastDay: boolean;
  readonly undated: boolean;
  readonly implementedOn?: Day;
  readonly judged?: JudgementOutcome;
}

/** What the rows are read beside. */
export interface Beside {
  readonly audit: (id: string) => { readonly numbers: readonly string[]; readonly title: string } | undefined;
  readonly wording: (recommendation: string) => string | undefined;
  readonly name: (board: string) => string;
}

export interface StatusContent {
  readonly asOf: Day;
  readonly counts: ObligationCounts;
  readonly rows: readonly StatusRow[];
}

/**
 * How an obligation stood on a day, by all that is recorded: what was dated later had not been. Undefined where it had not come in, or the
 * auditors have withdrawn it. How its actions stand is as recorded, since what becomes of them is not dated here.
 */
export const onDay = (row: ObligationThen, asOf: Day): ObligationThen | undefined => {
  if (row.status === 'withdrawn' || (row.arisenOn !== null && isAfter(row.arisenOn, asOf))) return undefined;
  const later = (on: Day | null): boolean => on !== null && isAfter(on, asOf);
  return reckonedObligation({
    ...row,
    ...(later(row.implementedOn) && { status: 'open', implementedOn: null }),
    repliedOn: later(row.repliedOn) ? null : row.repliedOn,
    judgements: row.judgements.filter(({ decidedOn }) => !isAfter(decidedOn, asOf)),
  });
};

const said = (row: ObligationThen, asOf: Day, key: string, { audit, wording, name }: Beside): StatusRow => {
  const report = audit(row.audit);
  const [first] = report?.numbers ?? [];
  const text = wording(row.recommendation);
  return {
    obligation: key,
    ...(first !== undefined && { auditNumber: first }),
    auditTitle: report?.title ?? row.audit,
    number: row.number,
    ...(text !== undefined && { wording: text }),
    addressedTo: name(row.board),
    status: row.status === 'implemented' ? 'implemented' : 'open',
    ...(row.receivedOn !== null && { receivedOn: row.receivedOn }),
    ...(row.repliedOn !== null && { repliedOn: row.repliedOn }),
    ...(row.lastOn !== null && { lastOn: row.lastOn }),
    ...(row.promisedOn !== null && { promisedOn: row.promisedOn }),
    ...(row.firstPromisedOn !== null && { firstPromisedOn: row.firstPromisedOn }),
    pastPromisedDay: row.promisedOn !== null && isBefore(row.promisedOn, asOf),
    pastLastDay: row.lastOn !== null && isBefore(row.lastOn, asOf),
    undated: row.undated,
    ...(row.implementedOn !== null && { implementedOn: row.implementedOn }),
    ...(row.judged !== null && { judged: row.judged }),
  };
};

const byReport = (a: StatusRow, b: StatusRow): number =>
  (a.auditNumber ?? a.auditTitle).localeCompare(b.auditNumber ?? b.auditTitle, 'sv', { numeric: true }) ||
  a.number.localeCompare(b.number, 'sv', { numeric: true }) ||
  a.addressedTo.localeCompare(b.addressedTo, 'sv') ||
  a.obligation.localeCompare(b.obligation);

/** Everything that a report shows, of the rows of what the board held on the day. */
export const statusContent = (rows: readonly (ObligationThen & { readonly key: string })[], asOf: Day, beside: Beside): StatusContent => {
  const standing = rows.flatMap((row) => {
    const then = onDay(row, asOf);
    return then ? [{ key: row.key, then }] : [];
  });
  const counts = countsOf(
    standing.map(({ then }) => then),
    asOf,
  );
  return { asOf, counts, rows: standing.map(({ key, then }) => said(then, asOf, key, beside)).toSorted(byReport) };
};

const many = (n: number, one: string, more: string): string => (n === 1 ? `en ${one}` : `${n === 0 ? 'inga' : n} ${more}`);
const begun = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const JUDGED: Readonly<Record<JudgementOutcome, string>> = {
  met: 'uppfylld',
  'met-in-part': 'delvis uppfylld',
  'not-met': 'ej uppfylld',
  'no-longer-relevant': 'ej längre aktuell',
};

const standing = (received: number, implemented: number, open: number): string => {
  if (received === 1) return open === 1 ? 'Den är öppen.' : 'Enligt nämndens beslut är den genomförd.';
  const done = implemented === 0 ? 'ingen av dem genomförd' : implemented === 1 ? 'en av dem genomförd' : `${implemented} av dem genomförda`;
  return `Enligt nämndens beslut är ${done}; ${open === 1 ? 'en är öppen' : `${open === 0 ? 'inga' : open} är öppna`}.`;
};

/** The report in words, as it stands in a delårsrapport. */
export const statusText = ({ asOf, counts, rows }: StatusContent): readonly string[] => {
  if (rows.length === 0) return [`Den ${asOf} hade nämnden inga rekommendationer från revisorerna att svara för.`];
  const { received, implemented, open, pastPromisedDay, pastLastDay, undated } = counts;
  const judged = Object.entries(JUDGED).flatMap(([outcome, name]) => {
    const n = rows.filter((row) => row.judged === outcome).length;
    return n === 0 ? [] : [n === 1 ? `en som ${name}` : `${n} som ${name}a`];
  });
  return [
    `Den ${asOf} hade nämnden ${many(received, 'rekommendation', 'rekommendationer')} från revisorerna att svara för. ${standing(received, implemented, open)}`,
    ...(open === 0
      ? []
      : [
          `${begun(many(pastPromisedDay, 'öppen rekommendation', 'öppna rekommendationer'))} har en åtgärd vars utlovade dag har passerat, och för ${many(pastLastDay, 'öppen rekommendation', 'öppna rekommendationer')} har sista dagen passerat. ${begun(many(undated, 'öppen rekommendation', 'öppna rekommendationer'))} saknar åtgärd med utlovad dag.`,
        ]),
    judged.length === 0 ? 'Revisorerna har ännu inte bedömt någon av dem.' : `Revisorerna har bedömt ${judged.join(', ')}.`,
  ];
};
