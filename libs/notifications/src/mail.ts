import { never, type Stream } from '#libs/kernel';
import { MailAccepted, MailFailed, type MailEvent } from './mail.events.js';

/** What has come of the mail of one reminder. */
export type Mail =
  { readonly status: 'none' } | { readonly status: 'accepted' } | { readonly status: 'retrying'; readonly attempt: number } | { readonly status: 'failed' };

/** One stream per reminder: `mail-<reminder id>`, so that what came of its mail survives every rebuild. */
export const mailStream: Stream<Mail, MailEvent> = {
  name: 'mail',
  events: [MailAccepted, MailFailed],
  initial: { status: 'none' },
  evolve: (_mail, event) => {
    switch (event.type) {
      case 'MailAccepted':
        return { status: 'accepted' };
      case 'MailFailed':
        return event.data.final ? { status: 'failed' } : { status: 'retrying', attempt: event.data.attempt };
      default:
        return never(event);
    }
  },
};
