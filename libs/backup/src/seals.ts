import { readFile } from 'node:fs/promises';
import type { Decrypter, Encrypter } from 'age-encryption';
import { BackupRefused } from './refused.js';

/** For whom a backup is encrypted: recipients, `age1…`, who alone can open it, or a passphrase. */
export interface Seal {
  readonly recipients: readonly string[];
  readonly passphrase?: string | undefined;
}

/** What opens a backup: private identities, `AGE-SECRET-KEY-1…`, or the passphrase. */
export interface Opener {
  readonly identities: readonly string[];
  readonly passphrase?: string | undefined;
}

/** @throws BackupRefused where there is nobody to encrypt for, or a recipient is none */
export const encrypterFor = async ({ recipients, passphrase }: Seal): Promise<Encrypter> => {
  const age = await import('age-encryption'); // only who makes or reads a backup loads it
  const encrypter = new age.Encrypter();
  if (passphrase !== undefined && recipients.length > 0)
    throw new BackupRefused('A backup is encrypted either for recipients or by a passphrase; give one of them.');
  if (passphrase !== undefined) encrypter.setPassphrase(passphrase);
  else if (recipients.length === 0) throw new BackupRefused('Say for whom the backup is encrypted: --recipient age1…, or --passphrase-file.');
  for (const recipient of recipients) {
    try {
      encrypter.addRecipient(recipient);
    } catch (error) {
      throw new BackupRefused(`${JSON.stringify(recipient)} is no recipient; one begins with age1, and "npx uppsikt backup-identity" makes one.`, {
        cause: error,
      });
    }
  }
  return encrypter;
};

/** @throws BackupRefused where nothing is given that could open it */
export const decrypterFor = async ({ identities, passphrase }: Opener): Promise<Decrypter> => {
  const age = await import('age-encryption');
  const decrypter = new age.Decrypter();
  if (passphrase !== undefined) decrypter.addPassphrase(passphrase);
  if (identities.length === 0 && passphrase === undefined) throw new BackupRefused('Say what opens the backup: --identity-file, or --passphrase-file.');
  for (const identity of identities) {
    try {
      decrypter.addIdentity(identity);
    } catch (error) {
      throw new BackupRefused('What the identity file holds is no identity; each begins with AGE-SECRET-KEY-1.', { cause: error }); // never the secret
    }
  }
  return decrypter;
};

/** A new identity and the recipient that belongs to it. The identity opens every backup made for the recipient. */
export const newIdentity = async (): Promise<{ readonly identity: string; readonly recipient: string }> => {
  const age = await import('age-encryption');
  const identity = await age.generateX25519Identity();
  return { identity, recipient: await age.identityToRecipient(identity) };
};

/**
 * The lines of a file of recipients or identities, without comments.
 * @throws BackupRefused
 */
export const linesOf = async (path: string): Promise<readonly string[]> => {
  const lines = (await textOf(path)).split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '' && !line.startsWith('#'));
};

/**
 * The first line of a file.
 * @throws BackupRefused also where it is empty
 */
export const passphraseIn = async (path: string): Promise<string> => {
  const [line = ''] = (await textOf(path)).split('\n');
  const passphrase = line.replace(/\r$/, '');
  if (passphrase === '') throw new BackupRefused(`There is no passphrase in the first line of ${path}.`);
  return passphrase;
};

const textOf = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) =>
    Promise.reject(new BackupRefused(`${path} cannot be read (${error.code}).`, { cause: error })),
  );
