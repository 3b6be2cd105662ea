import '../../api/src/process/require-node.js';
import { Command } from 'commander';
import { backup } from './backup.js';
import { backupIdentity } from './backup-identity.js';
import { playCase } from './cases.js';
import { copyLog } from './copy-log.js';
import { doctor } from './doctor.js';
import { makeKey } from './make-key.js';
import { migrate } from './migrate.js';
import { prepare } from './prepare.js';
import { registerMunicipality } from './register-municipality.js';
import { restore } from './restore.js';

const program = new Command('uppsikt').description('For operators and auditors of Uppsikt.').showHelpAfterError().exitOverride();

program
  .command('cases <name>')
  .description('plays a case of the city on an instance of its own, and compares what comes of it with what should')
  .action(async (name: string) => {
    process.exitCode = (await playCase(name.toUpperCase(), (line) => void process.stdout.write(`${line}\n`))) ? 0 : 1;
  });

prepare(program);
migrate(program);
makeKey(program);
copyLog(program);
backup(program);
backupIdentity(program);
restore(program);
doctor(program);
registerMunicipality(program);

try {
  await program.parseAsync();
} catch (error) {
  const { exitCode, code, message } = error as { exitCode?: number; code?: string; message: string };
  if (code?.startsWith('commander.')) process.exitCode = exitCode === 0 ? 0 : 2;
  else {
    process.stderr.write(`${message}\n`);
    process.exitCode = error instanceof RangeError ? 2 : 1;
  }
}
