import { test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import { noteContact } from './note-contact.js';
import { given, ids, on, orderEnded, sent } from './order.given.js';
import { ContactNoted } from './order.events.js';

const contact = (contactedOn: string) => ({ orderId: ids.order, contact: 'provider' as const, contactedOn: day(contactedOn), note: 'Bad om förtydligande.' });
const noted = (contactedOn: string) =>
  event(ContactNoted, { orderId: ids.order, contact: 'provider', contactedOn: day(contactedOn) }, { note: 'Bad om förtydligande.' });

test('that the provider was contacted is a fact; what was said is personal', () => {
  given(sent()).when(noteContact, contact('2020-10-12'), on('2020-10-12')).then(noted('2020-10-12'));
});

test('a contact may be noted later, also after the order has ended', () => {
  given(sent(), orderEnded('2020-10-13')).when(noteContact, contact('2020-10-12'), on('2020-10-20')).then(noted('2020-10-12'));
});

test('a contact tomorrow is refused as day.in-the-future', () => {
  given(sent()).when(noteContact, contact('2020-10-13'), on('2020-10-12')).thenRefused('day.in-the-future');
});

test('a contact about an order not yet sent is refused as day.before-sent', () => {
  given(sent()).when(noteContact, contact('2020-09-30'), on('2020-10-12')).thenRefused('day.before-sent');
});

test('a contact about an order that is not there is refused as order.unknown', () => {
  given().when(noteContact, contact('2020-10-12'), on('2020-10-12')).thenRefused('order.unknown');
});
