import { Type } from 'typebox';
import { obligationCountFields } from '#libs/audits';
import { within, type Asking, type Executor, type Moments, type Reach, type Streams } from '#libs/commands';
import { Id, Query } from '#libs/fields';
import { Download } from '#libs/http';
import { CodeType, DayType, IdType, InstantType } from '#libs/kernel';
import { DecisionRefType } from '#libs/meetings';
import { organisationThen, registerOf } from '#libs/organisation';
import { pdf } from '#libs/pdf';
import type { Views } from '#libs/views';
import { codeInSwedish } from './in-swedish.js';
import { statusText, type StatusRow } from './status-content.js';
import { frozenAt, shownAt } from './status-content.query.js';
import { STATUS_REPORT_KINDS, STATUS_REPORT_NAMES } from './status-report.codes.js';
import { statusReport } from './status-report.js';
import { noSuchReport } from './status-report.refusals.js';
import { statusReportTemplate } from './status-report.template.js';

/** One status report: a draft shows what is recorded now, a decided one what was recorded when the board had decided. */
export class StatusReportById extends Query {
  @Id('The status report.') report!: string;
}
/** The same as PDF/UA. */
export class StatusReportAsPdf extends Query {
  @Id('The status report.') report!: string;
}

type Asked = Asking & { readonly reach: Reach };

/**
 * What a report shows. Until it is decided, `asOf` shows the draft as it was then.
 * @throws Refusal `status-report.unknown` where there is none, or another board holds it
 */
export const statusReportById = async (
  { report: id, asOf }: StatusReportById,
  { tenant, now, reach }: Asked,
  views: Views,
  moments: Moments,
  executor: Executor,
  streams: Streams,
) => {
  const { state, etag } = await streams.tell(tenant, statusReport, id, asOf);
  if (state.status === 'none' || !within(reach, state.board)) throw noSuchReport();
  const { frozen } = state.status === 'decided' ? state : { frozen: undefined };
  const asked = asOf ?? now;
  const moment = frozen ? await frozenAt(tenant, frozen.upTo, views) : { asOf: asked, at: await moments.positionAt(tenant, asked) };
  const organisation = await organisationThen(tenant, moment, executor, streams);
  const { content, sha256 } = await shownAt(tenant, state, moment, views, executor, streams);
  return {
    report: id,
    board: state.board,
    boardName: registerOf(organisation).unit(state.board)?.name ?? state.board,
    municipality: organisation.status === 'registered' ? organisation.name : tenant,
    kind: state.kind,
    asOf: state.asOf,
    status: state.status,
    summary: statusText(content),
    ...(state.text !== undefined && { text: state.text }),
    counts: content.counts,
    rows: content.rows,
    sha256,
    ...(frozen && {
      decided: { on: frozen.on, decision: frozen.decision, decidedBy: frozen.decidedBy, recordedUpTo: frozen.upTo.at, intact: frozen.sha256 === sha256 },
    }),
    etag,
  };
};

type Shown = Awaited<ReturnType<typeof statusReportById>>;

const nextDay = ({ status, implementedOn, lastOn, promisedOn, pastLastDay, pastPromisedDay, undated }: StatusRow): string => {
  if (status === 'implemented') return implementedOn === undefined ? '' : `genomförd ${implementedOn}`;
  const said = [
    ...(promisedOn === undefined ? [] : [`utlovad ${promisedOn}${pastPromisedDay ? ' (passerad)' : ''}`]),
    ...(lastOn === undefined ? [] : [`sista dag ${lastOn}${pastLastDay ? ' (passerad)' : ''}`]),
  ];
  return said.join(', ') || (undated ? 'ingen dag' : '');
};

