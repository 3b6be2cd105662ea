import { action, type Action } from '#libs/actions';
import { obligation, type Obligation } from '#libs/audits';
import type { Need, Reads } from '#libs/commands';
import { isAfter, type Day } from '#libs/kernel';
import { calendar, calendarId, decisionIn, meeting, type CitedDecision, type DecisionRefData, type Meeting } from '#libs/meetings';
import { holds, organisationId, organisationStream, registerOf, type Capacity } from '#libs/organisation';
import { deadlineRules, deadlineRulesId, ruleFor, type DeadlineRule } from '#libs/timers';
import { agreement, type Agreement, type Registered, type RevisionApproval, type Signature } from './agreement.js';
import { boardOfDecision, delegatedDecision } from './delegated-decision.js';
import { delegationOrder, delegationOrderId, type DelegationOrder } from './delegation-order.js';

/** The municipality’s rules. Which of them are used only the decision knows; each deadline names its own. */
export const ruleOn: Need<unknown, (type: string, startOn: Day) => DeadlineRule> = async (reads, _command, { tenant }) => {
  const { state } = await reads.fold(deadlineRules, deadlineRulesId(tenant));
  return { value: (type, startOn) => ruleFor(state, type, startOn) };
};

/** A cited decision, and its place among all that its board decided that day: by paragraph, then by point. */
export interface Decided extends CitedDecision {
  readonly place: number;
}

/** The decision that a point of a meeting’s minutes is, as they stand. */
export const decidedIn = (state: Meeting, point: string): Decided | undefined => {
  const cited = decisionIn(state, point);
  if (!cited || state.status !== 'open') return undefined;
  const points = state.paragraphs.find(({ paragraph }) => paragraph === cited.paragraph)?.points ?? [];
  const number = Number(/\d{1,5}/.exec(cited.number)?.[0] ?? 0);
  return { ...cited, place: number * 100 + points.findIndex((one) => one.point === point) };
};

/** The decision that a command cites, as the minutes have it; undefined where there is none such. */
export const decided =
  <C>(pick: (command: C) => DecisionRefData): Need<C, Decided | undefined> =>
  async (reads, command) => {
    const cited = pick(command);
    const { state, lastId } = await reads.fold(meeting, cited.meeting);
    return { value: decidedIn(state, cited.point), basis: lastId === undefined ? [] : [lastId] };
  };

/** The minutes that a command names. */
export const minutes =
  <C>(pick: (command: C) => string): Need<C, Meeting> =>
  async (reads, command) => {
    const { state, lastId } = await reads.fold(meeting, pick(command));
    return { value: state, basis: lastId === undefined ? [] : [lastId] };
  };

/** Actions and obligations that a command names, as they stand. */
export interface Named {
  readonly actions: ReadonlyMap<string, Action>;
  readonly obligations: ReadonlyMap<string, Obligation>;
}

/** What a command links an agreement to; the last event of each is the basis. */
export const namedBy: Need<{ readonly actions?: readonly string[]; readonly obligations?: readonly string[] }, Named> = async (
  reads,
  { actions = [], obligations = [] },
) => {
  const [acted, obliged] = await Promise.all([
    Promise.all(actions.map(async (id) => ({ id, ...(await reads.fold(action, id)) }))),
    Promise.all(obligations.map(async (id) => ({ id, ...(await reads.fold(obligation, id)) }))),
  ]);
  return {
    value: { actions: new Map(acted.map(({ id, state }) => [id, state])), obligations: new Map(obliged.map(({ id, state }) => [id, state])) },
    basis: [...acted, ...obliged].flatMap(({ lastId }) => lastId ?? []),
  };
};

/** Who holds a role on a day. */
export interface Holder {
  readonly person: string;
  readonly capacity: Capacity;
}
export type HoldersOn = (role: string, unit: string, on: Day) => readonly Holder[];

