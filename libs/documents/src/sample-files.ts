import { crc32, deflateRawSync } from 'node:zlib';

/** A part of a ZIP that is made for a spec: its bytes, and what its directory says where that is not so. */
export interface SamplePart {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** Stands in the directory instead of the true size. */
  readonly saidSize?: number;
  readonly isEncrypted?: true;
  readonly isStored?: true;
}

/** A ZIP of those parts, in their order. */
export const zipOf = (...parts: readonly SamplePart[]): Buffer => {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content, saidSize, isEncrypted, isStored } of parts) {
    const bytes = Buffer.from(content as string);
    const packed = isStored ? bytes : deflateRawSync(bytes);
    const called = Buffer.from(name);
    const about = Buffer.alloc(26); // what the header of the file and its line in the directory have in common
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(isEncrypted ? 1 : 0, 2);
    about.writeUInt16LE(isStored ? 0 : 8, 4);
    about.writeUInt32LE(crc32(bytes), 10);
    about.writeUInt32LE(packed.length, 14);
    about.writeUInt32LE(saidSize ?? bytes.length, 18);
    about.writeUInt16LE(called.length, 22);
    const file = Buffer.concat([Buffer.from('PK\x03\x04'), about, called, packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), about, place, called]));
    files.push(file);
    at += file.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...files, listed, end]);
};

const types: SamplePart = { name: '[Content_Types].xml', content: '<Types/>' };
export const openDocument = (kind: 'text' | 'spreadsheet', ...more: readonly SamplePart[]): Buffer =>
  zipOf({ name: 'mimetype', content: `application/vnd.oasis.opendocument.${kind}`, isStored: true }, { name: 'content.xml', content: '<office/>' }, ...more);

/** One file of each kind that is taken. */
export const sampleFiles = {
  'application/pdf': Buffer.from('%PDF-1.7\n1 0 obj'),
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': zipOf(types, { name: 'word/document.xml', content: '<w:document/>' }),
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': zipOf(types, { name: 'xl/workbook.xml', content: '<workbook/>' }),
  'application/vnd.oasis.opendocument.text': openDocument('text'),
  'application/vnd.oasis.opendocument.spreadsheet': openDocument('spreadsheet'),
  'text/plain': Buffer.from('Svar på rapport Nr 5 2020.\r\n'),
  'text/csv': Buffer.from('\ufeffNr;Ordalydelse\r\n1;"Säkerställ uppföljning"\r\n'),
  'image/png': Buffer.from('\x89PNG\r\n\x1a\n\x00\x00', 'latin1'),
  'image/jpeg': Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0]),
  'message/rfc822': Buffer.from('From: registrator@example.se\r\nSubject: Svar\r\n =?utf-8?q?p=C3=A5?=\r\n\r\nHej'),
} as const;
