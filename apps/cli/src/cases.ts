import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { caseE, play, type Stage, type Step } from '#libs/samples';

const CASES: ReadonlyMap<string, readonly Step[]> = new Map([['E', caseE]]);
const MAIN = join(import.meta.dirname, '../../standalone/src/main.js');
const ADDRESS = /http:\/\/127\.0\.0\.1:\d+/;

/** An instance of its own, on a test clock, in a folder that goes with it. */
const freshInstance = async (clock: string): Promise<{ readonly address: string; stop(): Promise<void> }> => {
  const data = await mkdtemp(join(tmpdir(), 'uppsikt-case-'));
  await chmod(data, 0o755); // the database's own user must get in where root runs this
  const child = spawn(process.execPath, ['--enable-source-maps', MAIN, '--test-clock', clock], {
    env: { ...process.env, UPPSIKT_DATA: data, PORT: '0', SMTP_URL: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(data, { recursive: true, force: true });
  };
  try {
    return { address: await addressOf(child), stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

const addressOf = async ({ stdout }: ChildProcess): Promise<string> => {
  if (stdout) for await (const line of createInterface({ input: stdout })) if (ADDRESS.test(line)) return ADDRESS.exec(line)?.[0] ?? '';
  throw new Error('The instance ended before it was ready.');
};

const overHttp = (address: string): Stage => {
  const request: Stage['request'] = async (method, path, headers, body) => {
    const answer = await fetch(address + path, {
      method,
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
  };
  const step: Stage['step'] = async (to) => {
    const { status, body } = await request('POST', '/dev/clock', {}, { now: to });
    if (status !== 200) throw new Error(`The clock could not be stepped to ${to}: ${JSON.stringify(body)}`);
  };
  return { request, step };
};

/**
 * Plays a case over HTTP on an instance of its own, and prints each step with what was expected and got.
 * @returns whether everything was as expected
 */
export const playCase = async (name: string, print: (line: string) => void): Promise<boolean> => {
  const steps = CASES.get(name);
  const [first] = steps ?? [];
  if (!steps || !first) throw new RangeError(`There is no case ${name}; there are ${[...CASES.keys()].join(', ')}.`);
  const instance = await freshInstance(first.at);
  let equal = 0;
  try {
    for await (const { step, status, differences } of play(steps, overHttp(instance.address))) {
      const same = differences.length === 0;
      if (same) equal++;
      print(`${same ? 'equal ' : 'DIFFERS'} ${step.at}  ${step.says}`);
      print(`        ${step.as}: ${step.call} -> expected ${step.expect.status}, got ${status}`);
      for (const line of differences) print(`        ${line}`);
    }
  } finally {
    await instance.stop();
  }
  print(`Case ${name}: ${equal} of ${steps.length} steps equal.`);
  return equal === steps.length;
};
