import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { addDays, atLocalTime, day, derivedId, event, MAX_EVENTS, type Day } from '#libs/kernel';
import * as events from './agreement.events.js';
import type { AgreementEvent } from './agreement.events.js';
import { evolveAgreement, mustApprove, type Agreement, type PartyDecision, type Registered, type Version } from './agreement.js';
import { ids, organisation, proposed, registered, ruleOn } from './agreements.given.js';
import { withConsequences } from './consequences.js';
import { periodOn } from './force.js';
import { versionHash } from './version.js';
import { whyNotInForce } from './why-not.js';

// Whatever is decided, signed, taken back, annulled, contested, terminated and corrected, in whatever order it is recorded: held against an
// agreement that is asked anew on each single day.

const DAYS = 30;
const first = day('2022-01-01');
const dayOf = (n: number): Day => addDays(first, n);
const calendar = Array.from({ length: DAYS + 3 }, (_, n) => dayOf(n));
const texts = ['Ett', 'Två', 'Tre'];
const hash = (n: number): string => versionHash(texts[n]!, []);

/** A fact, and those that correct it, in the order in which they are recorded. */
type Story = readonly AgreementEvent[];

const anyDay = fc.integer({ min: 0, max: DAYS }).map(dayOf);
/** There in one case of so many. */
const oneIn = <T>(times: number, of: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: times - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: of });
const between = (from: number, to: number) => fc.integer({ min: from, max: to }).map(dayOf);
const anyVersion = fc.constantFrom(0, 0, 0, 0, 1, 1, 1, 2);
const anyParty = fc.constantFrom(...Array.from({ length: 4 }, () => [ids.social, ids.education]).flat(), ids.culture);

const terms = fc
  .record({ allSignatures: oneIn(4, fc.constant(true as const)), startOn: oneIn(3, between(0, 20)), lastDay: oneIn(3, between(10, DAYS)) })
  .map((all) => {
    const { startOn, lastDay, allSignatures } = all;
    return { ...(allSignatures && { allSignatures }), ...(startOn && { startOn }), ...(lastDay && (!startOn || startOn <= lastDay) && { lastDay }) };
  });
/** The third version is between three boards, or leaves one out that must then let it go. */
const versions = fc
  .tuple(terms, terms, terms, fc.boolean())
  .map(([one, two, three, grows]): Story => [
    proposed({ text: texts[0]!, number: 1, terms: one }),
    proposed({ text: texts[1]!, number: 2, terms: two, revises: hash(0) }),
    grows
      ? proposed({ text: texts[2]!, number: 3, terms: three, parties: [ids.social, ids.education, ids.culture] })
      : proposed({ text: texts[2]!, number: 3, terms: three, parties: [ids.social, ids.culture], leaving: [ids.education], revises: hash(0) }),
  ]);

const counted = fc.record({
  on: anyDay,
  wait: fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 8 }) }, { weight: 1, arbitrary: fc.constant(undefined) }),
  annulled: oneIn(6, fc.integer({ min: 0, max: 15 })),
  place: fc.integer({ min: 0, max: 3 }),
});
const daysOf = ({ on, wait, annulled }: { readonly on: Day; readonly wait: number | undefined; readonly annulled: number | undefined }) => ({
  on,
  ...(wait !== undefined && { countsFrom: addDays(on, wait) }),
  ...(wait !== undefined && annulled !== undefined && { annulledOn: addDays(on, wait + annulled) }),
});
const effects = fc.constantFrom('approves', 'approves', 'approves', 'approves', 'approves', 'rejects', 'revokes', 'none' as const);

const decision = (n: number): fc.Arbitrary<Story> =>
  fc.record({ party: anyParty, version: anyVersion, effect: effects, before: counted, then: oneIn(4, counted), withdrawn: fc.boolean() }).map((said): Story => {
    const { party, version, effect, before, then, withdrawn } = said;
    const [meeting, point] = [derivedId('meeting', n), derivedId('point', n)];
    const outcome = effect === 'rejects' ? 'rejected' : effect === 'none' ? 'tabled' : 'approved';
    const about = { agreement: ids.agreement, meeting, point };
    return [
      event(events.PartyDecisionRecorded, {
        ...about,
        version: hash(version),
        number: '§ 1',
        board: party,
        parties: [party],
        outcome,
        effect,
        place: before.place,
        ...daysOf(before),
      }),
      ...(then ? [event(events.PartyDecisionFollowed, { ...about, outcome, effect, place: then.place, ...daysOf(then) })] : []),
      ...(withdrawn && n % 4 === 0 ? [event(events.PartyDecisionWithdrawn, { ...about, reason: 'Skäl.' })] : []),
    ];
  });

