import { obligation, ObligationArisen, obligationId } from '#libs/audits';
import type { KnownDocuments } from '#libs/documents';
import { atLocalTime, day, derivedId, event, type By, type Decide } from '#libs/kernel';
import type { BoardCalendar, CitedDecision } from '#libs/meetings';
import {
  BoardSucceeded,
  MunicipalityRegistered,
  organisationStream,
  registerOf,
  RegistryPatternRegistered,
  UnitRegistered,
  type Register,
  type UnitKind,
} from '#libs/organisation';
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
import { meetingOn } from './count-back.given.js';
import type { CalendarMeeting, PreparationStep } from './count-back.js';
import type { ItsReferral } from './await-reply.js';
import type { Planning } from './planning.js';
import type { CountedBecause, ReplyKind } from './reply.codes.js';
import * as events from './reply.events.js';
import type { ReplyEvent } from './reply.events.js';
import { answerDeadlineId, reply, replyDeadlineId, replyId, type Reply } from './reply.js';
import type { ReplyPlan } from './reply-plan.js';
import { RESPONSIBLE } from './reply-rule.js';

// Älvsjö's reply to report Nr 5 2020 as the specs tell it: referred on 25 May 2020 [003]; that it is due on 15 October, and who met when, is made up.

const id = (name: string): string => derivedId('replies', name);
const audit = id('Nr 5 2020');
const board = id('Älvsjö');

export const ids = {
  audit,
  board,
  reply: replyId(audit, board),
  neighbour: id('Hägersten-Liljeholmen'),
  successor: id('Hägersten-Älvsjö'),
  executive: id('kommunstyrelsen'),
  council: id('kommunfullmäktige'),
  administration: id('Älvsjö stadsdelsförvaltning'),
  department: id('Socialtjänstavdelningen, Älvsjö'),
  recommendation: id('R3'),
  otherRecommendation: id('R4'),
  obligation: obligationId(id('R3'), board),
  meeting: id('meeting'),
  point: id('point'),
  otherPoint: id('other point'),
  paragraph: id('paragraph'),
  auditors: id('stadsrevisionen'),
};

const registrar: By = { actor: id('registrar'), role: 'registrar', unit: ids.board };

/** When something is asked; who asks matters to no decision of a reply. */
export const on = (date: string, time = '12:00') => ({ now: atLocalTime(day(date), time), by: registrar, id: ids.reply });

const unit = (unitId: string, name: string, kind: UnitKind, partOf?: string) =>
  event(UnitRegistered, { unit: unitId, name, kind, ...(partOf !== undefined && { partOf }) });
const before = [
  event(MunicipalityRegistered, { name: 'Stockholms stad' }),
  unit(ids.board, 'Älvsjö stadsdelsnämnd', 'district-board'),
  unit(ids.administration, 'Älvsjö stadsdelsförvaltning', 'administration', ids.board),
  unit(ids.department, 'Socialtjänstavdelningen', 'department', ids.administration),
  unit(ids.neighbour, 'Hägersten-Liljeholmens stadsdelsnämnd', 'district-board'),
  unit(ids.successor, 'Hägersten-Älvsjö stadsdelsnämnd', 'district-board'),
  unit(ids.executive, 'Kommunstyrelsen', 'executive-board'),
  unit(ids.council, 'Kommunfullmäktige', 'body'),
  event(RegistryPatternRegistered, { board: ids.board, pattern: 'ÄLV 9999/9+' }),
];
const merger = event(BoardSucceeded, {
  from: [ids.board, ids.neighbour],
  to: [ids.successor],
  on: day('2020-07-01'),
  decision: 'Kommunfullmäktige',
  exceptions: [],
  units: [],
});
const registered = (...facts: readonly (typeof merger)[]): Register =>
  registerOf(stateAfter(organisationStream, [...before, ...facts], { now: atLocalTime(day('2020-05-01'), '12:00'), by: registrar }));
/** Before anybody has recorded the merger of 1 July 2020. */
export const unmerged = registered();
/** With it. */
export const register = registered(merger);

