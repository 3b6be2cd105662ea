import { Type } from 'typebox';
import type { Asking, Executor, Moments, Reach, Streams } from '#libs/commands';
import { auditsView } from '#libs/audits';
import { Bool, Code, Id, ListQuery } from '#libs/fields';
import { daysBetween, DayType, IdType, isBefore, stockholmDay, type Day, type Text } from '#libs/kernel';
import { organisationThen, registerOf } from '#libs/organisation';
import { all, sql, type Views } from '#libs/views';
import { explainNone, explainPassed } from './explain-plan.js';
import { repliesView } from './replies.view.js';
import { REPLY_KINDS, REPLY_STATUSES, type ReplyKind, type ReplyStatus } from './reply.codes.js';
import { PROBLEMS, type NoPlan, type Problem } from './reply-plan.js';

/** The boards' replies to the auditors: those awaited first, by their last day. */
export class ListReplies extends ListQuery {
  @Id('Only to this audit.', { optional: true }) audit?: string;
  @Id('Only of this board, and of those whose things it holds.', { optional: true }) board?: string;
  @Code('Only such as were asked for, or left to the board.', REPLY_KINDS, 'ReplyKind', { optional: true }) kind?: ReplyKind;
  @Code('Only those that stand so.', REPLY_STATUSES, 'ReplyStatus', { optional: true }) status?: ReplyStatus;
  @Code('Only those without a meeting in time, for this reason.', PROBLEMS, 'ReplyProblem', { optional: true }) problem?: Problem;
  @Bool('Only those that no meeting suffices for.', { optional: true }) noMeeting?: boolean;
  @Bool('Only those that are late.', { optional: true }) late?: boolean;
}

/** One reply of the list. */
export const ReplyRow = Type.Object({
  reply: IdType('The reply.'),
  audit: IdType('The audit.'),
  auditTitle: Type.String(),
  auditNumber: Type.Optional(Type.String({ description: 'Left out where it is unknown.' })),
  board: IdType('The board the report was referred to.'),
  boardName: Type.String(),
  holder: IdType('The board that holds it on the day.'),
  holderName: Type.String(),
  kind: Type.String(),
  status: Type.String(),
  dueOn: Type.Optional(DayType('The last day; left out where none is set, or none is known.')),
  late: Type.Boolean(),
  daysLate: Type.Integer(),
  extension: Type.String({ description: 'none, requested, granted or refused.' }),
  extendedTo: Type.Optional(DayType('The day asked for, or granted.')),
  decidingBoardName: Type.String(),
  preparingBoardName: Type.Optional(Type.String()),
  preparingOn: Type.Optional(DayType('The preparing board’s meeting.')),
  meetingOn: Type.Optional(DayType('The meeting that is to decide it.')),
  meetingBoardName: Type.Optional(Type.String({ description: 'Whose meeting that is.' })),
  problem: Type.Optional(Type.String({ description: 'Why no meeting suffices.' })),
  problemText: Type.Optional(Type.String()),
  toAnswer: Type.Integer({ description: 'Recommendations to be answered.' }),
  commented: Type.Integer({ description: 'Recommendations commented.' }),
  officerReportOn: Type.Optional(DayType('The day of the officer’s report.')),
  approvedOn: Type.Optional(DayType('The day the board approved it.')),
  givenOn: Type.Optional(DayType('The day it was given: dispatched.')),
});

const name = (sv: string, en: string): Text => ({ sv, en });
/** The list as a file: its columns in their order. */
export const replyColumns = {
  reply: name('Yttrande', 'Reply'),
  auditNumber: name('Rapport', 'Report'),
  auditTitle: name('Titel', 'Title'),
  boardName: name('Nämnd', 'Board'),
  holderName: name('Handläggs av', 'Held by'),
  kind: name('Slag', 'Kind'),
  status: name('Läge', 'Status'),
  dueOn: name('Sista dag', 'Due'),
  late: name('Försenat', 'Late'),
  daysLate: name('Dagar försenat', 'Days late'),
  extension: name('Anstånd', 'Extension'),
  extendedTo: name('Anstånd till', 'Extension to'),
  preparingBoardName: name('Bereds av', 'Prepared by'),
  preparingOn: name('Beredande sammanträde', 'Preparing meeting'),
  decidingBoardName: name('Beslutas av', 'Decided by'),
  meetingOn: name('Beslutande sammanträde', 'Deciding meeting'),
  problemText: name('Hinder', 'Problem'),
  toAnswer: name('Rekommendationer', 'Recommendations'),
  commented: name('Kommenterade', 'Commented'),
  officerReportOn: name('Tjänsteutlåtande', 'Officer’s report'),
  approvedOn: name('Godkänt', 'Approved'),
  givenOn: name('Lämnat', 'Given'),
};

export const replyRowExample = {
  reply: '4f0c9a5e-3c1b-5b7a-9d2e-1a2b3c4d5e6f',
  audit: '9b1d2c3e-4f5a-4b6c-8d7e-0f1a2b3c4d5e',
  auditTitle: 'Uppföljning av utförare av korttidstillsyn enligt LSS',
  auditNumber: 'Nr 5 2020',
  board: '2d4f6a8c-1b3d-4e5f-9a7b-8c9d0e1f2a3b',
  boardName: 'Östermalms stadsdelsnämnd',
  holder: '2d4f6a8c-1b3d-4e5f-9a7b-8c9d0e1f2a3b',
  holderName: 'Östermalms stadsdelsnämnd',
  kind: 'for-reply',
  status: 'awaited',
  dueOn: '2020-10-15',
  late: false,
  daysLate: 0,
  extension: 'none',
  decidingBoardName: 'Östermalms stadsdelsnämnd',
  meetingOn: '2020-09-24',
  meetingBoardName: 'Östermalms stadsdelsnämnd',
  toAnswer: 1,
  commented: 1,
  officerReportOn: '2020-09-08',
};

