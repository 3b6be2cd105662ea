import { Code, DayField, FreeText, Id } from '#libs/fields';
import { event, type Day, type Decide } from '#libs/kernel';
import { CANCELLATIONS } from './order.codes.js';
import { ServiceOrderCancelled, type OrderEvent } from './order.events.js';
import type { Order } from './order.js';
import { assertMayEnd } from './order.refusals.js';
import { awaitsNothingMore } from './waits.js';

/** The order is taken back: the service never began. */
export class CancelServiceOrder {
  @Id('The order.') orderId!: string;
  @DayField('The day it was cancelled.') cancelledOn!: Day;
  @Code('Why.', CANCELLATIONS, 'CancellationReason') reason!: (typeof CANCELLATIONS)[number];
  @FreeText('More about it. Sealed.', { max: 4000, optional: true }) note?: string;
}

export const cancelServiceOrder: Decide<CancelServiceOrder, Order, OrderEvent> = ({ cancelledOn, reason, note }, order, { today, now }) => {
  if (order.status === 'ended' && order.how === 'cancelled' && order.endedOn === cancelledOn) return [];
  assertMayEnd(order, cancelledOn, today, '/cancelledOn');
  return [
    event(ServiceOrderCancelled, { orderId: order.orderId, endedOn: cancelledOn, reason }, note === undefined ? {} : { note }),
    ...awaitsNothingMore(order, cancelledOn, 'order-cancelled', now),
  ];
};
