import { Id, Int } from '#libs/fields';
import { event, type Decide } from '#libs/kernel';
import { MailAccepted, type MailEvent } from './mail.events.js';
import type { Mail } from './mail.js';

/** A mail server has taken the mail over. */
export class RecordMailAccepted {
  @Id('The reminder.') reminder!: string;
  @Int('Which attempt, from 1.', { min: 1 }) attempt!: number;
  @Int('Reply code of the mail server.', { min: 200, max: 299 }) code!: number;
  @Int('How many it was addressed to.', { min: 1 }) addressed!: number;
  @Int('How many of them the server refused for good.', { min: 0 }) refused!: number;
}

/** That a mail went counts even where it had been given up: two that sent it may have crossed. */
export const recordMailAccepted: Decide<RecordMailAccepted, Mail, MailEvent> = ({ reminder, attempt, code, addressed, refused }, mail) =>
  mail.status === 'accepted' ? [] : [event(MailAccepted, { reminder, attempt, code, addressed, refused })];
