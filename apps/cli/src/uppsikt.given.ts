import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
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
  const { code, complained } = await running(argv, env).ended;
  return { code, said: complained };
};

/** How a process of `uppsikt` ended: -1 by a signal. */
export interface Ended {
  readonly code: number;
  readonly told: string;
  readonly complained: string;
}

/** The same while it runs. */
export const running = (argv: readonly string[], env: Environment): { readonly child: ChildProcess; readonly ended: Promise<Ended> } => {
  const typescript = ['--conditions=uppsikt-source', '--import', join(root, 'scripts/typescript.mjs')];
  const child = spawn(process.execPath, [...typescript, join(root, 'apps/cli/src/main.ts'), ...argv], {
    cwd: root,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exit = once(child, 'close').then(([code]: unknown[]) => (code as number | null) ?? -1);
  const ended = Promise.all([exit, text(child.stdout), text(child.stderr)]).then(([code, told, complained]) => ({ code, told, complained }));
  return { child, ended };
};
