import { Type } from 'typebox';
import type { EventLog, Position } from '#libs/event-log';
import { DayType, EventRegistry, eventType, IdType, randomId, type Day, type Instant } from '#libs/kernel';
import { someEntry } from '#libs/testing';
import { col, rowView } from '../src/index.js';

export const PlanAwaited = eventType('PlanAwaited', {
  name: { sv: 'Plan inväntas', en: 'Plan awaited' },
  schema: 1,
  data: { orderId: IdType('The order.'), unit: IdType('Who waits.'), dueOn: DayType('Last day.') },
});
export const PlanReceived = eventType('PlanReceived', {
  name: { sv: 'Plan mottagen', en: 'Plan received' },
  schema: 1,
  data: { orderId: IdType('The order.'), receivedOn: DayType('When it came in.') },
});
export const PlanWithdrawn = eventType('PlanWithdrawn', {
  name: { sv: 'Plan återtagen', en: 'Plan withdrawn' },
  schema: 1,
  data: { orderId: IdType('The order.') },
});
/** One that the view's fold cannot take. */
export const PlanGarbled = eventType('PlanGarbled', { name: { sv: 'Plan oläslig', en: 'Plan garbled' }, schema: 1, data: { orderId: IdType('The order.') } });
/** One that the view does not read. */
const NoteTaken = eventType('NoteTaken', { name: { sv: 'Anteckning', en: 'Note taken' }, schema: 1, data: { pages: Type.Integer() } });

export const registry = new EventRegistry([PlanAwaited, PlanReceived, PlanWithdrawn, PlanGarbled, NoteTaken]);

/** Plans that are awaited or have come in. */
export const plansView = (name = 'plans', acting?: true) =>
  rowView({
    name,
    version: 1,
    columns: {
      unit: col.uuid(),
      status: col.text<'awaited' | 'received'>(),
      dueOn: col.day(),
      receivedOn: col.optional(col.day()),
      seenAt: col.instant(),
      moves: col.int(),
      late: col.bool(),
      days: col.json<readonly Day[]>(),
    },
    reads: [PlanAwaited, PlanReceived, PlanWithdrawn, PlanGarbled],
    keys: (event) => event.data.orderId,
    fold: (row, event) => {
      switch (event.type) {
        case 'PlanAwaited':
          return {
            unit: event.data.unit,
            status: 'awaited',
            dueOn: event.data.dueOn,
            receivedOn: null,
            seenAt: event.recordedAt,
            moves: (row?.moves ?? 0) + 1,
            late: false,
            days: [...(row?.days ?? []), event.data.dueOn],
          };
        case 'PlanReceived':
          return row && { ...row, status: 'received', receivedOn: event.data.receivedOn, seenAt: event.recordedAt, late: event.data.receivedOn > row.dueOn };
        case 'PlanWithdrawn':
          return undefined;
        case 'PlanGarbled':
          throw new TypeError('garbled');
      }
    },
    during: ['status'],
    indexes: [['unit', 'dueOn']],
    ...(acting && { acting }),
  });

export const UNIT = '0b5e8a3e-6f0e-4c5e-9d0a-4f6f5a0c1d2e';

/** What may be written of one order. */
export type PlanEvent = 'PlanAwaited' | 'PlanReceived' | 'PlanWithdrawn' | 'PlanGarbled' | 'NoteTaken';

const dataOf = (type: PlanEvent, orderId: string, on: string): Record<string, unknown> => {
  switch (type) {
    case 'PlanAwaited':
      return { orderId, unit: UNIT, dueOn: on };
    case 'PlanReceived':
      return { orderId, receivedOn: on };
    case 'NoteTaken':
      return { pages: 1 };
    default:
      return { orderId };
  }
};

/** Writes facts to a log, each in the stream of its order, and tells where they stand. */
export class Writes {
  readonly #revisions = new Map<string, number>();

  constructor(
    private readonly log: EventLog,
    readonly tenant = 'stockholm',
  ) {}

  async fact(
    type: string,
    orderId: string = randomId(),
    { on = '2026-02-16', at = '2026-02-01T08:00:00.000Z' }: { on?: string; at?: string } = {},
  ): Promise<Position> {
    const stream = `order-${orderId}`;
    const rev = this.#revisions.get(stream) ?? 0;
    const entry = someEntry(this.tenant, stream, rev, { type, at: at as Instant, data: dataOf(type as PlanEvent, orderId, on) });
    const result = await this.log.append(this.tenant, stream, rev - 1, [entry]);
    if (result.outcome !== 'appended') throw new Error('conflict');
    this.#revisions.set(stream, rev + 1);
    return result.position;
  }
}
