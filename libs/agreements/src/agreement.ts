import { never, type Day, type EventOf, type Stream } from '#libs/kernel';
import type { DecisionRefData } from '#libs/meetings';
import { deadlineEvents, evolveDeadlines, type Deadlines } from '#libs/timers';
import * as events from './agreement.events.js';
import type { AgreementEvent } from './agreement.events.js';
import type { Period } from './agreement.shapes.js';

type Data<T> = Omit<EventOf<T>['data'], 'agreement'>;

/** A text between boards as it was proposed; what was linked to it and who contests it are added. */
export interface Version extends Data<typeof events.VersionProposed> {
  /** Other files of the same text. */
  readonly files: readonly string[];
  readonly contested?: { readonly party: string; readonly on: Day; readonly reason: string };
}

/** A party’s decision as the minutes have it. */
export type PartyDecision = Data<typeof events.PartyDecisionRecorded>;
export type Signature = Data<typeof events.AgreementSigned>;
/** A party’s approval of a revision by its delegate. */
export type RevisionApproval = Data<typeof events.RevisionApproved>;

export interface Termination {
  readonly party: string;
  readonly board: string;
  readonly decision: DecisionRefData;
  readonly on: Day;
  readonly lastDay: Day;
  readonly reason?: string;
  /** It has no effect any more: it was withdrawn, or a court annulled the decision. */
  readonly void?: 'withdrawn' | 'annulled';
}

/** What every registered agreement has. */
export interface Agreed {
  readonly agreement: string;
  readonly title: string;
  readonly proposedBy: string;
  /** Boards that are or were to be parties, with their registry numbers. */
  readonly numbers: readonly { readonly board: string; readonly registryNumber?: string; readonly patternKnown?: boolean }[];
  /** What led to it: a board’s corrective actions and obligations. */
  readonly linked: { readonly actions: readonly string[]; readonly obligations: readonly string[] };
  readonly reports: readonly Data<typeof events.ProposalReportWritten>[];
  readonly consultations: readonly Data<typeof events.ProposalConsulted>[];
  /** In the order they were registered. */
  readonly versions: readonly Version[];
  readonly decisions: readonly PartyDecision[];
  readonly signatures: readonly Signature[];
  readonly revisionApprovals: readonly RevisionApproval[];
  /** How many signatures and approvals under delegation were ever recorded, those taken back included: what tells their ids apart. */
  readonly actsEver: number;
  readonly terminations: readonly Termination[];
  readonly reviews: readonly Data<typeof events.AgreementReviewed>[];
  readonly afterwards: readonly Data<typeof events.AfterwardsSettled>[];
  /** When it is in force, as it stands recorded. */
  readonly periods: readonly Period[];
  readonly deadlines: Deadlines;
}
export type Registered = Agreed & { readonly status: 'registered' };

/** An agreement between boards, from nobody having registered it on. Whether it is in force is a question of the day: its periods tell. */
export type Agreement = { readonly status: 'none' } | Registered;

const without = <D extends { readonly agreement: string }>(data: D): Omit<D, 'agreement'> => {
  const { agreement: _, ...rest } = data;
  return rest;
};

type ForceEvent = Extract<AgreementEvent, { type: 'AgreementEnteredIntoForce' | 'AgreementForceEnded' | 'ForceCorrected' | 'ForceWithdrawn' }>;

/** When the agreement is in force, after a fact that tells of it. */
export const evolvePeriods = (periods: readonly Period[], event: ForceEvent): readonly Period[] => {
  switch (event.type) {
    case 'AgreementEnteredIntoForce': {
      const { version, number, on } = event.data;
      return [...periods, { version, number, on }];
    }
    case 'AgreementForceEnded': {
      const { lastDay, because } = event.data;
      return periods.map((one, place) => (place === periods.length - 1 ? { ...one, lastDay, because } : one));
    }
    case 'ForceCorrected':
      return event.data.to;
    case 'ForceWithdrawn':
      return [];
    default:
      return never(event);
  }
};

