import { Type } from 'typebox';
import type { Asking, Moments, Reach } from '#libs/commands';
import { Code, DayField, Id, ListQuery } from '#libs/fields';
import { CodeType, DayType, IdType, isBefore, stockholmDay, type Day, type Text } from '#libs/kernel';
import { units } from '#libs/organisation';
import { deadlinesView } from '#libs/timers';
import { all, sql, type Read, type Sql, type Views } from '#libs/views';
import { MEETING_KINDS } from './meeting.codes.js';
import { MEETING_STATUSES, meetingsView, type MeetingStatus } from './meetings.view.js';
import { paragraphsView } from './paragraphs.view.js';
import { present } from './present.js';

/** Meetings and urgent decisions, the latest first. */
export class ListMeetings extends ListQuery {
  @Id('Only of this board.', { optional: true }) board?: string;
  @Code('Only of this kind.', MEETING_KINDS, 'MeetingKind', { optional: true }) kind?: (typeof MEETING_KINDS)[number];
  @Code('Only those that stand so.', MEETING_STATUSES, 'MeetingStatus', { optional: true }) status?: MeetingStatus;
  @DayField('Only on this day or later.', { optional: true }) from?: Day;
  @DayField('Only on this day or earlier.', { optional: true }) to?: Day;
}

const day = (description: string) => Type.Optional(DayType(description));
/** One meeting of the list. */
export const MeetingRow = Type.Object({
  meeting: IdType('The meeting, or the urgent decision.'),
  board: IdType('The board.'),
  boardName: Type.String(),
  on: DayType('The day it meets, or decided.'),
  kind: CodeType(MEETING_KINDS, 'A meeting of the calendar, or an urgent decision.'),
  status: CodeType(MEETING_STATUSES, 'How it and its minutes stand.'),
  stopOn: day('The stop day.'),
  papersOn: day('The day its papers are to be sent.'),
  papersSentOn: day('The day its papers were first sent.'),
  paragraphs: Type.Integer(),
  approvedOn: day('The day the whole minutes were approved.'),
  announcedOn: day('The day that was announced.'),
  endedOn: day('The day the announcement was taken down.'),
  dispatchedOn: day('The day the first of its decisions was dispatched.'),
  undispatched: Type.Integer({ description: 'To how many recipients its decisions are still to be dispatched.' }),
  reportedOn: day('The day an urgent decision was reported to the board.'),
  nextDueOn: day('The next day by which something is awaited of it.'),
  late: Type.Boolean({ description: 'Whether that day has passed.' }),
});

const name = (sv: string, en: string): Text => ({ sv, en });
/** The list as a file: its columns in their order. */
export const meetingColumns = {
  on: name('Sammanträde', 'Meeting'),
  boardName: name('Nämnd', 'Board'),
  kind: name('Slag', 'Kind'),
  status: name('Läge', 'Status'),
  stopOn: name('Stoppdag', 'Stop day'),
  papersOn: name('Utskick', 'Papers'),
  papersSentOn: name('Utsänt', 'Papers sent'),
  paragraphs: name('Paragrafer', 'Paragraphs'),
  approvedOn: name('Justerat', 'Approved'),
  announcedOn: name('Anslaget', 'Announced'),
  endedOn: name('Nedtaget', 'Taken down'),
  dispatchedOn: name('Expedierat', 'Dispatched'),
  undispatched: name('Kvar att expediera', 'Still to dispatch'),
  reportedOn: name('Anmält', 'Reported'),
  nextDueOn: name('Nästa frist', 'Next due'),
  late: name('Försenat', 'Late'),
  meeting: name('Id', 'Id'),
};

export const meetingRowExample = {
  meeting: '0f6a2d4c-8b1e-4c3f-9a57-2d6e8f0b1c35',
  board: '7c4b1f1e-9a7d-4a3e-8c52-6d1f0b2a9e38',
  boardName: 'Socialnämnden',
  on: '2022-06-14',
  kind: 'meeting',
  status: 'approved',
  stopOn: '2022-05-23',
  papersOn: '2022-06-07',
  papersSentOn: '2022-06-07',
  paragraphs: 24,
  undispatched: 1,
  approvedOn: '2022-06-20',
  nextDueOn: '2022-06-22',
  late: false,
};

interface Found {
  readonly nextDueOn: Day | null;
  readonly missed: boolean | null;
  readonly on: Day;
}

/** Meetings as rows, with what was dispatched and the next thing that is awaited of each. Asked only for those of the page. */
export const meetingRows = async (read: Read, { where, order, limit, offset }: { where: Sql; order: Sql; limit: number; offset: number }, today: Day) => {
  const rows = await read.query<Found>(sql`
    select meetings.key as meeting, board, coalesce(units.name, board::text) as "boardName", "on", meetings.kind, meetings.status,
      stop_on as "stopOn", papers_on as "papersOn", papers_sent_on as "papersSentOn", paragraphs, approved_on as "approvedOn",
      announced_on as "announcedOn", ended_on as "endedOn", sent.dispatched_on as "dispatchedOn", sent.undispatched,
      reported_on as "reportedOn", next.due_on as "nextDueOn", next.late as missed
    from (select * from ${read.rows(meetingsView)} where ${where} order by ${order} limit ${limit} offset ${offset}) meetings
      left join ${read.rows(units)} on units.unit = board
      left join lateral (
        select min(dispatched_on) as dispatched_on, coalesce(sum(undispatched), 0)::integer as undispatched from ${read.rows(paragraphsView)}
        where meeting = meetings.key::uuid
      ) sent on true
      left join lateral (
        select min(due_on) as due_on, bool_or(late) as late from ${read.rows(deadlinesView)}
        where owner = meetings.key::uuid and unit = board and status in ('open', 'missed')
      ) next on true
    order by ${order}`);
  return rows.map(({ missed, ...row }) => ({ ...present(row), late: missed === true || (row.nextDueOn !== null && isBefore(row.nextDueOn, today)) }));
};

export const listMeetings = async (
  { board, kind, status, from, to, limit, offset, asOf }: ListMeetings,
  { tenant, today: now, reach }: Asking & { readonly reach: Reach },
  views: Views,
  moments: Moments,
) => {
  const at = asOf && (await moments.positionAt(tenant, asOf));
  const today = asOf === undefined ? now : stockholmDay(asOf);
  const where = all(
    reach.units === undefined ? undefined : sql`board = any(${reach.units})`,
    board === undefined ? undefined : sql`board = ${board}`,
    kind === undefined ? undefined : sql`meetings.kind = ${kind}`,
    status === undefined ? undefined : sql`meetings.status = ${status}`,
    from === undefined ? undefined : sql`"on" >= ${from}`,
    to === undefined ? undefined : sql`"on" <= ${to}`,
  );
  return views.read(
    tenant,
    async (read) => ({
      total: await read.count(meetingsView, where),
      items: await meetingRows(read, { where, order: sql`"on" desc, meetings.key`, limit, offset }, today),
    }),
    { at },
  );
};
