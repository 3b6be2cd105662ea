import { Type, type Static } from 'typebox';
import type { Asking, Executor, Moments, Reach, Streams } from '#libs/commands';
import { ACTION_KINDS, type ActionKind } from '#libs/audits';
import { Bool, Code, Id, ListQuery } from '#libs/fields';
import { CodeType, daysBetween, DayType, IdType, stockholmDay, type Day, type Instant, type Text } from '#libs/kernel';
import { holdingsOn, organisationId, organisationStream, registerOf, type Organisation } from '#libs/organisation';
import { all, sql, type Found, type Sql, type Views } from '#libs/views';
import { actionObligationsView } from './action-obligations.view.js';
import { ACTION_STATUSES, LEVELS, type ActionStatus } from './action.codes.js';
import { actionsView, type ActionsRow } from './actions.view.js';

/** Corrective actions: what is late first, then by day, then what has none. */
export class ListActions extends ListQuery {
  @Id('Only those that this board answers for, those of its predecessors included; or only of this unit.', { optional: true }) board?: string;
  @Code('Only of this kind.', ACTION_KINDS, 'ActionKind', { optional: true }) kind?: ActionKind;
  @Code('Only those that stand so.', ACTION_STATUSES, 'ActionStatus', { optional: true }) status?: ActionStatus;
  @Bool('Only those that ask for a day, or only others.', { optional: true }) undated?: boolean;
  @Bool('Only those past their day, or only others.', { optional: true }) late?: boolean;
  @Bool('Only those that are stated to be done with nothing that shows it, or only others.', { optional: true }) evidenceAwaited?: boolean;
  @Bool('Only those for which a move awaits approval, or only others.', { optional: true }) moveAsked?: boolean;
  @Id('Only those that answer this obligation.', { optional: true }) obligation?: string;
  @Id('Only those that this reply describes.', { optional: true }) reply?: string;
}

/** One action of the list. */
export const ActionRow = Type.Object({
  action: IdType('The action.'),
  title: Type.String(),
  kind: CodeType(ACTION_KINDS, 'Its kind.'),
  status: CodeType(ACTION_STATUSES, 'How it stands.'),
  board: IdType('The board that holds it.'),
  boardName: Type.String(),
  unit: IdType('The unit that is responsible.'),
  unitName: Type.String(),
  role: Type.String({ description: 'The role in it.' }),
  timeAsWritten: Type.Optional(Type.String({ description: 'The time in the words of the reply.' })),
  promisedOn: Type.Optional(DayType('The day it is promised by.')),
  firstPromisedOn: Type.Optional(DayType('The day it was promised by first.')),
  moves: Type.Integer({ description: 'How many times the day has been moved.' }),
  driftDays: Type.Integer({ description: 'Days from the first promised day to the one that holds.' }),
  askedTo: Type.Optional(DayType('The day that is asked for, where a move awaits approval.')),
  askedOf: Type.Optional(CodeType(LEVELS, 'Who must approve it.')),
  undated: Type.Boolean({ description: 'It asks for a day.' }),
  evidenceAwaited: Type.Boolean({ description: 'Stated to be done, and nothing shows it.' }),
  frequency: Type.Optional(Type.String({ description: 'How often, in the words of the reply.' })),
  nextOccasionOn: Type.Optional(DayType('The last day of the next occasion.')),
  occasions: Type.Integer({ description: 'How many occasions have been held.' }),
  missed: Type.Integer({ description: 'How many were missed.' }),
  dueOn: Type.Optional(DayType('What it is awaited by.')),
  late: Type.Boolean({ description: 'Past that day.' }),
  daysLate: Type.Integer(),
  overOn: Type.Optional(DayType('The day it was done, ended, dropped or transferred.')),
  differs: Type.Boolean({ description: 'Sources state different things about it.' }),
  obligations: Type.Array(IdType('An obligation that it answers.')),
  reply: Type.Optional(IdType('The reply that describes it.')),
  toAction: Type.Optional(IdType('The action that took its place.')),
});
export type ActionRow = Static<typeof ActionRow>;

const name = (sv: string, en: string): Text => ({ sv, en });
/** The list as a file: its columns in their order. */
export const actionColumns = {
  boardName: name('Nämnd', 'Board'),
  unitName: name('Ansvarig enhet', 'Responsible unit'),
  role: name('Ansvarig roll', 'Responsible role'),
  title: name('Åtgärd', 'Action'),
  kind: name('Slag', 'Kind'),
  status: name('Läge', 'Status'),
  timeAsWritten: name('Tid enligt yttrandet', 'Time as written'),
  firstPromisedOn: name('Först utlovad dag', 'First promised day'),
  promisedOn: name('Utlovad dag', 'Promised day'),
  moves: name('Antal flyttar', 'Moves'),
  driftDays: name('Dagar från första löftet', 'Days from the first promise'),
  askedTo: name('Begärd dag', 'Day asked for'),
  undated: name('Saknar dag', 'Undated'),
  evidenceAwaited: name('Underlag väntas', 'Evidence awaited'),
  frequency: name('Frekvens enligt yttrandet', 'Frequency as written'),
  nextOccasionOn: name('Nästa tillfälle senast', 'Next occasion by'),
  occasions: name('Hållna tillfällen', 'Occasions held'),
  missed: name('Missade tillfällen', 'Occasions missed'),
  late: name('Försenad', 'Late'),
  daysLate: name('Dagar försenad', 'Days late'),
  overOn: name('Avslutad', 'Over on'),
  differs: name('Uppgifter skiljer sig', 'Sources differ'),
  action: name('Id', 'Id'),
};

