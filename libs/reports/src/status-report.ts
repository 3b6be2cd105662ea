import { derivedId, never, type Day, type Instant, type Stream } from '#libs/kernel';
import type { DecisionRefData } from '#libs/meetings';
import type { StatusReportKind } from './status-report.codes.js';
import * as events from './status-report.events.js';
import type { StatusReportEvent } from './status-report.events.js';

interface Begun {
  readonly report: string;
  readonly board: string;
  readonly kind: StatusReportKind;
  readonly asOf: Day;
  /** What the board says beside the table. */
  readonly text?: string;
}

/** By the board's decision what it shows is what was recorded up to an entry. */
export interface Frozen {
  readonly on: Day;
  readonly decision: DecisionRefData;
  readonly decidedBy: string;
  readonly upTo: { readonly entry: string; readonly at: Instant };
  readonly sha256: string;
  readonly obligations: number;
}

export type DraftedReport = Begun & { readonly status: 'draft' };
export type DecidedReport = Begun & { readonly status: 'decided'; readonly frozen: Frozen };

/** A board's report of how its recommendations stand as of a day. */
export type StatusReport = { readonly status: 'none' } | DraftedReport | DecidedReport;

/** One for each board, kind and day. */
export const statusReportId = (board: string, kind: StatusReportKind, asOf: Day): string => derivedId(board, 'status-report', kind, asOf);

const evolve = (state: StatusReport, event: StatusReportEvent): StatusReport => {
  if (event.type === 'StatusReportDrafted') return { status: 'draft', ...event.data };
  if (state.status === 'none') return state; // a report begins by being drafted; nothing else can stand first
  switch (event.type) {
    case 'StatusReportReworded':
      return { ...state, text: event.data.text };
    case 'StatusReportDecided': {
      const { report: _, ...frozen } = event.data;
      return { ...state, status: 'decided', frozen };
    }
    default:
      return never(event);
  }
};

/** The stream of one status report: `status-report-<uuid>`. */
export const statusReport: Stream<StatusReport, StatusReportEvent> = {
  name: 'status-report',
  events: Object.values(events),
  initial: { status: 'none' },
  evolve,
};

/** The board that reports: who may follows from who holds what it had. */
export const boardOfReport = (state: StatusReport): string | undefined => (state.status === 'none' ? undefined : state.board);
