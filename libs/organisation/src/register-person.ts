import { Code, FreeText, Id } from '#libs/fields';
import { contradictory, event, forbidden, type Decide } from '#libs/kernel';
import { tidy } from './names.js';
import { LANGUAGES, PersonRegistered, type Language, type PersonEvent } from './person.events.js';
import type { Person } from './person.js';

/** Enters a member of staff: name and address are sealed under a key of the person’s own. */
export class RegisterPerson {
  @Id('The new person, where the sender names one: random, never derived from a sign-in.', { optional: true }) person?: string;
  @FreeText('Name.', { max: 200 }) name!: string;
  @FreeText('Address for mail.', { max: 254 }) email!: string;
  @Code('The language in which the person is written to.', LANGUAGES, 'Language') language!: Language;
}

export const registerPerson: Decide<RegisterPerson, Person, PersonEvent> = ({ name, email, language }, known, { id, subject }) => {
  // Name and address are sealed: whether they are the same cannot be told here, so that another registration is never taken for a repeat.
  if (known.status === 'registered') throw forbidden('person.registered', { sv: 'Personen är redan registrerad.', en: 'The person is registered already.' });
  if (!ADDRESS.test(email)) {
    throw contradictory(
      'person.address-malformed',
      {
        sv: 'E-postadressen går inte att skicka till. Skriv den som namn@exempel.se.',
        en: 'Nothing can be sent to this address. Write it as name@example.se.',
      },
      '/email',
    );
  }
  return [event(PersonRegistered, { person: id, subject, language }, { name: tidy(name), email })];
};

/** One address and nothing else: what separates addresses or ends a header would let one person be written to as several. */
const ADDRESS = /^[^\s@<>()[\]\\,;:"]+@[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?$/u;