/** The agreement after the event. */
export const evolveAgreement = (state: Agreement, event: AgreementEvent): Agreement => {
  if (event.type === 'AgreementRegistered') {
    const { parties, ...registered } = event.data;
    const lists = { reports: [], consultations: [], versions: [], decisions: [], signatures: [], revisionApprovals: [], terminations: [], reviews: [] };
    return {
      status: 'registered',
      ...registered,
      numbers: parties,
      linked: { actions: [], obligations: [] },
      ...lists,
      afterwards: [],
      periods: [],
      actsEver: 0,
      deadlines: {},
    };
  }
  if (state.status === 'none') return state; // an agreement begins with its registration; nothing else can stand first
  switch (event.type) {
    case 'AgreementNumberNoted': {
      const noted = without(event.data);
      return { ...state, numbers: [...state.numbers.filter(({ board }) => board !== noted.board), noted] };
    }
    case 'ProposalReportWritten':
      return { ...state, reports: [...state.reports, without(event.data)] };
    case 'ProposalConsulted':
      return { ...state, consultations: [...state.consultations, without(event.data)] };
    case 'VersionProposed': {
      const proposed = without(event.data);
      const unknown = [...proposed.parties, ...(proposed.leaving ?? [])].filter((board) => !state.numbers.some((one) => one.board === board));
      return {
        ...state,
        numbers: [...state.numbers, ...unknown.map((board) => ({ board }))],
        versions: [...state.versions, { ...proposed, files: [] }],
      };
    }
    case 'AgreementFileLinked':
      return onVersion(state, event.data.version, (one) => ({ ...one, files: [...one.files, event.data.document] }));
    case 'AgreementLinked': {
      const { actions = [], obligations = [] } = event.data;
      return { ...state, linked: { actions: [...state.linked.actions, ...actions], obligations: [...state.linked.obligations, ...obligations] } };
    }
    case 'PartyDecisionRecorded':
      return { ...state, decisions: [...state.decisions, without(event.data)] };
    case 'PartyDecisionFollowed': {
      const { countsFrom: _, annulledOn: __, ...stays } = without(event.data);
      const follow = ({ countsFrom: ___, annulledOn: ____, ...one }: PartyDecision): PartyDecision => ({ ...one, ...stays, ...without(event.data) });
      return { ...state, decisions: state.decisions.map((one) => (one.point === stays.point ? follow(one) : one)) };
    }
    case 'PartyDecisionWithdrawn':
      return { ...state, decisions: state.decisions.filter(({ point }) => point !== event.data.point) };
    case 'AgreementSigned':
      return { ...state, signatures: [...state.signatures, without(event.data)], actsEver: state.actsEver + 1 };
    case 'SigningDayCorrected': {
      const { signature, on } = event.data;
      return { ...state, signatures: state.signatures.map((one) => (one.signature === signature ? { ...one, on } : one)) };
    }
    case 'SignatureWithdrawn':
      return { ...state, signatures: state.signatures.filter(({ signature }) => signature !== event.data.signature) };
    case 'RevisionApproved':
      return { ...state, revisionApprovals: [...state.revisionApprovals, without(event.data)], actsEver: state.actsEver + 1 };
    case 'RevisionApprovalWithdrawn':
      return { ...state, revisionApprovals: state.revisionApprovals.filter(({ approval }) => approval !== event.data.approval) };
    case 'RevisionContested': {
      const { version, party, on, reason } = event.data;
      return onVersion(state, version, (one) => ({ ...one, contested: { party, on, reason } }));
    }
    case 'AgreementEnteredIntoForce':
    case 'AgreementForceEnded':
    case 'ForceCorrected':
    case 'ForceWithdrawn':
      return { ...state, periods: evolvePeriods(state.periods, event) };
    case 'AgreementReviewed':
      return { ...state, reviews: [...state.reviews, without(event.data)] };
    case 'AgreementTerminated':
      return { ...state, terminations: [...state.terminations, without(event.data)] };
    case 'TerminationAnnulled': {
      const { point } = event.data.decision;
      return { ...state, terminations: state.terminations.map((one) => (one.decision.point === point ? { ...one, void: 'annulled' } : one)) };
    }
    case 'TerminationWithdrawn':
      return { ...state, terminations: state.terminations.map((one) => (one.void ? one : { ...one, void: 'withdrawn' })) };
    case 'AfterwardsSettled':
      return { ...state, afterwards: [...state.afterwards, without(event.data)] };
    case 'DeadlineSet':
    case 'DeadlineMoved':
    case 'DeadlineMet':
    case 'DeadlineMissed':
    case 'LatenessWithdrawn':
    case 'DeadlineClosed':
    case 'ReminderIssued':
    case 'RemindersSuppressed':
      return { ...state, deadlines: evolveDeadlines(state.deadlines, event) };
    default:
      return never(event);
  }
};

const onVersion = (state: Registered, version: string, change: (version: Version) => Version): Registered => ({
  ...state,
  versions: state.versions.map((one) => (one.version === version ? change(one) : one)),
});

/** The stream of one agreement: `agreement-<uuid>`. */
export const agreement: Stream<Agreement, AgreementEvent> = {
  name: 'agreement',
  events: [...Object.values(events), ...deadlineEvents],
  initial: { status: 'none' },
  evolve: evolveAgreement,
};

/** Every board that is or was to be a party: each of them handles the agreement. */
export const boardsOf = (state: Agreement): readonly string[] | undefined => (state.status === 'none' ? undefined : state.numbers.map(({ board }) => board));
export const deadlinesOf = (state: Agreement): Deadlines => (state.status === 'none' ? {} : state.deadlines);

/** Everybody who must approve a version: its parties, and those that leave by it. */
export const mustApprove = ({ parties, leaving = [] }: Pick<Version, 'parties' | 'leaving'>): readonly string[] => [...parties, ...leaving];
export const versionOf = ({ versions }: Pick<Agreed, 'versions'>, version: string | undefined): Version | undefined =>
  versions.find((one) => one.version === version);
