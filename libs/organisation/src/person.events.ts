import { Type } from 'typebox';
import { CodeType, eventType, IdType, type EventOf } from '#libs/kernel';

/** Languages in which a person can be written to. */
export const LANGUAGES = ['sv', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

export const PersonRegistered = eventType('PersonRegistered', {
  name: { sv: 'Person registrerad', en: 'Person registered' },
  schema: 1,
  data: {
    person: IdType('Random id; never derived from a sign-in.'),
    subject: IdType('Pseudonym under whose key name and address are sealed.'),
    language: CodeType(LANGUAGES, 'The language in which the person is written to.'),
  },
  personal: {
    name: Type.String({ minLength: 1, maxLength: 200 }),
    email: Type.String({ minLength: 3, maxLength: 254 }),
  },
});

/** What can happen to a member of staff in the register. */
export type PersonEvent = EventOf<typeof PersonRegistered>;
