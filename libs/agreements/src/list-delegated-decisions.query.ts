import { Type } from 'typebox';
import type { Asking, Executor, Moments, Reach, Streams } from '#libs/commands';
import { Bool, Code, DayField, Id, ListQuery } from '#libs/fields';
import { CodeType, DayType, IdType, stockholmDay, type Day, type Text } from '#libs/kernel';
import { CAPACITIES, holdingsOn, organisationThen, registerOf } from '#libs/organisation';
import { all, sql, type Views } from '#libs/views';
import { COVERED, REPORTINGS, type Covered } from './delegation.codes.js';
import { delegatedDecisionsView, REPORT_STATUSES, type ReportStatus } from './delegated-decisions.view.js';

/** Decisions made for boards by delegation, those that are still to be reported or minuted first. */
export class ListDelegatedDecisions extends ListQuery {
  @Id('Only of this board and those whose things it holds.', { optional: true }) board?: string;
  @Code('Only those whose reporting stands so.', REPORT_STATUSES, 'DelegatedReportStatus', { optional: true }) status?: ReportStatus;
  @Code('Only of this kind.', COVERED, 'Covered', { optional: true }) kind?: Covered;
  @Id('Only about this agreement.', { optional: true }) agreement?: string;
  @Bool('Only those that the head of administration is still to be told of.', { optional: true }) tellHead?: boolean;
  @DayField('Only made on this day or later.', { optional: true }) from?: Day;
  @DayField('Only made on this day or earlier.', { optional: true }) to?: Day;
}

/** One delegated decision of the list. */
export const DelegatedDecisionRow = Type.Object({
  decision: IdType('The decision.'),
  board: IdType('The board for which it was made.'),
  boardName: Type.String(),
  kind: CodeType(COVERED, 'What was done.'),
  what: Type.String(),
  on: DayType('The day it was made.'),
  role: Type.String({ description: 'The role that decided.' }),
  unit: IdType('The unit in which it is held.'),
  unitName: Type.String(),
  capacity: CodeType(CAPACITIES, 'How it was held.'),
  status: CodeType(REPORT_STATUSES, 'Where its reporting stands.'),
  reporting: CodeType(REPORTINGS, 'How it is to be reported, as its point says.'),
  appealable: Type.Boolean(),
  dueOn: Type.Optional(DayType('The day by which it is to be reported or minuted.')),
  late: Type.Boolean({ description: 'That day has passed, and it is neither.' }),
  reportedOn: Type.Optional(DayType('The day of the meeting at which it was reported.')),
  reportedAt: Type.Optional(IdType('That meeting.')),
  minutedOn: Type.Optional(DayType('The day it was minuted separately.')),
  reference: Type.Optional(Type.String()),
  tellHead: Type.Boolean({ description: 'It rests on a further delegation, and the head of administration is still to be told.' }),
  headDueOn: Type.Optional(DayType('The day by which.')),
  toldHeadOn: Type.Optional(DayType('The day the head of administration was told.')),
  agreement: Type.Optional(IdType('The agreement that it is about.')),
  registryNumber: Type.Optional(Type.String()),
});

const name = (sv: string, en: string): Text => ({ sv, en });
/** The list as a file: its columns in their order. */
export const delegatedDecisionColumns = {
  boardName: name('Nämnd', 'Board'),
  on: name('Beslutsdag', 'Decided'),
  what: name('Beslut', 'Decision'),
  registryNumber: name('Diarienummer', 'Registry number'),
  role: name('Delegat', 'Delegate'),
  unitName: name('Enhet', 'Unit'),
  capacity: name('Innehav', 'Capacity'),
  status: name('Läge', 'Status'),
  reporting: name('Anmälan', 'Reporting'),
  dueOn: name('Senast', 'Due'),
  late: name('Försenad', 'Late'),
  reportedOn: name('Anmält', 'Reported'),
  minutedOn: name('Protokollfört särskilt', 'Minuted separately'),
  reference: name('Protokoll', 'Minutes'),
  tellHead: name('Anmäls till förvaltningschefen', 'To be told to the head of administration'),
  toldHeadOn: name('Anmält till förvaltningschefen', 'Told to the head of administration'),
  decision: name('Id', 'Id'),
};

