import { addDays, isAfter, isBefore, type Day } from '#libs/kernel';
import { mustApprove, versionOf, type Agreed, type PartyDecision, type Version } from './agreement.js';
import type { End } from './agreement.codes.js';
import type { Period } from './agreement.shapes.js';

/** What a party has said of a version, by its board or its delegate, and from when on that counts. */
interface Voice {
  readonly version: string;
  readonly says: 'approves' | 'takes-back';
  readonly from: Day;
  /** From this day on it counts no longer: a court annulled it. */
  readonly until?: Day;
  /** By the day it was decided, not the day from which it counts; of one day by its place in the minutes, and a delegate’s before all boards’. */
  readonly order: string;
}

const DELEGATE = '0';
/** Sorts as it is decided: day, then place in the minutes, then the point’s id where two meetings share the place. */
const orderOf = ({ on, place, point }: PartyDecision): string => `${on} 1 ${String(place).padStart(9, '0')} ${point}`;

/** Everything that counts for one party, in the order it was decided. */
const voicesOf = ({ decisions, revisionApprovals, versions }: Agreed, party: string): readonly Voice[] => {
  const boards = decisions.flatMap((one): Voice[] => {
    if (!one.parties.includes(party) || one.countsFrom === undefined || one.effect === 'none') return [];
    const says = one.effect === 'approves' ? 'approves' : 'takes-back';
    const until = one.annulledOn === undefined ? {} : { until: one.annulledOn };
    return [{ version: one.version, says, from: one.countsFrom, ...until, order: orderOf(one) }];
  });
  // A contested revision is for the boards: what delegates said of it does not count.
  const delegates = revisionApprovals.flatMap((one): Voice[] =>
    one.party !== party || versions.some(({ version, contested }) => version === one.version && contested)
      ? []
      : [{ version: one.version, says: 'approves', from: one.on, order: `${one.on} ${DELEGATE} ${one.approval}` }],
  );
  return [...boards, ...delegates].toSorted((a, b) => (a.order < b.order ? -1 : 1));
};

const countsOn = ({ from, until }: Voice, day: Day): boolean => !isBefore(day, from) && (until === undefined || isBefore(day, until));

/** The versions that a party stands by on a day: those it approved and has not taken back, the latest last. */
const stoodBy = (voices: readonly Voice[], day: Day): readonly string[] =>
  voices
    .filter((one) => countsOn(one, day))
    .reduce<readonly string[]>((stands, { version, says }) => {
      const others = stands.filter((one) => one !== version);
      return says === 'approves' ? [...others, version] : others;
    }, []);

/** Everything that a party has said, put together once for many days. */
export interface Voices {
  readonly of: ReadonlyMap<string, readonly Voice[]>;
}
export const voicesIn = (state: Agreed): Voices => ({
  of: new Map(state.numbers.map(({ board }) => [board, voicesOf(state, board)])),
});

/** The version of a party’s latest standing approval on a day; undefined where it has approved none. */
export const latestApproved = ({ of }: Voices, party: string, day: Day): string | undefined => stoodBy(of.get(party) ?? [], day).at(-1);
/** Whether a party stands by a version on a day, whatever else it has approved since. */
export const standsBy = ({ of }: Voices, party: string, version: string, day: Day): boolean => stoodBy(of.get(party) ?? [], day).includes(version);

/** The first day on which a party had signed a version; undefined where it has not. */
export const signedOn = ({ signatures }: Agreed, party: string, version: string): Day | undefined =>
  signatures.flatMap((one) => (one.party === party && one.version === version ? [one.on] : [])).toSorted()[0];

const signedBy = (state: Agreed, { version, parties }: Version, day: Day): boolean =>
  parties.every((party) => {
    const on = signedOn(state, party, version);
    return on !== undefined && !isAfter(on, day);
  });

/** Whether every party’s latest standing approval names the version. */
export const concurs = (voices: Voices, version: Version, day: Day): boolean =>
  mustApprove(version).every((party) => latestApproved(voices, party, day) === version.version);

