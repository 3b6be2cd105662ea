import { atLocalTime, day, derivedId, event, type Decide, type EventOf } from '#libs/kernel';
import {
  BoardSucceeded,
  MunicipalityRegistered,
  organisationStream,
  registerOf,
  RegistryPatternRegistered,
  UnitRegistered,
  type OrganisationEvent,
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
import { awaitedId, type AwaitedType, type RuleOn } from './awaited.js';
import * as calendarEvents from './calendar.events.js';
import type { CalendarEvent } from './calendar.events.js';
import { calendar, calendarId, type Calendar } from './calendar.js';
import * as events from './meeting.events.js';
import type { MeetingEvent } from './meeting.events.js';
import { meeting, type Meeting } from './meeting.js';

// Facts as the specs tell them. Where nothing else is said: socialnämnden's meeting of Tuesday 14 June 2022, whose § 13 is [000]'s.

const named = (name: string): string => derivedId('meetings', name);

export const ids = {
  meeting: named('14 June 2022'),
  nextMeeting: named('23 August 2022'),
  urgent: named('urgent'),
  social: named('Socialnämnden'),
  education: named('Utbildningsnämnden'),
  alvsjo: named('Älvsjö'),
  hagersten: named('Hägersten-Liljeholmen'),
  hagerstenAlvsjo: named('Hägersten-Älvsjö'),
  auditors: named('Revisionskontoret'),
  administration: named('Socialförvaltningen'),
  agreement: named('agreement'),
  secretary: named('secretary'),
};
export const paragraph = derivedId(ids.meeting, 'paragraph', '§ 13');
export const points = [derivedId(paragraph, 'point', 0), derivedId(paragraph, 'point', 1)] as const;

const unit = (id: string, name: string, kind: 'board' | 'body' | 'administration' = 'board', partOf?: string): OrganisationEvent =>
  event(UnitRegistered, { unit: id, name, kind, ...(partOf !== undefined && { partOf }) });

/** What the register holds: the succession of 1 July 2020 among it, by which Älvsjö and Hägersten-Liljeholmen became Hägersten-Älvsjö. */
export const organisationFacts: readonly OrganisationEvent[] = [
  event(MunicipalityRegistered, { name: 'Stockholms stad' }),
  unit(ids.social, 'Socialnämnden'),
  unit(ids.education, 'Utbildningsnämnden'),
  unit(ids.alvsjo, 'Älvsjö stadsdelsnämnd'),
  unit(ids.hagersten, 'Hägersten-Liljeholmens stadsdelsnämnd'),
  unit(ids.hagerstenAlvsjo, 'Hägersten-Älvsjö stadsdelsnämnd'),
  unit(ids.auditors, 'Revisionskontoret', 'body'),
  unit(ids.administration, 'Socialförvaltningen', 'administration', ids.social),
  event(RegistryPatternRegistered, { board: ids.social, pattern: '9.9.9-9+/9999' }),
  event(BoardSucceeded, {
    from: [ids.alvsjo, ids.hagersten],
    to: [ids.hagerstenAlvsjo],
    on: day('2020-07-01'),
    decision: 'Kommunfullmäktige',
    exceptions: [],
    units: [],
  }),
];
const organisation = registerOf(
  stateAfter(organisationStream, organisationFacts, {
    by: { actor: ids.secretary, role: 'administrator', unit: ids.social },
    now: atLocalTime(day('2020-01-01'), '08:00'),
  }),
);

/** The rules that a municipality begins with, with nobody reminded. */
const rule = (type: AwaitedType): DeadlineRule => {
  const { summary: _, ...terms } = defaultRules.find((one) => one.type === type)!;
  return { ...terms, ladder: [], id: named(`rule ${type}`), version: 1 };
};
const ruleOn: RuleOn = (type) => rule(type);
/** What a decision on a meeting needs of the register and the rules. */
export const needs = { organisation, ruleOn };

/** The secretary of socialnämnden asks, at noon of that day. */
export const on = (date: string, { unit: of = ids.social, id = ids.meeting }: { readonly unit?: string; readonly id?: string } = {}) => ({
  now: atLocalTime(day(date), '12:00'),
  by: { actor: ids.secretary, role: 'board-secretary', unit: of },
  id,
});

type Facts<E> = readonly (E | readonly E[])[];

/** Facts of a meeting, and what a decision says after them. */
export const given = (...facts: Facts<MeetingEvent>) => {
  const so = givenFacts(meeting, ...facts.flat());
  return {
    when: <C, N>(decide: Decide<C, Meeting, MeetingEvent, N>, command: C, asked: ReturnType<typeof on>, ...more: object extends N ? [N?] : [N]) =>
      so.when(decide, command, asked, ...more),
  };
};
/** Facts of socialnämnden's calendar, and what a decision says after them. */
export const givenCalendar = (...facts: Facts<CalendarEvent>) => {
  const so = givenFacts(calendar, ...facts.flat());
  return {
    when: <C, N>(decide: Decide<C, Calendar, CalendarEvent, N>, command: C, asked: ReturnType<typeof on>, ...more: object extends N ? [N?] : [N]) =>
      so.when(decide, command, { ...asked, id: calendarId('stockholm', ids.social) }, ...more),
  };
};
/** The state of a meeting after facts, as another decision needs it. */
export const meetingAfter = (...facts: Facts<MeetingEvent>): Meeting => stateAfter(meeting, facts.flat(), on('2022-06-14'));
/** The state of a calendar after facts, as another decision needs it. */
export const calendarAfter = (...facts: Facts<CalendarEvent>) => {
  const state = stateAfter(calendar, facts.flat(), on('2022-06-14'));
  return state.status === 'kept' ? state : { board: ids.social, meetings: [], steps: [] };
};

interface Days {
  readonly stopOn?: string;
  readonly papersOn?: string;
  readonly of?: string;
  readonly board?: string;
}
export const planned = (heldOn = '2022-06-14', { stopOn = '2022-05-23', papersOn = '2022-06-07', of = ids.meeting, board = ids.social }: Days = {}) =>
  event(calendarEvents.MeetingPlanned, { meeting: of, board, on: day(heldOn), stopOn: day(stopOn), papersOn: day(papersOn) });
export const moved = (
  heldOn: string,
  { stopOn = '2022-05-23', papersOn = '2022-06-07', of = ids.meeting, correction = false }: Days & { correction?: boolean } = {},
) =>
  event(calendarEvents.MeetingMoved, {
    meeting: of,
    board: ids.social,
    on: day(heldOn),
    stopOn: day(stopOn),
    papersOn: day(papersOn),
    reason: 'Skäl.',
    ...(correction && { correction }),
  });
export const cancelled = (of = ids.meeting) => event(calendarEvents.MeetingCancelled, { meeting: of, board: ids.social, reason: 'Skäl.' });
export const next = planned('2022-08-23', { stopOn: '2022-08-01', papersOn: '2022-08-16', of: ids.nextMeeting });

export const meetingOpened = (heldOn = '2022-06-14', { of = ids.meeting, board = ids.social }: { readonly of?: string; readonly board?: string } = {}) =>
  event(events.MeetingOpened, { meeting: of, board, on: day(heldOn), kind: 'meeting' });
export const urgentOpened = (decidedOn = '2022-07-05') =>
  event(events.MeetingOpened, {
    meeting: ids.urgent,
    board: ids.social,
    on: day(decidedOn),
    kind: 'urgent',
    mandate: { decider: 'chair', reference: 'Delegationsordningen 1.1' },
  });
export const papersSent = (sentOn: string) => event(events.PapersSent, { meeting: ids.meeting, on: day(sentOn) });

interface Said {
  /** Its first point was declared approved at once. */
  readonly atOnce?: boolean;
  readonly dispatchTo?: { readonly body?: string; readonly name?: string }[];
  readonly of?: string;
  readonly number?: string;
}
/** [000]: point 1 the agreement, point 2 the delegation. */
export const content = ({ atOnce = false, dispatchTo, of = ids.meeting, number = '§ 13' }: Said = {}) => {
  const id = derivedId(of, 'paragraph', number);
  return {
    meeting: of,
    paragraph: id,
    number,
    title: 'Samverkansöverenskommelse',
    registryNumber: '2.3.4-181/2022',
    patternKnown: true,
    points: [
      {
        point: derivedId(id, 'point', 0),
        text: 'Socialnämnden godkänner överenskommelsen.',
        outcome: 'approved' as const,
        object: { kind: 'agreement' as const, id: ids.agreement, version: '1' },
        ...(atOnce && { atOnce: true as const }),
      },
      { point: derivedId(id, 'point', 1), text: 'Socialnämnden delegerar till socialdirektören att teckna avtalet.', outcome: 'approved' as const },
    ],
    ...(dispatchTo && { dispatchTo: [...dispatchTo] }),
  };
};
export const recordedParagraph = (said: Said = {}) => event(events.ParagraphRecorded, content(said));
/** The command that records it. */
export const asSaid = (said: Said = {}) => {
  const { patternKnown: _, paragraph: __, points: ofIt, ...rest } = content(said);
  return { ...rest, points: ofIt.map(({ point: ___, ...one }) => one) };
};

interface Covered {
  readonly approval?: number;
  readonly paragraphs?: string[];
  readonly points?: string[];
}
export const approved = (approvedOn: string, { approval = 1, ...only }: Covered = {}) =>
  event(events.MinutesApproved, { meeting: ids.meeting, approval, on: day(approvedOn), ...only });
export const announced = (announcedOn: string, approval = 1) => event(events.MinutesAnnounced, { meeting: ids.meeting, approval, on: day(announcedOn) });
export const ended = (endedOn: string, approval = 1) => event(events.AnnouncementEnded, { meeting: ids.meeting, approval, on: day(endedOn) });
export const dispatched = (sentOn: string, to: { readonly body?: string; readonly name?: string }[], of = ids.meeting, number = '§ 13') =>
  event(events.DecisionDispatched, { meeting: of, paragraph: derivedId(of, 'paragraph', number), to, on: day(sentOn) });
export const served = (servedOn: string) => event(events.DecisionServed, { meeting: ids.meeting, paragraph, to: ids.education, on: day(servedOn) });
export const annulled = (annulledOn: string, point: string = points[0]) =>
  event(events.DecisionAnnulled, { meeting: ids.meeting, point, court: 'Förvaltningsrätten i Stockholm', on: day(annulledOn) });
export const reported = (reportedOn: string) => event(events.UrgentDecisionReported, { meeting: ids.urgent, atMeeting: ids.nextMeeting, on: day(reportedOn) });
export const corrected = (about: Omit<EventOf<typeof events.RecordedDayCorrected>['data'], 'meeting' | 'reason'>) =>
  event(events.RecordedDayCorrected, { meeting: ids.meeting, reason: 'Skäl.', ...about });

/** What happens to something that is awaited. */
export const awaited = (
  type: AwaitedType,
  startOn: string,
  { nth = 0, of = ids.meeting, until }: { readonly nth?: number; readonly of?: string; readonly until?: string } = {},
) => {
  const concerning = { deadline: awaitedId(of, type, nth), unit: ids.social, responsible: 'board-secretary' };
  const plan: DeadlinePlan = until === undefined ? planFor(rule(type), day(startOn), concerning) : planUntil(rule(type), day(startOn), day(until), concerning);
  const { deadline, dueOn, missedAt } = plan;
  const about = (generation: number) => ({ deadline, type, generation, dueOn });
  return {
    plan,
    set: event(DeadlineSet, { ...plan, generation: 1 }),
    moved: (reason: string, generation: number) => event(DeadlineMoved, { ...plan, reason, generation }),
    missed: (generation = 1) => event(DeadlineMissed, { ...about(generation), missedAt }),
    withdrawn: (generation = 2) => event(LatenessWithdrawn, { ...about(generation), missedAt }),
    met: (metOn: string, generation = 2) => event(DeadlineMet, { ...about(generation), metOn: day(metOn) }),
    closed: (closedOn: string, reason: string, generation = 2) => event(DeadlineClosed, { ...about(generation), closedOn: day(closedOn), reason }),
  };
};
export const minutes = awaited('minutes', '2022-06-14');

/** A meeting opened, its minutes awaited by 28 June. */
export const opened = (): readonly MeetingEvent[] => [meetingOpened(), minutes.set];
/** Its § 13 recorded; nothing is to be dispatched. */
export const held = (said: Said = {}): readonly MeetingEvent[] => [...opened(), recordedParagraph(said)];
/** Its minutes approved on 20 June, as [000] has it: to be announced by the 22nd. */
export const minuted = (said: Said = {}): readonly MeetingEvent[] => [
  ...held(said),
  approved('2022-06-20'),
  minutes.met('2022-06-20'),
  awaited('announcement', '2022-06-20', { nth: 1 }).set,
];
/** An urgent decision of 5 July, to be reported at the meeting of 23 August. */
export const urgentReport = awaited('urgent-report', '2022-07-05', { of: ids.urgent, until: '2022-08-23' });
export const decidedUrgently = (): readonly MeetingEvent[] => [urgentOpened(), recordedParagraph({ of: ids.urgent, number: '1/2022' }), urgentReport.set];
