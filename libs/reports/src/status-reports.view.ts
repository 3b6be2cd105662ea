import { never } from '#libs/kernel';
import { col, rowView } from '#libs/views';
import type { StatusReportKind } from './status-report.codes.js';
import * as events from './status-report.events.js';
import type { StatusReportEvent } from './status-report.events.js';

/** One row per status report. */
export const statusReportsView = rowView({
  name: 'status_reports',
  version: 1,
  columns: {
    /** The board that reports; the register tells who holds what it had. */
    board: col.uuid(),
    kind: col.text<StatusReportKind>(),
    asOf: col.day(),
    status: col.text<'draft' | 'decided'>(),
    decidedOn: col.optional(col.day()),
    sha256: col.optional(col.text()),
    /** How many obligations it tells of, once it is decided. */
    obligations: col.optional(col.int()),
  },
  reads: Object.values(events),
  keys: ({ stream }) => (stream.startsWith('status-report-') ? stream.slice('status-report-'.length) : []),
  during: ['board'],
  indexes: [['board', 'asOf'], ['asOf']],
  fold: (row, event) => {
    const { type, data } = event as StatusReportEvent;
    if (type === 'StatusReportDrafted') {
      const { board, kind, asOf } = data;
      return { board, kind, asOf, status: 'draft', decidedOn: null, sha256: null, obligations: null };
    }
    if (!row) throw new Error(`${type} of a status report that was never drafted`);
    switch (type) {
      case 'StatusReportReworded':
        return row;
      case 'StatusReportDecided': {
        const { on, sha256, obligations } = data;
        return { ...row, status: 'decided', decidedOn: on, sha256, obligations };
      }
      default:
        return never({ type, data } as never);
    }
  },
});
