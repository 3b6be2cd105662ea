import { never } from '#libs/kernel';
import type { Capacity } from '#libs/organisation';
import { col, rowView, sql, type Read } from '#libs/views';
import type { DelegatedDecisionEvent } from './delegated-decision.events.js';
import { delegatedDecision, dutyOf, reportDeadlineId } from './delegated-decision.js';
import type { Covered, Reporting } from './delegation.codes.js';

/** Where the reporting of a delegated decision stands: to be reported or minuted, done, or neither needed. */
export const REPORT_STATUSES = ['to-report', 'to-minute', 'reported', 'minuted', 'exempt', 'withdrawn'] as const;
export type ReportStatus = (typeof REPORT_STATUSES)[number];

const OPEN = { report: 'to-report', minute: 'to-minute', exempt: 'exempt' } as const;

/** One row per delegated decision: who made it, how it is to be reported by when, and what came of that. */
export const delegatedDecisionsView = rowView({
  name: 'delegated_decisions',
  version: 1,
  columns: {
    board: col.uuid(),
    kind: col.text<Covered>(),
    what: col.text(),
    madeOn: col.day(),
    role: col.text(),
    unit: col.uuid(),
    capacity: col.text<Capacity>(),
    reporting: col.text<Reporting>(),
    appealable: col.bool(),
    status: col.text<ReportStatus>(),
    /** The day by which it is to be reported or minuted. */
    dueOn: col.optional(col.day()),
    reportedOn: col.optional(col.day()),
    reportedAt: col.optional(col.uuid()),
    minutedOn: col.optional(col.day()),
    reference: col.optional(col.text()),
    /** It rests on a further delegation: the head of administration is to be told. */
    toHead: col.bool(),
    headDueOn: col.optional(col.day()),
    toldHeadOn: col.optional(col.day()),
    order: col.uuid(),
    point: col.uuid(),
    agreement: col.optional(col.uuid()),
    registryNumber: col.optional(col.text()),
  },
  reads: [...delegatedDecision.events] as const,
  keys: ({ stream }) => (stream.startsWith('delegated-decision-') ? stream.slice('delegated-decision-'.length) : []),
  during: ['board'],
  indexes: [
    ['board', 'status', 'dueOn'],
    ['status', 'reporting'],
  ],
  fold: (row, event, key) => {
    const happened = event as unknown as DelegatedDecisionEvent;
    if (happened.type === 'DelegatedDecisionMade') {
      const { decision: _, person: __, on, delegation, agreement = null, registryNumber = null, ...made } = happened.data;
      return {
        ...made,
        ...NOTHING_YET,
        madeOn: on,
        status: OPEN[dutyOf(made)],
        toHead: delegation.further !== undefined,
        order: delegation.order,
        point: delegation.point,
        agreement,
        registryNumber,
      };
    }
    if (!row) throw new Error(`${happened.type} of a delegated decision that was never made`);
    const { type, data } = happened;
    switch (type) {
      case 'DelegatedDecisionCorrected':
        return { ...row, madeOn: data.on };
      case 'DelegatedDecisionWithdrawn':
        return { ...row, status: 'withdrawn' };
      case 'ReportedToHead':
        return { ...row, toldHeadOn: data.on };
      case 'ReportedToBoard':
        return { ...row, status: 'reported', reportedOn: data.on, reportedAt: data.meeting };
      case 'BoardReportWithdrawn':
        return { ...row, status: 'to-report', reportedOn: null, reportedAt: null };
      case 'MinutedSeparately':
        return { ...row, status: 'minuted', minutedOn: data.on, reference: data.reference };
      case 'DeadlineSet':
      case 'DeadlineMoved':
        return data.deadline === reportDeadlineId(key, 'head-report') ? { ...row, headDueOn: data.dueOn } : { ...row, dueOn: data.dueOn };
      case 'DeadlineMet': // the day stays what it was due by
      case 'DeadlineMissed':
      case 'LatenessWithdrawn':
      case 'DeadlineClosed':
      case 'ReminderIssued':
      case 'RemindersSuppressed':
        return row;
      default:
        return never(happened);
    }
  },
});

const NOTHING_YET = {
  dueOn: null,
  reportedOn: null,
  reportedAt: null,
  minutedOn: null,
  reference: null,
  headDueOn: null,
  toldHeadOn: null,
} as const;

/** The decisions that are to be reported at their boards’ next meetings. */
export const awaitingMeetings = async (read: Read): Promise<readonly string[]> => {
  const rows = await read.query<{ key: string }>(
    sql`select key from ${read.rows(delegatedDecisionsView)} where status = 'to-report' and reporting = 'next-meeting' order by key`,
  );
  return rows.map(({ key }) => key);
};
