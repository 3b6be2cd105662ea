import { assertDecidedByHolder } from '#libs/audits';
import { Id, Nested } from '#libs/fields';
import { contradictory, event, isBefore, type Decide, type Instant } from '#libs/kernel';
import { DecisionRef, type CitedDecision } from '#libs/meetings';
import type { Register } from '#libs/organisation';
import { StatusReportDecided, type StatusReportEvent } from './status-report.events.js';
import type { StatusReport } from './status-report.js';
import { assertDrafted, isDecided } from './status-report.refusals.js';

/** The board has decided on its report: what it shows is what is recorded now, for ever. */
export class DecideStatusReport {
  @Id('The status report.') report!: string;
  @Nested(() => DecisionRef) decision!: DecisionRef;
}

/** What the report shows at this moment. */
export interface ShownNow {
  readonly upTo: { readonly entry: string; readonly at: Instant };
  readonly sha256: string;
  readonly obligations: number;
}

export interface DecideNeeds {
  readonly decision: CitedDecision | undefined;
  readonly organisation: Register;
  /** Undefined where there is no report to show. */
  readonly shown: ShownNow | undefined;
}

export const decideStatusReport: Decide<DecideStatusReport, StatusReport, StatusReportEvent, DecideNeeds> = (
  { decision: { meeting, point } },
  report,
  { decision, organisation, shown },
) => {
  assertDrafted(report);
  if (report.status === 'decided') {
    const { decision: earlier } = report.frozen;
    if (earlier.meeting === meeting && earlier.point === point) return [];
    throw isDecided(report);
  }
  assertDecidedByHolder(decision, (day) => organisation.holderOn(report.board, day), organisation);
  if (decision.object?.kind === 'status-report' && decision.object.id !== report.report)
    throw contradictory(
      'decision.about-another',
      {
        sv: `Punkten i ${decision.number} gäller en annan lägesrapport. Hänvisa till den punkt som gäller denna.`,
        en: `The point of ${decision.number} is about another status report. Cite the point that is about this one.`,
      },
      '/decision',
    );
  if (isBefore(decision.on, report.asOf))
    throw contradictory(
      'status-report.decided-before-its-day',
      {
        sv: `Beslutet fattades ${decision.on}, men rapporten gäller läget ${report.asOf}. Hänvisa till ett beslut från den dagen eller senare.`,
        en: `The decision was made on ${decision.on}, but the report tells how things stood on ${report.asOf}. Cite a decision of that day or later.`,
      },
      '/decision',
    );
  if (!shown) throw new TypeError(`What ${report.report} shows was not read.`);
  return [event(StatusReportDecided, { report: report.report, on: decision.on, decision: { meeting, point }, decidedBy: decision.board, ...shown })];
};