export const stored: KnownDocuments = { has: (sha256) => sha256 === paper('report') };
export const paper = (name: string): string => derivedId('paper', name).replaceAll('-', '').repeat(2);

const calendarOf = (of: string, meetings: readonly CalendarMeeting[], steps: readonly PreparationStep[] = []): BoardCalendar => ({
  board: of,
  meetings,
  steps,
});
const at = (of: string, date: string, stopOn: string, papersOn: string, cancelled = false) => ({
  ...meetingOn(date, { stopOn, papersOn, board: of, cancelled }),
  board: of,
});
/** Älvsjö goes on in its own calendar as if it were to meet in September. */
export const meetings = {
  june: at(ids.board, '2020-06-11', '2020-05-28', '2020-06-04'),
  september: at(ids.board, '2020-09-22', '2020-09-08', '2020-09-15'),
  merged: at(ids.successor, '2020-09-24', '2020-09-10', '2020-09-17'),
  mergedLate: at(ids.successor, '2020-10-22', '2020-10-08', '2020-10-15'),
  executive: at(ids.executive, '2020-10-01', '2020-09-23', '2020-09-25'),
};
export const own = calendarOf(ids.board, [meetings.june, meetings.september], [{ name: 'Tjänsteutlåtande', workingDays: 3 }]);
const merged = calendarOf(ids.successor, [meetings.merged, meetings.mergedLate]);
export const executive = calendarOf(ids.executive, [meetings.executive]);
export const planning = (of: Register, ...calendars: readonly BoardCalendar[]): Planning => ({
  register: of,
  calendars: new Map(calendars.map((one) => [one.board, one])),
});
/** As it is counted with before the merger is known. */
export const counting = planning(unmerged, own);
/** As it is counted with once it is. */
export const countingMerged = planning(register, own, merged);

const rule: DeadlineRule = { ...defaultRules.find(({ type }) => type === 'reply')!, ladder: [], id: id('rule'), version: 1 };
export const answerRule: DeadlineRule = { ...defaultRules.find(({ type }) => type === 'extension-answer')!, ladder: [], id: id('answer rule'), version: 1 };
export const ruleOn = () => rule;

/** What the referral says. */
export const referral = (dueOn?: string, kind: ItsReferral['kind'] = 'for-reply'): ItsReferral => ({
  kind,
  referredOn: day('2020-05-25'),
  ...(dueOn !== undefined && { dueOn: day(dueOn) }),
});

/** Facts of one reply, and what a decision says after them. */
export const given = (...facts: readonly (ReplyEvent | readonly ReplyEvent[])[]) => {
  const so = givenFacts(reply, ...facts.flat());
  return {
    when: <C, N>(decide: Decide<C, Reply, ReplyEvent, N>, command: C, asked: ReturnType<typeof on>, ...needs: object extends N ? [N?] : [N]) =>
      so.when(decide, command, asked, ...needs),
  };
};

const of = { reply: ids.reply, audit: ids.audit, board: ids.board };
type Stands = 'awaited' | 'proposed' | 'not-expected';
const stands = (state: Stands, dueOn?: string) => ({ state, ...(dueOn !== undefined && { dueOn: day(dueOn) }) });

export const replyAwaited = (dueOn?: string, kind: ReplyKind = 'for-reply', state: Stands = kind === 'for-reply' ? 'awaited' : 'not-expected') =>
  event(events.ReplyAwaited, {
    ...of,
    kind,
    referredOn: day('2020-05-25'),
    ...(dueOn !== undefined && { dueOn: day(dueOn) }),
    stands: stands(state, dueOn),
  });
export const noLongerAwaited = event(events.ReplyNoLongerAwaited, { ...of, stands: { state: 'not-expected' } });
export const takenUp = (dueOn?: string) =>
  event(events.ObligationTakenUp, {
    reply: ids.reply,
    obligation: ids.obligation,
    recommendation: ids.recommendation,
    number: '3',
    ...(dueOn !== undefined && { dueOn: day(dueOn) }),
  });
