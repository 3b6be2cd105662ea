import { expect, test } from '@jest/globals';
import { FILE_SIGNATURES } from './file-signatures.js';
import { MEDIA_TYPE_NAMES, type MediaTypeName } from './media-types.js';
import { openDocument, sampleFiles, zipOf } from './sample-files.js';
import { unzipped, zipEntries } from './zip.js';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const ODT = 'application/vnd.oasis.opendocument.text';
const types = { name: '[Content_Types].xml', content: '<Types/>' };

test.each(MEDIA_TYPE_NAMES)('a file of %s is one, and of no other kind but text', (type) => {
  const fitting = MEDIA_TYPE_NAMES.filter((other) => FILE_SIGNATURES[other](sampleFiles[type]));
  const texts: readonly MediaTypeName[] = ['text/plain', 'text/csv'];
  const expected = texts.includes(type) ? texts : type === 'message/rfc822' ? [...texts, type] : [type];
  expect(fitting).toEqual(expected);
});

test.each<[string, MediaTypeName, Buffer]>([
  ['nothing', 'application/pdf', Buffer.alloc(0)],
  ['a page of the web as a PDF', 'application/pdf', Buffer.from('<html>%PDF-1.7')],
  ['a program as text', 'text/plain', Buffer.from('MZ\x90\x00\x03', 'latin1')],
  ['a PDF as text', 'text/plain', Buffer.from('%PDF-1.7')],
  ['text of two bytes a letter as CSV', 'text/csv', Buffer.from('a;b', 'utf16le')],
  ['any ZIP as a Word document', DOCX, zipOf({ name: 'a.exe', content: 'x' })],
  ['a Word document with macros', DOCX, zipOf(types, { name: 'word/document.xml', content: '' }, { name: 'word/vbaProject.bin', content: 'x' })],
  ['a sheet with macros', XLSX, zipOf(types, { name: 'xl/workbook.xml', content: '' }, { name: 'xl/VBAPROJECT.BIN', content: 'x' })],
  ['a sheet under a password', XLSX, zipOf(types, { name: 'xl/workbook.xml', content: '', isEncrypted: true })],
  ['a sheet as a Word document', DOCX, sampleFiles[XLSX]],
  ['a ZIP that ends too soon', XLSX, sampleFiles[XLSX].subarray(0, 60)],
  ['an OpenDocument text with macros', ODT, openDocument('text', { name: 'Basic/Standard/Module1.xml', content: '' })],
  ['an OpenDocument that calls itself something else', ODT, zipOf({ name: 'mimetype', content: 'application/zip', isStored: true })],
  ['half a picture', 'image/png', Buffer.from('\x89PNG', 'latin1')],
  ['a letter as a message', 'message/rfc822', Buffer.from('Hej!\r\n\r\nFrom: mig')],
  ['fields that no message has', 'message/rfc822', Buffer.from('Content-Type: text/html\r\n\r\n<html>')],
])('%s is none', (_what, type, bytes) => {
  expect(FILE_SIGNATURES[type](bytes)).toBe(false);
});

test('Latin letters of an old file are text', () => {
  expect(FILE_SIGNATURES['text/plain'](Buffer.from('Genomförandeplan', 'latin1'))).toBe(true);
});

test('the directory of a ZIP is read, and each part is held to the size it says', () => {
  const [a, b, c, d] = zipEntries(
    zipOf(
      { name: 'å.txt', content: 'å'.repeat(1000) },
      { name: 'bomb', content: Buffer.alloc(1_000_000), saidSize: 10 },
      { name: 'stored', content: 'abc', isStored: true },
      { name: 'short', content: 'abc', saidSize: 4 },
    ),
  )!;
  expect([a!.name, a!.size, unzipped(a!)?.toString()]).toEqual(['å.txt', 2000, 'å'.repeat(1000)]);
  expect([unzipped(b!), unzipped(c!)?.toString(), unzipped(d!)]).toEqual([undefined, 'abc', undefined]);
});

test.each([
  ['bytes', Buffer.alloc(100)],
  ['nothing', Buffer.alloc(0)],
  ['a directory that points outside', broken(-6, 0x7f_ff_ff)],
  ['a directory that counts more than there is', broken(-12, 9)],
  ['more parts than any document has', broken(-12, 5_001)],
])('%s is no ZIP', (_what, bytes) => {
  expect(zipEntries(bytes)).toBeUndefined();
});

/** A ZIP whose end says something else at a place counted from its own end. */
function broken(place: number, value: number): Buffer {
  const bytes = Buffer.from(sampleFiles[XLSX]);
  if (value > 65_535) bytes.writeUInt32LE(value, bytes.length + place);
  else bytes.writeUInt16LE(value, bytes.length + place);
  return bytes;
}
