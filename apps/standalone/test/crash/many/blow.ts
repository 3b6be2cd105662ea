import { setTimeout as pause } from 'node:timers/promises';
import type { RedisServer } from '#libs/test-servers';
import type { Random } from '../random.js';
import type { ManyRun, Member } from './many-run.js';
import type { Ending } from './postgres-server.js';
import type { Mishap } from './run-log.js';

/** What a round strikes, all at about the same time. */
export interface Blow {
  readonly apis: number;
  readonly workers: number;
  readonly postgres?: Ending;
  readonly redis?: true;
  /** Only where the log is an EventStoreDB. */
  readonly log?: Mishap;
}

/** In turn: each kind of process, the database ended politely and not, the queue's store emptied; alone and together. */
export const BLOWS: readonly Blow[] = [
  { apis: 0, workers: 1 },
  { apis: 0, workers: 0, postgres: 'fast' },
  { apis: 1, workers: 0 },
  { apis: 0, workers: 0, redis: true },
  { apis: 0, workers: 0, postgres: 'immediate' },
  { apis: 1, workers: 1 },
  { apis: 0, workers: 1, redis: true },
  { apis: 0, workers: 2 },
  { apis: 0, workers: 1, postgres: 'immediate' },
  { apis: 1, workers: 0, postgres: 'fast', redis: true },
];

/** What befalls an EventStoreDB is struck in turn with the rest. */
export const LOG_BLOWS: readonly Blow[] = [
  { apis: 0, workers: 0, log: 'cut' },
  { apis: 0, workers: 0, log: 'away' },
  { apis: 0, workers: 0, log: 'half-open' },
  { apis: 0, workers: 0, log: 'paused' },
  { apis: 1, workers: 1, log: 'away' },
  { apis: 0, workers: 0, log: 'cut', postgres: 'immediate' },
];

const GAP_MS = 60;
/** So long the log is away: less than everybody's patience with it, or more than one call's. */
const AWAY_MS = [500, 5_000] as const;

/** Strikes while clients work, and starts again what was struck. */
export const strike = async (run: ManyRun, { apis, workers, postgres, redis, log }: Blow, random: Random): Promise<void> => {
  const gap = () => (random.chance(0.5) ? Promise.resolve() : pause(random.between(1, GAP_MS)));
  const victims = [...chosen(run, 'api', apis, random), ...chosen(run, 'worker', workers, random)];
  const kills = victims.map(async (victim) => {
    await gap();
    victim.process.signal('SIGKILL');
    await victim.process.exitCode;
  });
  await Promise.all([
    ...kills,
    postgres && gap().then(() => run.postgres.restart(postgres)),
    log && gap().then(() => run.log.befall?.(log, random.between(...AWAY_MS))),
    redis && gap().then(() => emptied(run.redis)),
  ]);
  await Promise.all(victims.map((victim) => run.restart(victim)));
};

/** It keeps nothing on disk. */
const emptied = async (redis: RedisServer): Promise<void> => {
  await redis.kill();
  await redis.start();
};

const chosen = (run: ManyRun, kind: Member['kind'], count: number, random: Random): readonly Member[] => {
  const all = run.members.filter((member) => member.kind === kind);
  const from = random.between(0, all.length - 1);
  return Array.from({ length: count }, (_, nth) => all[(from + nth) % all.length]).filter((member) => member !== undefined);
};
