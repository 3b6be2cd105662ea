import { Type } from 'typebox';
import { asks, routes } from '#libs/http';
import { AllCounts } from './all-counts.query.js';
import { auditBoardColumns, auditBoardExample, AuditBoardRow, AuditBoards } from './audit-boards.query.js';
import { BoardCounts } from './board-counts.query.js';
import { BoardChanges, changedColumns, changedExample, ChangedRow } from './changes.query.js';
import { Chain, ChainAnswer, chainExample } from './chain.query.js';
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
      'Recommendation → obligation → reply → action, from any of them: up to the report, down to what is done. Each node can be asked for in its turn, so that the chain is walked both ways.',
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
