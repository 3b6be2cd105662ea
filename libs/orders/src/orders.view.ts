import { col, rowView } from '#libs/views';
import { deadlineEvents } from '#libs/timers';
import { never } from '#libs/kernel';
import * as events from './order.events.js';
import type { OrderEvent } from './order.events.js';
import type { SERVICES } from './order.codes.js';

/** How an order stands, as lists say it. */
export const ORDER_STATUSES = ['awaiting-plan', 'received', 'reviewed', 'approved', 'ended'] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** One row per order: where it stands, and the wait that began last. */
export const ordersView = rowView({
  name: 'orders',
  version: 1,
  columns: {
    unit: col.uuid(),
    provider: col.uuid(),
    service: col.text<(typeof SERVICES)[number]>(),
    sentOn: col.day(),
    status: col.text<OrderStatus>(),
    /** The version of the plan that counts, 0 before any. */
    plan: col.int(),
    deadline: col.optional(col.uuid()),
    dueOn: col.optional(col.day()),
    /** Whether the wait goes on; one whose day has passed does. */
    wait: col.text<'awaited' | 'met' | 'closed'>(),
    /** Whether lateness stands recorded. Past its day with nothing recorded yet is late too: that the query says, by its day. */
    late: col.bool(),
    /** The day on which the wait was over: what was awaited came, or nothing was awaited any more. */
    overOn: col.optional(col.day()),
  },
  reads: [...Object.values(events), ...deadlineEvents],
  keys: ({ stream }) => (stream.startsWith('order-') ? stream.slice('order-'.length) : []),
  during: ['wait', 'unit'],
  indexes: [
    ['wait', 'dueOn'],
    ['unit', 'wait', 'dueOn'],
    ['provider', 'wait', 'dueOn'],
    ['unit', 'status', 'dueOn'],
  ],
  fold: (row, event) => {
    const { type, data } = event as OrderEvent;
    if (type === 'ServiceOrderSent') {
      const { unit, provider, service, sentOn } = data;
      return { unit, provider, service, sentOn, status: 'awaiting-plan', plan: 0, deadline: null, dueOn: null, wait: 'awaited', late: false, overOn: null };
    }
    if (!row) throw new Error(`${type} of an order that was never sent`);
    const ended = row.status === 'ended';
    switch (type) {
      case 'GenomförandeplanReceived':
      case 'ReceivedDayCorrected':
        return data.latest === row.plan ? row : { ...row, plan: data.latest, status: ended ? row.status : 'received' };
      case 'GenomförandeplanReviewed':
        return { ...row, status: 'reviewed' };
      case 'GenomförandeplanReturned':
        return { ...row, status: 'awaiting-plan' };
      case 'GenomförandeplanApproved':
        return { ...row, status: 'approved' };
      case 'SentDayCorrected':
        return { ...row, sentOn: data.to };
      case 'OrderProviderCorrected':
        return { ...row, provider: data.to };
      case 'ServiceOrderReplaced':
      case 'ServiceOrderCancelled':
      case 'ServiceOrderEnded':
        return { ...row, status: 'ended' };
      case 'DeadlineSet': // a new wait begins; what is recorded of an earlier one does not concern the list any more
        return { ...row, deadline: data.deadline, dueOn: data.dueOn, wait: 'awaited', late: false, overOn: null };
      case 'ContactNoted':
      case 'AwaitedDayCorrected': // deadlines follow by their own facts
      case 'EndedDayCorrected':
      case 'GoalCorrected':
      case 'ReminderIssued':
      case 'RemindersSuppressed':
        return row;
      case 'DeadlineMoved':
        return data.deadline === row.deadline ? { ...row, dueOn: data.dueOn, wait: 'awaited', late: false, overOn: null } : row;
      case 'DeadlineMissed':
        return data.deadline === row.deadline ? { ...row, late: true } : row;
      case 'LatenessWithdrawn':
        return data.deadline === row.deadline ? { ...row, late: false } : row;
      case 'DeadlineMet':
        return data.deadline === row.deadline ? { ...row, wait: 'met', overOn: data.metOn } : row;
      case 'DeadlineClosed':
        return data.deadline === row.deadline ? { ...row, wait: 'closed', overOn: data.closedOn } : row;
      default:
        return never({ type, data } as never);
    }
  },
});
