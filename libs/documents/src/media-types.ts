import type { Text } from '#libs/kernel';

/** What a kind of file is called, and how its name ends. */
export interface MediaType {
  readonly name: Text;
  readonly extensions: readonly [string, ...string[]];
}

const called = (sv: string, en: string, ...extensions: readonly [string, ...string[]]): MediaType => ({ name: { sv, en }, extensions });

/** The kinds of files that are kept as evidence: what boards and auditors write, scan and mail. No others are taken. */
export const MEDIA_TYPES = {
  'application/pdf': called('PDF', 'PDF', '.pdf'),
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': called('Word-dokument', 'Word document', '.docx'),
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': called('Excel-ark', 'Excel sheet', '.xlsx'),
  'application/vnd.oasis.opendocument.text': called('OpenDocument-text', 'OpenDocument text', '.odt'),
  'application/vnd.oasis.opendocument.spreadsheet': called('OpenDocument-kalkylark', 'OpenDocument spreadsheet', '.ods'),
  'text/plain': called('text', 'text', '.txt'),
  'text/csv': called('CSV', 'CSV', '.csv'),
  'image/png': called('PNG-bild', 'PNG image', '.png'),
  'image/jpeg': called('JPEG-bild', 'JPEG image', '.jpg', '.jpeg'),
  'message/rfc822': called('e-postmeddelande', 'e-mail message', '.eml'),
} as const satisfies Readonly<Record<string, MediaType>>;

export type MediaTypeName = keyof typeof MEDIA_TYPES;

export const MEDIA_TYPE_NAMES = Object.keys(MEDIA_TYPES) as readonly MediaTypeName[];
