import { atLocalTime, day, derivedId, event, type Day, type Decide, type EventOf } from '#libs/kernel';
import {
  BoardSucceeded,
  MunicipalityRegistered,
  organisationStream,
  registerOf,
  UnitRegistered,
  type OrganisationEvent,
  type UnitKind,
} from '#libs/organisation';
import { given as givenFacts, stateAfter } from '#libs/testing';
import { DeadlineClosed, DeadlineSet, defaultRules, planFor, planUntil, type DeadlineRule } from '#libs/timers';
import * as events from './agreement.events.js';
import type { AgreementEvent } from './agreement.events.js';
import { agreement, evolveAgreement, type Agreement, type Registered } from './agreement.js';
import type { Answers } from './agreement.shapes.js';
import { withConsequences } from './consequences.js';
import { DelegationGiven, FurtherDelegated, type DelegationOrderEvent } from './delegation-order.events.js';
import { delegationOrder, type DelegationOrder } from './delegation-order.js';
import type { Decided, Holder } from './needs.js';
import { versionHash } from './version.js';

// Facts as the specs tell them. Where nothing else is said: [000]'s agreement between socialnämnden and utbildningsnämnden.

const named = (name: string): string => derivedId('agreements', name);
export const ids = {
  agreement: named('agreement'),
  social: named('Socialnämnden'),
  education: named('Utbildningsnämnden'),
  culture: named('Kulturnämnden'),
  norrmalm: named('Norrmalm'),
  ostermalm: named('Östermalm'),
  innerstaden: named('Norra innerstaden'),
  socialAdministration: named('Socialförvaltningen'),
  procurement: named('Enheten för upphandling och föreningsstöd'),
  educationAdministration: named('Utbildningsförvaltningen'),
  director: named('socialdirektören'),
  deputy: named('biträdande förvaltningschef'),
  educationDirector: named('utbildningsdirektören'),
  registrar: named('registrator'),
  delegation: named('delegation'),
  further: named('vidaredelegation'),
};

const unit = (id: string, name: string, kind: UnitKind, partOf?: string): OrganisationEvent =>
  event(UnitRegistered, { unit: id, name, kind, ...(partOf !== undefined && { partOf }) });

/** The register: with the succession of 1 July 2023, by which Norrmalm and Östermalm became Norra innerstaden. */
export const organisationFacts: readonly OrganisationEvent[] = [
  event(MunicipalityRegistered, { name: 'Stockholms stad' }),
  unit(ids.social, 'Socialnämnden', 'board'),
  unit(ids.education, 'Utbildningsnämnden', 'board'),
  unit(ids.culture, 'Kulturnämnden', 'board'),
  unit(ids.norrmalm, 'Norrmalms stadsdelsnämnd', 'district-board'),
  unit(ids.ostermalm, 'Östermalms stadsdelsnämnd', 'district-board'),
  unit(ids.innerstaden, 'Norra innerstadens stadsdelsnämnd', 'district-board'),
  unit(ids.socialAdministration, 'Socialförvaltningen', 'administration', ids.social),
  unit(ids.procurement, 'Enheten för upphandling och föreningsstöd', 'unit', ids.socialAdministration),
  unit(ids.educationAdministration, 'Utbildningsförvaltningen', 'administration', ids.education),
  event(BoardSucceeded, {
    from: [ids.norrmalm, ids.ostermalm],
    to: [ids.innerstaden],
    on: day('2023-07-01'),
    decision: 'Kommunfullmäktige',
    exceptions: [],
    units: [],
  }),
];
const by = { actor: ids.registrar, role: 'registrar', unit: ids.social };
export const organisation = registerOf(stateAfter(organisationStream, organisationFacts, { by, now: atLocalTime(day('2020-01-01'), '08:00') }));

/** The rules that a municipality begins with, with nobody reminded. */
export const ruleOn = (type: string): DeadlineRule => {
  const { summary: _, ...terms } = defaultRules.find((one) => one.type === type)!;
  return { ...terms, ladder: [], id: named(`rule ${type}`), version: 1 };
};

