import { isAfter, isBefore, type Day } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import type { Match } from './rule-fields.js';

/** The fields that rules are matched by, in the order in which they are shown and looked up. */
export const MATCH_FIELDS = ['provisionForm', 'service', 'operatingBoard', 'operatingUnit', 'contractingBoard', 'grantingBoard'] as const;
export type MatchField = (typeof MATCH_FIELDS)[number];
/** Those of them that name a board or unit, which another may have succeeded. */
const HELD: ReadonlySet<MatchField> = new Set(['operatingBoard', 'operatingUnit', 'contractingBoard', 'grantingBoard']);

/** A value in each field, or none: what a question says, and what a rule matches by once it is asked who holds what. */
export type Values = Readonly<Partial<Record<MatchField, string>>>;

/** Later than any day of the product: nothing ends after it. */
export const LAST_DAY = '2199-12-31' as Day;

/** Who holds what was given to a board or unit, on a day. */
export type Holders = (boardOrUnit: string, on: Day) => string;

/** For so many days what was found is kept. */
const MAX_DAYS = 1_000;

/** The register's own, each asked once: one decision may hold ten thousand rules against each other. */
export const holdersOf = ({ holderOn }: Pick<Register, 'holderOn'>): Holders => {
  const known = new Map<Day, Map<string, string>>();
  const ofDay = (on: Day): Map<string, string> => {
    const kept = known.get(on);
    if (kept) return kept;
    if (known.size >= MAX_DAYS) known.clear();
    const fresh = new Map<string, string>();
    known.set(on, fresh);
    return fresh;
  };
  return (id, on) => {
    const holders = ofDay(on);
    const holder = holders.get(id) ?? holderOn(id, on);
    holders.set(id, holder);
    return holder;
  };
};

/** The fields as they are on a day: with whoever holds what the boards and units that they name had. */
export const valuesOn = (match: Match | Values, on: Day, holders: Holders): Values =>
  Object.fromEntries(
    MATCH_FIELDS.flatMap((field) => {
      const value = match[field];
      return value === undefined ? [] : [[field, HELD.has(field) ? holders(value, on) : value]];
    }),
  );

/** Whether something has a place in both: in each field the same, or any in one of them. Both as they are on one day. */
export const meet = (a: Values, b: Values): boolean => MATCH_FIELDS.every((field) => a[field] === undefined || b[field] === undefined || a[field] === b[field]);

/** Whether whatever has a place in the one has one in the other. */
export const liesWithin = (inner: Values, outer: Values): boolean => MATCH_FIELDS.every((field) => outer[field] === undefined || outer[field] === inner[field]);

/** From when to when something holds; its first and last days belong to it. */
export interface Days {
  readonly from: Day;
  readonly to?: Day | undefined;
}

/** The last day of both; undefined where they have none in common. */
export const lastCommonDay = (a: Days, b: Days): Day | undefined => {
  const [endOfA, endOfB] = [a.to ?? LAST_DAY, b.to ?? LAST_DAY];
  const last = isBefore(endOfA, endOfB) ? endOfA : endOfB;
  return isAfter(a.from, last) || isAfter(b.from, last) ? undefined : last;
};

export const holdsOn = ({ from, to }: Days, on: Day): boolean => !isBefore(on, from) && (to === undefined || !isAfter(on, to));
