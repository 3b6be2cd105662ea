import type { Command } from 'commander';
import { assertOpens, BackupDamaged, isSound, linesOf, passphraseIn, RESTORE, restore as bringBack, type Opener, type Restored } from '#libs/backup';
import { keeping } from '../../api/src/stores.js';
import { asJson, examineHouse, saysExamined } from './examine-house.js';
import { NOT_SOUND } from './not-sound.js';
import { openHouse } from './open-house.js';
import { progressLine } from './progress-line.js';

interface Asked {
  readonly identityFile?: string;
  readonly passphraseFile?: string;
  /** `--without-ledger` */
  readonly withoutLedger?: boolean;
  readonly json?: boolean;
}

/** `uppsikt restore`: a backup onto an empty machine, and whether everything is there. */
export const restore = (program: Command): void =>
  void program
    .command('restore <backup>')
    .description('restores a backup into an empty database, log and store of documents, and examines what came of it (settings as for backup)')
    .option('--identity-file <file>', 'the identity that opens it, as age-keygen or backup-identity made it')
    .option('--passphrase-file <file>', 'opens it by the first line of this file')
    .option('--without-ledger', 'the ledger of erasures is lost: who was erased after the backup comes back')
    .option('--json', 'tells what came of it as JSON')
    .action(async (from: string, asked: Asked) => {
      try {
        await bring(from, asked);
      } catch (error) {
        if (!(error instanceof BackupDamaged)) throw error;
        process.stderr.write(`${error.message}\n`);
        process.exitCode = NOT_SOUND;
      }
    });

const bring = async (from: string, asked: Asked): Promise<void> => {
  const opener = await openerOf(asked);
  await assertOpens(from, opener); // before anything is made for it
  await using opened = new AsyncDisposableStack();
  const house = await openHouse(keeping(opened), process.env, { name: RESTORE, empty: true });
  const line = progressLine(process.stderr);
  const options = { from, opener, withoutLedger: asked.withoutLedger ?? false, progress: line.show };
  const restored = await bringBack(house, options).finally(() => line.clear());
  const checks = await examineHouse(house, line.show).finally(() => line.clear());
  const told = asked.json ? JSON.stringify({ ...inShort(restored), log: house.log.id, ...asJson(checks) }) : asText(restored) + saysExamined(checks);
  process.stdout.write(`${told.trimEnd()}\n`);
  if (!isSound(checks)) process.exitCode = NOT_SOUND;
};

const openerOf = async ({ identityFile, passphraseFile }: Asked): Promise<Opener> => ({
  identities: identityFile === undefined ? [] : await linesOf(identityFile),
  passphrase: passphraseFile === undefined ? undefined : await passphraseIn(passphraseFile),
});

const inShort = ({ opening, closing, put, keptErased }: Restored) => ({
  backup: opening.backup,
  madeAt: opening.madeAt,
  entries: closing.sections.log.items,
  put,
  keptErased,
  lacking: closing.lacking,
});

const asText = (restored: Restored): string => {
  const { backup, madeAt, entries, put, keptErased, lacking } = inShort(restored);
  return [
    `The backup ${backup} of ${madeAt} is restored: ${entries} entries, ${put} of them put there now.`,
    ...(keptErased > 0 ? [`${keptErased} cases were erased after the backup was made, and nothing of what was said of persons in them came back.`] : []),
    ...(lacking > 0 ? [`When the backup was made, ${lacking} things that the log names were not there to be kept.`] : []),
    'Positions and cursors that were given out before are refused; the views are built when a worker is next started.',
    '',
  ].join('\n');
};