interface Asked {
  readonly role?: string;
  readonly unit?: string;
  readonly actor?: string;
  readonly id?: string;
}
/** Socialnämnden’s registrar asks, at noon of that day; or who else. */
export const on = (date: string, { role = 'registrar', unit: of = ids.social, actor = ids.registrar, id = ids.agreement }: Asked = {}) => ({
  now: atLocalTime(day(date), '12:00'),
  by: { actor, role, unit: of },
  id,
});

type Facts<E> = readonly (E | readonly E[])[];
/** Facts of an agreement, and what a decision says after them. */
export const given = (...facts: Facts<AgreementEvent>) => {
  const so = givenFacts(agreement, ...facts.flat());
  return {
    when: <C, N>(decide: Decide<C, Agreement, AgreementEvent, N>, command: C, asked: ReturnType<typeof on>, ...needs: object extends N ? [N?] : [N]) =>
      so.when(decide, command, asked, ...needs),
  };
};
export const agreementAfter = (...facts: Facts<AgreementEvent>): Registered => {
  const state = stateAfter(agreement, facts.flat(), on('2022-06-20'));
  if (state.status === 'none') throw new TypeError('It was never registered.');
  return state;
};
export const givenOrder = (...facts: Facts<DelegationOrderEvent>) => {
  const so = givenFacts(delegationOrder, ...facts.flat());
  return {
    when: <C, N>(
      decide: Decide<C, DelegationOrder, DelegationOrderEvent, N>,
      command: C,
      asked: ReturnType<typeof on>,
      ...needs: object extends N ? [N?] : [N]
    ) => so.when(decide, command, asked, ...needs),
  };
};

/** The clauses of the sample text: who follows up short-term supervision in the city’s schools. */
export const clauses: EventOf<typeof events.VersionProposed>['data']['clauses'] = [
  {
    clause: '1',
    kind: 'operational-follow-up',
    match: { provisionForm: 'in-house-school', service: 'short-term-supervision' },
    answer: { who: 'named', board: ids.social, performingUnit: ids.procurement },
    basis: 'Överenskommelsen § 1',
  },
];
export const TEXT = '§ 1 Socialnämnden följer upp korttidstillsynen i stadens skolor.\n§ 2 Egen intern kontroll ligger kvar hos utbildningsnämnden.';
export const OTHER_TEXT =
  '§ 1 Socialnämnden följer upp korttidstillsynen i stadens skolor varje år.\n§ 2 Egen intern kontroll ligger kvar hos utbildningsnämnden.';
/** The first version, the one that utbildningsnämnden first approved instead, and a revision of the first. */
export const v1 = versionHash(TEXT, []);
export const v2 = versionHash(OTHER_TEXT, []);

export const registered = () =>
  event(events.AgreementRegistered, {
    agreement: ids.agreement,
    title: 'Samverkansöverenskommelse',
    parties: [{ board: ids.social, registryNumber: '2.3.4-181/2022', patternKnown: false }, { board: ids.education }],
    proposedBy: ids.social,
  });

interface Proposed {
  readonly text?: string;
  readonly number?: number;
  readonly parties?: readonly string[];
  readonly leaving?: readonly string[];
  readonly terms?: EventOf<typeof events.VersionProposed>['data']['terms'];
  readonly revises?: string;
  readonly reserved?: EventOf<typeof events.VersionProposed>['data']['reserved'];
  readonly answers?: Answers;
  readonly of?: EventOf<typeof events.VersionProposed>['data']['clauses'];
  readonly on?: string;
}
export const proposed = ({
  text = TEXT,
  number = 1,
  parties = [ids.social, ids.education],
  leaving,
  terms = {},
  revises,
  reserved = [],
  answers,
  of = clauses,
  on: proposedOn = '2022-05-17',
}: Proposed = {}) =>
  event(events.VersionProposed, {
    agreement: ids.agreement,
    version: versionHash(text, []),
    number,
    text,
    attachments: [],
    parties: [...parties],
    ...(leaving && { leaving: [...leaving] }),
    clauses: of,
    terms,
    board: ids.social,
    on: day(proposedOn),
    ...(revises !== undefined && { revises }),
    reserved,
    ...(answers && { answers }),
  });

