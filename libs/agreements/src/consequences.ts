import { event, isAfter, type Instant } from '#libs/kernel';
import { AgreementEnteredIntoForce, AgreementForceEnded, ForceCorrected, ForceWithdrawn, type AgreementEvent } from './agreement.events.js';
import { evolveAgreement, versionOf, type Registered } from './agreement.js';
import type { Period } from './agreement.shapes.js';
import { awaitedAfter, type RuleOn } from './awaited.js';
import { periodsOf } from './force.js';

/** What a decision on an agreement needs, in order to say what follows from it. */
export interface Following {
  readonly ruleOn: RuleOn;
}

/** Facts about an agreement together with what follows from them: when it is in force, and what is awaited. */
export const withConsequences = (
  state: Registered,
  facts: readonly AgreementEvent[],
  { ruleOn, now }: Following & { readonly now: Instant },
): readonly AgreementEvent[] => {
  const told = after(state, facts);
  const force = forceAfter(told);
  return [...facts, ...force, ...awaitedAfter(after(told, force), ruleOn, now)];
};

const after = (state: Registered, facts: readonly AgreementEvent[]): Registered =>
  facts.reduce<Registered>((so, fact) => {
    const then = evolveAgreement(so, fact);
    return then.status === 'none' ? so : then;
  }, state);

const same = (one: Period, other: Period | undefined): boolean =>
  one.version === other?.version && one.on === other.on && one.lastDay === other.lastDay && one.because === other.because;

/** The most facts that tell of force one by one; what changes more is one correction. */
const MAX_TOLD = 5;

/** What was recorded of its being in force, held against what the facts say now: what went on is told as it went, what was told wrong is corrected. */
const forceAfter = (state: Registered): readonly AgreementEvent[] => {
  const { agreement, periods: from } = state;
  const to = periodsOf(state);
  if (from.length === to.length && from.every((one, place) => same(one, to[place]))) return [];
  if (to.length === 0) return [event(ForceWithdrawn, { agreement, from: [...from] })];
  const told = goesOn(from, to) ? toldOf(state, from, to) : [];
  return told.length > 0 && told.length <= MAX_TOLD
    ? told
    : [event(ForceCorrected, { agreement, from: [...from], to: [...to], clauses: clausesOf(state, to) })];
};

/** Nothing that was told proves wrong: the last period may end, or end earlier than was foreseen, and others may follow. */
const goesOn = (from: readonly Period[], to: readonly Period[]): boolean =>
  from.every((one, place) => {
    const now = to[place];
    if (place < from.length - 1) return same(one, now);
    const endsNoLater = one.lastDay === undefined || (now?.lastDay !== undefined && !isAfter(now.lastDay, one.lastDay));
    return now !== undefined && one.version === now.version && one.on === now.on && endsNoLater;
  });

const toldOf = (state: Registered, from: readonly Period[], to: readonly Period[]): readonly AgreementEvent[] => {
  const { agreement } = state;
  const ended = ({ version, number, lastDay, because }: Period): readonly AgreementEvent[] =>
    lastDay === undefined || because === undefined ? [] : [event(AgreementForceEnded, { agreement, version, number, lastDay, because })];
  return to.flatMap((period, place) => {
    const known = from[place];
    if (known) return same(known, period) ? [] : ended(period);
    const { version, number, on } = period;
    const again = to.slice(0, place).some((one) => one.version === version);
    const all = to.slice(0, place + 1);
    const entered = event(AgreementEnteredIntoForce, {
      agreement,
      version,
      number,
      on,
      clauses: [...(versionOf(state, version)?.clauses ?? [])],
      ...(again && { again: { periods: all, clauses: clausesOf(state, all) } }),
    });
    return [entered, ...ended(period)];
  });
};

const clausesOf = (state: Registered, periods: readonly Period[]) =>
  [...new Set(periods.map(({ version }) => version))].map((version) => ({ version, clauses: [...(versionOf(state, version)?.clauses ?? [])] }));