const by = { role: 'head-of-administration', unit: ids.socialAdministration, person: ids.director, capacity: 'ordinary' as const };
const signature = (n: number) =>
  fc
    .record({ party: anyParty, version: anyVersion, on: anyDay, then: oneIn(3, anyDay), withdrawn: fc.boolean() })
    .map(({ party, version, on, then, withdrawn }): Story => {
      const about = { agreement: ids.agreement, signature: derivedId('signature', n) };
      const delegation = { order: party, point: ids.delegation };
      return [
        event(events.AgreementSigned, { ...about, party, board: party, version: hash(version), on, ...by, delegation }),
        ...(then ? [event(events.SigningDayCorrected, { ...about, from: on, on: then, reason: 'Skäl.' })] : []),
        ...(withdrawn && n % 3 === 0 ? [event(events.SignatureWithdrawn, { ...about, reason: 'Skäl.' })] : []),
      ];
    });
const delegateApproves = (n: number) =>
  fc.record({ party: anyParty, version: anyVersion, on: anyDay, withdrawn: fc.boolean() }).map(({ party, version, on, withdrawn }): Story => {
    const about = { agreement: ids.agreement, approval: derivedId('approval', n) };
    return [
      event(events.RevisionApproved, { ...about, party, board: party, version: hash(version), on, ...by, delegation: { order: party, point: ids.delegation } }),
      ...(withdrawn ? [event(events.RevisionApprovalWithdrawn, { ...about, reason: 'Skäl.' })] : []),
    ];
  });
const contest = fc
  .record({ party: anyParty, on: anyDay })
  .map(({ party, on }): Story => [event(events.RevisionContested, { agreement: ids.agreement, version: hash(1), party, on, reason: 'Skäl.' })]);
const termination = fc
  .record({ on: anyDay, notice: fc.integer({ min: 0, max: 10 }), ends: fc.constantFrom('stands', 'withdrawn', 'annulled' as const) })
  .map((said): Story => {
    const { on, notice, ends } = said;
    const of = { agreement: ids.agreement, decision: { meeting: derivedId('meeting', 'end'), point: derivedId('point', 'end') } };
    return [
      event(events.AgreementTerminated, { ...of, party: ids.social, board: ids.social, on, lastDay: addDays(on, notice) }),
      ...(ends === 'withdrawn' ? [event(events.TerminationWithdrawn, { agreement: ids.agreement, on, reason: 'Skäl.' })] : []),
      ...(ends === 'annulled' ? [event(events.TerminationAnnulled, { ...of, annulledOn: on })] : []),
    ];
  });

const stories = fc.tuple(
  versions,
  fc.tuple(...Array.from({ length: 10 }, (_, n) => decision(n))),
  fc.tuple(...Array.from({ length: 6 }, (_, n) => signature(n))),
  fc.array(fc.integer({ min: 0, max: 2 }).chain(delegateApproves), { maxLength: 2 }),
  oneIn(4, contest).map((one) => one ?? []),
  oneIn(2, termination).map((one) => one ?? []),
  fc.infiniteStream(fc.nat()),
);

/** The facts of all stories, mixed; those of each in their order. */
const mixed = (all: readonly Story[], numbers: Iterator<number>): readonly AgreementEvent[] => {
  const left = all.filter((one) => one.length > 0).map((one) => [...one]);
  const order: AgreementEvent[] = [];
  while (left.length > 0) {
    const place = (numbers.next().value as number) % left.length;
    order.push(left[place]!.shift()!);
    if (left[place]!.length === 0) left.splice(place, 1);
  }
  return order;
};

// The reference: each day is asked by itself.

const sortKey = ({ on, place, point }: PartyDecision): string => `${on}/1/${String(place).padStart(6, '0')}/${point}`;
interface Said {
  readonly key: string;
  readonly version: string;
  readonly yes: boolean;
}
const saidBy = (state: Registered, party: string, on: Day): readonly Said[] => {
  const boards = state.decisions
    .filter((one) => one.parties.includes(party) && one.effect !== 'none')
    .filter(({ countsFrom, annulledOn }) => countsFrom !== undefined && countsFrom <= on && (annulledOn === undefined || on < annulledOn))
    .map((one) => ({ key: sortKey(one), version: one.version, yes: one.effect === 'approves' }));
  const delegates = state.revisionApprovals
    .filter((one) => one.party === party && one.on <= on && state.versions.every(({ version, contested }) => version !== one.version || !contested))
    .map((one) => ({ key: `${one.on}/0/${one.approval}`, version: one.version, yes: true }));
  return [...boards, ...delegates].toSorted((a, b) => (a.key < b.key ? -1 : 1));
};
const standing = (said: readonly Said[]): readonly Said[] =>
  said.filter((one) => one.yes && !said.some((later) => !later.yes && later.version === one.version && later.key > one.key));
const stands = (state: Registered, party: string, { version }: Version, on: Day): boolean =>
  standing(saidBy(state, party, on)).some((one) => one.version === version);
const latestNames = (state: Registered, party: string, { version }: Version, on: Day): boolean =>
  standing(saidBy(state, party, on)).at(-1)?.version === version;
const hasSigned = (state: Registered, { version, parties, terms: { allSignatures } }: Version, on: Day): boolean =>
  !allSignatures || parties.every((party) => state.signatures.some((one) => one.party === party && one.version === version && one.on <= on));
