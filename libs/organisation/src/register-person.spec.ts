import { expect, test } from '@jest/globals';
import { event } from '#libs/kernel';
import { given, stateAfter } from '#libs/testing';
import { asked, ids } from './organisation.samples.js';
import { PersonRegistered } from './person.events.js';
import { personStream } from './person.js';
import { registerPerson } from './register-person.js';

const command = { name: ' Åsa  Öberg ', email: 'asa.oberg@example.se', language: 'sv' as const };
const asa = event(PersonRegistered, { person: ids.person, subject: ids.subject, language: 'sv' }, { name: 'Åsa Öberg', email: 'asa.oberg@example.se' });
const ofPerson = { ...asked, id: ids.person };

test('a person is registered under a pseudonym, name and address apart from the facts', () => {
  given(personStream).when(registerPerson, command, ofPerson).then(asa);
});

test('a person already registered is refused as person.registered, since nobody can tell here whether the sealed name is the same', () => {
  given(personStream, asa).when(registerPerson, command, ofPerson).thenRefused('person.registered');
});

test.each([
  'asa.oberg',
  'asa@',
  '@example.se',
  'a@b@c.se',
  'asa@example.se, bo@example.se',
  'Åsa <asa@example.se>',
  'asa@example.se\r\nBcc: bo@example.se',
  'asa@exam ple.se',
  'asa@example.se.',
])('what is not one address is refused as person.address-malformed: %j', (email) => {
  given(personStream)
    .when(registerPerson, { ...command, email }, ofPerson)
    .thenRefused('person.address-malformed');
});

test('an address may hold letters beyond ASCII', () => {
  given(personStream)
    .when(registerPerson, { ...command, email: 'åsa@åmål.se' }, ofPerson)
    .thenTypes('PersonRegistered');
});

test('the person’s parts are sealed under the pseudonym that the first event names', () => {
  const state = stateAfter(personStream, [asa], asked);
  expect(state).toEqual({ status: 'registered', subject: ids.subject, language: 'sv' });
  expect(personStream.subject?.(personStream.initial)).toBeUndefined();
  expect(personStream.subject?.(state)).toBe(ids.subject);
});
