import { Type } from 'typebox';
import type { Asking, Moments, Reach } from '#libs/commands';
import { Code, Id, ListQuery } from '#libs/fields';
import { CodeType, daysBetween, DayType, IdType, InstantType, isBefore, stockholmDay, type Day, type Instant, type Text } from '#libs/kernel';
import { ROLES, units, type Role } from '#libs/organisation';
import { all, sql, type Views } from '#libs/views';
import { DEADLINE_TYPES } from './deadline-types.js';
import { deadlinesView, WAITS, type Wait } from './deadlines.view.js';

const TYPES = [...DEADLINE_TYPES.keys()];

/** What is awaited, late first: all that somebody's day is made of. With `wait` what has come or is not awaited any more. */
export class ListDeadlines extends ListQuery {
  @Code('Only those that stand so; what is awaited where left out.', WAITS, 'Wait', { optional: true }) wait?: Wait;
  @Code('Only of this type.', TYPES, 'DeadlineType', { optional: true }) type?: string;
  @Id('Only of this unit or board.', { optional: true }) unit?: string;
  @Code('Only where this role is reminded next.', ROLES, 'Role', { optional: true }) role?: Role;
  @Code('Only where this role is reminded first: it answers for the thing.', ROLES, 'Role', { optional: true }) responsible?: Role;
  @Id('Only of this thing: an order, a reply, an action …', { optional: true }) owner?: string;
}

/** One deadline of the list. Nothing of it is personal. */
export const DeadlineRow = Type.Object({
  deadline: IdType('The deadline.'),
  kind: Type.String({ description: 'What kind of thing it is of: order, reply, action.' }),
  owner: IdType('The thing that it is of.'),
  type: Type.String({ description: 'What is awaited, as the deadline’s type.' }),
  name: Type.String({ description: 'What is awaited, in Swedish.' }),
  unit: IdType('The unit or board whose roles are reminded.'),
  unitName: Type.String(),
  startOn: DayType('Day 0.'),
  dueOn: DayType('The last day that is on time.'),
  wait: CodeType(WAITS, 'Whether it is awaited, has come, or is not awaited any more.'),
  late: Type.Boolean({ description: 'Whether the day passed without it.' }),
  daysLate: Type.Integer(),
  recordedLate: Type.Boolean({ description: 'Whether the day had passed already when it was recorded.' }),
  overOn: Type.Optional(DayType('The day it came, or from which it was not awaited any more.')),
  responsible: Type.Optional(Type.String({ description: 'The role that is reminded first.' })),
  nextRole: Type.Optional(Type.String({ description: 'The role that is reminded next.' })),
  nextAt: Type.Optional(InstantType('When something happens next: a reminder, or the end of the day.')),
});

const name = (sv: string, en: string): Text => ({ sv, en });
/** The list as a file: its columns in their order. */
export const deadlineColumns = {
  name: name('Väntas', 'Awaited'),
  unitName: name('Enhet eller nämnd', 'Unit or board'),
  dueOn: name('Sista dag', 'Due'),
  late: name('Försenat', 'Late'),
  daysLate: name('Dagar försenat', 'Days late'),
  recordedLate: name('Registrerat i efterhand', 'Recorded late'),
  wait: name('Läge', 'Status'),
  overOn: name('Avslutat', 'Over on'),
  responsible: name('Ansvarig roll', 'Responsible role'),
  nextRole: name('Påminns härnäst', 'Reminded next'),
  kind: name('Gäller', 'About'),
  owner: name('Id', 'Id'),
  startOn: name('Dag 0', 'Day 0'),
};

export const deadlineExample = {
  deadline: '9b1e7c52-3a4f-5d68-8e7b-1c2d3e4f5a6b',
  kind: 'reply',
  owner: '4d2f8a1c-6b3e-5c7d-9f8a-2b3c4d5e6f70',
  type: 'reply',
  name: 'Yttrande till revisionen',
  unit: '7c4b1f1e-9a7d-4a3e-8c52-6d1f0b2a9e38',
  unitName: 'Östermalms stadsdelsnämnd',
  startOn: '2020-06-25',
  dueOn: '2020-10-15',
  wait: 'awaited',
  late: true,
  daysLate: 4,
  recordedLate: false,
  responsible: 'process-owner',
  nextRole: 'process-owner',
  nextAt: '2020-10-22T06:00:00.000Z',
};

/** Late first, since the earliest due day is; of one day in the order of their ids, so that pages do not overlap. */
const BY_DUE_DAY = sql`due_on, deadlines.key`;

interface Row {
  readonly deadline: string;
  readonly kind: string;
  readonly owner: string;
  readonly type: string;
  readonly unit: string;
  readonly unitName: string;
  readonly startOn: Day;
  readonly dueOn: Day;
  readonly wait: Wait;
  readonly late: boolean;
  readonly recordedLate: boolean;
  readonly overOn: Day | null;
  readonly responsible: string | null;
  readonly nextRole: string | null;
  readonly nextAt: Instant | null;
}

/** Past its day with nothing recorded yet is late too; what is not there is left out, not sent as null. */
const shown = ({ overOn, responsible, nextRole, nextAt, ...row }: Row, today: Day) => {
  const late = row.late || (row.wait === 'awaited' && isBefore(row.dueOn, today));
  return {
    ...row,
    name: DEADLINE_TYPES.get(row.type)?.name.sv ?? row.type,
    late,
    daysLate: late ? Math.max(0, daysBetween(row.dueOn, overOn ?? today)) : 0,
    ...(overOn !== null && { overOn }),
    ...(responsible !== null && { responsible }),
    ...(nextRole !== null && { nextRole }),
    ...(nextAt !== null && { nextAt }),
  };
};

export const listDeadlines = async (
  { wait = 'awaited', type, unit, role, responsible, owner, limit, offset, asOf }: ListDeadlines,
  { tenant, today: now, reach }: Asking & { readonly reach: Reach },
  views: Views,
  moments: Moments,
) => {
  const at = asOf && (await moments.positionAt(tenant, asOf));
  const today = asOf === undefined ? now : stockholmDay(asOf);
  const where = all(
    sql`wait = ${wait}`,
    reach.units === undefined ? undefined : sql`deadlines.unit = any(${reach.units})`,
    type === undefined ? undefined : sql`type = ${type}`,
    unit === undefined ? undefined : sql`deadlines.unit = ${unit}`,
    role === undefined ? undefined : sql`next_role = ${role}`,
    responsible === undefined ? undefined : sql`responsible = ${responsible}`,
    owner === undefined ? undefined : sql`owner = ${owner}`,
  );
  return views.read(
    tenant,
    async (read) => {
      const rows = await read.query<Row>(sql`
        select deadlines.key as deadline, stream as kind, owner, type, deadlines.unit, coalesce(units.name, deadlines.unit::text) as "unitName",
          start_on as "startOn", due_on as "dueOn", wait, late, recorded_late as "recordedLate", over_on as "overOn", responsible, next_role as "nextRole", next_at as "nextAt"
        from ${read.rows(deadlinesView)} left join ${read.rows(units)} on units.unit = deadlines.unit
        where ${where} order by ${BY_DUE_DAY} limit ${limit} offset ${offset}`);
      return { total: await read.count(deadlinesView, where), items: rows.map((row) => shown(row, today)) };
    },
    { at },
  );
};
