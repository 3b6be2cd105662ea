import { Type } from 'typebox';
import type { Asking, Moments, Reach } from '#libs/commands';
import { Code, FreeText, Id, ListQuery } from '#libs/fields';
import { CodeType, DayType, IdType, InstantType, type Text } from '#libs/kernel';
import { units } from '#libs/organisation';
import { all, sql, type Views } from '#libs/views';
import { MAIL_FAILURES } from './mail.events.js';
import { MAIL_STATUSES, outbox, type MailStatus, type OutboxRow } from './outbox.view.js';

const SORTS = ['newest-first', 'oldest-first'] as const;

/** The reminders that were issued, and what came of their mail. */
export class ListReminders extends ListQuery {
  @Code('Only those whose mail stands so.', MAIL_STATUSES, 'MailStatus', { optional: true }) status?: MailStatus;
  @Id('Only of this unit.', { optional: true }) unit?: string;
  @Id('Only of this order.', { optional: true }) order?: string;
  @FreeText('Only of this thing, by kind and id: reply-<id>.', { max: 100, optional: true }) stream?: string;
  @Code('By the moment they were to be issued; newest first where left out.', SORTS, 'ReminderSort', { optional: true }) sort?: (typeof SORTS)[number];
}

/** One reminder of the list. It holds nothing of the service user, and neither names nor addresses. */
export const ReminderRow = Type.Object({
  reminder: IdType('The reminder; its mail carries it as Message-ID.'),
  stream: Type.String({ description: 'What it is about: order-<id>, reply-<id>; late-summary-<id> for a summary of what was recorded late.' }),
  type: Type.String({ description: 'What is awaited, as the deadline’s type.' }),
  rung: Type.String({ description: 'Which reminder of the ladder.' }),
  occurrence: Type.Integer({ description: 'Which of its kind, from 0.' }),
  role: Type.String({ description: 'The role that is reminded.' }),
  unit: IdType('The unit in which it is.'),
  unitName: Type.String(),
  dueOn: DayType('The last day that is on time.'),
  dueAt: InstantType('When it was to be issued.'),
  issuedAt: InstantType('When it was issued: later where the system was down.'),
  status: CodeType(MAIL_STATUSES, 'How its mail stands.'),
  attempts: Type.Integer({ description: 'How many attempts have been made to send it.' }),
  reason: Type.Optional(CodeType(MAIL_FAILURES, 'Why the last attempt failed.')),
  code: Type.Optional(Type.Integer({ description: 'What the mail server replied to the last attempt.' })),
  refused: Type.Optional(Type.Integer({ description: 'How many of the addresses the server refused, of a mail that it accepted.' })),
  nextAt: Type.Optional(InstantType('When it is tried again.')),
  settledAt: Type.Optional(InstantType('When it was accepted or given up.')),
});

const name = (sv: string, en: string): Text => ({ sv, en });
/** The list as a file: its columns in their order. */
export const reminderColumns = {
  dueAt: name('Skulle utfärdas', 'To be issued'),
  issuedAt: name('Utfärdad', 'Issued'),
  type: name('Frist', 'Deadline'),
  rung: name('Påminnelse', 'Reminder'),
  role: name('Roll', 'Role'),
  unitName: name('Enhet', 'Unit'),
  dueOn: name('Sista dag', 'Due'),
  status: name('Mejl', 'Mail'),
  attempts: name('Försök', 'Attempts'),
  reason: name('Skäl', 'Reason'),
  nextAt: name('Försöks igen', 'Tried again'),
  stream: name('Gäller', 'About'),
};

export const reminderExample = {
  reminder: '6c1d9b20-58f7-5e1a-9d3b-0a4c7e2f8b16',
  stream: 'order-3f6c1d52-7a4e-4c19-8d2b-6e0f9a7b5c31',
  type: 'genomforandeplan',
  rung: 'overdue',
  occurrence: 0,
  role: 'case-officer',
  unit: '1d3c5b7a-9e8f-4a6b-8c2d-0f1e2d3c4b5a',
  unitName: 'Stöd- och serviceenheten, Östermalm',
  dueOn: '2020-10-16',
  dueAt: '2020-10-19T06:00:00.000Z',
  issuedAt: '2020-10-19T06:00:00.000Z',
  status: 'accepted',
  attempts: 1,
  code: 250,
  refused: 0,
  settledAt: '2020-10-19T06:00:01.000Z',
};

const newestFirst = sql`due_at desc, outbox.key desc`;
const oldestFirst = sql`due_at, outbox.key`;

export const listReminders = async (
  { status, unit, order, stream, sort, limit, offset, asOf }: ListReminders,
  { tenant, reach }: Asking & { readonly reach: Reach },
  views: Views,
  moments: Moments,
) => {
  const where = all(
    reach.units === undefined ? undefined : sql`outbox.unit = any(${reach.units})`,
    unit === undefined ? undefined : sql`outbox.unit = ${unit}`,
    status === undefined ? undefined : sql`status = ${status}`,
    order === undefined ? undefined : sql`stream = ${`order-${order}`}`,
    stream === undefined ? undefined : sql`stream = ${stream}`,
  );
  const at = asOf && (await moments.positionAt(tenant, asOf));
  return views.read(
    tenant,
    async (read) => {
      const rows = await read.query<OutboxRow & { readonly unitName: string }>(sql`
        select reminder, stream, type, rung, occurrence, role, outbox.unit, coalesce(units.name, outbox.unit::text) as "unitName", due_on as "dueOn", due_at as "dueAt",
          issued_at as "issuedAt", status, attempts, reason, code, refused, next_at as "nextAt", settled_at as "settledAt"
        from ${read.rows(outbox)} left join ${read.rows(units)} on units.unit = outbox.unit
        where ${where} order by ${sort === 'oldest-first' ? oldestFirst : newestFirst} limit ${limit} offset ${offset}`);
      return { total: await read.count(outbox, where), items: rows.map(withoutNothing) };
    },
    { at },
  );
};

/** What is not there is left out, not sent as null. */
const withoutNothing = (row: object) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
