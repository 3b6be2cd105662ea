import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Command } from 'commander';

type Environment = Readonly<Record<string, string>>;

const root = join(import.meta.dirname, '../../..');

/** One command in this process, with these settings. */
export const command = async (adds: (program: Command) => void, argv: readonly string[], env: Environment): Promise<void> => {
  const program = new Command('uppsikt').exitOverride();
  adds(program);
  const before = { ...process.env };
  Object.assign(process.env, env);
  try {
    await program.parseAsync(argv, { from: 'user' }); // the settings are read before it first waits
  } finally {
    process.env = before;
  }
};

/** The whole `uppsikt` in a process of its own: how it ends, and what it says of what went wrong. */
export const uppsikt = async (argv: readonly string[], env: Environment): Promise<{ readonly code: number; readonly said: string }> => {
  const typescript = ['--conditions=uppsikt-source', '--import', join(root, 'scripts/typescript.mjs')];
  const run = promisify(execFile)(process.execPath, [...typescript, join(root, 'apps/cli/src/main.ts'), ...argv], {
    cwd: root,
    env: { PATH: process.env.PATH, ...env },
  });
  return run.then(
    ({ stderr }) => ({ code: 0, said: stderr }),
    ({ code, stderr }: { code: number; stderr: string }) => ({ code, said: stderr }),
  );
};
