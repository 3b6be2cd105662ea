import { Type } from 'typebox';
import { CodeType, eventType, IdType, InstantType, type EventOf, type Text } from '#libs/kernel';

/** Why a mail did not go. */
export const MAIL_FAILURES = [
  'unreachable',
  'timed-out',
  'server-refused',
  'deferred',
  'fault',
  'refused',
  'role-unheld',
  'address-unknown',
  'nothing-left',
] as const;
export type MailFailure = (typeof MAIL_FAILURES)[number];

/** What people read of a failure. */
const MAIL_FAILURE_NAMES: Readonly<Record<MailFailure, Text>> = {
  unreachable: { sv: 'E-postservern går inte att nå', en: 'The mail server cannot be reached' },
  'timed-out': { sv: 'E-postservern svarar för långsamt', en: 'The mail server answers too slowly' },
  'server-refused': { sv: 'E-postservern tar inte emot oss: en inställning är fel', en: 'The mail server does not let us in: a setting is wrong' },
  deferred: { sv: 'E-postservern ber att få mejlet senare', en: 'The mail server asks for the mail later' },
  fault: { sv: 'Mejlet kunde inte göras i ordning: ett fel i systemet', en: 'The mail could not be made: a fault in the system' },
  refused: { sv: 'E-postservern vägrar ta emot mejlet eller adressen', en: 'The mail server refuses the mail or the address' },
  'role-unheld': { sv: 'Ingen hade rollen den dagen', en: 'Nobody held the role that day' },
  'address-unknown': { sv: 'Ingen som hade rollen har en adress', en: 'Nobody who held the role has an address' },
  'nothing-left': { sv: 'Allt som det gällde var klart när mejlet skulle gå', en: 'All that it was about was done when the mail was to go' },
};

const about = {
  reminder: IdType('What was issued; its mail carries it as Message-ID.'),
  attempt: Type.Integer({ minimum: 1, description: 'Which attempt, from 1.' }),
};
const replyCode = (description: string) => Type.Integer({ minimum: 100, maximum: 599, description });

export const MailAccepted = eventType('MailAccepted', {
  name: { sv: 'Mejl mottaget av e-postservern', en: 'Mail accepted by the mail server' },
  schema: 1,
  byTimer: true,
  data: {
    ...about,
    code: replyCode('Reply code of the mail server (RFC 5321); 250 where the mail was put in the outbox folder.'),
    addressed: Type.Integer({ minimum: 1, description: 'How many it was addressed to.' }),
    refused: Type.Integer({ minimum: 0, description: 'How many of them the server refused for good.' }),
  },
});

export const MailFailed = eventType('MailFailed', {
  name: { sv: 'Mejl kunde inte skickas', en: 'Mail could not be sent' },
  schema: 2,
  reads: { 1: (data: object): object => data }, // fewer reasons
  byTimer: true,
  data: {
    ...about,
    reason: CodeType(MAIL_FAILURES, 'Why.'),
    code: Type.Optional(replyCode('Reply code of the mail server, where it gave one.')),
    final: Type.Boolean({ description: 'Whether it will not be tried again.' }),
    nextAt: Type.Optional(InstantType('When it is tried again.')),
  },
  label: ({ reason, final }) => {
    const { sv, en } = MAIL_FAILURE_NAMES[reason];
    return final ? { sv: `Mejl gick inte: ${sv}`, en: `Mail did not go: ${en}` } : { sv: `Mejl försöks igen: ${sv}`, en: `Mail is tried again: ${en}` };
  },
});

/** What can come of a mail. It holds neither addresses nor names. */
export type MailEvent = EventOf<typeof MailAccepted> | EventOf<typeof MailFailed>;
