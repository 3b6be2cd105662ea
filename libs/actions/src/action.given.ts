import { obligation, ObligationArisen } from '#libs/audits';
import { atLocalTime, day, derivedId, event, type By, type Decide } from '#libs/kernel';
import type { CitedDecision, Outcome } from '#libs/meetings';
import { BoardSucceeded, MunicipalityRegistered, organisationStream, registerOf, UnitRegistered, type Register, type UnitKind } from '#libs/organisation';
import { given as givenFacts, stateAfter } from '#libs/testing';
import {
  DeadlineClosed,
  DeadlineMet,
  DeadlineMissed,
  DeadlineMoved,
  DeadlineSet,
  defaultRules,
  LatenessWithdrawn,
  planFor,
  planUntil,
  type DeadlinePlan,
  type DeadlineRule,
} from '#libs/timers';
import { action, dayDeadlineId, occasionDeadlineId, stands, undatedDeadlineId, type Action, type Known } from './action.js';
import * as events from './action.events.js';
import type { ActionEvent, Frequency } from './action.events.js';
import { DEFAULT_RULE, type ActionRule, type RuleOn } from './action-rules.js';
import type { Obligations } from './answered-obligations.js';

// Östermalm's actions of 2020 [001], as the specs tell them. Where nothing else is said: promised on Thursday 24 September 2020, by 31 December.

const id = (name: string): string => derivedId('actions', name);

export const ids = {
  action: id('action'),
  otherAction: id('other action'),
  board: id('Östermalm'),
  administration: id('Östermalms förvaltning'),
  department: id('Socialtjänstavdelningen'),
  unit: id('Stöd- och serviceenheten'),
  neighbourUnit: id('Äldreenheten'),
  otherBoard: id('Norrmalm'),
  otherUnit: id('Stöd- och service, Norrmalm'),
  successor: id('Norra innerstaden'),
  successorUnit: id('Stöd- och service, Norra innerstaden'),
  council: id('Kommunfullmäktige'),
  obligation: id('R3 at Östermalm'),
  otherObligation: id('R4 at Östermalm'),
  foreignObligation: id('R3 at Norrmalm'),
  meeting: id('meeting'),
  point: id('point'),
};

/** Whoever holds a role in a unit. */
export const who = (role: string, unit = ids.unit): By => ({ actor: id(`${role} of ${unit}`), role, unit });
export const officer = who('case-officer');
export const manager = who('unit-manager');
export const departmentHead = who('department-head', ids.department);
export const head = who('head-of-administration', ids.administration);
export const owner = who('process-owner', ids.administration);
export const system = who('system', ids.board);

/** When and by whom something is asked. The unit's manager asks where nobody else is named. */
export const on = (date: string, by: By = manager) => ({ now: atLocalTime(day(date), '12:00'), by, id: ids.action });

const unit = (unitId: string, name: string, kind: UnitKind, partOf?: string) =>
  event(UnitRegistered, { unit: unitId, name, kind, ...(partOf !== undefined && { partOf }) });
/** On 1 July 2023 Norrmalm and Östermalm became Norra innerstaden. */
const merger = event(BoardSucceeded, {
  from: [ids.board, ids.otherBoard],
  to: [ids.successor],
  on: day('2023-07-01'),
  decision: 'Kommunfullmäktige',
  exceptions: [],
  units: [
    { from: ids.unit, to: ids.successorUnit },
    { from: ids.otherUnit, to: ids.successorUnit },
  ],
});
export const organisation: Register = registerOf(
  stateAfter(
    organisationStream,
    [
      event(MunicipalityRegistered, { name: 'Stockholms stad' }),
      unit(ids.board, 'Östermalms stadsdelsnämnd', 'district-board'),
      unit(ids.administration, 'Östermalms stadsdelsförvaltning', 'administration', ids.board),
      unit(ids.department, 'Socialtjänstavdelningen', 'department', ids.administration),
      unit(ids.unit, 'Stöd- och serviceenheten', 'unit', ids.department),
      unit(ids.neighbourUnit, 'Äldreenheten', 'unit', ids.department),
      unit(ids.otherBoard, 'Norrmalms stadsdelsnämnd', 'district-board'),
      unit(ids.otherUnit, 'Stöd- och service, Norrmalm', 'unit', ids.otherBoard),
      unit(ids.successor, 'Norra innerstadens stadsdelsnämnd', 'district-board'),
      unit(ids.successorUnit, 'Stöd- och service, Norra innerstaden', 'unit', ids.successor),
      unit(ids.council, 'Kommunfullmäktige', 'body'),
      merger,
    ],
    on('2020-09-01'),
  ),
);

