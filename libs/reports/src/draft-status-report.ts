import { Code, DayField, FreeText, Id } from '#libs/fields';
import { contradictory, event, isAfter, type Day, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { STATUS_REPORT_KINDS, type StatusReportKind } from './status-report.codes.js';
import { StatusReportDrafted, StatusReportReworded, type StatusReportEvent } from './status-report.events.js';
import { statusReportId, type StatusReport } from './status-report.js';
import { assertOwnBoard, isDecided } from './status-report.refusals.js';

/** A board begins its report of how its recommendations stand as of a day, for delårsrapport or verksamhetsberättelse. */
export class DraftStatusReport {
  @Id('The board that reports.') board!: string;
  @Code('For the interim report, or for the annual account.', STATUS_REPORT_KINDS, 'StatusReportKind') kind!: StatusReportKind;
  @DayField('The day whose status it tells.') asOf!: Day;
  @FreeText('What the board says beside the table.', { max: 20_000, optional: true }) text?: string;
}

/** A board has one report of each kind and day: whoever drafts it again finds it. */
export const draftedId = ({ board, kind, asOf }: DraftStatusReport): string => statusReportId(board, kind, asOf);

export const draftStatusReport: Decide<DraftStatusReport, StatusReport, StatusReportEvent, { readonly organisation: Register }> = (
  { board, kind, asOf, text },
  report,
  { id, by, today, organisation },
) => {
  if (!organisation.isBoard(board))
    throw contradictory('board.unknown', { sv: 'Det finns ingen sådan nämnd i registret.', en: 'There is no such board in the register.' }, '/board');
  assertOwnBoard(board, by, today, organisation);
  if (report.status === 'decided') throw isDecided(report);
  if (report.status === 'draft') return text === undefined || text === report.text ? [] : [event(StatusReportReworded, { report: id, text })];
  if (isAfter(asOf, today))
    throw contradictory(
      'day.in-the-future',
      {
        sv: `${asOf} har inte varit än; i dag är det ${today}. Läget den dagen kan berättas när den har kommit.`,
        en: `${asOf} has not been yet; today is ${today}. How things stand on that day can be told when it has come.`,
      },
      '/asOf',
    );
  if (!organisation.existsOn(board, asOf))
    throw contradictory(
      'status-report.board-not-there',
      {
        sv: `Nämnden fanns inte ${asOf}. Ange en dag då den fanns, eller gör rapporten för den nämnd som fanns då.`,
        en: `The board was not there on ${asOf}. State a day on which it was, or report for the board that was there then.`,
      },
      '/asOf',
    );
  return [event(StatusReportDrafted, { report: id, board, kind, asOf, ...(text !== undefined && { text }) })];
};
