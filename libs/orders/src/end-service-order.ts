import { Code, DayField, FreeText, Id } from '#libs/fields';
import { event, type Day, type Decide } from '#libs/kernel';
import { ENDINGS } from './order.codes.js';
import { ServiceOrderEnded, type OrderEvent } from './order.events.js';
import type { Order } from './order.js';
import { assertMayEnd } from './order.refusals.js';
import { awaitsNothingMore } from './waits.js';

/** The service has come to its end. */
export class EndServiceOrder {
  @Id('The order.') orderId!: string;
  @DayField('The last day of the service.') endedOn!: Day;
  @Code('Why.', ENDINGS, 'EndingReason') reason!: (typeof ENDINGS)[number];
  @FreeText('More about it. Sealed.', { max: 4000, optional: true }) note?: string;
}

export const endServiceOrder: Decide<EndServiceOrder, Order, OrderEvent> = ({ endedOn, reason, note }, order, { today, now }) => {
  if (order.status === 'ended' && order.how === 'ended' && order.endedOn === endedOn) return [];
  assertMayEnd(order, endedOn, today, '/endedOn');
  return [
    event(ServiceOrderEnded, { orderId: order.orderId, endedOn, reason }, note === undefined ? {} : { note }),
    ...awaitsNothingMore(order, endedOn, 'order-ended', now),
  ];
};