/** A rule of the municipality's beginning, with nobody reminded: what reminders follow is told by the timers. */
const ruleOf = (type: 'action-day' | 'action-occasion' | 'undated-action'): DeadlineRule => ({
  ...defaultRules.find((rule) => rule.type === type)!,
  ladder: [],
  id: id(type),
  version: 1,
});
export const dayRule = ruleOf('action-day');
export const occasionRule = ruleOf('action-occasion');
export const undatedRule = ruleOf('undated-action');
/** What holds where a municipality has said nothing else. */
export const rules: RuleOn = () => DEFAULT_RULE;
export const confirming: RuleOn = (): ActionRule => ({ ...DEFAULT_RULE, confirmDone: true });

/** The minutes are approved, and the board approved it, where nothing else is said. */
export const decided = (
  date: string,
  { board = ids.board, outcome = 'approved', counts = true }: { board?: string; outcome?: Outcome; counts?: boolean } = {},
): CitedDecision => ({
  meeting: ids.meeting,
  point: ids.point,
  board,
  on: day(date),
  kind: 'meeting',
  paragraph: id('paragraph'),
  number: '§ 13',
  outcome,
  counts,
  ...(counts && { countsFrom: day(date) }),
  dispatchedTo: [],
  dispatches: [],
});
export const decision = { meeting: ids.meeting, point: ids.point };

export const paper = (name: string): string => derivedId('paper', name).replaceAll('-', '').repeat(2);
/** Every paper but the one that is called lost has been stored. */
export const evidence = { has: (sha256: string): boolean => sha256 !== paper('lost') };

const arisen = (obligationId: string, board: string) =>
  stateAfter(
    obligation,
    [
      event(ObligationArisen, {
        obligation: obligationId,
        audit: id('audit'),
        recommendation: id('R3'),
        board,
        number: 'R3',
        addressed: 'group',
      }),
    ],
    on('2020-06-01'),
  );
/** The obligations that the specs know; others are not there. */
export const answered: Obligations = new Map([
  [ids.obligation, arisen(ids.obligation, ids.board)],
  [ids.otherObligation, arisen(ids.otherObligation, ids.board)],
  [ids.foreignObligation, arisen(ids.foreignObligation, ids.otherBoard)],
]);

/** One fact after the other, some of them together. */
export type Facts = readonly (ActionEvent | readonly ActionEvent[])[];

/** Facts of one action, and what a decision says after them. */
export const given = (...facts: Facts) => {
  const so = givenFacts(action, ...facts.flat());
  return {
    when: <C, N>(decide: Decide<C, Action, ActionEvent, N>, command: C, asked: ReturnType<typeof on>, ...needs: object extends N ? [N?] : [N]) =>
      so.when(decide, command, asked, ...needs),
  };
};
/** The state that facts of one action add up to. */
export const after = (...facts: Facts): Action => stateAfter(action, facts.flat(), on('2020-09-24'));

/** The same, of an action that was proposed. */
export const known = (...facts: Facts): Known => {
  const state = after(...facts);
  if (state.status === 'none') throw new Error('Nobody proposed it.');
  return state;
};

type Kind = 'already-done' | 'ongoing' | 'promised';
type Told = 'proposed' | 'promised' | 'done' | 'ended' | 'dropped' | 'transferred' | 'withdrawn';
interface Standing {
  readonly kind?: Kind;
  /** The day it is promised by; the last of December where left out, none where null. */
  readonly by?: string | null;
  /** The day it was first promised by, where that is another. */
  readonly first?: string;
  readonly obligations?: readonly string[];
}

/** What each event says of how the action stands after it. */
export const answers = (status: Told, { kind = 'promised', by = '2020-12-31', first, obligations = [ids.obligation] }: Standing = {}) => {
  const promisedOn = by === null || kind !== 'promised' ? undefined : day(by);
  const firstPromisedOn = first === undefined ? promisedOn : day(first);
  return { obligations: [...obligations], stands: stands({ kind, promisedOn, firstPromisedOn }, status) };
};

interface Proposal extends Standing {
  readonly timeAsWritten?: string;
  readonly frequency?: Frequency;
  readonly role?: 'case-officer' | 'unit-manager' | 'head-of-administration';
}

export const proposed = (proposal: Proposal = {}) => {
  const { kind = 'promised', by = '2020-12-31', timeAsWritten, frequency, role = 'case-officer' } = proposal;
  return event(events.ActionProposed, {
    action: ids.action,
    title: 'Kollegial granskning av genomförandeplaner',
    kind,
    board: ids.board,
    unit: ids.unit,
    role,
    ...(timeAsWritten !== undefined && { timeAsWritten }),
    ...(kind === 'promised' && by !== null && { promisedOn: day(by) }),
    ...(frequency !== undefined && { frequency }),
    ...answers('proposed', proposal),
  });
};
export const promisedFact = (standing: Standing = {}, date = '2020-09-24') =>
  event(events.ActionPromised, { action: ids.action, on: day(date), ...answers('promised', standing) });