/** All four questions answered with no. */
export const NO: Answers = {
  goals: { concerns: false, reason: 'Målen är desamma.' },
  direction: { concerns: false, reason: 'Inriktningen är densamma.' },
  scope: { concerns: false, reason: 'Omfattningen är densamma.' },
  quality: { concerns: false, reason: 'Kraven är desamma.' },
};

interface DecisionOf {
  readonly board?: string;
  readonly on?: string;
  /** When the minutes were approved; false: not yet. */
  readonly counts?: string | false;
  readonly outcome?: Decided['outcome'];
  readonly object?: Decided['object'];
  readonly annulled?: string;
  readonly number?: string;
  readonly nth?: number;
}
/** What was decided, as the minutes have it: [000]’s § 13 where nothing else is said. */
export const decisionOf = ({
  board = ids.social,
  on: decidedOn = '2022-06-14',
  counts = '2022-06-20',
  outcome = 'approved',
  object = { kind: 'agreement', id: ids.agreement, version: v1 },
  annulled,
  number = '§ 13',
  nth = 0,
}: DecisionOf = {}): Decided => {
  const meeting = derivedId(board, decidedOn);
  return {
    meeting,
    point: derivedId(meeting, number, nth),
    board,
    on: day(decidedOn),
    kind: 'meeting',
    paragraph: derivedId(meeting, number),
    number,
    outcome,
    object,
    counts: counts !== false && annulled === undefined,
    ...(counts !== false && { countsFrom: day(counts) }),
    ...(annulled !== undefined && { annulledOn: day(annulled) }),
    dispatchedTo: [],
    dispatches: [],
    place: Number(number.slice(2)) * 100 + nth,
  };
};
export const cited = ({ meeting, point }: Decided) => ({ meeting, point });

type Recorded = EventOf<typeof events.PartyDecisionRecorded>['data'];
/** The fact that a party decided so. */
export const recorded = (
  of: DecisionOf = {},
  { version = v1, effect, parties }: { version?: string; effect?: Recorded['effect']; parties?: readonly string[] } = {},
) => {
  const { meeting, point, number, board, outcome, on: decidedOn, place, countsFrom, annulledOn } = decisionOf(of);
  return event(events.PartyDecisionRecorded, {
    agreement: ids.agreement,
    meeting,
    point,
    version,
    number,
    board,
    parties: [...(parties ?? [board])],
    outcome,
    effect: effect ?? (outcome === 'approved' || outcome === 'approved-with-changes' ? 'approves' : outcome === 'rejected' ? 'rejects' : 'none'),
    on: decidedOn,
    place,
    ...(countsFrom !== undefined && { countsFrom }),
    ...(annulledOn !== undefined && { annulledOn }),
  });
};

/** Utbildningsnämnden’s decision: *sample*. */
export const EDUCATION = { board: ids.education, on: '2022-09-15', counts: '2022-09-22', number: '§ 7' } as const;

/** A delegation as socialnämnden gave it [000]: to socialdirektören, to sign and to revise. */
export const delegated = (more: Partial<EventOf<typeof DelegationGiven>['data']> = {}): DelegationOrderEvent =>
  event(DelegationGiven, {
    board: ids.social,
    point: ids.delegation,
    origin: 'special-decision',
    what: 'Att teckna avtalet och revidera överenskommelsen vid behov.',
    covers: ['sign-agreements', 'revise-agreements'],
    role: 'head-of-administration',
    unit: ids.socialAdministration,
    from: day('2022-06-20'),
    furtherAllowed: false,
    reporting: 'next-meeting',
    appealable: false,
    decision: cited(decisionOf({ nth: 1 })),
    ...more,
  });
export const delegatedFurther = (more: Partial<EventOf<typeof FurtherDelegated>['data']> = {}): DelegationOrderEvent =>
  event(FurtherDelegated, {
    board: ids.social,
    point: ids.delegation,
    further: ids.further,
    role: 'unit-manager',
    unit: ids.procurement,
    from: day('2022-07-01'),
    ...more,
  });
export const orderAfter = (...facts: readonly DelegationOrderEvent[]): DelegationOrder => stateAfter(delegationOrder, facts, on('2022-06-20'));

