import { Code, DayField, FreeText, Id } from '#libs/fields';
import { event, forbidden, type Day, type Decide } from '#libs/kernel';
import { CORRECTIONS } from './order.codes.js';
import { EndedDayCorrected, type OrderEvent } from './order.events.js';
import type { Order } from './order.js';
import { assertNotBeforeSent, assertNotFuture, assertPlaced } from './order.refusals.js';
import { endedInstead } from './waits.js';

/** The day an order ended was recorded wrong, however it ended. Both stay visible; whether its plan was late follows. */
export class CorrectEndedDay {
  @Id('The order.') orderId!: string;
  @DayField('The day it ended: the last of the service, or that of its cancellation or replacement.') endedOn!: Day;
  @Code('Why what was recorded was wrong.', CORRECTIONS, 'CorrectionReason') reason!: (typeof CORRECTIONS)[number];
  @FreeText('More about it. Sealed.', { max: 4000, optional: true }) note?: string;
}

export const correctEndedDay: Decide<CorrectEndedDay, Order, OrderEvent> = ({ endedOn, reason, note }, order, { now, today }) => {
  assertPlaced(order);
  if (order.status !== 'ended')
    throw forbidden('order.not-ended', {
      sv: 'Beställningen pågår; det finns ingen sista dag att rätta. Avsluta den i stället.',
      en: 'The order runs; there is no last day to correct. End it instead.',
    });
  if (endedOn === order.endedOn) return [];
  assertNotFuture(endedOn, today, '/endedOn');
  assertNotBeforeSent(endedOn, order.sentOn, '/endedOn');
  return [
    event(EndedDayCorrected, { orderId: order.orderId, from: order.endedOn, to: endedOn, reason }, note === undefined ? {} : { note }),
    ...endedInstead(order, endedOn, now),
  ];
};