const concerning = (deadline: string, responsible = 'case-officer', inUnit = ids.unit) => ({ deadline, unit: inUnit, responsible });
/** What happens to one wait of an action. */
const wait = (plan: DeadlinePlan) => {
  const { deadline, type, dueOn, missedAt } = plan;
  return {
    plan,
    set: event(DeadlineSet, { ...plan, generation: 1 }),
    moved: (to: DeadlinePlan, reason: string, generation: number) => event(DeadlineMoved, { ...to, reason, generation }),
    missed: (generation = 1) => event(DeadlineMissed, { deadline, type, generation, dueOn, missedAt }),
    withdrawn: (generation = 2) => event(LatenessWithdrawn, { deadline, type, generation, dueOn, missedAt }),
    met: (metOn: string, generation = 2) => event(DeadlineMet, { deadline, type, dueOn, generation, metOn: day(metOn) }),
    closed: (closedOn: string, reason: string, generation = 2) => event(DeadlineClosed, { deadline, type, dueOn, generation, closedOn: day(closedOn), reason }),
  };
};
/** The wait for the promised day. */
export const theDay = (by = '2020-12-31', from = '2020-09-24', responsible?: string, inUnit?: string) =>
  wait(planUntil(dayRule, day(from), day(by), concerning(dayDeadlineId(ids.action), responsible, inUnit)));
/** The wait for a day to be set: twenty working days. */
export const aDay = (from = '2020-09-24') => wait(planFor(undatedRule, day(from), concerning(undatedDeadlineId(ids.action))));
/** The wait for the occasion of the period that ends on the day. */
export const occasion = (end: string, from: string) => wait(planUntil(occasionRule, day(from), day(end), concerning(occasionDeadlineId(ids.action, day(end)))));

/** Promised on 24 September 2020, by the last of December. */
export const promised = (proposal: Proposal = {}): readonly ActionEvent[] => [
  proposed(proposal),
  promisedFact(proposal),
  theDay(proposal.by ?? undefined, '2020-09-24', proposal.role).set,
];
/** The same with no day: it asks for one. */
export const undated = (proposal: Proposal = {}): readonly ActionEvent[] => [
  proposed({ ...proposal, by: null }),
  promisedFact({ ...proposal, by: null }),
  aDay().set,
];
/** *Enligt checklistan*: stated to be done. */
export const statedDone = (): readonly ActionEvent[] => [proposed({ kind: 'already-done' }), promisedFact({ kind: 'already-done' })];
/** Monthly method meetings from October 2020 on. */
export const monthly: Frequency = { asWritten: 'månatliga metodmöten', everyMonths: 1, startsOn: day('2020-10-01') };
export const ongoing = (frequency: Frequency = monthly): readonly ActionEvent[] => [
  proposed({ kind: 'ongoing', frequency }),
  promisedFact({ kind: 'ongoing' }),
  occasion('2020-10-31', '2020-09-24').set,
];

export const done = (
  doneOn: string,
  { confirmed = true, documents = [paper('report')], by }: { confirmed?: boolean; documents?: string[]; by?: string } = {},
) =>
  event(events.ActionDone, {
    action: ids.action,
    doneOn: day(doneOn),
    documents,
    confirmed,
    ...answers(confirmed ? 'done' : 'promised', by === undefined ? {} : { by }),
  });

interface Moving {
  readonly from?: string;
  readonly first?: string;
  readonly needs?: 'responsible' | 'unit-head' | 'administration-head' | 'board';
  readonly approvedBy?: 'responsible' | 'unit-head' | 'administration-head' | 'board';
  readonly decidedOn?: string;
  readonly nth?: number;
  readonly cites?: true;
}
export const moveId = (nth = 0): string => derivedId(ids.action, 'move', nth);
export const movedTo = (to: string, moving: Moving = {}) => {
  const { from = '2020-12-31', first = '2020-12-31', needs = 'responsible', approvedBy = needs, decidedOn = '2020-12-01', nth = 0, cites } = moving;
  return event(events.ActionDayMoved, {
    action: ids.action,
    move: moveId(nth),
    from: day(from),
    to: day(to),
    reason: 'Sjukfrånvaro.',
    needs,
    approvedBy,
    decidedOn: day(decidedOn),
    ...(cites && { decision }),
    ...answers('promised', { by: to, first }),
  });
};
export const moveRequested = (to: string, needs: Moving['needs'] = 'unit-head', { requestedOn = '2020-12-01', nth = 0 } = {}) =>
  event(events.MoveRequested, { action: ids.action, move: moveId(nth), to: day(to), reason: 'Sjukfrånvaro.', needs, requestedOn: day(requestedOn) });