export const reportWritten = (date: string, dueOn: string | undefined = '2020-10-15', more: object = {}) =>
  event(events.OfficerReportWritten, { ...of, stands: stands('proposed', dueOn), on: day(date), ...more });
export const consulted = (body: string, date: string) =>
  event(events.ConsultationHeld, { reply: ids.reply, consultation: derivedId(ids.reply, 'consultation', body, date), body, on: day(date) });
type SignOffRole = 'head-of-administration' | 'department-head' | 'unit-manager';
export const signedOff = (role: SignOffRole, date: string, { at: where = ids.administration, acting = false } = {}) =>
  event(events.SignedOff, {
    reply: ids.reply,
    signOff: derivedId(ids.reply, 'sign-off', role, where, date, String(acting)),
    role,
    unit: where,
    on: day(date),
    ...(acting && { acting: true as const }),
  });
export const chainSet = (decidingBoard: string, preparingBoard?: string, minutes: 'ordinary' | 'at-once' = 'ordinary', steps?: readonly PreparationStep[]) =>
  event(events.DecisionChainSet, {
    reply: ids.reply,
    ...(preparingBoard !== undefined && { preparingBoard }),
    decidingBoard,
    ...(steps && { steps }),
    minutes,
  });
export const planned = (plan: ReplyPlan, because: CountedBecause, calendars: readonly string[], undecidedAt?: readonly string[]) =>
  event(events.ReplyPlanned, { reply: ids.reply, plan, because, calendars: calendars.toSorted(), ...(undecidedAt && { undecidedAt: [...undecidedAt] }) });
export const commented = (comment: string, position?: 'agrees' | 'in-part' | 'disagrees' | 'comment-only', recommendation = ids.recommendation) =>
  event(events.PositionTaken, { ...of, stands: stands('proposed', '2020-10-15'), recommendation, ...(position && { position }), comment });

export const decision = { meeting: ids.meeting, point: ids.point };
/** The point by which the board approved, as its minutes have it. */
export const decided = (more: Partial<CitedDecision> = {}): CitedDecision => ({
  ...decision,
  board: ids.successor,
  on: day('2020-09-24'),
  kind: 'meeting',
  paragraph: ids.paragraph,
  number: '§ 13',
  outcome: 'approved',
  counts: true,
  countsFrom: day('2020-10-05'),
  dispatchedTo: [],
  dispatches: [],
  ...more,
});
/** The same, dispatched on that day. */
export const dispatched = (date: string, ...more: readonly string[]): CitedDecision => {
  const dispatches = [date, ...more].map((one) => ({ on: day(one), to: [{ body: ids.auditors }] }));
  return decided({ dispatches, dispatchedTo: dispatches.flatMap(({ to }) => to), dispatchedOn: day(date) });
};
export const approved = (point = ids.point, countsFrom = '2020-10-05') =>
  event(events.ReplyApproved, {
    ...of,
    decision: { meeting: ids.meeting, point },
    paragraph: ids.paragraph,
    decidedBy: ids.successor,
    on: day('2020-09-24'),
    countsFrom: day(countsFrom),
  });
type Positions = readonly { readonly recommendation: string; readonly position?: 'agrees' }[];
const givenStands = (date: string, dueOn: string | null) => ({
  state: 'given' as const,
  ...(dueOn !== null && { dueOn: day(dueOn) }),
  givenOn: day(date),
});
interface GivenAs {
  readonly dueOn?: string | null;
  readonly positions?: Positions;
  readonly to?: readonly { readonly body: string }[];
}
export const replyGiven = (date: string, { dueOn = '2020-10-15', positions = [], to = [{ body: ids.auditors }] }: GivenAs = {}) =>
  event(events.ReplyGiven, { ...of, stands: givenStands(date, dueOn), on: day(date), decision, dispatchedTo: [...to], positions: [...positions] });
