import type { Victims } from './instance-process.js';
import type { Random } from './random.js';

/** At what the kill of a round is aimed. */
export const AIMS = ['load', 'answer', 'replacement', 'step', 'start'] as const;
export type Aim = (typeof AIMS)[number];
/** How often each comes, in turn. */
export const MIXED: readonly Aim[] = ['load', 'replacement', 'answer', 'step', 'load', 'start', 'replacement', 'answer', 'step', 'load'];

/** How one round goes, and how it ends. */
export interface Strike {
  /**
   * `load`: some time while commands are under way; `answer`: right after one was acknowledged; `replacement`: when the first of the two
   * streams of a replacement was; `step`: while the clock is stepped; `start`: while the instance starts.
   */
  readonly aim: Aim;
  readonly victims: Victims;
  /** Milliseconds from what it is aimed at. */
  readonly afterMs: number;
  /** How long PostgreSQL outlives the process, or the process PostgreSQL. */
  readonly gapMs: number;
  /** How long the round goes on before something is aimed at. */
  readonly loadMs: number;
}

const AFTER_MS: Readonly<Record<Aim, number>> = { load: 0, answer: 2, replacement: 3, step: 500, start: 3_000 };

const GAP_MS = 50;

/** The n-th strike, at one after the other: every second one takes PostgreSQL along, and of each aim in the long run as well. */
export const strikeOf = (nth: number, random: Random, aims: readonly Aim[]): Strike => {
  const aim = aims[nth % aims.length] ?? 'load';
  const withPostgres = (nth + Math.floor(nth / aims.length)) % 2 === 0;
  const together = random.chance(0.5) ? 'process-then-postgres' : 'postgres-then-process';
  return {
    aim,
    victims: withPostgres ? together : 'process',
    afterMs: random.between(0, AFTER_MS[aim]),
    gapMs: random.chance(0.5) ? 0 : random.between(1, GAP_MS),
    loadMs: random.between(400, 2_200),
  };
};
