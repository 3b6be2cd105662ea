import type { Command } from 'commander';
import { newKeyFile } from '#libs/vault';

/** `uppsikt make-key`: the secret that seals personal parts, for a first start of the server profile. */
export const makeKey = (program: Command): void =>
  void program
    .command('make-key <file>')
    .description('makes a new key file, which KEY_FILE then names; one that is there stays as it is')
    .action(async (file: string) => {
      await newKeyFile(file);
      process.stdout.write(`The key file ${file} is made. Keep a copy apart from every backup: without it nobody can read the personal parts.\n`);
    });
