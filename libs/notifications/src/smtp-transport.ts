import { createTransport } from 'nodemailer';
import type { Delivery, MailTransport, OutgoingMail } from './mail-transport.js';
import { message } from './message.js';

/** What nodemailer tells of an attempt that failed. */
interface Fault {
  readonly code?: string | undefined;
  readonly responseCode?: number | undefined;
  /** The SMTP command that was answered; `CONN` before any. */
  readonly command?: string | undefined;
}

/** How long one step may take, and how long all of them together. */
export interface SmtpLimits {
  readonly stepMs: number;
  readonly wholeMs: number;
}
const LIMITS: SmtpLimits = { stepMs: 20_000, wholeMs: 120_000 };

/** These are answered with the mail in view; a refusal of any other command says something of us, not of the mail. */
const ABOUT_THE_MAIL = ['MAIL FROM', 'RCPT TO', 'DATA'];

const failed = ({ code, responseCode, command = '' }: Fault): Delivery => {
  if (code === 'ETIMEDOUT' || code === 'EABORT') return { outcome: 'failed', reason: 'timed-out' };
  if (responseCode !== undefined && responseCode < 500) return { outcome: 'failed', reason: 'deferred', code: responseCode };
  if (responseCode !== undefined) return { outcome: 'failed', reason: ABOUT_THE_MAIL.includes(command) ? 'refused' : 'server-refused', code: responseCode };
  if (code === 'EENVELOPE' || code === 'EMESSAGE') return { outcome: 'failed', reason: 'refused' }; // nodemailer itself does not send it
  return { outcome: 'failed', reason: code === 'EAUTH' || code === 'ETLS' ? 'server-refused' : 'unreachable' };
};

/** Mail to an SMTP server: `smtp://user:password@host:587`, `smtps://…`. A connection for each, since reminders are few. */
export const smtpTransport = (url: string, { stepMs, wholeMs }: SmtpLimits = LIMITS): MailTransport => {
  const server = createTransport({ url, dnsTimeout: stepMs, connectionTimeout: stepMs, greetingTimeout: stepMs, socketTimeout: stepMs });
  return {
    send: async (mail: OutgoingMail): Promise<Delivery> => {
      try {
        const { response, rejected, rejectedErrors = [] } = await server.sendMail({ ...message(mail), signal: AbortSignal.timeout(wholeMs) });
        // Some addresses were taken and others are to be tried again: all are, since a copy too many is known by its Message-ID.
        const deferred = rejectedErrors.find(({ responseCode = 0 }) => responseCode >= 400 && responseCode < 500);
        if (deferred) return failed(deferred);
        return { outcome: 'accepted', code: Number(/^2\d\d/.exec(response)?.[0] ?? 250), addressed: mail.to.length, refused: rejected.length };
      } catch (error) {
        return failed(error as Fault);
      }
    },
  };
};
