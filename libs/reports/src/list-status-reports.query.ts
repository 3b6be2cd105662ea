import { Type } from 'typebox';
import type { Asking, Executor, Moments, Reach, Streams } from '#libs/commands';
import { Code, Id, ListQuery } from '#libs/fields';
import { CodeType, DayType, IdType, type Text } from '#libs/kernel';
import { all, sql, type Views } from '#libs/views';
import { registerThen } from './register-then.js';
import { STATUS_REPORT_KINDS, type StatusReportKind } from './status-report.codes.js';
import { statusReportsView } from './status-reports.view.js';

const STATUSES = ['draft', 'decided'] as const;

/** Boards' status reports, the latest day first. */
export class ListStatusReports extends ListQuery {
  @Id('Only of this board, and of those that it took over from.', { optional: true }) board?: string;
  @Code('Only of this kind.', STATUS_REPORT_KINDS, 'StatusReportKind', { optional: true }) kind?: StatusReportKind;
  @Code('Only drafts, or only those decided.', STATUSES, 'StatusReportStatus', { optional: true }) status?: (typeof STATUSES)[number];
}

export const StatusReportRow = Type.Object({
  report: IdType('The status report.'),
  board: IdType('The board that reports.'),
  boardName: Type.String(),
  kind: CodeType(STATUS_REPORT_KINDS, 'For the interim report, or for the annual account.'),
  asOf: DayType('The day whose status it tells.'),
  status: CodeType(STATUSES, 'Whether the board has decided.'),
  decidedOn: Type.Optional(DayType('The day of the board’s decision.')),
  obligations: Type.Optional(Type.Integer({ description: 'How many it tells of, once it is decided.' })),
  sha256: Type.Optional(Type.String({ description: 'Of what it shows, once it is decided.' })),
});

const name = (sv: string, en: string): Text => ({ sv, en });
/** The list as a file: its columns in their order. */
export const statusReportColumns = {
  boardName: name('Nämnd', 'Board'),
  kind: name('Rapport', 'Report'),
  asOf: name('Läget den', 'Status as of'),
  status: name('Status', 'Status'),
  decidedOn: name('Beslutad', 'Decided'),
  obligations: name('Rekommendationer', 'Recommendations'),
  sha256: name('SHA-256', 'SHA-256'),
  report: name('Id', 'Id'),
};

export const statusReportRowExample = {
  report: '8c2b1d4e-5f6a-5b7c-9d8e-0f1a2b3c4d5e',
  board: '7c4b1f1e-9a7d-4a3e-8c52-6d1f0b2a9e38',
  boardName: 'Östermalms stadsdelsnämnd',
  kind: 'interim',
  asOf: '2021-08-31',
  status: 'draft',
};

export const listStatusReports = async (
  { board, kind, status, limit, offset, asOf }: ListStatusReports,
  asking: Asking & { readonly reach: Reach },
  views: Views,
  moments: Moments,
  executor: Executor,
  streams: Streams,
) => {
  const at = asOf && (await moments.positionAt(asking.tenant, asOf));
  const then = await registerThen(asking, at, executor, streams);
  const { units } = asking.reach;
  const where = all(
    units && sql`board = any(${units})`,
    board === undefined ? undefined : sql`board = any(${then.register.predecessorsOf(board, then.on)})`,
    kind === undefined ? undefined : sql`kind = ${kind}`,
    status === undefined ? undefined : sql`status = ${status}`,
  );
  const { rows, total } = await views.read(asking.tenant, (read) => read.list(statusReportsView, { where, order: sql`as_of desc, key`, limit, offset }), {
    at,
  });
  const items = rows.map((row) => ({
    report: row.key,
    board: row.board,
    boardName: then.name(row.board),
    kind: row.kind,
    asOf: row.asOf,
    status: row.status,
    ...(row.decidedOn !== null && { decidedOn: row.decidedOn }),
    ...(row.obligations !== null && { obligations: row.obligations }),
    ...(row.sha256 !== null && { sha256: row.sha256 }),
  }));
  return { total, items };
};
