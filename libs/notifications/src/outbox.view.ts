import { stockholmDay } from '#libs/kernel';
import { lateSummaries, LateSummaryIssued, ReminderIssued } from '#libs/timers';
import { col, rowView, type RowOf } from '#libs/views';
import { MailAccepted, MailFailed, type MailFailure } from './mail.events.js';

/** How the mail of a reminder stands. */
export const MAIL_STATUSES = ['waiting', 'retrying', 'accepted', 'failed'] as const;
export type MailStatus = (typeof MAIL_STATUSES)[number];

const columns = {
  reminder: col.uuid(),
  /** The event that issued it, the chain that this belongs to, and when it was recorded. */
  issuedBy: col.uuid(),
  corr: col.text(),
  issuedAt: col.instant(),
  stream: col.text(),
  type: col.text(),
  rung: col.text(),
  occurrence: col.int(),
  role: col.text(),
  unit: col.uuid(),
  dueOn: col.day(),
  /** The moment at which it was to be issued. */
  dueAt: col.instant(),
  status: col.text<MailStatus>(),
  /** How many attempts have been made. */
  attempts: col.int(),
  /** Why the last attempt failed. */
  reason: col.optional(col.text<MailFailure>()),
  /** What the mail server replied to the last attempt. */
  code: col.optional(col.int()),
  /** How many addresses the server refused, of a mail that it accepted. */
  refused: col.optional(col.int()),
  nextAt: col.optional(col.instant()),
  settledAt: col.optional(col.instant()),
};
export type OutboxRow = RowOf<typeof columns>;

/** What was issued, a row for each reminder and each summary of what was recorded late, and what has come of its mail. Rebuilt, it sends nothing again: what came of it are facts. */
export const outbox = rowView({
  name: 'outbox',
  version: 2,
  acting: true,
  columns,
  reads: [ReminderIssued, LateSummaryIssued, MailAccepted, MailFailed],
  keys: ({ data }) => data.reminder,
  fold: (row, event) => {
    if (event.type === 'ReminderIssued' || event.type === 'LateSummaryIssued') {
      const { reminder, role, unit, dueAt } = event.data;
      const issued = { reminder, issuedBy: event.id, corr: event.corr, issuedAt: event.recordedAt, stream: event.stream, role, unit, dueAt };
      const untried = { status: 'waiting' as const, attempts: 0, reason: null, code: null, refused: null, nextAt: null, settledAt: null };
      if (event.type === 'LateSummaryIssued')
        return { ...issued, type: lateSummaries.name, rung: lateSummaries.name, occurrence: 0, dueOn: stockholmDay(dueAt), ...untried };
      const { type, rung, occurrence, dueOn } = event.data;
      return { ...issued, type, rung, occurrence, dueOn, ...untried };
    }
    if (!row) throw new TypeError(`${event.stream} tells of the mail of a reminder that was never issued.`);
    const { attempt: attempts } = event.data;
    if (event.type === 'MailAccepted') {
      const { code, refused } = event.data;
      return { ...row, status: 'accepted', attempts, reason: null, code, refused, nextAt: null, settledAt: event.recordedAt };
    }
    const { reason, code = null, final, nextAt = null } = event.data;
    return { ...row, status: final ? 'failed' : 'retrying', attempts, reason, code, nextAt, settledAt: final ? event.recordedAt : null };
  },
  during: ['unit'],
  indexes: [['status', 'nextAt'], ['stream', 'dueAt'], ['unit', 'dueAt'], ['dueAt']],
});
