import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

/** A process of a bench, and where it serves. */
export interface Started {
  readonly child: ChildProcess;
  readonly address: string;
}

const ADDRESS = /http:\/\/127\.0\.0\.1:\d+/;

/** Starts a file of the sources with the flags that the product is started with; resolves when it says its address. */
export const started = async (file: string, env: Readonly<Record<string, string>>): Promise<Started> => {
  const child = spawn(process.execPath, ['--max-semi-space-size=32', '--conditions=uppsikt-source', '--import', './scripts/typescript.mjs', file], {
    env: { ...process.env, LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const [address] = ADDRESS.exec(line) ?? [];
    if (address !== undefined) return { child, address };
  }
  throw new Error(`${file} ended before it was ready.`);
};

export const stopped = async ({ child }: Started): Promise<void> => {
  child.kill('SIGTERM');
  await once(child, 'exit');
};

/** Resolves when a process says that it can serve. */
export const ready = async ({ address }: Started): Promise<void> => {
  while (!(await fetch(`${address}/health/ready`)).ok) await pause(100);
};

/** Resident memory of a process, in MiB, by its own account. */
export const memoryOf = async ({ address }: Started): Promise<number> => {
  const [, bytes] = /^process_resident_memory_bytes(?:\{[^}]*\})? (\S+)$/m.exec(await (await fetch(`${address}/metrics`)).text()) ?? [];
  return Number(bytes) / 1_048_576;
};
