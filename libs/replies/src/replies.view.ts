import { never } from '#libs/kernel';
import { col, rowView } from '#libs/views';
import type { ExtensionStatus, ReplyKind, ReplyStatus } from './reply.codes.js';
import type { ReplyEvent } from './reply.events.js';
import { reply, replyDeadlineId } from './reply.js';
import { isThere, type NoPlan } from './reply-plan.js';

/** One row per reply: what is awaited of whom by when, the meeting that is to decide it, and what came of it. */
export const repliesView = rowView({
  name: 'replies',
  version: 1,
  columns: {
    audit: col.uuid(),
    /** The board the report was referred to; the register tells who holds what it had. */
    board: col.uuid(),
    kind: col.text<ReplyKind>(),
    status: col.text<ReplyStatus>(),
    referredOn: col.optional(col.day()),
    /** The last day that holds; null where none is set, or none is known. */
    dueOn: col.optional(col.day()),
    /** The one that the referral set. */
    firstDueOn: col.optional(col.day()),
    extension: col.text<ExtensionStatus>(),
    /** The day asked for, or granted. */
    extendedTo: col.optional(col.day()),
    decidingBoard: col.uuid(),
    preparingBoard: col.optional(col.uuid()),
    meeting: col.optional(col.uuid()),
    meetingBoard: col.optional(col.uuid()),
    meetingOn: col.optional(col.day()),
    /** The last day for its minutes: what has not been decided by then was not decided there. */
    minutesOn: col.optional(col.day()),
    preparingMeeting: col.optional(col.uuid()),
    preparingOn: col.optional(col.day()),
    /** Why no meeting suffices. */
    problem: col.optional(col.text<NoPlan>()),
    officerReportOn: col.optional(col.day()),
    /** Whose calendars its plan was counted with. */
    calendars: col.json<readonly string[]>(),
    /** The obligations to be answered. */
    obligations: col.json<readonly string[]>(),
    /** The recommendations that it says something of. */
    commented: col.json<readonly string[]>(),
    approvedOn: col.optional(col.day()),
    decisionMeeting: col.optional(col.uuid()),
    decisionParagraph: col.optional(col.uuid()),
    givenOn: col.optional(col.day()),
    /** Whether lateness stands recorded. Past its day with nothing recorded yet is late too: that the query says, by its day. */
    late: col.bool(),
  },
  reads: [...reply.events] as const,
  keys: ({ stream }) => (stream.startsWith('reply-') ? stream.slice('reply-'.length) : []),
  during: ['board'],
  indexes: [['board', 'status', 'dueOn'], ['status', 'dueOn'], ['audit'], ['meeting'], ['decidingBoard', 'status'], ['preparingBoard', 'status']],
  fold: (row, event, key) => {
    const happened = event as unknown as ReplyEvent;
    if (happened.type === 'ReplyAwaited') {
      const { audit, board, kind, referredOn = null, dueOn = null } = happened.data;
      if (!row) return { ...nothingYet, audit, board, kind, referredOn, dueOn, firstDueOn: dueOn, decidingBoard: board };
      const status = row.status === 'not-awaited' ? 'awaited' : row.status;
      return { ...row, kind, referredOn, status, firstDueOn: dueOn, dueOn: row.extension === 'granted' ? row.extendedTo : dueOn };
    }
    if (!row) throw new Error(`${happened.type} of a reply that was never awaited`);
    const { type, data } = happened;
    switch (type) {
      case 'ReplyNoLongerAwaited':
        return { ...row, status: 'not-awaited' };
      case 'ObligationTakenUp':
        return { ...row, obligations: [...row.obligations, data.obligation] };
      case 'OfficerReportWritten':
        return { ...row, officerReportOn: data.on };
      case 'PreparationDayCorrected':
        return data.what === 'officer-report' ? { ...row, officerReportOn: data.to } : row;
      case 'DecisionChainSet':
        return { ...row, decidingBoard: data.decidingBoard, preparingBoard: data.preparingBoard ?? null };
      case 'ReplyPlanned': {
        const { plan, calendars } = data;
        if (!isThere(plan)) return { ...row, ...noMeeting, calendars, problem: plan.none };
        const { meeting, preparing } = plan;
        return {
          ...row,
          meeting: meeting.meeting,
          meetingBoard: meeting.board,
          meetingOn: meeting.on,
          minutesOn: plan.minutesOn,
          preparingMeeting: preparing?.meeting ?? null,
          preparingOn: preparing?.on ?? null,
          calendars,
          problem: null,
        };
      }
      case 'PositionTaken':
        return row.commented.includes(data.recommendation) ? row : { ...row, commented: [...row.commented, data.recommendation] };
      case 'ReplyApproved':
        return { ...row, status: 'approved', approvedOn: data.on, decisionMeeting: data.decision.meeting, decisionParagraph: data.paragraph, problem: null };
      case 'ReplyGiven':
        return { ...row, status: 'given', givenOn: data.on };
      case 'GivenDayCorrected':
        return { ...row, givenOn: data.on };
      case 'ExtensionRequested':
        return { ...row, extension: 'requested', extendedTo: data.until };
      case 'ExtensionGranted':
        return { ...row, extension: 'granted', extendedTo: data.until, dueOn: data.until };
      case 'ExtensionRefused':
        return { ...row, extension: 'refused', extendedTo: null };
      case 'DeadlineMissed':
        return data.deadline === replyDeadlineId(key) ? { ...row, late: true } : row;
      case 'LatenessWithdrawn':
        return data.deadline === replyDeadlineId(key) ? { ...row, late: false } : row;
      case 'ConsultationHeld': // on the page
      case 'SignedOff':
      case 'DeadlineSet': // the last day is told by the facts above
      case 'DeadlineMoved':
      case 'DeadlineMet':
      case 'DeadlineClosed':
      case 'ReminderIssued':
      case 'RemindersSuppressed':
        return row;
      default:
        return never(happened);
    }
  },
});

const noMeeting = { meeting: null, meetingBoard: null, meetingOn: null, minutesOn: null, preparingMeeting: null, preparingOn: null } as const;
const nothingYet = {
  ...noMeeting,
  status: 'awaited',
  extension: 'none',
  extendedTo: null,
  preparingBoard: null,
  problem: null,
  officerReportOn: null,
  calendars: [],
  obligations: [],
  commented: [],
  approvedOn: null,
  decisionMeeting: null,
  decisionParagraph: null,
  givenOn: null,
  late: false,
} as const;
