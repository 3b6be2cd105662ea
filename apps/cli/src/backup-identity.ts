import { open } from 'node:fs/promises';
import type { Command } from 'commander';
import { BackupRefused, newIdentity } from '#libs/backup';

/** `uppsikt backup-identity`: what opens backups, for those who have no `age-keygen` at hand. */
export const backupIdentity = (program: Command): void =>
  void program
    .command('backup-identity <file>')
    .description('makes the identity that opens backups, in a file as age-keygen makes it, and tells the recipient to make them for')
    .action(async (path: string) => {
      const { identity, recipient } = await newIdentity();
      await using file = await open(path, 'wx', 0o600).catch((error: NodeJS.ErrnoException) =>
        Promise.reject(
          new BackupRefused(
            error.code === 'EEXIST'
              ? `There is a file ${path} already; it stays as it is, since another identity opens none of its backups.`
              : `The identity ${path} cannot be made (${error.code}).`,
          ),
        ),
      );
      await file.writeFile(`# public key: ${recipient}\n${identity}\n`);
      await file.sync();
      process.stdout.write(`${recipient}\n`);
    });