/** The termination that has effect, where there is one. */
export const terminationOf = ({ terminations }: Pick<Agreed, 'terminations'>) => terminations.findLast((one) => one.void === undefined);

/** Whether a version’s own days let it be in force on a day. */
const withinItsDays = ({ terms: { startOn, lastDay } }: Version, day: Day): boolean =>
  (startOn === undefined || !isBefore(day, startOn)) && (lastDay === undefined || !isAfter(day, lastDay));

/** Whether everything that a version states is met on a day. */
const isMet = (state: Agreed, voices: Voices, version: Version, day: Day): boolean =>
  concurs(voices, version, day) && withinItsDays(version, day) && (!version.terms.allSignatures || signedBy(state, version, day));

/** Why a version that is in force is in force no longer on a day; undefined while it is. Another version that a party has approved since does not end it. */
const endOn = (state: Agreed, voices: Voices, version: Version, day: Day): End | undefined => {
  const termination = terminationOf(state);
  if (termination && isAfter(day, termination.lastDay)) return 'terminated';
  if (version.terms.lastDay !== undefined && isAfter(day, version.terms.lastDay)) return 'lapsed';
  if (!mustApprove(version).every((party) => standsBy(voices, party, version.version, day))) return 'approval-missing';
  if (version.terms.allSignatures && !signedBy(state, version, day)) return 'signature-missing';
  return undefined;
};

/** Every day on which something may change: what counts from then or no longer, signatures, and the days that versions and terminations state. */
const turningDays = (state: Agreed, voices: Voices): readonly Day[] => {
  const said = [...voices.of.values()].flat().flatMap(({ from, until }) => [from, ...(until === undefined ? [] : [until])]);
  const stated = state.versions.flatMap(({ terms: { startOn, lastDay } }) => [...(startOn ? [startOn] : []), ...(lastDay ? [addDays(lastDay, 1)] : [])]);
  const termination = terminationOf(state);
  const ended = termination ? [addDays(termination.lastDay, 1)] : [];
  return [...new Set([...said, ...stated, ...ended, ...state.signatures.map(({ on }) => on)])].toSorted();
};

/**
 * When the agreement is in force, from all that is known, in whatever order it was recorded: from exactly the latest day on which a stated
 * condition was met (or the stated start day), that day included. What is in force stays so until another version meets its own conditions,
 * or until it lapses, is terminated, or a party no longer stands by it. After a termination nothing of the agreement comes into force again.
 */
export const periodsOf = (state: Agreed): readonly Period[] => {
  const voices = voicesIn(state);
  const termination = terminationOf(state);
  const periods: Period[] = [];
  let current: { readonly version: Version; readonly on: Day } | undefined;
  const end = (day: Day, because: End): void => {
    if (!current) return;
    const { version, on } = current;
    periods.push({ version: version.version, number: version.number, on, lastDay: addDays(day, -1), because });
    current = undefined;
  };
  for (const day of turningDays(state, voices)) {
    const over = current && endOn(state, voices, current.version, day);
    const met = termination && isAfter(day, termination.lastDay) ? undefined : state.versions.find((one) => isMet(state, voices, one, day));
    if (met && met.version !== current?.version.version) {
      end(day, over ?? 'revised');
      current = { version: met, on: day };
    } else if (over) end(day, over);
  }
  if (current) periods.push({ version: current.version.version, number: current.version.number, on: current.on });
  return periods;
};

/** The period that holds a day. */
export const periodOn = (periods: readonly Period[], day: Day): Period | undefined =>
  periods.find(({ on, lastDay }) => !isBefore(day, on) && (lastDay === undefined || !isAfter(day, lastDay)));
/** The version in force on a day. */
export const inForceOn = (state: Agreed, day: Day): Version | undefined => versionOf(state, periodOn(state.periods, day)?.version);
