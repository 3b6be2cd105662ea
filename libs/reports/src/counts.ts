import type { RegisterThen } from './register-then.js';

/**
 * What a board has been recommended, by where it stands (domain §3.2.6). *Received* is *implemented* and *open*, always: the judgement of the
 * auditors moves an obligation between the two only where it reopens it, so that one judged *met* or *no longer relevant* stays where the board
 * left it. What the auditors have withdrawn is none of it, and told beside.
 */
export interface Counts {
  readonly received: number;
  readonly implemented: number;
  readonly open: number;
  /** Of the open: the current promised day of an action has passed. */
  readonly pastPromisedDay: number;
  /** Of the open: the last day has passed. */
  readonly pastLastDay: number;
  /** Of the open: none of its actions has a day. */
  readonly undated: number;
  /** Of the open: the auditors have judged them met or no longer relevant, and the board has not decided yet. */
  readonly settled: number;
  /** Withdrawn by the auditors: in no other count. */
  readonly withdrawn: number;
}

/** Counts of what was first given to one unit, or allotted to it, whoever holds it now. */
export interface CountsOfUnit extends Counts {
  readonly unit: string;
}

const NOTHING: Counts = { received: 0, implemented: 0, open: 0, pastPromisedDay: 0, pastLastDay: 0, undated: 0, settled: 0, withdrawn: 0 };

/** Two counts as one. */
const together = (one: Counts, other: Counts): Counts => ({
  received: one.received + other.received,
  implemented: one.implemented + other.implemented,
  open: one.open + other.open,
  pastPromisedDay: one.pastPromisedDay + other.pastPromisedDay,
  pastLastDay: one.pastLastDay + other.pastLastDay,
  undated: one.undated + other.undated,
  settled: one.settled + other.settled,
  withdrawn: one.withdrawn + other.withdrawn,
});

/** All of them as one. */
export const sum = (all: readonly Counts[]): Counts => all.reduce(together, NOTHING);

/** Counts by who holds what on the day: every board that is there, and whoever else holds something. */
export const byHolder = (counted: readonly CountsOfUnit[], { register, units, on }: RegisterThen): ReadonlyMap<string, Counts> => {
  const held = new Map<string, Counts>();
  for (const unit of units) if (register.isBoard(unit) && register.existsOn(unit, on)) held.set(unit, NOTHING);
  for (const { unit, ...counts } of counted) {
    const holder = register.holderOn(unit, on);
    held.set(holder, together(held.get(holder) ?? NOTHING, counts));
  }
  return held;
};
