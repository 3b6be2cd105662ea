import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

/** A process of the server profile, as an operator starts it. */
export interface ServerProcess {
  readonly pid: number;
  /** Where it serves. */
  readonly address: string;
  /** Everything it said, also what it complained of. */
  readonly said: () => string;
  readonly exitCode: Promise<number | null>;
  readonly isOver: () => boolean;
  /** Resolves when it says that it can serve. */
  ready(): Promise<void>;
  /** SIGTERM. @returns its exit code */
  stop(): Promise<number | null>;
  /** SIGKILL, or SIGSTOP and SIGCONT. */
  signal(name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void;
}

const ADDRESS = /http:\/\/127\.0\.0\.1:\d+/;
const running = new Set<ServerProcess>();

const isReady = (address: string): Promise<boolean> =>
  fetch(`${address}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );

/**
 * Starts a built main.
 * @throws Error with what it said, where it ends before it serves
 */
export const startProcess = async (main: string, env: Readonly<Record<string, string>>, args: readonly string[] = []): Promise<ServerProcess> => {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, ['--enable-source-maps', main, ...args], { env: { PATH, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const exitCode = once(child, 'close').then(([code]: unknown[]) => code as number | null);
  let text = '';
  const serving = Promise.withResolvers<string>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (more: string) => {
      text += more;
      const [address] = ADDRESS.exec(text) ?? [];
      if (address !== undefined) serving.resolve(address);
    });
  }
  void exitCode.then((code) => serving.reject(new Error(`${main} ended with ${code} before it served: ${text}`)));
  const address = await serving.promise;
  const isOver = () => child.exitCode !== null || child.signalCode !== null;
  const one: ServerProcess = {
    pid: child.pid ?? 0,
    address,
    said: () => text,
    exitCode,
    isOver,
    ready: async () => {
      while (!(await isReady(address))) {
        if (isOver()) throw new Error(`${main} ended before it was ready: ${text}`);
        await pause(50);
      }
    },
    stop: () => {
      child.kill('SIGTERM');
      return exitCode;
    },
    signal: (name) => void child.kill(name),
  };
  running.add(one);
  void exitCode.then(() => running.delete(one));
  return one;
};

/** Kills what a test has left running. */
export const killProcesses = async (): Promise<void> => {
  const left = [...running];
  for (const one of left) one.signal('SIGKILL');
  await Promise.all(left.map(({ exitCode }) => exitCode));
};
