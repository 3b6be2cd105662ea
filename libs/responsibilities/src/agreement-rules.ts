import { addDays, contradictory, derivedId, event, isAfter, isBefore, type Day, type EventOf, type Given } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { disputesAbout } from './disputing.js';
import { holdersOf } from './match.js';
import { overlappedBy } from './overlaps.js';
import { AgreementRuleDaysChanged, ResponsibilityDisputed, RulesOfAgreementSet, type DisputeData, type ResponsibilityEvent } from './responsibility.events.js';
import { reversed, tooManyOverlaps } from './responsibility.refusals.js';
import { responsibilityRules, ruleOf, rulesOfAgreement, type ResponsibilityRules } from './responsibility-rules.js';
import { MAX_CLAUSES, type ClauseRuleData } from './rule-fields.js';
import { assertRule, sameTerms } from './terms.js';

/** From when to when a version of an agreement is in force, and what its clauses say. */
export interface InForce {
  readonly version: string;
  readonly from: Day;
  readonly to?: Day | undefined;
  readonly rules: readonly ClauseRuleData[];
}

/** The same, with the rule that each clause is. */
interface Ruled extends Omit<InForce, 'rules'> {
  readonly rules: readonly (ClauseRuleData & { readonly rule: string })[];
}

/** With what changes of other periods they fit in one append. */
const MAX_NEW_PERIODS = 13;
/** The most standing rules that the clauses of one agreement may overlap at once: with a record of each they fit in one entry. */
const MAX_OVERLAPS = 100;

/** When an agreement's rules hold as it is known, by version, in the order of their days. */
export const inForceOf = (state: ResponsibilityRules, agreement: string): readonly InForce[] => {
  const holding = rulesOfAgreement(state, agreement).filter(({ withdrawn }) => !withdrawn);
  const periods = Map.groupBy(holding, ({ clause, from, to }) => JSON.stringify([from, clause?.version, to]));
  return [...periods.values()]
    .flatMap((rules): InForce[] => {
      const [first] = rules;
      return first?.clause ? [{ version: first.clause.version, from: first.from, to: first.to, rules: rules.flatMap(asClause) }] : [];
    })
    .toSorted(byFirstDay);
};

const asClause = ({ clause, kind, match, answer, basis }: ReturnType<typeof rulesOfAgreement>[number]): ClauseRuleData[] =>
  clause ? [{ clause: clause.clause, kind, match, answer, basis }] : [];

const byFirstDay = (a: Pick<InForce, 'from'>, b: Pick<InForce, 'from'>): number => (isBefore(a.from, b.from) ? -1 : 1);

/**
 * Holds the clauses of a version against the register and against themselves.
 * @throws Refusal `responsibility.clauses`, and those of a rule
 */
const assertClauses = (clauses: readonly ClauseRuleData[], register: Register, pointer = '/rules'): void => {
  if (clauses.length > MAX_CLAUSES || new Set(clauses.map(({ clause }) => clause)).size < clauses.length)
    throw contradictory(
      'responsibility.clauses',
      {
        sv: `En version får ha högst ${MAX_CLAUSES} punkter om ansvar, var och en med eget nummer.`,
        en: `A version may have at most ${MAX_CLAUSES} clauses on responsibility, each with a number of its own.`,
      },
      pointer,
    );
  for (const [nth, clause] of clauses.entries()) assertRule(clause, register, `${pointer}/${nth}`);
};

/**
 * What follows for the rules where an agreement is in force for these periods and no others. What holds already says nothing new;
 * what overlaps a standing rule is recorded as disputed with it: it is neither refused nor passed over in silence.
 * @throws Refusal `responsibility.periods-overlap`, `responsibility.period-reversed`, `responsibility.clauses`, `responsibility.too-many-overlaps`
 */
export const rulesFor = (
  agreement: string,
  periods: readonly InForce[],
  state: ResponsibilityRules,
  given: Given & { readonly organisation: Register },
): readonly ResponsibilityEvent[] => {
  const inOrder = assertInOrder(periods);
  for (const { rules } of inOrder) assertClauses(rules, given.organisation);
  const wanted = numbered(agreement, inOrder);
  return withDisputes([...otherDays(agreement, wanted, state), ...setAnew(agreement, wanted, state)], state, given);
};

const assertInOrder = (periods: readonly InForce[]): readonly InForce[] => {
  const inOrder = periods.toSorted(byFirstDay);
  for (const [nth, { from, to }] of inOrder.entries()) {
    if (to !== undefined && isBefore(to, from)) throw reversed(from, to, '/periods');
    const before = inOrder[nth - 1];
    if (before && (before.to === undefined || !isBefore(before.to, from)))
      throw contradictory(
        'responsibility.periods-overlap',
        {
          sv: `Två versioner kan inte vara i kraft samtidigt; en gäller redan ${from}. Rätta dagarna.`,
          en: `Two versions cannot be in force at once; one is already on ${from}. Correct the days.`,
        },
        '/periods',
      );
  }
  return inOrder;
};

