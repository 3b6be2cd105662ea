import { isAfter, isBefore, longDate, type Day, type Text } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import type { PartyDecision, Registered, Version } from './agreement.js';
import { mustApprove, versionOf } from './agreement.js';
import { nameOf } from './agreement.refusals.js';
import { latestApproved, periodOn, signedOn, terminationOf, voicesIn } from './force.js';

/** One thing that is missing for a version to be in force, in a sentence. */
export interface Missing {
  /** Stable: what kind of thing. */
  readonly code: 'approval' | 'signature' | 'start-day' | 'lapsed' | 'terminated' | 'contested';
  /** The party that it is missing of. */
  readonly party?: string;
  readonly text: Text;
}

/**
 * Why a version is not in force on a day: a sentence for each thing that is missing, in the order of the parties. Empty where it is in force.
 * It is always answerable: what is missing is read from the same facts that its coming into force follows from.
 */
export const whyNotInForce = (state: Registered, version: Version, day: Day, register: Register): readonly Missing[] => {
  if (periodOn(state.periods, day)?.version === version.version) return [];
  const parties = mustApprove(version);
  const contested = version.contested && state.revisionApprovals.some((one) => one.version === version.version) ? [contestedText(version, register)] : [];
  return [
    ...ended(state, version, day),
    ...parties.flatMap((party) => approvalOf(state, version, party, day, register)),
    ...contested,
    ...(version.terms.allSignatures ? version.parties.flatMap((party) => signatureOf(state, version, party, day, register)) : []),
    ...notBegun(version, day),
  ];
};

const ended = (state: Registered, { number, terms: { lastDay } }: Version, day: Day): readonly Missing[] => {
  const termination = terminationOf(state);
  if (termination && isAfter(day, termination.lastDay)) {
    const last = longDate(termination.lastDay);
    return [
      {
        code: 'terminated',
        text: { sv: `Överenskommelsen är uppsagd och gällde till och med ${last.sv}.`, en: `The agreement is terminated and was in force through ${last.en}.` },
      },
    ];
  }
  if (lastDay === undefined || !isAfter(day, lastDay)) return [];
  const last = longDate(lastDay);
  return [
    {
      code: 'lapsed',
      text: { sv: `Version ${number} gäller som längst till och med ${last.sv}.`, en: `Version ${number} holds through ${last.en} at the longest.` },
    },
  ];
};

const notBegun = ({ number, terms: { startOn } }: Version, day: Day): readonly Missing[] => {
  if (startOn === undefined || !isBefore(day, startOn)) return [];
  const start = longDate(startOn);
  return [
    {
      code: 'start-day',
      text: { sv: `Version ${number} ska börja gälla först ${start.sv}.`, en: `Version ${number} is not to come into force until ${start.en}.` },
    },
  ];
};

const signatureOf = (state: Registered, { version, number }: Version, party: string, day: Day, register: Register): readonly Missing[] => {
  const on = signedOn(state, party, version);
  if (on !== undefined && !isAfter(on, day)) return [];
  const name = nameOf(register, register.holderOn(party, day));
  return [{ code: 'signature', party, text: { sv: `${name} har inte undertecknat version ${number}.`, en: `${name} has not signed version ${number}.` } }];
};

const contestedText = ({ number, contested }: Version, register: Register): Missing => {
  const { party, on } = contested!;
  const [name, day] = [nameOf(register, party), longDate(on)];
  return {
    code: 'contested',
    party,
    text: {
      sv: `${name} hänsköt version ${number} till nämnderna ${day.sv}: godkännanden på delegation räknas inte, utan varje parts nämnd ska besluta.`,
      en: `${name} referred version ${number} to the boards on ${day.en}: approvals under delegation do not count, and each party’s board is to decide.`,
    },
  };
};

/** What a party has done with a version, where its latest standing approval does not name it. */
const approvalOf = (state: Registered, version: Version, party: string, day: Day, register: Register): readonly Missing[] => {
  const latest = latestApproved(voicesIn(state), party, day);
  if (latest === version.version) return [];
  const known = state.decisions
    .filter((one) => one.parties.includes(party) && !isAfter(one.on, day))
    .toSorted((a, b) => (a.on === b.on ? a.place - b.place : a.on < b.on ? -1 : 1));
  const name = nameOf(register, register.holderOn(party, day));
  const missing = (text: Text): readonly Missing[] => [{ code: 'approval', party, text }];
  const uncounted = known.findLast(
    (one) => one.version === version.version && one.effect === 'approves' && (one.countsFrom === undefined || isAfter(one.countsFrom, day)),
  );
  if (uncounted) return missing(notCounting(name, uncounted, version));
  if (latest !== undefined) return missing(otherVersion(name, versionOf(state, latest)!, version));
  const last = known.findLast((one) => one.version === version.version);
  return missing(
    last
      ? notApproved(name, last, version, day)
      : { sv: `${name} har inte godkänt version ${version.number}.`, en: `${name} has not approved version ${version.number}.` },
  );
};

const notCounting = (name: string, { on, number: paragraph }: PartyDecision, { number }: Version): Text => {
  const decided = longDate(on);
  return {
    sv: `${name} godkände version ${number} i ${paragraph} ${decided.sv}, men beslutet räknas först när protokollet är justerat.`,
    en: `${name} approved version ${number} in ${paragraph} on ${decided.en}, but the decision counts only once the minutes are approved.`,
  };
};

const otherVersion = (name: string, other: Version, { number }: Version): Text => ({
  sv: `${name} har senast godkänt en annan version, version ${other.number}, och inte version ${number}.`,
  en: `${name} has last approved another version, version ${other.number}, and not version ${number}.`,
});

const notApproved = (name: string, { on, number: paragraph, effect, outcome, annulledOn }: PartyDecision, { number }: Version, day: Day): Text => {
  const decided = longDate(on);
  if (annulledOn !== undefined && !isAfter(annulledOn, day)) {
    const annulled = longDate(annulledOn);
    return {
      sv: `Domstol upphävde ${annulled.sv} det beslut om version ${number} som ${name} fattade i ${paragraph} ${decided.sv}.`,
      en: `On ${annulled.en} a court annulled the decision on version ${number} that ${name} made in ${paragraph} on ${decided.en}.`,
    };
  }
  const at = { sv: `i ${paragraph} ${decided.sv}`, en: `in ${paragraph} on ${decided.en}` };
  if (effect === 'revokes')
    return { sv: `${name} återkallade ${at.sv} sitt godkännande av version ${number}.`, en: `${name} took back its approval of version ${number} ${at.en}.` };
  if (effect === 'rejects') return { sv: `${name} avslog version ${number} ${at.sv}.`, en: `${name} rejected version ${number} ${at.en}.` };
  const done = UNDECIDED[outcome] ?? { sv: 'behandlade', en: 'dealt with' };
  return {
    sv: `${name} ${done.sv} version ${number} ${at.sv} och har inte godkänt den.`,
    en: `${name} ${done.en} version ${number} ${at.en} and has not approved it.`,
  };
};

const UNDECIDED: Readonly<Partial<Record<PartyDecision['outcome'], Text>>> = {
  'referred-back': { sv: 'återremitterade', en: 'referred back' },
  tabled: { sv: 'bordlade', en: 'tabled' },
  noted: { sv: 'antecknade', en: 'noted' },
};