const over = ({ terminations }: Registered, { terms: { lastDay } }: Version, on: Day): boolean =>
  (lastDay !== undefined && on > lastDay) || terminations.some((one) => !one.void && on > one.lastDay);
const allMet = (state: Registered, version: Version, on: Day): boolean =>
  mustApprove(version).every((party) => latestNames(state, party, version, on)) &&
  hasSigned(state, version, on) &&
  !over(state, version, on) &&
  (version.terms.startOn === undefined || version.terms.startOn <= on);
const nothingMissing = (state: Registered, version: Version, on: Day): boolean =>
  mustApprove(version).every((party) => stands(state, party, version, on)) && hasSigned(state, version, on) && !over(state, version, on);

/** Which version is in force on each day. */
const dayByDay = (state: Registered): ReadonlyMap<Day, string> => {
  const inForce = new Map<Day, string>();
  let current: Version | undefined;
  for (const on of calendar) {
    const met = state.versions.find((one) => allMet(state, one, on));
    if (met) current = met;
    else if (current && !nothingMissing(state, current, on)) current = undefined;
    if (current) inForce.set(on, current.version);
  }
  return inForce;
};

const held = (facts: readonly AgreementEvent[], check: (state: Registered) => void = () => {}): Registered => {
  let state: Agreement = evolveAgreement({ status: 'none' }, registered());
  const now = atLocalTime(dayOf(DAYS), '12:00');
  for (const fact of facts) {
    if (state.status === 'none') throw new TypeError('It was never registered.');
    const recorded = withConsequences(state, [fact], { ruleOn, now });
    expect(recorded.length).toBeLessThanOrEqual(MAX_EVENTS);
    state = recorded.reduce(evolveAgreement, state as Agreement);
    if (state.status === 'registered') check(state);
  }
  if (state.status === 'none') throw new TypeError('It was never registered.');
  return state;
};

const asRecorded = (state: Registered): ReadonlyMap<Day, string> =>
  new Map(
    calendar.flatMap((on) => {
      const of = periodOn(state.periods, on);
      return of ? [[on, of.version] as const] : [];
    }),
  );

test('it is in force on a day exactly where nothing that is stated is missing that day, after every fact that is recorded, in every order', () => {
  fc.assert(
    fc.property(stories, ([proposals, decisions, signatures, approvals, contests, terminations, numbers]) => {
      const later = mixed([...decisions, ...signatures, ...approvals.filter((_, n) => n === 0), contests, terminations], numbers);
      held([...proposals, ...later], (state) => expect(asRecorded(state)).toEqual(dayByDay(state)));
    }),
    { numRuns: 400 },
  );
});

test('in whatever order the same is recorded, it is in force on the same days', () => {
  fc.assert(
    fc.property(stories, fc.infiniteStream(fc.nat()), ([proposals, decisions, signatures, approvals, contests, terminations, numbers], others) => {
      const all = [...decisions, ...signatures, ...approvals.filter((_, n) => n === 0), contests, terminations];
      const [one, other] = [held([...proposals, ...mixed(all, numbers)]), held([...proposals, ...mixed(all, others)])];
      expect(other.periods).toEqual(one.periods);
    }),
    { numRuns: 250 },
  );
});

test('no version is in force on a day on which something is missing, and where all is met it is in force from exactly the day it was', () => {
  fc.assert(
    fc.property(stories, ([proposals, decisions, signatures, approvals, contests, terminations, numbers]) => {
      const state = held([...proposals, ...mixed([...decisions, ...signatures, ...approvals.filter((_, n) => n === 0), contests, terminations], numbers)]);
      for (const on of calendar) {
        const period = periodOn(state.periods, on);
        const version = state.versions.find((one) => one.version === period?.version);
        expect(version === undefined || nothingMissing(state, version, on)).toBe(true);
        const begins = version !== undefined && period?.on === on;
        expect(!begins || (allMet(state, version, on) && !allMet(state, version, addDays(on, -1)))).toBe(true);
        expect(state.versions.filter((one) => allMet(state, one, on) && one !== version)).toEqual([]);
      }
    }),
    { numRuns: 250 },
  );
});

test('a version that is not in force always says why, and one that is says nothing', () => {
  fc.assert(
    fc.property(stories, ([proposals, decisions, signatures, approvals, contests, terminations, numbers]) => {
      const state = held([...proposals, ...mixed([...decisions, ...signatures, ...approvals.filter((_, n) => n === 0), contests, terminations], numbers)]);
      for (const on of calendar) {
        for (const version of state.versions) {
          const missing = whyNotInForce(state, version, on, organisation);
          expect(missing.length === 0).toBe(periodOn(state.periods, on)?.version === version.version);
          for (const { text } of missing) expect([text.sv, text.en]).toEqual([expect.stringMatching(/^\p{Lu}.*\.$/u), expect.stringMatching(/^\p{Lu}.*\.$/u)]);
        }
      }
    }),
    { numRuns: 120 },
  );
});