export const givenDayCorrected = (from: string, date: string, reason: string) =>
  event(events.GivenDayCorrected, { ...of, stands: givenStands(date, '2020-10-15'), from: day(from), on: day(date), decision, positions: [], reason });
export const preparationDayCorrected = (what: 'officer-report' | 'consultation' | 'sign-off', from: string, to: string, which?: string) =>
  event(events.PreparationDayCorrected, {
    reply: ids.reply,
    what,
    ...(which !== undefined && { which }),
    from: day(from),
    to: day(to),
    reason: 'Fel dag avläst.',
  });
export const requested = (until: string, date: string, n = 1) =>
  event(events.ExtensionRequested, {
    reply: ids.reply,
    request: derivedId(ids.reply, 'extension', n),
    until: day(until),
    on: day(date),
    reason: 'Nämnden sammanträder för sent.',
  });
export const granted = (until: string, date: string, state: Stands = 'awaited') =>
  event(events.ExtensionGranted, { ...of, stands: stands(state, until), until: day(until), on: day(date) });
export const refused = (date: string, reason?: string) =>
  event(events.ExtensionRefused, { reply: ids.reply, on: day(date), ...(reason !== undefined && { reason }) });

/** The obligation that R3 made for the board. */
export const arisen = stateAfter(
  obligation,
  [
    event(ObligationArisen, {
      obligation: ids.obligation,
      audit: ids.audit,
      recommendation: ids.recommendation,
      board: ids.board,
      number: '3',
      addressed: 'named',
    }),
  ],
  on('2020-06-01'),
);

/** What happens to one deadline. */
const deadline = (plan: DeadlinePlan) => {
  const about = (generation: number, { deadline: which, type, dueOn, missedAt }: DeadlinePlan = plan) => ({
    deadline: which,
    type,
    generation,
    dueOn,
    missedAt,
  });
  const due = (generation: number) => {
    const { missedAt: _missedAt, ...rest } = about(generation);
    return rest;
  };
  return {
    set: event(DeadlineSet, { ...plan, generation: 1 }),
    /** Set when its day had passed. */
    setLate: event(DeadlineSet, { ...plan, generation: 1, enteredLate: true }),
    moved: (to: DeadlinePlan, reason: string, generation: number) => event(DeadlineMoved, { ...to, reason, generation }),
    missed: (generation = 1) => event(DeadlineMissed, about(generation)),
    withdrawn: (generation = 2) => event(LatenessWithdrawn, about(generation)),
    met: (date: string, generation = 2) => event(DeadlineMet, { ...due(generation), metOn: day(date) }),
    closed: (date: string, reason: string, generation = 2) => event(DeadlineClosed, { ...due(generation), closedOn: day(date), reason }),
  };
};
export const duePlan = (dueOn = '2020-10-15', startOn = '2020-05-25'): DeadlinePlan =>
  planUntil(rule, day(startOn), day(dueOn), { deadline: replyDeadlineId(ids.reply), unit: ids.board, responsible: RESPONSIBLE });
export const due = (dueOn = '2020-10-15', startOn = '2020-05-25') => deadline(duePlan(dueOn, startOn));
export const answerDue = (from: string, n = 1) =>
  deadline(planFor(answerRule, day(from), { deadline: answerDeadlineId(ids.reply, n), unit: ids.board, responsible: RESPONSIBLE }));

/** A reply that is awaited by 15 October, and nobody has planned. */
export const awaited = (dueOn = '2020-10-15'): readonly ReplyEvent[] => [replyAwaited(dueOn), due(dueOn).set];
/** One that is awaited, but by no known day. */
export const awaitedUndated = (kind: ReplyKind = 'for-reply'): readonly ReplyEvent[] => [replyAwaited(undefined, kind)];
/** One that the successor has approved. */
export const approvedReply = (): readonly ReplyEvent[] => [...awaited(), approved()];
/** One that was given on 9 October. */
export const givenReply = (): readonly ReplyEvent[] => [...approvedReply(), replyGiven('2020-10-09'), due().met('2020-10-09')];
