import { never, type Day } from '#libs/kernel';
import { col, rowView, sql, verbatim, type Read, type RowOf } from '#libs/views';
import * as calendarEvents from './calendar.events.js';
import type { CalendarEvent } from './calendar.events.js';
import type { MEETING_KINDS } from './meeting.codes.js';
import * as meetingEvents from './meeting.events.js';
import type { MeetingEvent } from './meeting.events.js';

/** How a meeting and its minutes stand, as lists say it; an urgent decision is unreported or reported. */
export const MEETING_STATUSES = ['planned', 'cancelled', 'opened', 'recorded', 'approved', 'announced', 'ended', 'unreported', 'reported'] as const;
export type MeetingStatus = (typeof MEETING_STATUSES)[number];

/** One approval of minutes: of the whole, or of a part. */
export interface ApprovalInRow {
  readonly approval: number;
  readonly whole: boolean;
  /** Left out for points declared approved at once: it is then the meeting's day. */
  readonly on?: Day;
  readonly announcedOn?: Day;
  readonly endedOn?: Day;
}

const columns = {
  board: col.uuid(),
  on: col.day(),
  kind: col.text<(typeof MEETING_KINDS)[number]>(),
  status: col.text<MeetingStatus>(),
  stopOn: col.optional(col.day()),
  papersOn: col.optional(col.day()),
  papersSentOn: col.optional(col.day()),
  paragraphs: col.int(),
  approvals: col.json<readonly ApprovalInRow[]>(),
  /** Of the whole minutes. */
  approvedOn: col.optional(col.day()),
  announcedOn: col.optional(col.day()),
  endedOn: col.optional(col.day()),
  /** Of an urgent decision. */
  reportedOn: col.optional(col.day()),
};
type Row = RowOf<typeof columns>;

const { MeetingPlanned, MeetingMoved, MeetingCancelled } = calendarEvents;
const { DecisionDispatched: _, DecisionServed: __, DecisionAnnulled: ___, ...aboutMeeting } = meetingEvents;
type Told =
  | Exclude<CalendarEvent, { type: 'PreparationStepsSet' }>
  | Exclude<MeetingEvent, { data: { deadline: string } } | { type: 'DecisionDispatched' | 'DecisionServed' | 'DecisionAnnulled' }>;

const NOTHING_YET = {
  stopOn: null,
  papersOn: null,
  papersSentOn: null,
  paragraphs: 0,
  approvals: [],
  approvedOn: null,
  announcedOn: null,
  endedOn: null,
  reportedOn: null,
} as const;

/** What follows from the approvals: those of the whole minutes say how they stand. */
const standing = (row: Row): Row => {
  const whole = row.approvals.find((one) => one.whole);
  const then = { ...row, approvedOn: whole?.on ?? null, announcedOn: whole?.announcedOn ?? null, endedOn: whole?.endedOn ?? null };
  return { ...then, status: statusOf(then) };
};

const statusOf = ({ status, kind, reportedOn, endedOn, announcedOn, approvedOn, paragraphs }: Row): MeetingStatus => {
  if (status === 'cancelled') return status;
  if (kind === 'urgent') return reportedOn === null ? 'unreported' : 'reported';
  if (endedOn !== null) return 'ended';
  if (announcedOn !== null) return 'announced';
  if (approvedOn !== null) return 'approved';
  return paragraphs > 0 ? 'recorded' : 'opened';
};

const withApproval = (row: Row, approval: number | undefined, change: Partial<ApprovalInRow>): Row =>
  standing({ ...row, approvals: row.approvals.map((one) => (one.approval === approval ? { ...one, ...change } : one)) });

/** Points declared approved at once make one approval of the meeting, as its own stream has it. */
const withAtOnce = (row: Row, points: readonly { readonly atOnce?: true }[]): Row =>
  row.kind === 'urgent' || !points.some(({ atOnce }) => atOnce) || row.approvals.some((one) => !one.whole && one.on === undefined)
    ? row
    : { ...row, approvals: [...row.approvals, { approval: row.approvals.length + 1, whole: false }] };

const earlier = (a: Day | null, b: Day): Day => (a !== null && a < b ? a : b);

/** One row per meeting of a calendar and per urgent decision: when it is, and how its minutes stand. */
export const meetingsView = rowView({
  name: 'meetings',
  version: 1,
  columns,
  reads: [MeetingPlanned, MeetingMoved, MeetingCancelled, ...Object.values(aboutMeeting)],
  keys: ({ data }) => data.meeting,
  during: ['board'],
  indexes: [
    ['board', 'on'],
    ['status', 'on'],
  ],
  fold: (row, event) => {
    const { type, data } = event as Told;
    if (type === 'MeetingPlanned') {
      const { board, on, stopOn, papersOn } = data;
      return { ...NOTHING_YET, board, on, kind: 'meeting', status: 'planned', stopOn, papersOn };
    }
    if (type === 'MeetingOpened') {
      const { board, on, kind } = data;
      return standing({ ...(row ?? NOTHING_YET), board, on, kind, status: 'opened' });
    }
    if (!row) throw new Error(`${type} of a meeting that was neither planned nor opened`);
    switch (type) {
      case 'MeetingMoved':
        return { ...row, on: data.on, stopOn: data.stopOn, papersOn: data.papersOn };
      case 'OpenedMeetingMoved': // the calendar said so before
        return row;
      case 'MeetingCancelled':
      case 'OpenedMeetingCancelled':
        return { ...row, status: 'cancelled' };
      case 'PapersSent':
        return { ...row, papersSentOn: earlier(row.papersSentOn, data.on) };
      case 'ParagraphRecorded':
        return standing(withAtOnce({ ...row, paragraphs: row.paragraphs + 1 }, data.points));
      case 'ParagraphCorrected':
        return withAtOnce(row, data.points);
      case 'MinutesApproved': {
        const { approval, on, paragraphs, points } = data;
        return standing({ ...row, approvals: [...row.approvals, { approval, whole: !paragraphs && !points, on }] });
      }
      case 'MinutesAnnounced':
        return withApproval(row, data.approval, { announcedOn: data.on });
      case 'AnnouncementEnded':
        return withApproval(row, data.approval, { endedOn: data.on });
      case 'UrgentDecisionReported':
        return standing({ ...row, reportedOn: data.on });
      case 'RecordedDayCorrected':
        return corrected(row, data);
      default:
        return never(type);
    }
  },
});

const corrected = (row: Row, { fact, approval, from, to }: Extract<MeetingEvent, { type: 'RecordedDayCorrected' }>['data']): Row => {
  switch (fact) {
    case 'papers-sent':
      return row.papersSentOn === from ? { ...row, papersSentOn: to } : row;
    case 'minutes-approved':
      return withApproval(row, approval, { on: to });
    case 'minutes-announced':
      return withApproval(row, approval, { announcedOn: to });
    case 'announcement-ended':
      return withApproval(row, approval, { endedOn: to });
    case 'urgent-decided':
      return { ...row, on: to };
    case 'urgent-reported':
      return { ...row, reportedOn: to };
    case 'decision-dispatched':
    case 'decision-served':
    case 'decision-annulled':
      return row;
    default:
      return never(fact);
  }
};

/** Urgent decisions that are still to be reported to their boards. */
export const unreportedDecisions = async (read: Read): Promise<readonly string[]> => {
  const { rows } = await read.list(meetingsView, { where: sql`status = 'unreported'`, order: verbatim('key'), limit: 1_000 });
  return rows.map(({ key }) => key);
};
