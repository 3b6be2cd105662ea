import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import type { Text } from '#libs/kernel';
import { HttpRefused } from '../problem/told.js';
import { fileNameIn } from './content-disposition.js';

/** A file that has come in whole. */
export interface Upload {
  readonly bytes: Buffer;
  readonly sha256: string;
  readonly mediaType: string;
  readonly name: string;
}

/** Whether bytes are what their media type says, by the media types that are taken. */
export type Takes = Readonly<Record<string, (bytes: Buffer) => boolean>>;

const refused = (status: number, code: string, text: Text) => new HttpRefused({ status, code, text });

/** `text/plain` of `text/plain; charset=utf-8`. */
const mediaTypeOf = ({ headers }: FastifyRequest): string => (headers['content-type'] ?? '').split(';', 1)[0]!.trim().toLowerCase();

const nameOf = ({ query, headers }: FastifyRequest): string => {
  const name = (query as Record<string, unknown>).name ?? fileNameIn(headers['content-disposition']);
  if (typeof name === 'string') return name;
  throw refused(400, 'upload.nameless', {
    sv: "Säg vad filen heter: ?name=… i adressen, eller huvudet Content-Disposition: attachment; filename*=UTF-8''….",
    en: "Say what the file is called: ?name=… in the address, or the header Content-Disposition: attachment; filename*=UTF-8''….",
  });
};

const unsupported = (takes: Takes) => {
  const types = Object.keys(takes).join(', ');
  return refused(415, 'upload.type-unknown', {
    sv: `Filer av det slaget tas inte emot. Skicka filen som den är, utan packning, med Content-Type en av: ${types}.`,
    en: `Files of that kind are not taken. Send the file as it is, not packed, with Content-Type one of: ${types}.`,
  });
};

const mebibytes = (bytes: number): string => String(Math.round((bytes / 1_048_576) * 10) / 10);
const tooLarge = (most: number) =>
  refused(413, 'upload.too-large', {
    sv: `Filen är för stor; högst ${mebibytes(most).replace('.', ',')} MiB tas emot.`,
    en: `The file is too large; at most ${mebibytes(most)} MiB is taken.`,
  });

/** What whoever sends the file says its hash is (RFC 9530), where they do. */
const assertDigest = ({ headers }: FastifyRequest, sha256: string): void => {
  const said = headers['content-digest'] ?? headers['repr-digest'];
  const [, digest] = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/=]+):/.exec(String(said)) ?? [];
  if (digest !== undefined && Buffer.from(digest, 'base64').toString('hex') !== sha256)
    throw refused(400, 'upload.digest-differs', {
      sv: 'Filen kom inte fram som den skickades: dess SHA-256 är en annan än den som står i huvudet. Skicka den igen.',
      en: 'The file did not arrive as it was sent: its SHA-256 differs from that in the header. Send it again.',
    });
};

const whole = async (body: Readable, most: number): Promise<{ readonly bytes: Buffer; readonly sha256: string }> => {
  const parts: Buffer[] = [];
  const hash = createHash('sha256');
  let size = 0;
  for await (const part of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > most) throw tooLarge(most);
    hash.update(part);
    parts.push(part);
  }
  return { bytes: Buffer.concat(parts, size), sha256: hash.digest('hex') };
};

/**
 * The file that a request carries as its body: one of the kinds that are taken, whole, and what it says it is.
 * @param most bytes
 * @throws HttpRefused 400, 413, 415, 422
 */
export const uploadIn = async (request: FastifyRequest, takes: Takes, most: number): Promise<Upload> => {
  const name = nameOf(request);
  const mediaType = mediaTypeOf(request);
  const fits = Object.hasOwn(takes, mediaType) ? takes[mediaType] : undefined;
  if (!fits || (request.headers['content-encoding'] ?? 'identity') !== 'identity') throw unsupported(takes);
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge(most);
  const { bytes, sha256 } = request.body instanceof Readable ? await arrived(request.body, most) : { bytes: Buffer.alloc(0), sha256: '' };
  if (bytes.length === 0)
    throw refused(422, 'upload.empty', { sv: 'Filen är tom. Kontrollera att rätt fil valdes.', en: 'The file is empty. Check that the right one was chosen.' });
  assertDigest(request, sha256);
  if (!fits(bytes))
    throw refused(415, 'upload.type-unfit', {
      sv: `Filen är inte ${mediaType}, eller har ett innehåll som inte tas emot (makron, lösenord). Spara om den i det formatet och försök igen.`,
      en: `The file is no ${mediaType}, or holds what is not taken (macros, a password). Save it anew in that format and try again.`,
    });
  return { bytes, sha256, mediaType, name };
};

const arrived = async (body: Readable, most: number) => {
  try {
    return await whole(body, most);
  } catch (error) {
    if (error instanceof HttpRefused) throw error;
    throw refused(400, 'upload.broken-off', {
      sv: 'Överföringen bröts innan hela filen kom fram.',
      en: 'The transfer broke off before the whole file had arrived.',
    });
  }
};

/** How much more than a file may have is read unheeded. */
const PATIENCE = 4;

/**
 * Reads what is left of a body that is refused, so that whoever looks for an answer only after sending all of it finds one.
 * Of far more than is taken not to its end.
 */
export const readUnheeded = async ({ body, headers }: FastifyRequest, most: number): Promise<void> => {
  let left = most * PATIENCE;
  if (!(body instanceof Readable) || Number(headers['content-length'] ?? 0) > left) return;
  try {
    for await (const part of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      left -= part.length;
      if (left < 0) return;
    }
  } catch {
    // it broke off: nobody is there to be told
  }
};