const HOLDERS: Readonly<Record<string, readonly (Holder & { readonly from: Day; readonly to?: Day })[]>> = {
  [`head-of-administration ${ids.socialAdministration}`]: [{ person: ids.director, capacity: 'ordinary', from: day('2020-01-01') }],
  [`head-of-administration ${ids.educationAdministration}`]: [{ person: ids.educationDirector, capacity: 'ordinary', from: day('2020-01-01') }],
  [`unit-manager ${ids.procurement}`]: [{ person: ids.deputy, capacity: 'ordinary', from: day('2020-01-01') }],
};
/** Who has which role; socialdirektören has a substitute in July 2022. */
export const holders = (role: string, of: string, day_: Day): readonly Holder[] => {
  const substitute = role === 'head-of-administration' && of === ids.socialAdministration && day_ >= '2022-07-04' && day_ <= '2022-07-31';
  const held = HOLDERS[`${role} ${of}`] ?? [];
  return [...held.map(({ person, capacity }) => ({ person, capacity })), ...(substitute ? [{ person: ids.deputy, capacity: 'substitute' as const }] : [])];
};

/** A signature: by the party’s director, on that day. */
export const signed = (party: string, signedOn: string, { version = v1, nth = 0 }: { version?: string; nth?: number } = {}) =>
  event(events.AgreementSigned, {
    agreement: ids.agreement,
    signature: derivedId(ids.agreement, 'signature', party, version, nth),
    party,
    board: party,
    version,
    on: day(signedOn),
    role: 'head-of-administration',
    unit: party === ids.social ? ids.socialAdministration : ids.educationAdministration,
    person: party === ids.social ? ids.director : ids.educationDirector,
    capacity: 'ordinary',
    delegation: { order: party, point: ids.delegation },
  });

/** What happened, each fact with what followed from it, all of it recorded on that day. */
export const lived = (recordedOn: string, ...facts: readonly AgreementEvent[]): readonly AgreementEvent[] => {
  const now = atLocalTime(day(recordedOn), '12:00');
  const all: AgreementEvent[] = [];
  let state: Agreement = { status: 'none' };
  for (const fact of facts) {
    const told: readonly AgreementEvent[] = state.status === 'none' ? [fact] : withConsequences(state, [fact], { ruleOn, now });
    all.push(...told);
    state = told.reduce(evolveAgreement, state);
  }
  return all;
};

/** In force since 22 September 2022: both boards have approved the first version. */
export const inForce = (terms: Proposed['terms'] = {}): readonly AgreementEvent[] =>
  lived('2022-09-22', registered(), proposed({ terms }), recorded(), recorded(EDUCATION));

const review = (startOn: string) => planFor(ruleOn('agreement-review'), day(startOn), concerning('agreement-review', 'first'));
const concerning = (type: string, of: string) => ({ deadline: derivedId(ids.agreement, type, of), unit: ids.social, responsible: 'process-owner' });

/** What is awaited of an agreement: that it is reviewed within a year of its coming into force. */
export const reviewAwaited = (startOn: string) => event(DeadlineSet, { ...review(startOn), generation: 1 });
export const reviewClosed = (startOn: string, closedOn: string, reason: string) => {
  const { deadline, type, dueOn } = review(startOn);
  return event(DeadlineClosed, { deadline, type, generation: 2, dueOn, closedOn: day(closedOn), reason });
};
/** What is awaited while notice runs, or before it lapses. */
export const awaitedUntil = (type: 'agreement-notice' | 'agreement-lapse', of: string, startOn: string, dueOn: string) =>
  event(DeadlineSet, { ...planUntil(ruleOn(type), day(startOn), day(dueOn), concerning(type, of)), generation: 1 });

export const entered = (enteredOn: string, { version = v1, number = 1 } = {}) =>
  event(events.AgreementEnteredIntoForce, { agreement: ids.agreement, version, number, on: day(enteredOn), clauses });
export const forceEnded = (lastDay: string, because: EventOf<typeof events.AgreementForceEnded>['data']['because'], { version = v1, number = 1 } = {}) =>
  event(events.AgreementForceEnded, { agreement: ids.agreement, version, number, lastDay: day(lastDay), because });
