import { FreeText, Id } from '#libs/fields';
import { event, type Decide } from '#libs/kernel';
import { StatusReportReworded, type StatusReportEvent } from './status-report.events.js';
import type { StatusReport } from './status-report.js';
import { assertDrafted, isDecided } from './status-report.refusals.js';

/** The board's own words beside the table, until it has decided. */
export class RewordStatusReport {
  @Id('The status report.') report!: string;
  @FreeText('What the board says beside the table.', { max: 20_000 }) text!: string;
}

export const rewordStatusReport: Decide<RewordStatusReport, StatusReport, StatusReportEvent> = ({ text }, report) => {
  assertDrafted(report);
  if (report.text === text) return [];
  if (report.status === 'decided') throw isDecided(report);
  return [event(StatusReportReworded, { report: report.report, text })];
};
