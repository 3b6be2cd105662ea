import type { SendMailOptions } from 'nodemailer';
import type { OutgoingMail } from './mail-transport.js';

/** The mail as nodemailer composes it (RFC 5322). `Auto-Submitted` (RFC 3834) keeps holiday answers away. */
export const message = ({ messageId, from, to, subject, text, html, languages, issuedAt }: OutgoingMail): SendMailOptions => ({
  messageId: `<${messageId}>`,
  date: new Date(issuedAt),
  from,
  to: [...to],
  subject,
  text,
  html,
  headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': languages.join(', ') },
  disableFileAccess: true,
  disableUrlAccess: true,
});
