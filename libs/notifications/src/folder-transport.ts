import { randomUUID } from 'node:crypto';
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Delivery, MailTransport, OutgoingMail } from './mail-transport.js';
import { message } from './message.js';

/**
 * Mail into a folder: one `.eml` (RFC 5322) per Message-ID. It is written beside, fsynced and renamed, so that nobody reads half
 * a mail; the same mail again takes the place of the first.
 */
export const folderTransport = (folder: string): MailTransport => {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    send: async (mail: OutgoingMail): Promise<Delivery> => {
      const composed = await composer.sendMail(message(mail));
      await mkdir(folder, { recursive: true });
      await put(folder, `${mail.messageId}.eml`, composed.message as Buffer);
      return { outcome: 'accepted', code: 250, addressed: mail.to.length, refused: 0 };
    },
  };
};

const put = async (folder: string, name: string, bytes: Uint8Array): Promise<void> => {
  const beside = join(folder, `.${name}.${randomUUID()}`); // two processes may write the same mail
  await using file = await open(beside, 'w');
  await file.writeFile(bytes);
  await file.sync();
  await rename(beside, join(folder, name));
  await using directory = await open(folder);
  await directory.sync(); // the name is durable only with its folder
};
