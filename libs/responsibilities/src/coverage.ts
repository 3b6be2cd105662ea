import { addDays, daysBetween, isAfter, isBefore, type Day } from '#libs/kernel';
import { LAST_DAY, liesWithin, MATCH_FIELDS, meet, holdsOn, valuesOn, type Holders, type Values } from './match.js';
import { rulesOf, type ResponsibilityRule, type ResponsibilityRules } from './responsibility-rules.js';

/** A value that no rule names: what holds for it holds for whatever nobody has thought of. */
const OTHER = '\u0000other';

/**
 * Whether some places together leave nothing of a place without an answer. Where no one of them holds the whole of it, it is taken apart by a
 * field that they name: each value by itself, and all others as one.
 */
export const isCovered = (place: Values, by: readonly Values[]): boolean => {
  const meeting = by.filter((one) => meet(one, place));
  if (meeting.length === 0) return false;
  if (meeting.some((one) => liesWithin(place, one))) return true;
  const field = MATCH_FIELDS.find((one) => place[one] === undefined && meeting.some((other) => other[one] !== undefined));
  if (field === undefined) return false;
  const named = new Set(meeting.flatMap((one) => one[field] ?? []));
  // The others first: most often that is what nobody answers for.
  return [OTHER, ...named].every((value) => isCovered({ ...place, [field]: value }, meeting));
};

/** The rules that stand, of a kind, but for one. */
const others = (rule: ResponsibilityRule, state: ResponsibilityRules): readonly ResponsibilityRule[] =>
  [...rulesOf(state)].filter((other) => !other.withdrawn && other.kind === rule.kind && other.rule !== rule.rule);

/** Whether two rules can have anything in common, whoever holds what. */
const mayMeet = (a: Values, b: Values): boolean =>
  (['provisionForm', 'service'] as const).every((field) => a[field] === undefined || b[field] === undefined || a[field] === b[field]);

/** What comes of the fields of a rule when it has ended. */
export interface Afterwards {
  /** The first day without it. */
  readonly without: Day;
  /** The first day, that one or later, on which other rules answer for all of it; undefined where none is known. */
  readonly coveredFrom?: Day;
}

/** What comes of a rule's fields after it; undefined for one that goes on, and for one that never held. */
export const afterwardsOf = (rule: ResponsibilityRule, state: ResponsibilityRules, holders: Holders): Afterwards | undefined => {
  if (rule.withdrawn || rule.to === undefined) return undefined;
  const without = addDays(rule.to, 1);
  const known = others(rule, state).filter(({ match, to }) => (to === undefined || !isBefore(to, without)) && mayMeet(match, rule.match));
  const begins = [...new Set([without, ...known.map(({ from }) => from).filter((from) => isAfter(from, without))])].toSorted();
  const covered = (on: Day): boolean => {
    const by = known.filter((other) => holdsOn(other, on)).map(({ match }) => valuesOn(match, on, holders));
    return isCovered(valuesOn(rule.match, on, holders), by);
  };
  const coveredFrom = begins.find(covered) ?? bySuccession(begins.at(-1) ?? without, covered);
  return { without, ...(coveredFrom !== undefined && { coveredFrom }) };
};

/** The day on which a board comes to hold what another rule answers for, where that is what covers it: what boards hold only grows. */
const bySuccession = (after: Day, covered: (on: Day) => boolean): Day | undefined => {
  if (!covered(LAST_DAY)) return undefined;
  let [no, yes] = [0, daysBetween(after, LAST_DAY)];
  while (yes - no > 1) {
    const middle = Math.floor((no + yes) / 2);
    if (covered(addDays(after, middle))) yes = middle;
    else no = middle;
  }
  return addDays(after, yes);
};