export const actionRowExample: ActionRow = {
  action: '6b1e2f3a-4c5d-5e6f-8a9b-0c1d2e3f4a5b',
  title: 'Kollegial granskning av genomförandeplaner under hösten 2020',
  kind: 'promised',
  status: 'promised',
  board: '7c4b1f1e-9a7d-4a3e-8c52-6d1f0b2a9e38',
  boardName: 'Östermalms stadsdelsnämnd',
  unit: '1d3c5b7a-9e8f-4a6b-8c2d-0f1e2d3c4b5a',
  unitName: 'Stöd- och serviceenheten, Östermalm',
  role: 'unit-manager',
  timeAsWritten: 'under hösten 2020',
  promisedOn: '2021-01-29' as Day,
  firstPromisedOn: '2020-12-31' as Day,
  moves: 1,
  driftDays: 29,
  undated: false,
  evidenceAwaited: false,
  occasions: 0,
  missed: 0,
  dueOn: '2021-01-29' as Day,
  late: false,
  daysLate: 0,
  differs: false,
  obligations: ['2f1e0d9c-8b7a-5c6d-9e5f-4a3b2c1d0e9f'],
};

/** The register as it stands, or as it was recorded then. */
export const registerThen = async (tenant: string, asOf: Instant | undefined, executor: Executor, streams: Streams): Promise<Organisation> => {
  const id = organisationId(tenant);
  return (asOf === undefined ? await executor.reads(tenant).fold(organisationStream, id) : await streams.tell(tenant, organisationStream, id, asOf)).state;
};

/** Past the day by which it is awaited. */
const isLate = (today: Day): Sql => sql`due_on is not null and due_on < ${today}`;
const either = (asked: boolean | undefined, condition: Sql): Sql | undefined => (asked === undefined ? undefined : asked ? condition : sql`not (${condition})`);

/** What is late stands first, since its day is the earliest; of one day in the order of their ids, so that pages do not overlap. */
const BY_DAY = sql`due_on nulls last, undated desc, key`;

export const listActions = async (
  { board, kind, status, undated, late, evidenceAwaited, moveAsked, obligation, reply, limit, offset, asOf }: ListActions,
  { tenant, today: now, reach }: Asking & { readonly reach: Reach },
  views: Views,
  moments: Moments,
  executor: Executor,
  streams: Streams,
) => {
  const at = asOf === undefined ? undefined : await moments.positionAt(tenant, asOf);
  const today = asOf === undefined ? now : stockholmDay(asOf);
  const organisation = await registerThen(tenant, asOf, executor, streams);
  const register = registerOf(organisation);
  const handled = (id: string) => (register.isBoard(id) ? holdingsOn(organisation, id, today).board : holdingsOn(organisation, id, today).unit);
  const { rows, total } = await views.read(
    tenant,
    (read) => {
      const where = all(
        reach.units === undefined ? undefined : sql`unit = any(${reach.units})`,
        board === undefined ? undefined : sql`unit = any(${handled(board)})`,
        kind === undefined ? undefined : sql`kind = ${kind}`,
        status === undefined ? undefined : sql`status = ${status}`,
        either(undated, sql`undated`),
        either(late, isLate(today)),
        either(evidenceAwaited, sql`evidence_awaited`),
        either(moveAsked, sql`asked_to is not null`),
        reply === undefined ? undefined : sql`reply = ${reply}`,
        obligation === undefined
          ? undefined
          : sql`key in (select action::text from ${read.rows(actionObligationsView)} where obligation = ${obligation} and (status <> 'transferred' or to_action is not null))`,
      );
      return read.list(actionsView, { where, order: BY_DAY, limit, offset });
    },
    { at },
  );
  const nameOf = (id: string) => register.unit(id)?.name ?? id;
  return { total, items: rows.map((row) => listed(row, today, nameOf, (unit) => register.boardOf(register.holderOn(unit, today)))) };
};

/** A row as the list shows it on a day. */
const listed = (row: Found<ActionsRow>, today: Day, nameOf: (id: string) => string, boardOf: (unit: string) => string | undefined): ActionRow => {
  const board = boardOf(row.unit) ?? row.board;
  const late = row.dueOn !== null && row.dueOn < today;
  return {
    action: row.key,
    title: row.title,
    kind: row.kind,
    status: row.status,
    board,
    boardName: nameOf(board),
    unit: row.unit,
    unitName: nameOf(row.unit),
    role: row.role,
    ...(row.timeAsWritten !== null && { timeAsWritten: row.timeAsWritten }),
    ...(row.promisedOn !== null && { promisedOn: row.promisedOn }),
    ...(row.firstPromisedOn !== null && { firstPromisedOn: row.firstPromisedOn }),
    moves: row.moves,
    driftDays: row.firstPromisedOn !== null && row.promisedOn !== null ? daysBetween(row.firstPromisedOn, row.promisedOn) : 0,
    ...(row.askedTo !== null && { askedTo: row.askedTo }),
    ...(row.askedOf !== null && { askedOf: row.askedOf }),
    undated: row.undated,
    evidenceAwaited: row.evidenceAwaited,
    ...(row.frequency !== null && { frequency: row.frequency.asWritten }),
    ...(row.nextOccasionOn !== null && { nextOccasionOn: row.nextOccasionOn }),
    occasions: row.occasions,
    missed: row.missed,
    ...(row.dueOn !== null && { dueOn: row.dueOn }),
    late,
    daysLate: late && row.dueOn !== null ? daysBetween(row.dueOn, today) : 0,
    ...(row.overOn !== null && { overOn: row.overOn }),
    differs: row.differs,
    obligations: [...row.obligations],
    ...(row.reply !== null && { reply: row.reply }),
    ...(row.toAction !== null && { toAction: row.toAction }),
  };
};
