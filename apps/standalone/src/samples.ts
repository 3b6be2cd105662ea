import { open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Commands, SYSTEM_ROLE } from '#libs/commands';
import { START, type EventLog } from '#libs/event-log';
import { derivedId, instant, type Instant } from '#libs/kernel';
import { caseA, caseAToAgreement, caseB, caseD, caseE, inOrder, municipalities, play, registrations, sampleId, type Stage } from '#libs/samples';
import type { Worker } from '../../worker/src/worker.js';
import type { StandaloneClock } from './standalone-clock.js';

/** What the sample cases are played on. */
export interface SampleStage {
  readonly data: string;
  readonly clock: StandaloneClock;
  readonly worker: Worker;
  readonly app: NestFastifyApplication;
  /** Aborted when the instance is to end before they are loaded. */
  readonly signal: AbortSignal;
}

/** When the sample municipalities are registered, before any case begins. */
export const SAMPLES_BEGIN = instant('2020-01-02T08:00:00+01:00');

/**
 * Whether samples are to be loaded: into an empty log only, or to its end where an earlier start was broken off in the middle of it.
 * Every command of theirs has an id that is always the same, so that nothing is done twice.
 */
export const wantsSamples = async (data: string, log: EventLog): Promise<boolean> => (await log.head()) === START || (await isBrokenOff(data));

/** Says in the data folder, durably, that samples are being loaded. */
const markOf = (data: string) => join(data, 'samples-are-being-loaded');
export const isBrokenOff = (data: string): Promise<boolean> =>
  stat(markOf(data)).then(
    () => true,
    () => false,
  );

/**
 * Registers the sample municipalities and plays the cases, on a clock that is stepped. Their reminders are real facts; their mail goes to the outbox.
 * @param until the moment to which the clock goes on after the cases; where left out, nothing is played
 * @throws the signal's reason
 */
export const loadSamples = async (stage: SampleStage, until?: Instant): Promise<void> => {
  const { data, app, worker, clock, signal } = stage;
  await mark(data);
  await register(app.get(Commands), clock);
  await worker.settle();
  if (until !== undefined) {
    const steps = inOrder(caseA, caseB, caseAToAgreement, caseD, caseE).filter(({ call, expect }) => !call.startsWith('GET ') && expect.status < 300);
    for await (const { step, differences } of play(steps, inProcess(stage))) {
      if (differences.length > 0) throw new Error(`The sample "${step.says}" went wrong: ${differences.join('; ')}`);
      signal.throwIfAborted();
    }
    await worker.step(clock, until);
  }
  await rm(markOf(data));
};

const mark = async (data: string): Promise<void> => {
  await using file = await open(markOf(data), 'w');
  await file.sync();
  if (process.platform === 'win32') return; // which cannot open a folder
  await using folder = await open(data);
  await folder.sync(); // the name is durable only with its folder
};

const register = async (commands: Commands, clock: StandaloneClock): Promise<void> => {
  for (const municipality of municipalities) {
    const { tenant, units } = municipality;
    const by = { actor: 'samples', role: SYSTEM_ROLE, unit: sampleId('unit', units[0]?.key ?? '') };
    for (const [index, command] of registrations(municipality).entries()) {
      const commandId = derivedId('sample', tenant, index);
      await commands.send(command, { tenant, by, commandId, corr: commandId.replaceAll('-', ''), now: clock.now() });
    }
  }
};

/** The app's own routes, without a network in between: the instance does not listen yet. */
const inProcess = ({ app, worker, clock }: SampleStage): Stage => ({
  step: (to) => worker.step(clock, to),
  request: async (method, path, headers, body) => {
    const answer = await app.inject({ method: method as 'POST', url: path, headers, ...(body !== undefined && { payload: body as object }) });
    return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() };
  },
});
