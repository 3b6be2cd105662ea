import type { FastifyRequest } from 'fastify';
import { HttpRefused } from '../problem/told.js';

/**
 * What tells a repeat from a new request: 1 to 255 visible ASCII characters, new for each thing that is to be done.
 * @throws HttpRefused (400) where there is none
 */
export const idempotencyKeyOf = ({ headers }: FastifyRequest): string => {
  const key = headers['idempotency-key'];
  if (typeof key === 'string' && /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new HttpRefused({
    status: 400,
    code: key === undefined ? 'idempotency-key.required' : 'idempotency-key.malformed',
    text: {
      sv: 'Skicka huvudet Idempotency-Key med ett nytt värde för varje ny handling, till exempel ett UUID (1–255 synliga ASCII-tecken, utan mellanslag). Skickas begäran om, med samma värde, utförs den ändå bara en gång.',
      en: 'Send the header Idempotency-Key with a new value for each new action, such as a UUID (1–255 visible ASCII characters, no space). Sent again with the same value, the request is still carried out only once.',
    },
  });
};

/**
 * The revision that the sender has seen (`If-Match: "7"`, from the `ETag` of what was read).
 * A weak tag never matches (RFC 9110 §13.1.1) and neither `*` nor a list says what was seen: they are refused rather than let through.
 * @throws HttpRefused 400 for another form; 428 where the route requires it and there is none
 */
export const ifMatchOf = ({ headers }: FastifyRequest, required: boolean): number | undefined => {
  const header = headers['if-match'];
  if (header === undefined) {
    if (!required) return undefined;
    throw new HttpRefused({
      status: 428,
      code: 'if-match.required',
      text: {
        sv: 'Läs objektet och skicka dess ETag i If-Match, så att ingen annans ändring skrivs över.',
        en: 'Read the object and send its ETag in If-Match, so that nobody else’s change is overwritten.',
      },
    });
  }
  const [, revision] = /^"(\d{1,15})"$/.exec(header.trim()) ?? [];
  if (revision !== undefined) return Number(revision);
  throw new HttpRefused({
    status: 400,
    code: 'if-match.malformed',
    text: {
      sv: 'If-Match ska vara exakt en ETag som den lästes, till exempel "7" med citattecken: inte W/, inte * och ingen lista.',
      en: 'If-Match must be exactly one ETag as it was read, such as "7" with its quotation marks: no W/, no * and no list.',
    },
  });
};

/**
 * Many things at once have no revision in common: what somebody has seen of them cannot be said in one header, and is not let through unheeded.
 * @throws HttpRefused (400) where it is said
 */
export const refuseIfMatch = ({ headers }: FastifyRequest): void => {
  if (headers['if-match'] === undefined) return;
  throw new HttpRefused({
    status: 400,
    code: 'if-match.of-many',
    text: {
      sv: 'If-Match gäller ett objekt, men här ändras flera. Utelämna huvudet, eller ändra objekten ett i taget.',
      en: 'If-Match is about one object, and several are changed here. Leave the header out, or change the objects one at a time.',
    },
  });
};
