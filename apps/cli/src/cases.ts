import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { stockholmDay, instant } from '#libs/kernel';
import { caseA, caseAToAgreement, caseB, caseD, caseE, inOrder, KeptLists, play, type ListsToKeep, type Stage, type Step } from '#libs/samples';

interface Case {
  readonly steps: readonly Step[];
  /** Kept at the end of each day of the case, and compared with what `asOf` says of it at the end. */
  readonly lists?: ListsToKeep;
}

const LISTS = [
  '/obligations?limit=200',
  '/audits?limit=200',
  '/referrals?limit=200',
  '/recommendations?limit=200',
  '/replies?limit=200',
  '/actions?limit=200',
  '/meetings?limit=200',
  '/decisions?limit=200',
  '/deadlines?limit=200',
  '/units?limit=200',
  '/successions?limit=200',
  '/counts?limit=200',
] as const;

const CASES: ReadonlyMap<string, Case> = new Map([
  // through to the agreement that the promises of the reply led to, so that the whole chain can be walked
  ['A', { steps: inOrder(caseA, caseB, caseAToAgreement), lists: { as: 'stockholm-overseer', paths: LISTS } }],
  ['B', { steps: caseB, lists: { as: 'stockholm-overseer', paths: [...LISTS, '/agreements?limit=200', '/responsibilities/rules?limit=200'] } }],
  ['D', { steps: caseD, lists: { as: 'tyreso-overseer', paths: LISTS } }],
  ['E', { steps: caseE }],
]);
const MAIN = join(import.meta.dirname, '../../standalone/src/main.js');
const ADDRESS = /http:\/\/127\.0\.0\.1:\d+/;

/** An instance of its own, on a test clock, in a folder that goes with it. */
const freshInstance = async (clock: string): Promise<{ readonly address: string; stop(): Promise<void> }> => {
  const data = await mkdtemp(join(tmpdir(), 'uppsikt-case-'));
  await chmod(data, 0o755); // the database's own user must get in where root runs this
  const child = spawn(process.execPath, ['--enable-source-maps', MAIN, '--test-clock', clock], {
    // on a server of events that others use too, a log of its own
    env: {
      EVENTSTORE_LOG_NAME: `case${randomBytes(8).toString('hex')}`,
      ...process.env,
      UPPSIKT_DATA: data,
      ERASURE_LEDGER: join(data, 'erasures'),
      PORT: '0',
      SMTP_URL: '',
    },
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

/** An instance that serves there, as a case is played on it. */
export const overHttp = (address: string): Stage => {
  const request: Stage['request'] = async (method, path, headers, body) => {
    const answer = await fetch(address + path, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: Buffer.isBuffer(body) ? body : JSON.stringify(body) }),
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
  const played = CASES.get(name);
  const [first] = played?.steps ?? [];
  if (!played || !first) throw new RangeError(`There is no case ${name}; there are ${[...CASES.keys()].join(', ')}.`);
  const { steps, lists } = played;
  const instance = await freshInstance(first.at);
  const stage = overHttp(instance.address);
  const kept = lists && new KeptLists(stage, lists);
  let equal = 0;
  let asTheyWere = true;
  try {
    for await (const { step, status, differences } of play(steps, stage)) {
      const same = differences.length === 0;
      if (same) equal++;
      print(`${same ? 'equal ' : 'DIFFERS'} ${step.at}  ${step.says}`);
      print(`        ${step.as}: ${step.call} -> expected ${step.expect.status}, got ${status}`);
      for (const line of differences) print(`        ${line}`);
      if (isLastOfDay(steps, step)) await kept?.keep(step.at);
    }
    if (kept) {
      const { compared, days, differences } = await kept.compare();
      for (const line of differences) print(`DIFFERS ${line}`);
      print(`asOf: ${compared - differences.length} of ${compared} lists of ${days} days are as they were.`);
      asTheyWere = differences.length === 0;
    }
  } finally {
    await instance.stop();
  }
  print(`Case ${name}: ${equal} of ${steps.length} steps equal.`);
  return equal === steps.length && asTheyWere;
};

const dayOf = (step: Step | undefined) => step && stockholmDay(instant(step.at));
const isLastOfDay = (steps: readonly Step[], step: Step): boolean => dayOf(steps[steps.indexOf(step) + 1]) !== dayOf(step);
