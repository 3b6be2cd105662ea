import type { Findings } from './findings.js';

/** What is looked at. */
export type CheckName = 'restore' | 'log' | 'vault' | 'documents' | 'erasures' | 'reactions' | 'views' | 'queue';

/** What one check counted, and what it found. */
export interface Checked {
  readonly name: CheckName;
  /** In one sentence, for people. */
  readonly counted: string;
  readonly numbers: Readonly<Record<string, number | string>>;
  /** What is not as it must be. */
  readonly deviations: Findings;
  /** What an operator should know though nothing is wrong. */
  readonly notes: readonly string[];
}

/** Whether all of them found nothing amiss. */
export const isSound = (checks: readonly Checked[]): boolean => checks.every(({ deviations }) => deviations.count === 0);