/** What the template is given. */
export const statusReportPaper = ({ municipality, boardName, kind, asOf, summary, text, counts, rows, sha256, decided }: Shown) => ({
  title: 'Rekommendationer från revisorerna',
  from: [municipality, boardName],
  kind: STATUS_REPORT_NAMES[kind].sv,
  facts: [['Läget den', asOf], ...(decided ? [['Beslutad', decided.on]] : [])],
  standing: decided
    ? `Så som det var registrerat när nämnden beslutat. Kontrollsumma (SHA-256): ${sha256}`
    : `Utkast. Innehållet ändras med det som registreras, tills nämnden beslutat. Kontrollsumma (SHA-256): ${sha256}`,
  summary,
  ...(text !== undefined && { text }),
  counts: [
    ['Mottagna', String(counts.received)],
    ['varav genomförda', String(counts.implemented)],
    ['varav öppna', String(counts.open)],
    ['Öppna efter utlovad dag', String(counts.pastPromisedDay)],
    ['Öppna efter sista dag', String(counts.pastLastDay)],
    ['Öppna utan dag', String(counts.undated)],
  ],
  rows: rows.map((row) => [
    row.auditNumber ?? 'okänt nummer',
    row.number,
    row.addressedTo,
    row.status === 'implemented' ? 'genomförd' : 'öppen',
    nextDay(row),
    row.judged === undefined ? 'ännu inte bedömd' : codeInSwedish(row.judged),
  ]),
  wordings: [
    ...new Map(rows.flatMap((row) => (row.wording === undefined ? [] : [[`${row.auditNumber ?? row.auditTitle} ${row.number}`, row.wording] as const]))),
  ].map(([heading, wording]) => ({ heading, wording })),
});

/** @throws Refusal `status-report.unknown` */
export const statusReportAsPdf = async (
  query: StatusReportAsPdf,
  asking: Asked,
  views: Views,
  moments: Moments,
  executor: Executor,
  streams: Streams,
): Promise<Download> => {
  const shown = await statusReportById(query, asking, views, moments, executor, streams);
  const at = shown.decided?.recordedUpTo ?? query.asOf ?? asking.now;
  return new Download('application/pdf', `lagesrapport-${shown.asOf}.pdf`, pdf(statusReportTemplate, statusReportPaper(shown), { at }));
};

const open = { additionalProperties: true } as const;
export const StatusReportOnPage = Type.Object({
  report: IdType('The status report.'),
  board: IdType('The board that reports.'),
  boardName: Type.String(),
  municipality: Type.String(),
  kind: CodeType(STATUS_REPORT_KINDS, 'For the interim report, or for the annual account.'),
  asOf: DayType('The day whose status it tells.'),
  status: Type.String({ description: 'draft or decided.' }),
  summary: Type.Array(Type.String(), { description: 'How things stood, in Swedish, a paragraph each.' }),
  text: Type.Optional(Type.String({ description: 'What the board says beside it.' })),
  counts: Type.Object(obligationCountFields),
  rows: Type.Array(Type.Object({ obligation: IdType('The obligation.'), number: Type.String(), status: Type.String() }, open)),
  sha256: Type.String({ description: 'Of what it shows.' }),
  decided: Type.Optional(
    Type.Object({
      on: DayType('The day of the board’s decision.'),
      decision: DecisionRefType,
      decidedBy: IdType('The board that decided.'),
      recordedUpTo: InstantType('It shows what had been recorded by then.'),
      intact: Type.Boolean({ description: 'Whether what it shows has the hash that was recorded with the decision.' }),
    }),
  ),
  etag: Type.Integer({ description: 'What If-Match takes.' }),
});

export const statusReportExample = {
  report: '8c2b1d4e-5f6a-5b7c-9d8e-0f1a2b3c4d5e',
  board: '7c4b1f1e-9a7d-4a3e-8c52-6d1f0b2a9e38',
  boardName: 'Östermalms stadsdelsnämnd',
  municipality: 'Stockholms stad',
  kind: 'interim',
  asOf: '2021-08-31',
  status: 'draft',
  summary: ['Den 2021-08-31 hade nämnden en rekommendation från revisorerna att svara för. Den är öppen.'],
  counts: { received: 1, implemented: 0, open: 1, pastPromisedDay: 1, pastLastDay: 0, undated: 0, settled: 0, withdrawn: 0 },
  rows: [
    {
      obligation: '7b1f0c52-6a4e-5c19-8d2b-6e0f9a7b5c31',
      auditNumber: 'Nr 5 2020',
      auditTitle: 'Uppföljning av korttidstillsyn',
      number: 'R3',
      addressedTo: 'Östermalms stadsdelsnämnd',
      status: 'open',
      repliedOn: '2020-10-01',
      promisedOn: '2020-12-31',
      pastPromisedDay: true,
      pastLastDay: false,
      undated: false,
    },
  ],
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  etag: 0,
};
