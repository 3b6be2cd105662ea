import type { Text } from '#libs/kernel';

/** A kind of deadline that the product knows: what a rule can be set for. */
export interface DeadlineType {
  /** What people call what is awaited. */
  readonly name: Text;
  /** What people call the deadline having passed without it. */
  readonly missed: Text;
  /** What day 0 is the day of. */
  readonly start: string;
}

/** By code. A domain that awaits something new by a day adds its line here. */
export const DEADLINE_TYPES: ReadonlyMap<string, DeadlineType> = new Map([
  [
    'genomforandeplan',
    { name: { sv: 'Genomförandeplan', en: 'Genomförandeplan' }, missed: { sv: 'Genomförandeplan försenad', en: 'Genomförandeplan late' }, start: 'order-sent' },
  ],
]);
