import type { Command } from 'commander';
import { isSound } from '#libs/backup';
import { keeping } from '../../api/src/stores.js';
import { asJson, examineHouse, saysExamined } from './examine-house.js';
import { interruptible } from './interrupted.js';
import { NOT_SOUND } from './not-sound.js';
import { openHouse } from './open-house.js';
import { progressLine } from './progress-line.js';

/** `uppsikt doctor`: whether everything that is kept is there and hangs together, and what is made of it is what it should be. */
export const doctor = (program: Command): void =>
  void program
    .command('doctor')
    .description(
      'examines log, vault, documents, erasures, reactions, views and queue, while everything runs, and changes nothing (settings as for the worker, and MIGRATE_DATABASE_URL)',
    )
    .option('--json', 'tells what was found as JSON')
    .action(async ({ json = false }: { json?: boolean }) => {
      await using opened = new AsyncDisposableStack();
      const house = await openHouse(keeping(opened), process.env, { name: 'uppsikt doctor' });
      const line = progressLine(process.stderr);
      const checks = await interruptible((signal) => examineHouse(house, line.show, signal)).finally(() => line.clear());
      process.stdout.write(json ? `${JSON.stringify(asJson(checks))}\n` : saysExamined(checks));
      if (!isSound(checks)) process.exitCode = NOT_SOUND;
    });