/** Awaited first, then by the last day, unknown ones last; of one day in the order of their ids, so that pages do not overlap. */
const BY_DUE_DAY = sql`case status when 'awaited' then 0 when 'approved' then 1 else 2 end, due_on nulls last, key`;

export const listReplies = async (
  { audit: of, board, kind, status, problem, noMeeting, late, limit, offset, asOf }: ListReplies,
  { tenant, today: now, reach }: Asking & { readonly reach: Reach },
  views: Views,
  moments: Moments,
  streams: Streams,
  executor: Executor,
) => {
  const at = asOf === undefined ? undefined : await moments.positionAt(tenant, asOf);
  const today = asOf === undefined ? now : stockholmDay(asOf);
  const moment = asOf === undefined || at === undefined ? undefined : { asOf, at };
  const register = registerOf(await organisationThen(tenant, moment, executor, streams));
  const isLate = sql`(late or (status in ('awaited', 'approved') and coalesce(due_on < ${today}, false)))`;
  const hasPassed = sql`(status = 'awaited' and coalesce(minutes_on < ${today}, false))`;
  const hasProblem = sql`(${hasPassed} or (status = 'awaited' and problem is not null))`;
  const where = all(
    status === undefined ? sql`status <> 'not-awaited'` : sql`status = ${status}`,
    reach.units === undefined ? undefined : sql`(board = any(${reach.units}) or deciding_board = any(${reach.units}) or preparing_board = any(${reach.units}))`,
    of === undefined ? undefined : sql`audit = ${of}`,
    board === undefined ? undefined : sql`board = any(${[...new Set([board, ...register.predecessorsOf(board, today)])]})`,
    kind === undefined ? undefined : sql`kind = ${kind}`,
    problem === undefined ? undefined : problem === 'meeting-passed' ? hasPassed : sql`status = 'awaited' and problem = ${problem}`,
    noMeeting === undefined ? undefined : noMeeting ? hasProblem : sql`not ${hasProblem}`,
    late === undefined ? undefined : late ? isLate : sql`not ${isLate}`,
  );
  const { rows, total, reports } = await views.read(
    tenant,
    async (read) => {
      const page = await read.list(repliesView, { where, order: BY_DUE_DAY, limit, offset });
      const audits = [...new Set(page.rows.map((row) => row.audit))];
      const told = await read.query<{ key: string; title: string; numbers: readonly string[] }>(
        sql`select key, title, numbers from ${read.rows(auditsView)} where key = any(${audits})`,
      );
      return { ...page, reports: new Map(told.map(({ key, ...report }) => [key, report])) };
    },
    { at },
  );
  const named = (id: string) => register.unit(id)?.name ?? id;
  const items = rows.map((row) => {
    const report = reports.get(row.audit);
    const holder = register.holderOn(row.board, today);
    const isLateNow = row.late || (row.dueOn !== null && row.givenOn === null && row.status !== 'not-awaited' && isBefore(row.dueOn, today));
    return {
      reply: row.key,
      audit: row.audit,
      auditTitle: report?.title ?? row.audit,
      ...(report?.numbers[0] !== undefined && { auditNumber: report.numbers[0] }),
      board: row.board,
      boardName: named(row.board),
      holder,
      holderName: named(holder),
      kind: row.kind,
      status: row.status,
      ...(row.dueOn !== null && { dueOn: row.dueOn }),
      late: isLateNow,
      daysLate: isLateNow && row.dueOn !== null ? Math.max(0, daysBetween(row.dueOn, row.givenOn ?? today)) : 0,
      extension: row.extension,
      ...(row.extendedTo !== null && { extendedTo: row.extendedTo }),
      decidingBoardName: named(row.decidingBoard),
      ...(row.preparingBoard !== null && { preparingBoardName: named(row.preparingBoard) }),
      ...(row.preparingOn !== null && { preparingOn: row.preparingOn }),
      ...(row.meetingOn !== null && { meetingOn: row.meetingOn }),
      ...(row.meetingBoard !== null && { meetingBoardName: named(row.meetingBoard) }),
      ...problemOf(row, today),
      toAnswer: row.obligations.length,
      commented: row.commented.length,
      ...(row.officerReportOn !== null && { officerReportOn: row.officerReportOn }),
      ...(row.approvedOn !== null && { approvedOn: row.approvedOn }),
      ...(row.givenOn !== null && { givenOn: row.givenOn }),
    };
  });
  return { total, items };
};

/** What stands in the way, as lists say it. */
const problemOf = ({ status, problem, dueOn, meetingOn, minutesOn }: RowIn, today: Day) => {
  if (status !== 'awaited') return {};
  if (problem !== null && dueOn !== null) return { problem, problemText: explainNone({ none: problem, lastOn: dueOn, countedOn: today }).sv };
  const passed = meetingOn !== null && minutesOn !== null && isBefore(minutesOn, today);
  return passed ? { problem: 'meeting-passed' as const, problemText: explainPassed(meetingOn).sv } : {};
};
interface RowIn {
  readonly status: ReplyStatus;
  readonly problem: NoPlan | null;
  readonly dueOn: Day | null;
  readonly meetingOn: Day | null;
  readonly minutesOn: Day | null;
}
