import { Type } from 'typebox';
import { Moments, type Asking, type Executor, type Reach } from '#libs/commands';
import { Code, Id, ListQuery } from '#libs/fields';
import { daysBetween, DayType, IdType, stockholmDay, type Text } from '#libs/kernel';
import { organisationId, organisationStream, registerOf } from '#libs/organisation';
import { all, sql, type Views } from '#libs/views';
import { ORDER_STATUSES, ordersView, type OrderStatus } from './orders.view.js';

/** The plans that are awaited: late first, by due day. With a status, the orders that stand so, whatever is awaited of them. */
export class AwaitedPlans extends ListQuery {
  @Id('Only of this unit.', { optional: true }) unit?: string;
  @Id('Only of this provider.', { optional: true }) provider?: string;
  @Code('Only orders that stand so; all whose plan is awaited where left out.', ORDER_STATUSES, 'OrderStatus', { optional: true }) status?: OrderStatus;
}

/** One order of the list. Nothing of it is personal. */
export const AwaitedPlanRow = Type.Object({
  orderId: IdType('The order.'),
  unit: IdType('The unit that ordered.'),
  unitName: Type.String(),
  provider: IdType('Who is to carry out the service.'),
  providerName: Type.String(),
  service: Type.String(),
  status: Type.String(),
  sentOn: DayType('Day 0 of the fifteen.'),
  dueOn: Type.Optional(DayType('The last day that is on time.')),
  late: Type.Boolean(),
  daysLate: Type.Integer(),
});

const name = (sv: string, en: string): Text => ({ sv, en });
/** The list as a file: its columns in their order. */
export const awaitedPlanColumns = {
  orderId: name('Beställning', 'Order'),
  unitName: name('Enhet', 'Unit'),
  providerName: name('Utförare', 'Provider'),
  service: name('Insats', 'Service'),
  status: name('Läge', 'Status'),
  sentOn: name('Skickad', 'Sent'),
  dueOn: name('Sista dag', 'Due'),
  late: name('Försenad', 'Late'),
  daysLate: name('Dagar försenad', 'Days late'),
};

export const awaitedPlanExample = {
  orderId: '3f6c1d52-7a4e-4c19-8d2b-6e0f9a7b5c31',
  unit: '1d3c5b7a-9e8f-4a6b-8c2d-0f1e2d3c4b5a',
  unitName: 'Stöd- och serviceenheten, Östermalm',
  provider: '8a1d6f0e-2c0b-4b8e-9b7a-5d2f4c3e1a90',
  providerName: 'Eftermiddagen korttidstillsyn',
  service: 'short-term-supervision',
  status: 'awaiting-plan',
  sentOn: '2020-10-01',
  dueOn: '2020-10-16',
  late: true,
  daysLate: 20,
};

/** Late first, since the earliest due day is; of one day in the order of their ids, so that pages do not overlap. */
const BY_DUE_DAY = sql`due_on nulls last, key`;

export const awaitedPlans = async (
  { unit, provider, status, limit, offset, asOf }: AwaitedPlans,
  { tenant, today: now, reach }: Asking & { readonly reach: Reach },
  views: Views,
  moments: Moments,
  executor: Executor,
) => {
  const at = asOf === undefined ? undefined : await moments.positionAt(tenant, asOf);
  const today = asOf === undefined ? now : stockholmDay(asOf);
  const { state: register } = await executor.reads(tenant).fold(organisationStream, organisationId(tenant));
  /** A unit is asked for with what it took over from units before it. */
  const heldBy = (id: string) => [...new Set([id, ...registerOf(register).predecessorsOf(id, today)])];
  const where = all(
    status === undefined ? sql`wait = 'awaited'` : sql`status = ${status}`,
    reach.units === undefined ? undefined : sql`unit = any(${reach.units})`,
    unit === undefined ? undefined : sql`unit = any(${heldBy(unit)})`,
    provider === undefined ? undefined : sql`provider = ${provider}`,
  );
  const { rows, total } = await views.read(tenant, (read) => read.list(ordersView, { where, order: BY_DUE_DAY, limit, offset }), { at });
  const known = register.status === 'registered' ? register : undefined;
  const items = rows.map((row) => {
    const late = row.late || (row.wait === 'awaited' && row.dueOn !== null && row.dueOn < today);
    const until = row.overOn ?? today;
    return {
      orderId: row.key,
      unit: row.unit,
      unitName: known?.units.get(row.unit)?.name ?? row.unit,
      provider: row.provider,
      providerName: known?.providers.get(row.provider)?.name ?? row.provider,
      service: row.service,
      status: row.status,
      sentOn: row.sentOn,
      ...(row.dueOn !== null && { dueOn: row.dueOn }),
      late,
      daysLate: late && row.dueOn !== null ? Math.max(0, daysBetween(row.dueOn, until)) : 0,
    };
  });
  return { total, items };
};
