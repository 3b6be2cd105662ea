import { DayField, Id } from '#libs/fields';
import { event, forbidden, isBefore, type Day, type Decide } from '#libs/kernel';
import { ServiceOrderReplaced, type OrderEvent } from './order.events.js';
import type { Order } from './order.js';
import { assertPlaced } from './order.refusals.js';
import { awaitsNothingMore } from './waits.js';

/** What follows in the old order when a new one replaces it. Sent by the reaction `replace-order` alone. */
export class EndReplacedOrder {
  @Id('The old order.') orderId!: string;
  @Id('The new order.') replacedBy!: string;
  @DayField('The day the new order was sent.') endedOn!: Day;
}

export const endReplacedOrder: Decide<EndReplacedOrder, Order, OrderEvent> = ({ replacedBy, endedOn }, order, { now }) => {
  assertPlaced(order);
  if (order.status === 'ended') {
    if (order.replacedBy === replacedBy) return [];
    throw forbidden('order.already-ended', {
      sv: `Beställningen avslutades ${order.endedOn} av annat skäl, innan den nya hann ersätta den. Kontrollera vilken som gäller.`,
      en: `The order ended on ${order.endedOn} for another reason before the new one could replace it. See which one holds.`,
    });
  }
  const ends = isBefore(endedOn, order.sentOn) ? order.sentOn : endedOn; // the old one's day of sending may have been corrected meanwhile
  return [event(ServiceOrderReplaced, { orderId: order.orderId, by: replacedBy, endedOn: ends }), ...awaitsNothingMore(order, ends, 'order-replaced', now)];
};
