import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { instant } from '#libs/kernel';
import { folderTransport } from './folder-transport.js';
import type { OutgoingMail } from './mail-transport.js';

const mail: OutgoingMail = {
  messageId: '11111111-1111-4111-8111-111111111111@stockholm.uppsikt',
  from: 'Uppsikt <uppsikt@stockholm.example>',
  to: [{ name: 'Åsa Öberg', address: 'asa@stockholm.example' }],
  subject: 'Genomförandeplan väntas',
  text: 'Väntas fredag 16 oktober.',
  html: '<p>Väntas.</p>',
  languages: ['sv'],
  issuedAt: instant('2020-10-09T06:00:00.000Z'),
};
const file = `${mail.messageId}.eml`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'uppsikt-outbox-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a mail becomes one file, named by its Message-ID', async () => {
  expect(await folderTransport(join(folder, 'outbox')).send(mail)).toEqual({ outcome: 'accepted', code: 250, addressed: 1, refused: 0 });
  expect(await readdir(join(folder, 'outbox'))).toEqual([file]);
  const eml = await readFile(join(folder, 'outbox', file), 'utf8');
  expect(eml).toContain(`Message-ID: <${mail.messageId}>\r\n`);
  expect(eml).toContain('To: =?UTF-8?');
  expect(eml).toContain('<asa@stockholm.example>');
});

test('the same mail again takes the place of the first, and nothing else is left', async () => {
  const transport = folderTransport(folder);
  await transport.send(mail);
  await transport.send({ ...mail, to: [{ name: 'Bo Ek', address: 'bo@stockholm.example' }] });
  expect(await readdir(folder)).toEqual([file]);
  expect(await readFile(join(folder, file), 'utf8')).toContain('<bo@stockholm.example>');
});

test('two at once leave one whole mail', async () => {
  const transport = folderTransport(folder);
  await Promise.all(Array.from({ length: 8 }, () => transport.send(mail)));
  expect(await readdir(folder)).toEqual([file]);
  expect(await readFile(join(folder, file), 'utf8')).toMatch(/--\r\n$/);
});

test('a folder that cannot be written to is no accepted mail', async () => {
  await expect(folderTransport('/dev/null/outbox').send(mail)).rejects.toThrow(/ENOTDIR/);
});
