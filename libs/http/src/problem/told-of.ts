import { HttpException } from '@nestjs/common';
import { AddressRefused, LogRefused, LogUnavailable } from '#libs/event-log';
import { BadShape } from '#libs/fields';
import { Refusal, UnknownEvent, type RefusalKind, type Text } from '#libs/kernel';
import { ViewHalted, ViewsBehind } from '#libs/views';
import { HttpRefused, type Told } from './told.js';

const STATUS: Readonly<Record<RefusalKind, number>> = { unknown: 404, 'not-allowed': 403, forbidden: 409, contradictory: 422, stale: 412 };

const retry = { 'retry-after': '2' };

export const VIEWS_BEHIND: Told = {
  status: 503,
  code: 'views.behind',
  text: {
    sv: 'Det du frågar efter är sparat, men syns inte här än. Försök igen om en stund.',
    en: 'What you ask for is recorded, but cannot be seen here yet. Try again shortly.',
  },
  headers: retry,
};

/** What is said where only a status is known: from the server itself, before any route of ours. */
const PLAIN: Readonly<Record<number, readonly [code: string, text: Text]>> = {
  400: ['request.malformed', { sv: 'Begäran är felskriven: kontrollera adress och JSON.', en: 'The request is malformed: check the address and the JSON.' }],
  404: ['route.unknown', { sv: 'Det finns ingenting på den adressen.', en: 'There is nothing at this address.' }],
  408: ['request.too-slow', { sv: 'Begäran kom inte fram i tid.', en: 'The request did not arrive in time.' }],
  413: ['body.too-large', { sv: 'Det som skickades är för stort; högst 1 MiB tas emot.', en: 'What was sent is too large; at most 1 MiB is taken.' }],
  414: ['address.too-long', { sv: 'Adressen är för lång.', en: 'The address is too long.' }],
  415: ['body.unsupported', { sv: 'Skicka JSON i UTF-8 (Content-Type: application/json).', en: 'Send JSON in UTF-8 (Content-Type: application/json).' }],
  429: [
    'rate.exceeded',
    { sv: 'För många begäranden på kort tid. Vänta enligt Retry-After.', en: 'Too many requests in a short time. Wait as Retry-After says.' },
  ],
  431: ['headers.too-large', { sv: 'Begärans huvuden är för stora.', en: 'The headers of the request are too large.' }],
  503: ['server.busy', { sv: 'Tjänsten svarar inte just nu. Försök igen om en stund.', en: 'The service does not answer at the moment. Try again shortly.' }],
};

const REFUSED: Text = { sv: 'Begäran avvisades.', en: 'The request was refused.' };

const plain = (status: number): Told => {
  const [code, text] = PLAIN[status] ?? ['request.refused', REFUSED];
  return { status, code, text, ...(status === 503 && { headers: retry }) };
};

/** Fastify's errors and Nest's carry a status; only that of a refusal is repeated, since their words are not for people. */
const statusOf = (error: unknown): number | undefined => {
  const status = error instanceof HttpException ? error.getStatus() : (error as { statusCode?: unknown } | undefined)?.statusCode;
  return typeof status === 'number' && ((status >= 400 && status < 500) || status === 503) ? status : undefined;
};

/** The database is away, starting, stopping or full of connections, or refuses the user or the password that this process came with (28000, 28P01). */
const isAway = (error: unknown): boolean => {
  const { code, message } = (error ?? {}) as { readonly code?: unknown; readonly message?: unknown };
  return (
    /^(?:08\w{3}|28000|28P01|53300|57P0[1-3]|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/.test(String(code)) ||
    /^(?:Connection terminated|timeout exceeded when trying to connect)/.test(String(message))
  );
};

/**
 * What is told of an error. Whatever is not known to be the asker's doing is a fault of ours,
 * of which nothing is told but a reference that the log has too.
 */
export const toldOf = (error: unknown, reference: string): Told => {
  if (error instanceof HttpRefused) return error.told;
  if (error instanceof Refusal) {
    const { kind, code, text, pointer } = error;
    return { status: STATUS[kind], code, text, ...(pointer !== undefined && { faults: [{ pointer, detail: text }] }) };
  }
  if (error instanceof BadShape) {
    const text = {
      sv: 'Det som skickades har inte den form som väntas; errors säger vad och var.',
      en: 'What was sent does not have the expected shape; errors says what and where.',
    };
    return { status: 400, code: 'shape.invalid', text, faults: error.faults };
  }
  if (error instanceof LogRefused) {
    const text = { sv: 'Läget i loggen är felskrivet, eller hör till en annan logg (efter en återläsning). Fråga om utan det.', en: error.message };
    return { status: 400, code: 'position.refused', text };
  }
  // Refused is the service, by its own password, and not whoever asks: that is an operator's to mend, who is told by the log of the process.
  if (error instanceof LogUnavailable || error instanceof AddressRefused) {
    const text = {
      sv: 'Det är inte säkert att det sparades. Skicka samma begäran igen med samma Idempotency-Key.',
      en: 'It is not certain that it was recorded. Send the same request again with the same Idempotency-Key.',
    };
    return { status: 503, code: 'log.unavailable', text, headers: retry };
  }
  if (error instanceof ViewsBehind) return VIEWS_BEHIND;
  if (error instanceof UnknownEvent || error instanceof ViewHalted) {
    const text = {
      sv: 'Ärendet har ändrats av en nyare version av tjänsten. Försök igen om en stund.',
      en: 'This has been changed by a newer release of the service. Try again shortly.',
    };
    return { status: 503, code: 'release.older', text, headers: { 'retry-after': '30' } };
  }
  const status = isAway(error) ? 503 : statusOf(error);
  if (status !== undefined) return plain(status);
  return {
    status: 500,
    code: 'server.fault',
    text: {
      sv: `Något gick fel hos oss. Ange referensen ${reference} om du hör av dig.`,
      en: `Something went wrong on our side. Give the reference ${reference} if you contact us.`,
    },
  };
};
