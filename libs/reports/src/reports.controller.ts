import { Type } from 'typebox';
import { asks, does, routes, runs } from '#libs/http';
import { AllCounts } from './all-counts.query.js';
import { auditBoardColumns, auditBoardExample, AuditBoardRow, AuditBoards } from './audit-boards.query.js';
import { BoardCounts } from './board-counts.query.js';
import { BoardChanges, changedColumns, changedExample, ChangedRow } from './changes.query.js';
import { Chain, ChainAnswer, chainExample } from './chain.query.js';
import { DecideStatusReport } from './decide-status-report.js';
import { DraftStatusReport } from './draft-status-report.js';
import { ImportAnswer, importExample, ImportRecommendations } from './import-recommendations.query.js';
import { ListStatusReports, statusReportColumns, StatusReportRow, statusReportRowExample } from './list-status-reports.query.js';
import { RewordStatusReport } from './reword-status-report.js';
import { StatusReportAsPdf, StatusReportById, statusReportExample, StatusReportOnPage } from './status-report-by-id.query.js';
import { ObligationBundle } from './obligation-bundle.query.js';
import { BoardCountsAnswer, boardCountsExample, countColumns, countsExample, CountsRow } from './counts-shown.js';

/** What a board is asked how it stands with. */
export const BoardReportsController = routes('boards', 'Boards’ status', [
  asks(':board/counts', BoardCounts, {
    summary: 'How a board stands: its counts',
    description:
      '`received` is `implemented` and `open` together, always. Of the open, those past the promised day of an action, those past their last day, and those that have no dated action. It counts what the board holds on the day: what it took over from boards before it is among it. `asOf` counts as it was recorded then, on that day.',
    answer: BoardCountsAnswer,
    example: boardCountsExample,
  }),
  asks(':board/changes', BoardChanges, {
    summary: 'What became of what a board holds, since a day',
    description:
      'One row for each obligation that is otherwise than it was when the day began, by what was recorded since: the latest first. What was changed and changed back is not among them. `tookOver` names the boards whose obligations it has come to hold since.',
    answer: ChangedRow,
    example: changedExample,
    columns: changedColumns,
  }),
]);

/** The same of all boards: what kommunstyrelsen and the auditors look at. */
export const CountsController = routes('counts', 'Boards’ status', [
  asks('', AllCounts, {
    summary: 'How every board stands: its counts',
    description: 'One row for each board that is there on the day, by what it holds. `sum` is all of them together.',
    answer: CountsRow,
    example: countsExample,
    columns: countColumns,
  }),
]);

/** The same of one report: every board that it was handed over to, or that it recommends something. */
export const AuditReportsController = routes('audits', 'Boards’ status', [
  asks(':audit/boards', AuditBoards, {
    summary: 'How every board stands with one report',
    description: 'One row for each board that the report was handed over to or recommends something, as it was called then, and who holds it now.',
    answer: AuditBoardRow,
    example: auditBoardExample,
    columns: auditBoardColumns,
  }),
]);

/** From recommendation to what is done about it, and back. */
export const ChainController = routes('chain', 'Boards’ status', [
  asks(':kind/:id', Chain, {
    summary: 'What leads to a thing, and what it leads to',
    description:
      'Recommendation → obligation → reply → action → agreement → rule of responsibility, from any of them: up to the report, down to what is done and who follows up whom since. Each node can be asked for in its turn, so that the chain is walked both ways.',
    answer: ChainAnswer,
    example: chainExample,
  }),
]);

/** What is handed to the auditors. */
export const BundleController = routes('obligations', 'Obligations', [
  asks(':obligation/bundle', ObligationBundle, {
    summary: 'Everything recorded of one obligation, with its evidence, as a ZIP',
    description:
      'The entries of its streams byte for byte in the order of the log, and as a table in Swedish; what the sources state, disagreements flagged; the documents cited; and SHA256SUMS, which `sha256sum -c` checks. The same moment gives the same bytes.',
    answer: Type.Unknown(),
    example: {},
    files: ['application/zip'],
  }),
]);

const STATUS = 'Status reports';
const DECISION = { meeting: '4d2f8a1c-6b3e-4c7d-9f8a-2b3c4d5e6f70', point: '5e3a9b2d-7c4f-4d8e-8a9b-3c4d5e6f7081' };

/** How a board's recommendations stand as of a day, for delårsrapport and verksamhetsberättelse. */
export const StatusReportsController = routes('status-reports', STATUS, [
  does('POST', '', DraftStatusReport, {
    summary: 'Draft a status report',
    description: 'A board has one of each kind and day: whoever drafts it again finds it, and may change its text until the board has decided.',
    status: 201,
    example: { board: '7c4b1f1e-9a7d-4a3e-8c52-6d1f0b2a9e38', kind: 'interim', asOf: '2021-08-31' },
  }),
  asks('', ListStatusReports, {
    summary: 'Status reports, the latest day first',
    answer: StatusReportRow,
    example: statusReportRowExample,
    columns: statusReportColumns,
  }),
  asks(':report', StatusReportById, {
    summary: 'One status report, in words and as a table',
    description:
      'What the board held on its day, by all that is recorded: what is dated later had not been. A draft changes with what is recorded; a decided one shows what had been recorded when the board’s decision was, whatever has been since, and whether its hash still fits.',
    answer: StatusReportOnPage,
    example: statusReportExample,
  }),
  asks(':report/pdf', StatusReportAsPdf, { summary: 'One status report as PDF/UA', answer: Type.Unknown(), example: {}, files: ['application/pdf'] }),
  does('PUT', ':report/text', RewordStatusReport, {
    summary: 'Word what the board says beside the table',
    example: { text: 'Arbetet med kollegial granskning fortsätter under hösten.' },
  }),
  does('POST', ':report/decisions', DecideStatusReport, {
    summary: 'Record that the board has decided on a status report',
    description:
      'What it shows is frozen, with its SHA-256. The obligations that the same decision holds implemented are recorded with `POST /implementations`, many at once.',
    example: { decision: DECISION },
  }),
]);

/** What a municipality has in tables already. */
export const ImportsController = routes('imports', 'Imports', [
  runs('recommendations', ImportRecommendations, {
    summary: 'Take in recommendations from a table',
    description:
      'The file, XLSX or CSV, is uploaded as a document first; its columns are told in docs/import.md. A row is a recommendation to a board, known by report, number and board. What is recorded already is left alone, what is recorded otherwise is corrected and listed, and a row that is wrong is told with every reason and stops no other. `dryRun=true` tells the same and records nothing. The same file a second time changes nothing.',
    answer: ImportAnswer,
    example: importExample,
  }),
]);
