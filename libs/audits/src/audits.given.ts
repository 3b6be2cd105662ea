import { atLocalTime, day, derivedId, event, type Decide } from '#libs/kernel';
import type { CitedDecision } from '#libs/meetings';
import { BoardSucceeded, MunicipalityRegistered, organisationStream, registerOf, RegistryPatternRegistered, UnitRegistered } from '#libs/organisation';
import { given as givenFacts, stateAfter } from '#libs/testing';
import {
  DeadlineClosed,
  DeadlineMet,
  DeadlineMissed,
  DeadlineMoved,
  DeadlineSet,
  LatenessWithdrawn,
  planUntil,
  type DeadlinePlan,
  type DeadlineRule,
} from '#libs/timers';
import * as audits from './audit.events.js';
import type { AuditEvent } from './audit.events.js';
import { audit, recommendationId, type Audit } from './audit.js';
import * as obligations from './obligation.events.js';
import type { ObligationEvent } from './obligation.events.js';
import { lastDayDeadlineId, obligation, obligationId, requestDeadlineId, type Obligation } from './obligation.js';

// Facts as the specs tell them: report Nr 5 2020, handed over on 25 May 2020 (case A), and its third recommendation at Östermalm.

const id = (name: string): string => derivedId('audits spec', name);

export const boards = {
  socialnamnden: id('Socialnämnden'),
  utbildningsnamnden: id('Utbildningsnämnden'),
  norrmalm: id('Norrmalm'),
  ostermalm: id('Östermalm'),
  alvsjo: id('Älvsjö'),
  hagersten: id('Hägersten-Liljeholmen'),
  hagerstenAlvsjo: id('Hägersten-Älvsjö'),
  norraInnerstaden: id('Norra innerstaden'),
};
export const units = { ostermalmRegistry: id('Östermalms registratur'), norraRegistry: id('Norra innerstadens registratur') };
export const bodies = { auditors: id('Stadsrevisionen'), expert: id('EY') };

const registered = (unit: string, name: string, kind: 'district-board' | 'board' | 'body' | 'unit', partOf?: string) =>
  event(UnitRegistered, { unit, name, kind, ...(partOf !== undefined && { partOf }) });
const succeeded = (from: readonly string[], to: string, on: string) =>
  event(BoardSucceeded, { from: [...from], to: [to], on: day(on), decision: 'Kommunfullmäktige (exempel)', exceptions: [], units: [] });

const at = (date: string, time = '12:00') => atLocalTime(day(date), time);
const somebody = { actor: id('somebody'), role: 'administrator', unit: id('anywhere') };

/** Stockholm’s boards of case A, with the mergers of 2020 and 2023. */
export const organisation = registerOf(
  stateAfter(
    organisationStream,
    [
      event(MunicipalityRegistered, { name: 'Stockholms stad' }),
      registered(boards.socialnamnden, 'Socialnämnden', 'board'),
      registered(boards.utbildningsnamnden, 'Utbildningsnämnden', 'board'),
      registered(boards.norrmalm, 'Norrmalm', 'district-board'),
      registered(boards.ostermalm, 'Östermalm', 'district-board'),
      registered(boards.alvsjo, 'Älvsjö', 'district-board'),
      registered(boards.hagersten, 'Hägersten-Liljeholmen', 'district-board'),
      registered(boards.hagerstenAlvsjo, 'Hägersten-Älvsjö', 'district-board'),
      registered(boards.norraInnerstaden, 'Norra innerstaden', 'district-board'),
      registered(bodies.auditors, 'Stadsrevisionen', 'body'),
      registered(bodies.expert, 'EY', 'body'),
      registered(units.ostermalmRegistry, 'Registraturen', 'unit', boards.ostermalm),
      registered(units.norraRegistry, 'Registraturen', 'unit', boards.norraInnerstaden),
      succeeded([boards.alvsjo, boards.hagersten], boards.hagerstenAlvsjo, '2020-07-01'),
      succeeded([boards.norrmalm, boards.ostermalm], boards.norraInnerstaden, '2023-07-01'),
      event(RegistryPatternRegistered, { board: boards.ostermalm, pattern: 'SDNÖ 9999/9+' }),
    ],
    { by: somebody, now: at('2020-01-01') },
  ),
);

