import { resolve } from 'node:path';
import type { Command } from 'commander';
import { backUp, BackupRefused, linesOf, passphraseIn, SECTIONS, type MadeBackup, type Seal } from '#libs/backup';
import { about } from '../../api/src/about.js';
import { keeping } from '../../api/src/stores.js';
import { isBrokenOff } from '../../standalone/src/samples.js';
import { interruptible } from './interrupted.js';
import { NOT_SOUND } from './not-sound.js';
import { openHouse } from './open-house.js';
import { progressLine } from './progress-line.js';

interface Asked {
  readonly to: string;
  readonly recipient: readonly string[];
  readonly recipientsFile?: string;
  readonly passphraseFile?: string;
  readonly json?: boolean;
}

const collected = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** `uppsikt backup`: log, vault and documents in one encrypted file, while everything runs. */
export const backup = (program: Command): void =>
  void program
    .command('backup')
    .description('puts log, vault and documents into one encrypted file, while everything runs (settings as for the worker, and MIGRATE_DATABASE_URL)')
    .requiredOption('--to <file>', 'the backup that is made; there may be no such file yet')
    .option('--recipient <age1…>', 'who can open it; may be given several times', collected, [])
    .option('--recipients-file <file>', 'the same, a line each')
    .option('--passphrase-file <file>', 'encrypts by the first line of this file instead')
    .option('--json', 'tells what came of it as JSON')
    .action(async (asked: Asked) => {
      const seal = await sealOf(asked);
      await using opened = new AsyncDisposableStack();
      const house = await openHouse(keeping(opened), process.env, { name: 'uppsikt backup' });
      await house.log.assertInUse();
      const { databaseUrl, data } = house.settings;
      if (databaseUrl === undefined && (await isBrokenOff(data)))
        throw new BackupRefused('The sample municipalities are not loaded to their end: wait until it serves.');
      const line = progressLine(process.stderr);
      const release = `${about.name} ${about.version}`;
      const made = await interruptible((signal) => backUp(house, { to: asked.to, seal, release, progress: line.show, signal })).finally(() => line.clear());
      process.stdout.write(asked.json ? `${JSON.stringify(asJson(made, asked.to))}\n` : asText(made, asked.to));
      if (made.lacking.count > 0) process.exitCode = NOT_SOUND;
    });

const sealOf = async ({ recipient, recipientsFile, passphraseFile }: Asked): Promise<Seal> => ({
  recipients: [...recipient, ...(recipientsFile === undefined ? [] : await linesOf(recipientsFile))],
  passphrase: passphraseFile === undefined ? undefined : await passphraseIn(passphraseFile),
});

const itemsOf = ({ closing }: MadeBackup) => Object.fromEntries(SECTIONS.map((section) => [section, closing.sections[section].items]));

const asJson = (made: MadeBackup, to: string) => {
  const { backup: id, madeAt, log, ledger } = made.opening;
  const lacking = { count: made.lacking.count, named: made.lacking.named };
  return { backup: id, file: resolve(to), bytes: made.size, madeAt, log: { id: log.id, head: log.head }, ledger, items: itemsOf(made), lacking };
};

const asText = (made: MadeBackup, to: string): string => {
  const { log, parts, keys, documents } = itemsOf(made);
  const { count, named } = made.lacking;
  return [
    `The backup ${made.opening.backup} is in ${resolve(to)}, ${made.size} bytes: ${log} entries, ${parts} personal parts, ${keys} keys and ${documents} documents.`,
    ...(count > 0 ? [`${count} things that the log names were not there to be kept:`, ...named.map((line) => `  ${line}`)] : []),
    'Keep apart from it, and from each other: the key file, what opens the backup, and the ledger of erasures. The backup holds none of them.',
    '',
  ].join('\n');
};
