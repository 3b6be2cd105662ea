import { Code, DayField, FreeText, Id } from '#libs/fields';
import { event, type Day, type Decide } from '#libs/kernel';
import { CONTACTS } from './order.codes.js';
import { ContactNoted, type OrderEvent } from './order.events.js';
import type { Order } from './order.js';
import { assertNotBeforeSent, assertNotFuture, assertPlaced } from './order.refusals.js';

/** Somebody was contacted about the order, most often the provider about what the plan should make clear. */
export class NoteContact {
  @Id('The order.') orderId!: string;
  @Code('Who was contacted.', CONTACTS, 'Contact') contact!: (typeof CONTACTS)[number];
  @DayField('The day of the contact.') contactedOn!: Day;
  @FreeText('What was said. Sealed.', { max: 4000 }) note!: string;
}

export const noteContact: Decide<NoteContact, Order, OrderEvent> = ({ contact, contactedOn, note }, order, { today }) => {
  assertPlaced(order);
  assertNotFuture(contactedOn, today, '/contactedOn');
  assertNotBeforeSent(contactedOn, order.sentOn, '/contactedOn');
  return [event(ContactNoted, { orderId: order.orderId, contact, contactedOn }, { note })];
};
