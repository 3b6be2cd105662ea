import { Code, Id, Int } from '#libs/fields';
import { addMilliseconds, event, never, type Decide } from '#libs/kernel';
import { MAIL_FAILURES, MailFailed, type MailEvent, type MailFailure } from './mail.events.js';
import type { Mail } from './mail.js';

/** An attempt to send the mail has failed; whether and when it is tried again is decided here. */
export class RecordMailFailed {
  @Id('The reminder.') reminder!: string;
  @Int('Which attempt, from 1.', { min: 1 }) attempt!: number;
  @Code('Why.', MAIL_FAILURES, 'MailFailure') reason!: MailFailure;
  @Int('Reply code of the mail server, where it gave one.', { min: 100, max: 599, optional: true }) code?: number;
}

/** Of these no further attempt can come to anything else. */
const HOPELESS: readonly MailFailure[] = ['refused', 'role-unheld', 'address-unknown', 'nothing-left'];

const MINUTE_MS = 60_000;
const LONGEST_PAUSE_MS = 4 * 60 * MINUTE_MS;
/** With the pauses below, the last attempt comes after close to five days: how long RFC 5321 (4.5.4.1) asks a sender not to give up. */
export const MAX_ATTEMPTS = 36;

/** After the first attempt a minute, then twice as long each time, at most four hours. */
const pauseAfter = (attempt: number): number => Math.min(2 ** (attempt - 1) * MINUTE_MS, LONGEST_PAUSE_MS);

export const recordMailFailed: Decide<RecordMailFailed, Mail, MailEvent> = ({ reminder, attempt, reason, code }, mail, { now }) => {
  switch (mail.status) {
    case 'accepted':
    case 'failed':
      return [];
    case 'retrying':
      if (attempt <= mail.attempt) return [];
      break;
    case 'none':
      break;
    default:
      return never(mail);
  }
  const final = HOPELESS.includes(reason) || attempt >= MAX_ATTEMPTS;
  const when = final ? {} : { nextAt: addMilliseconds(now, pauseAfter(attempt)) };
  return [event(MailFailed, { reminder, attempt, reason, ...(code !== undefined && { code }), final, ...when })];
};