export const delegatedDecisionRowExample = {
  decision: '4a3b2c1d-0e9f-4a8b-9c7d-6e5f4a3b2c1d',
  board: '7c4b1f1e-9a7d-4a3e-8c52-6d1f0b2a9e38',
  boardName: 'Socialnämnden',
  kind: 'sign-agreements',
  what: 'Undertecknat överenskommelsen ”Samverkansöverenskommelse avseende uppföljning av korttidstillsyn”, version 1.',
  on: '2022-10-04',
  role: 'head-of-administration',
  unit: '1d3c5b7a-9e8f-4a6b-8c2d-0f1e2d3c4b5a',
  unitName: 'Socialförvaltningen',
  capacity: 'ordinary',
  status: 'to-report',
  reporting: 'next-meeting',
  appealable: false,
  dueOn: '2022-10-25',
  late: false,
  tellHead: false,
};

export const listDelegatedDecisions = async (
  { board, status, kind, agreement, tellHead, from, to, limit, offset, asOf }: ListDelegatedDecisions,
  { tenant, today: now, reach }: Asking & { readonly reach: Reach },
  views: Views,
  moments: Moments,
  executor: Executor,
  streams: Streams,
) => {
  const at = asOf === undefined ? undefined : await moments.positionAt(tenant, asOf);
  const today = asOf === undefined ? now : stockholmDay(asOf);
  const organisation = await organisationThen(tenant, asOf === undefined || at === undefined ? undefined : { asOf, at }, executor, streams);
  const register = registerOf(organisation);
  const named = (id: string) => register.unit(id)?.name ?? id;
  const untold = sql`(to_head and told_head_on is null and status <> 'withdrawn')`;
  const where = all(
    reach.units === undefined ? undefined : sql`board = any(${reach.units})`,
    board === undefined ? undefined : sql`board = any(${holdingsOn(organisation, board, today).board})`,
    status === undefined ? undefined : sql`status = ${status}`,
    kind === undefined ? undefined : sql`kind = ${kind}`,
    agreement === undefined ? undefined : sql`agreement = ${agreement}`,
    tellHead === undefined ? undefined : tellHead ? untold : sql`not ${untold}`,
    from === undefined ? undefined : sql`made_on >= ${from}`,
    to === undefined ? undefined : sql`made_on <= ${to}`,
  );
  const order = sql`case when status in ('to-report', 'to-minute') then 0 else 1 end, due_on nulls last, made_on, key`;
  const { rows, total } = await views.read(tenant, (read) => read.list(delegatedDecisionsView, { where, order, limit, offset }), { at });
  const items = rows.map((row) => ({
    decision: row.key,
    board: row.board,
    boardName: named(row.board),
    kind: row.kind,
    what: row.what,
    on: row.madeOn,
    role: row.role,
    unit: row.unit,
    unitName: named(row.unit),
    capacity: row.capacity,
    status: row.status,
    reporting: row.reporting,
    appealable: row.appealable,
    ...(row.dueOn !== null && { dueOn: row.dueOn }),
    late: row.dueOn !== null && row.dueOn < today && (row.status === 'to-report' || row.status === 'to-minute'),
    ...(row.reportedOn !== null && { reportedOn: row.reportedOn }),
    ...(row.reportedAt !== null && { reportedAt: row.reportedAt }),
    ...(row.minutedOn !== null && { minutedOn: row.minutedOn }),
    ...(row.reference !== null && { reference: row.reference }),
    tellHead: row.toHead && row.toldHeadOn === null && row.status !== 'withdrawn',
    ...(row.headDueOn !== null && { headDueOn: row.headDueOn }),
    ...(row.toldHeadOn !== null && { toldHeadOn: row.toldHeadOn }),
    ...(row.agreement !== null && { agreement: row.agreement }),
    ...(row.registryNumber !== null && { registryNumber: row.registryNumber }),
  }));
  return { total, items };
};
