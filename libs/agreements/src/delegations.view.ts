import { never } from '#libs/kernel';
import { col, rowView, sql, type Read } from '#libs/views';
import type { Covered, DelegationEnd, Origin, Reporting } from './delegation.codes.js';
import type { DelegationOrderEvent } from './delegation-order.events.js';
import { delegationOrder, type FurtherDelegation } from './delegation-order.js';

/** One row per delegation of a board: what, to which role, from when to when, and to whom the head of administration has delegated it on. */
export const delegationsView = rowView({
  name: 'delegations',
  version: 1,
  columns: {
    board: col.uuid(),
    number: col.optional(col.text()),
    origin: col.text<Origin>(),
    what: col.text(),
    covers: col.json<readonly Covered[]>(),
    agreement: col.optional(col.uuid()),
    role: col.text(),
    unit: col.uuid(),
    fromOn: col.day(),
    toOn: col.optional(col.day()),
    because: col.optional(col.text<DelegationEnd>()),
    furtherAllowed: col.bool(),
    reporting: col.text<Reporting>(),
    appealable: col.bool(),
    meeting: col.uuid(),
    point: col.uuid(),
    further: col.json<readonly FurtherDelegation[]>(),
  },
  reads: [...delegationOrder.events] as const,
  keys: (event) => (event as unknown as DelegationOrderEvent).data.point,
  during: ['board'],
  indexes: [['board', 'fromOn'], ['meeting'], ['agreement']],
  fold: (row, event) => {
    const happened = event as unknown as DelegationOrderEvent;
    if (happened.type === 'DelegationGiven') {
      const { point: _, from, to = null, number = null, agreement = null, decision, ...given } = happened.data;
      return { ...given, number, agreement, fromOn: from, toOn: to, because: null, meeting: decision.meeting, point: decision.point, further: [] };
    }
    if (!row) throw new Error(`${happened.type} of a delegation that was never given`);
    switch (happened.type) {
      case 'DelegationEnded':
        return { ...row, toOn: happened.data.lastDay, because: happened.data.because };
      case 'FurtherDelegated': {
        const { board: _, ...further } = happened.data;
        return { ...row, further: [...row.further, further] };
      }
      case 'FurtherDelegationEnded': {
        const { further, lastDay } = happened.data;
        return { ...row, further: row.further.map((one) => (one.further === further ? { ...one, lastDay } : one)) };
      }
      default:
        return never(happened);
    }
  },
});

/** The boards whose delegations rest on something decided at a meeting. */
export const delegatedAt =
  (meeting: string) =>
  async (read: Read): Promise<readonly string[]> => {
    const rows = await read.query<{ board: string }>(sql`select distinct board from ${read.rows(delegationsView)} where meeting = ${meeting} order by board`);
    return rows.map(({ board }) => board);
  };