/** Who has which role on which day: substitutes and acting holders among them, as they are recorded. */
export const holders: Need<unknown, HoldersOn> = async (reads, _command, { tenant }) => {
  const { state } = await reads.fold(organisationStream, organisationId(tenant));
  const roles = state.status === 'registered' ? [...state.roles] : [];
  return {
    value: (role, unit, on) =>
      roles.flatMap(([person, periods]) =>
        periods.flatMap((period) => (period.role === role && period.unit === unit && holds(period, on) ? [{ person, capacity: period.capacity }] : [])),
      ),
  };
};

/** The delegations of the board that held a party’s place on a day; its last event is the basis. Delegations end with their board. */
export interface Delegations {
  readonly board: string;
  readonly order: DelegationOrder;
}
export const delegations =
  <C>(pick: (command: C) => { readonly party: string; readonly on: Day }): Need<C, Delegations> =>
  async (reads, command, { tenant }) => {
    const { party, on } = pick(command);
    const { state: organisation } = await reads.fold(organisationStream, organisationId(tenant));
    const board = registerOf(organisation).holderOn(party, on);
    const { state, lastId } = await reads.fold(delegationOrder, delegationOrderId(tenant, board));
    return { value: { board, order: state }, basis: lastId === undefined ? [] : [lastId] };
  };

/** The first meeting after a day, in the calendar of the board or of the one that holds its things then. */
export type NextMeeting = (after: Day) => Day | undefined;

/** Last day that the register can be asked about. */
const LAST = '2199-12-31' as Day;

const nextMeetingOf = async (reads: Reads, tenant: string, board: string | undefined): Promise<NextMeeting> => {
  if (board === undefined) return () => undefined;
  const { state: organisation } = await reads.fold(organisationStream, organisationId(tenant));
  const register = registerOf(organisation);
  const boards = [...new Set([board, register.holderOn(board, LAST)])];
  const calendars = await Promise.all(boards.map(async (of) => ({ of, ...(await reads.fold(calendar, calendarId(tenant, of))) })));
  const meetings = calendars.flatMap(({ of, state }) =>
    state.status === 'kept' ? state.meetings.filter(({ on, cancelled }) => !cancelled && register.existsOn(of, on)).map(({ on }) => on) : [],
  );
  const inOrder = meetings.toSorted();
  return (after) => inOrder.find((on) => isAfter(on, after));
};

/** The next meeting of the board for which something is decided by delegation. */
export const nextMeetingOfBoard: Need<{ readonly board: string }, NextMeeting> = async (reads, { board }, { tenant }) => ({
  value: await nextMeetingOf(reads, tenant, board),
});

/** The next meeting of the board for which a delegated decision was made. */
export const nextMeeting: Need<{ readonly decision: string }, NextMeeting> = async (reads, { decision }, { tenant }) => {
  const { state } = await reads.fold(delegatedDecision, decision);
  return { value: await nextMeetingOf(reads, tenant, boardOfDecision(state)) };
};

/** An agreement as it stands, what of it was done by delegation, and the delegations that this rests on. */
export interface ActOfAgreement {
  readonly agreed: Agreement;
  readonly act?: Signature | RevisionApproval;
  readonly order: DelegationOrder;
  readonly nextMeeting: NextMeeting;
}
export const actOfAgreement: Need<{ readonly agreement: string; readonly decision: string }, ActOfAgreement> = async (
  reads,
  { agreement: id, decision },
  { tenant },
) => {
  const { state: agreed, lastId } = await reads.fold(agreement, id);
  const basis = lastId === undefined ? [] : [lastId];
  const act = agreed.status === 'none' ? undefined : actIn(agreed, decision);
  if (!act) {
    const { state } = await reads.fold(delegatedDecision, decision);
    return { value: { agreed, order: { status: 'none' }, nextMeeting: await nextMeetingOf(reads, tenant, boardOfDecision(state)) }, basis };
  }
  const { state: order } = await reads.fold(delegationOrder, delegationOrderId(tenant, act.delegation.order));
  return { value: { agreed, act, order, nextMeeting: await nextMeetingOf(reads, tenant, act.board) }, basis };
};

/** The signature or approval of that id. */
const actIn = ({ signatures, revisionApprovals }: Registered, id: string): Signature | RevisionApproval | undefined =>
  signatures.find(({ signature }) => signature === id) ?? revisionApprovals.find(({ approval }) => approval === id);