export const ids = { audit: id('audit'), earlier: id('earlier audit'), reply: id('reply'), action: id('action'), otherAction: id('other action') };
export const recommendation = recommendationId(ids.audit, 'R3');
export const theObligation = obligationId(recommendation, boards.ostermalm);
export const judgementOf = (place = 0): string => derivedId(theObligation, 'judgement', place);
export const requestOf = (place = 0): string => derivedId(theObligation, 'request', place);
export const paper = 'a7'.repeat(32);

/** Somebody asks, at noon of that day in Stockholm. */
export const as = (role: string, unit: string) => (date: string) => ({ now: at(date), by: { actor: id(role), role, unit }, id: ids.audit });
export const auditor = as('auditor', bodies.auditors);
export const officer = as('audit-officer', bodies.auditors);
export const registrar = as('registrar', units.ostermalmRegistry);
export const owner = as('process-owner', boards.ostermalm);
export const system = as('system', boards.ostermalm);

type Asked = ReturnType<typeof auditor>;

/** Facts of the audit, and what a decision says after them. */
export const givenAudit = (...facts: readonly (AuditEvent | readonly AuditEvent[])[]) => {
  const so = givenFacts(audit, ...facts.flat());
  return {
    when: <C, N>(decide: Decide<C, Audit, AuditEvent, N>, command: C, asked: Asked, ...needs: object extends N ? [N?] : [N]) =>
      so.when(decide, command, asked, ...needs),
  };
};

/** Facts of the obligation of Östermalm, and what a decision says after them. */
export const givenObligation = (...facts: readonly (ObligationEvent | readonly ObligationEvent[])[]) => {
  const so = givenFacts(obligation, ...facts.flat());
  return {
    when: <C, N>(decide: Decide<C, Obligation, ObligationEvent, N>, command: C, asked: Asked, ...needs: object extends N ? [N?] : [N]) =>
      so.when(decide, command, { ...asked, id: theObligation }, ...needs),
  };
};

export const reportRegistered = (more: { handedOverOn?: string; reportOn?: string; numbers?: string[] } = { handedOverOn: '2020-05-25' }) =>
  event(audits.AuditReportRegistered, {
    audit: ids.audit,
    numbers: more.numbers ?? ['Nr 5 2020'],
    title: 'Uppföljning av korttidstillsyn',
    issuedBy: bodies.auditors,
    registryNumber: '3.1.3-104/2020',
    ...(more.handedOverOn !== undefined && { handedOverOn: day(more.handedOverOn) }),
    ...(more.reportOn !== undefined && { reportOn: day(more.reportOn) }),
  });
export const draftSent = (on = '2020-04-20', sentTo: readonly string[] = [boards.ostermalm]) =>
  event(audits.DraftSentForFactCheck, { audit: ids.audit, boards: [...sentTo], on: day(on) });
export const referred = (board = boards.ostermalm, lastReplyOn: string | undefined = '2020-10-15') =>
  event(audits.ReferralMade, { audit: ids.audit, board, kind: 'for-reply', ...(lastReplyOn !== undefined && { lastReplyOn: day(lastReplyOn) }) });
export const received = (on = '2020-05-28', registryNumber?: string, patternKnown = true) =>
  event(audits.ReferralReceived, {
    audit: ids.audit,
    board: boards.ostermalm,
    on: day(on),
    ...(registryNumber !== undefined && { registryNumber }),
    patternKnown,
  });
export const WORDING = 'Stadsdelsnämnderna rekommenderas att följa upp den beviljade insatsen.';
export const recommended = (addressees: readonly string[] = [boards.norrmalm, boards.ostermalm], addressed: 'named' | 'group' | 'as-interpreted' = 'group') =>
  event(audits.RecommendationMade, { audit: ids.audit, recommendation, number: 'R3', wording: WORDING, addressees: [...addressees], addressed });

export const arisen = (
  more: { addressed?: 'named' | 'group' | 'as-interpreted'; handedOverOn?: string; receivedOn?: string } = { handedOverOn: '2020-05-25' },
) =>
  event(obligations.ObligationArisen, {
    obligation: theObligation,
    audit: ids.audit,
    recommendation,
    board: boards.ostermalm,
    number: 'R3',
    addressed: more.addressed ?? 'group',
    ...(more.handedOverOn !== undefined && { handedOverOn: day(more.handedOverOn) }),
    ...(more.receivedOn !== undefined && { receivedOn: day(more.receivedOn) }),
  });