/** A clause that comes into force again is another rule, with days of its own. */
const numbered = (agreement: string, periods: readonly InForce[]): readonly Ruled[] =>
  periods.map((period, at) => {
    const nth = periods.slice(0, at).filter(({ version }) => version === period.version).length;
    return { ...period, rules: period.rules.map((clause) => ({ ...clause, rule: derivedId(agreement, 'rule', period.version, nth, clause.clause) })) };
  });

const otherDays = (agreement: string, wanted: readonly Ruled[], state: ResponsibilityRules): EventOf<typeof AgreementRuleDaysChanged>[] => {
  const ids = new Set(wanted.flatMap(({ rules }) => rules.map(({ rule }) => rule)));
  const never = rulesOfAgreement(state, agreement).filter(({ rule, withdrawn }) => !withdrawn && !ids.has(rule));
  const moved = wanted.flatMap(({ from, to, rules }) =>
    rules.flatMap((clause) => {
      const known = ruleOf(state, clause.rule);
      const same = !known || !sameTerms(known, clause) || (!known.withdrawn && known.from === from && known.to === to);
      return same ? [] : [{ rule: clause.rule, from, ...(to !== undefined && { to }) }];
    }),
  );
  const rules = [...never.map(({ rule }) => ({ rule })), ...moved];
  return rules.length === 0 ? [] : [event(AgreementRuleDaysChanged, { agreement, rules, disputes: [] })];
};

const setAnew = (agreement: string, wanted: readonly Ruled[], state: ResponsibilityRules): EventOf<typeof RulesOfAgreementSet>[] => {
  const sets = wanted.flatMap(({ version, from, to, rules }) => {
    const news = rules.filter((clause) => {
      const known = ruleOf(state, clause.rule);
      return !known || !sameTerms(known, clause);
    });
    return news.length === 0 ? [] : [event(RulesOfAgreementSet, { agreement, version, from, ...(to !== undefined && { to }), rules: news, disputes: [] })];
  });
  if (sets.length > MAX_NEW_PERIODS)
    throw contradictory('responsibility.too-many-periods', {
      sv: `Fler än ${MAX_NEW_PERIODS} nya perioder kan inte tas emot på en gång. Anteckna dem i tur och ordning.`,
      en: `More than ${MAX_NEW_PERIODS} new periods cannot be taken at once. Record them one after the other.`,
    });
  return sets;
};

type Draft = EventOf<typeof AgreementRuleDaysChanged> | EventOf<typeof RulesOfAgreementSet>;

/** The facts, with a record of each overlap that they bring about: also that of one clause with another. */
const withDisputes = (
  drafts: readonly Draft[],
  state: ResponsibilityRules,
  { organisation: register, id, now, by }: Given & { readonly organisation: Register },
): readonly Draft[] => {
  const holders = holdersOf(register);
  const evolve = (so: ResponsibilityRules, one: ResponsibilityEvent) => responsibilityRules.evolve(so, one, { id, rev: 0, at: now, by });
  let so = drafts.reduce(evolve, state);
  let overlaps = 0;
  return drafts.map((draft): Draft => {
    const disputes: DisputeData[] = [];
    for (const { rule } of draft.data.rules) {
      const standing = ruleOf(so, rule);
      if (!standing || standing.withdrawn) continue;
      const others = overlappedBy(standing, so, holders);
      overlaps += others.length;
      if (overlaps > MAX_OVERLAPS) throw tooManyOverlaps(MAX_OVERLAPS);
      const made = disputesAbout(standing, others, so);
      so = made.map((dispute) => event(ResponsibilityDisputed, dispute)).reduce(evolve, so);
      disputes.push(...made);
    }
    return draft.type === 'RulesOfAgreementSet'
      ? event(RulesOfAgreementSet, { ...draft.data, disputes })
      : event(AgreementRuleDaysChanged, { ...draft.data, disputes });
  });
};

/** The periods, with one version in force from a day on: what it meets of other versions gives way. */
export const withVersion = (known: readonly InForce[], version: string, from: Day, rules: readonly ClauseRuleData[]): readonly InForce[] => {
  const own = known.findLast((period) => period.version === version && (period.to === undefined || !isAfter(from, period.to)));
  const others = known.filter((period) => period !== own);
  const next = own ? undefined : others.find((period) => isAfter(period.from, from));
  const to = own ? own.to : next && addDays(next.from, -1);
  const set: InForce = { version, from, to, rules };
  const left = others.flatMap((period) => {
    const apart = (period.to !== undefined && isBefore(period.to, from)) || (to !== undefined && isAfter(period.from, to));
    if (apart) return [period];
    return isBefore(period.from, from) ? [{ ...period, to: addDays(from, -1) }] : [];
  });
  return [...left, set];
};

/** The periods, with none of them after a day: the last one that is left ends on it. */
export const endedAfter = (known: readonly InForce[], lastDay: Day): readonly InForce[] =>
  known.filter(({ from }) => !isAfter(from, lastDay)).map((period, nth, left) => (nth === left.length - 1 ? { ...period, to: lastDay } : period));
