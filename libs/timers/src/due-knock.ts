import { derivedId } from '#libs/kernel';
import type { NextKnock } from './knock.js';

/** A knock that is to come: at which stream of which tenant, for what, and when. It holds ids, codes and numbers alone. */
export interface DueKnock extends NextKnock {
  readonly tenant: string;
  /** First part of the owner's stream: `order`. */
  readonly stream: string;
  /** The owner's id. */
  readonly owner: string;
  readonly deadline: string;
  readonly generation: number;
  /** The unit whose roles are reminded. */
  readonly unit: string;
  /** The event that set or moved the deadline, and the chain that this belongs to. */
  readonly caus: string;
  readonly corr: string;
}

/** The same knock is the same command, whoever sends it: one that has recorded something has no second effect. */
export const commandIdOf = ({ deadline, generation, rung, occurrence }: DueKnock): string => derivedId(deadline, generation, rung, occurrence);