export const promised = (
  status: 'proposed' | 'promised' | 'done' | 'dropped' | 'transferred' = 'promised',
  promisedOn: string | undefined = '2020-12-31',
  first = promisedOn,
) =>
  event(obligations.ActionNoted, {
    obligation: theObligation,
    action: ids.action,
    kind: 'promised',
    status,
    ...(promisedOn !== undefined && { promisedOn: day(promisedOn) }),
    ...(first !== undefined && { firstPromisedOn: day(first) }),
  });
export const ongoing = () => event(obligations.ActionNoted, { obligation: theObligation, action: ids.otherAction, kind: 'ongoing', status: 'promised' });

export const CITED = { meeting: id('meeting'), point: id('point') };
/** The board’s decision as the minutes have it. */
export const decided = (on: string, more: Partial<CitedDecision> = {}): CitedDecision => ({
  ...CITED,
  board: boards.ostermalm,
  on: day(on),
  kind: 'meeting',
  paragraph: id('paragraph'),
  number: '§ 13',
  outcome: 'approved',
  counts: true,
  countsFrom: day(on),
  dispatchedTo: [],
  dispatches: [],
  ...more,
});
export const by = (decision: CitedDecision | undefined) => ({ decision, organisation });

export const implemented = (on: string) => event(obligations.ObligationImplemented, { obligation: theObligation, on: day(on), decision: CITED });
export const reopened = (because: 'judged-not-met' | 'judged-met-in-part' = 'judged-not-met') =>
  event(obligations.ObligationReopened, { obligation: theObligation, because });

type Outcome = 'met' | 'met-in-part' | 'not-met' | 'no-longer-relevant';
export const saying = (outcome: Outcome, decidedOn: string) => ({
  outcome,
  decidedOn: day(decidedOn),
  source: { kind: 'follow-up-audit' as const, reference: 'Nr 3 2023' },
  grounds: 'Revisorernas uppföljning.',
});
export const judged = (outcome: Outcome, decidedOn: string, place = 0) =>
  event(obligations.ObligationJudged, { obligation: theObligation, judgement: judgementOf(place), ...saying(outcome, decidedOn) });
export const lastDaySet = (on: string, setBy: 'board' | 'auditors' = 'auditors') =>
  event(obligations.LastDaySet, { obligation: theObligation, on: day(on), by: setBy, ...(setBy === 'board' && { decision: CITED }) });
export const documentsRequested = (lastOn = '2023-03-31') =>
  event(obligations.DocumentsRequested, { obligation: theObligation, request: requestOf(), what: 'Protokoll.', by: day(lastOn) });

/** Rules that remind nobody: what reminders follow is told elsewhere. */
export const ruleOf = (type: string): DeadlineRule => ({
  id: id(`rule ${type}`),
  version: 1,
  type,
  validFrom: day('2000-01-01'),
  start: 'day-set',
  length: { days: 0, unit: 'calendar-days' },
  roll: 'none',
  time: '08:00',
  ladder: [],
});
export const lastDayRules = () => ruleOf('last-day');

/** What happens to one wait. */
const wait = (plan: DeadlinePlan) => {
  const { deadline, type, dueOn, missedAt } = plan;
  const of = (generation: number) => ({ deadline, type, generation, dueOn, missedAt });
  const due = (generation: number) => ({ deadline, type, generation, dueOn });
  return {
    plan,
    set: event(DeadlineSet, { ...plan, generation: 1 }),
    moved: (to: DeadlinePlan, reason: string, generation = 2) => event(DeadlineMoved, { ...to, reason, generation }),
    missed: (generation = 1) => event(DeadlineMissed, of(generation)),
    withdrawn: (generation = 2) => event(LatenessWithdrawn, of(generation)),
    met: (metOn: string, generation = 2) => event(DeadlineMet, { ...due(generation), metOn: day(metOn) }),
    closed: (closedOn: string, reason: string, generation = 2) => event(DeadlineClosed, { ...due(generation), closedOn: day(closedOn), reason }),
  };
};
export const lastDayWait = (startOn: string, dueOn: string, unit = boards.ostermalm) =>
  wait(planUntil(lastDayRules(), day(startOn), day(dueOn), { deadline: lastDayDeadlineId(theObligation), unit, responsible: 'process-owner' }));
export const requestWait = (startOn: string, dueOn: string) =>
  wait(
    planUntil(ruleOf('document-request'), day(startOn), day(dueOn), {
      deadline: requestDeadlineId(requestOf()),
      unit: boards.ostermalm,
      responsible: 'process-owner',
    }),
  );
