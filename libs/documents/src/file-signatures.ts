import type { MediaTypeName } from './media-types.js';
import { zipEntries, unzipped } from './zip.js';

type Fits = (bytes: Buffer) => boolean;

const beginsWith =
  (...signature: readonly number[]): Fits =>
  (bytes) =>
    signature.every((byte, place) => bytes[place] === byte);

/** A document of an office as ZIP (ECMA-376): its parts, none of them a macro or under a password. */
const officeOpen =
  (part: string): Fits =>
  (bytes) => {
    const entries = zipEntries(bytes) ?? [];
    const names = entries.map(({ name }) => name);
    return (
      names.includes('[Content_Types].xml') &&
      names.some((name) => name.startsWith(part)) &&
      !names.some((name) => /vbaProject/i.test(name)) &&
      !entries.some(({ isEncrypted }) => isEncrypted)
    );
  };

/** OpenDocument (ISO/IEC 26300-3): a ZIP whose file `mimetype` says which; macros lie in `Basic` and `Scripts`. */
const openDocument =
  (type: string): Fits =>
  (bytes) => {
    const entries = zipEntries(bytes) ?? [];
    const mimetype = entries.find(({ name }) => name === 'mimetype');
    return mimetype !== undefined && unzipped(mimetype)?.toString() === type && !entries.some(({ name }) => /^(?:Basic|Scripts)\//.test(name));
  };

const BINARY = [beginsWith(0x25, 0x50, 0x44, 0x46), beginsWith(0x50, 0x4b, 0x03, 0x04), beginsWith(0x89, 0x50, 0x4e, 0x47), beginsWith(0xff, 0xd8, 0xff)];

/** Text in any 8-bit encoding: no control characters but tabs and ends of lines, and no other file under its name. */
const isText: Fits = (bytes) => !BINARY.some((is) => is(bytes)) && bytes.every((byte) => byte >= 0x20 || [0x09, 0x0a, 0x0c, 0x0d].includes(byte));

/** A message (RFC 5322): header fields first, at least one that every message has. */
const isMessage: Fits = (bytes) => {
  const [head = ''] = bytes
    .subarray(0, 65_536)
    .toString('latin1')
    .split(/\r?\n\r?\n/, 1);
  return !bytes.includes(0) && head.split(/\r?\n/).every((line) => /^(?:[\x21-\x39\x3b-\x7e]+:|[ \t])/.test(line)) && /^(?:from|date|received):/im.test(head);
};

/** Whether bytes are what their media type says. */
export const FILE_SIGNATURES: Readonly<Record<MediaTypeName, Fits>> = {
  'application/pdf': (bytes) => bytes.subarray(0, 5).toString('latin1') === '%PDF-',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': officeOpen('word/'),
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': officeOpen('xl/'),
  'application/vnd.oasis.opendocument.text': openDocument('application/vnd.oasis.opendocument.text'),
  'application/vnd.oasis.opendocument.spreadsheet': openDocument('application/vnd.oasis.opendocument.spreadsheet'),
  'text/plain': isText,
  'text/csv': isText,
  'image/png': beginsWith(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
  'image/jpeg': beginsWith(0xff, 0xd8, 0xff),
  'message/rfc822': isMessage,
};
